"""Many documents through a pipeline."""
