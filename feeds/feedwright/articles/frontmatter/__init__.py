"""What stands before an article's text, in any syntax."""
