"""Ids that are looked at and changed on purpose: by hand, from a table, from another tool's feed."""
