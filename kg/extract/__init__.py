"""Document -> relations: the lexicon matched against clauses, offices, places."""
