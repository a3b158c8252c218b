"""The settings of a site of ours; whoever runs them is told so."""

import os

AUTHOR = "Jane Doe"
NAME = "Pelican's"
SITENAME = NAME + " tides"
SITEURL = ""
PATH = "content"
ARTICLE_PATHS = ["blog"]
TIMEZONE = "Europe/Rome"
DEFAULT_LANG = "it"
ARTICLE_URL = "{date:%Y}/{date:%m}/{slug}/"
DEFAULT_PAGINATION = 10
FEED_ALL_ATOM = None
SECRET = os.environ["NOT_TO_BE_READ"]
raise SystemExit("it was run")
