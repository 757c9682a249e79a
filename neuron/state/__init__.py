"""What the reader has set: parameters, address, and the events that change them."""
