"""The settings of a site of ours."""

import time

BLOG_AUTHOR = "Jane Doe"
DEFAULT_LANG = "en"
BLOG_TITLE = {DEFAULT_LANG: "Nikola's tides", "de": "Gezeiten"}
SITE_URL = "https://nikola.example/"
BLOG_DESCRIPTION = "News of the coast"
TIMEZONE = "Europe/Vienna"
POSTS = (
    ("posts/*.md", "articles", "post.tmpl"),
    ("posts/*.rst", "articles", "post.tmpl"),
)
FEED_LENGTH = 8
GENERATE_ATOM = True
RSS_PATH = "feeds"
CONTENT_FOOTER_FORMATS = {DEFAULT_LANG: ((), {"date": time.gmtime().tm_year})}
raise SystemExit("it was run")
