"""A plain-text news page -> an article."""
