"""The ids that the ledger has, as a table beside the articles."""
