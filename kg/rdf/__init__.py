"""Document -> named graph and back; the ontology and shapes generated from the lexicon."""
