"""What people look at: networks, the interactive page, notebooks."""
