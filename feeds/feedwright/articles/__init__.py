"""Front matter and text -> an Article."""
