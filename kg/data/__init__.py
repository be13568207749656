"""Knowledge as data: tables, lexicon entries, word lists; each with origin and licence."""
