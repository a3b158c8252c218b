"""Text as such: characters, URLs, names, globs, ids. No files, no configuration."""
