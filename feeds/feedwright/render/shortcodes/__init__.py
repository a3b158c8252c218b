"""Template tags, shortcodes and components within articles."""
