"""The animated components: the payloads Python sends, and the code that shows them."""
