"""News text in, a knowledge graph out that a careful person can trust."""

__version__ = "0.1.0"
