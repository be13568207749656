"""Pages, feeds and Markdown: words with markup -> articles."""
