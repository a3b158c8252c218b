"""The pages that the site's engine built: what stands in them, whose they are, and where in them the text is."""
