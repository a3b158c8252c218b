"""What `feedwright.render.body` is made of: the allow-list, embedded media, inline Markdown, bounds on work."""
