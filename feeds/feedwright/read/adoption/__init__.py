"""Ids that articles have in feeds that were published before, by another tool or by a run of which nothing is known."""
