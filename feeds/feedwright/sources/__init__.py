"""Where articles come from: a source scans for what exists, and reads one article at a time."""
