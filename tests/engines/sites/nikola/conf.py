"""A site in Nikola in two languages: what is not translated has a copy in the other."""

BLOG_AUTHOR = "Us"
BLOG_TITLE = "The Dunwich News"
BLOG_EMAIL = "us@news.example"
BLOG_DESCRIPTION = "News of the quays"
SITE_URL = "https://news.example/"
BASE_URL = SITE_URL
DEFAULT_LANG = "en"
TRANSLATIONS = {"en": "", "de": "./de"}
TRANSLATIONS_PATTERN = "{path}.{lang}.{ext}"
POSTS = (("posts/*.md", "posts", "post.tmpl"),)
PAGES = ()
OUTPUT_FOLDER = "public"
THEME = "bootblog4"
TIMEZONE = "UTC"
INDEX_TEASERS = False
INDEX_DISPLAY_POST_COUNT = 5
NAVIGATION_LINKS = dict.fromkeys(TRANSLATIONS, ())
NAVIGATION_ALT_LINKS = dict.fromkeys(TRANSLATIONS, ())
COMPILERS = {"markdown": (".md",)}
MARKDOWN_EXTENSIONS = [
    "markdown.extensions.fenced_code",
    "markdown.extensions.codehilite",
    "markdown.extensions.extra",
    "markdown.extensions.admonition",
    "markdown.extensions.toc",
]
MARKDOWN_EXTENSION_CONFIGS = {"markdown.extensions.toc": {"permalink": True}}
