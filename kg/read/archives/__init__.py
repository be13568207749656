"""Archives, web archives and packed files -> what lies in them; nothing goes to the disk."""
