"""The outside world -> Document: files, folders, JSON Lines."""
