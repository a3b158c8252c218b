"""A folder of files as a source of articles."""
