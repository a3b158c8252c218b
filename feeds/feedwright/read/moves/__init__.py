"""Articles that moved from one file to another."""
