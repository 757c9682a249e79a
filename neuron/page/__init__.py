"""The page: it lays out what the other rooms make."""
