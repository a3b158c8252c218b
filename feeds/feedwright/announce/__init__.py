"""Telling the world what has changed: the site's own commands first, then its hubs (WebSub).

Whatever is still to be told stands in the catalog, written in one transaction with the documents, until it was told.
"""
