"""What the ledger keeps, as a file of text beside the articles."""
