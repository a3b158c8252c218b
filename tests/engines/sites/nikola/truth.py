"""What Nikola knows of each article, before its theme, into the file that FEEDS_TRUTH names: `python truth.py`."""

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, "")
import conf
from nikola import Nikola

site = Nikola(**{name: value for name, value in vars(conf).items() if name.isupper()})
site.init_plugins()
site.scan_posts()
rows = []
for post in site.timeline:
    for language in post.translated_to:
        key = post.translated_source_path(language) or post.source_path
        row = {"key": key, "address": post.permalink(language), "title": post.title(language)}
        rows.append({**row, "body": post.text(language)})
Path(os.environ["FEEDS_TRUTH"]).write_text(json.dumps(rows), encoding="utf-8")
