"""What is measured, not passed or failed: each figure with the machine it was measured on."""
