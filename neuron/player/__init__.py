"""What moves: the payloads Python sends, and the components that show them in a browser."""
