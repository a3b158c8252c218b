"""The documentation: what it says is there, and what it has people run does what it says."""
