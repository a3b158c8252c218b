"""Which feeds there are, which articles each selects, and how many it shows."""
