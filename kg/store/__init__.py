"""Where graphs live: Oxigraph in memory or on disk, or a SPARQL endpoint."""
