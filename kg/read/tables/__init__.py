"""Tables, sheets and JSON: a row or a record -> a document."""
