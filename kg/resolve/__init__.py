"""Which names are the same thing, and which known thing that is."""
