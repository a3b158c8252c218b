"""Other engines' sites: which engine made one, what its configuration says, and which files are its posts.

Configuration is only read: of programs (Pelican, Nikola, Eleventy, Docusaurus) the literal values, never by running
them.
"""
