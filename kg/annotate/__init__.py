"""Document -> Document with one more layer: tokens, names, dates, events, clauses, quotations."""
