"""The page: layout only, for what the other layers provide."""
