"""The arithmetic of one neuron and its theory: numbers in, numbers out."""
