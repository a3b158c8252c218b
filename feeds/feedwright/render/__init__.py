"""Articles -> clean HTML, related links, and entries of feeds."""
