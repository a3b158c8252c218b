"""What holds for publishing."""

SITE = "pelican.example"
SITEURL = f"https://{SITE}"
FEED_ALL_ATOM = "feeds/all.atom.xml"
FEED_ALL_RSS = "feeds/all.rss.xml"
FEED_MAX_ITEMS = 40
