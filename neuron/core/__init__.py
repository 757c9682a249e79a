"""The arithmetic of one neuron, and the theory behind it."""
