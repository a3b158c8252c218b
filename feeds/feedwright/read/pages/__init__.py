"""The pages of the built site: which are new, whose each is, and the texts in them."""
