"""The name of the file."""

IDS = "ids.tsv"
"""Beside the articles, what the ledger keeps as text, where it is wanted."""
