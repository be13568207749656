"""Paper: PDF and DOCX -> articles, with their pages."""
