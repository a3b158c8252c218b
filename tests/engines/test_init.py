"""`feeds init --from` finds out what has to be known of a site that an engine built."""

from __future__ import annotations

import re

from feedwright.cli import main
from tests.engines.engine import EngineSite
from tests.engines.feeds import HOST, build_feeds, entries, name_of
from tests.engines.words import words_of


def begun(site: EngineSite) -> EngineSite:
    """The site with the site.toml that the command writes; every article in one feed."""
    (site.folder / "site.toml").unlink()
    url = f"{HOST}{site.engine.base}"
    assert main(["init", "--from", str(site.folder), "--title", "The Dunwich News", "--url", url]) == 0
    # Jekyll would publish a file at the site's root.
    places = (site.folder, *(site.folder / name for name in site.engine.content))
    file = next(place / "site.toml" for place in places if (place / "site.toml").is_file())
    text = file.read_text(encoding="utf-8")
    ours = {"limit": "0", "all_languages": "true"}
    text = re.sub(rf"(?m)^({'|'.join(ours)}) = .*\n", "", text)
    file.write_text("".join(f"{key} = {value}\n" for key, value in ours.items()) + text, encoding="utf-8")
    return site._replace(folder=file.parent)


def test_what_it_writes_gives_each_article_its_address_and_its_text(site: EngineSite) -> None:
    built = begun(site)
    build_feeds(built)
    found = entries(built)
    truths = {
        name_of((site.folder / key).relative_to(built.folder).as_posix()): truth for key, truth in site.shown.items()
    }
    assert {key: entry.address for key, entry in found.items()} == {key: truth.address for key, truth in truths.items()}
    unlike = [key for key, truth in truths.items() if words_of(truth.body) != words_of(found[key].body)]
    assert unlike == []
