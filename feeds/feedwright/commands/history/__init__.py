"""`feeds history`: a feed followed into its past."""
