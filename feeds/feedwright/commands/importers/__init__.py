"""`feeds import`: other people's pages -> articles."""
