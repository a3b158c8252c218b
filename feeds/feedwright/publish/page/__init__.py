"""The page for people: every feed of a site with its address, how to subscribe, and the newest articles."""
