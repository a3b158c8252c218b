"""No template syntax of any engine is left in a body, but for inside code."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest

from feedwright.pipeline import build
from tests.conftest import SiteOnDisk

LEFT = re.compile(
    r"\{%|%\}|\{\{[<%]|[>%]\}\}|\{\{\s*(?:site|page|post)\.|^\s*import .+ from ['\"]|\{:\s*[.#]", re.MULTILINE
)


def leftovers(html: str) -> list[str]:
    prose = re.sub(r"(?s)<(pre|code)\b.*?</\1>", "", html)
    return [prose[max(0, found.start() - 30) : found.end() + 30] for found in LEFT.finditer(prose)]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
        ("{% highlight python %}\nprint(1)\n{% endhighlight %}", "print(1)"),
        ("{% comment %}gone{% endcomment %}kept", "kept"),
        ("{% unknown a %}inner{% endunknown %}", "inner"),
        ('{{< figure src="/a.png" caption="A tide" >}}', "A tide"),
        ("{{< youtube dQw4w9WgXcQ >}}", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("[x]({{ site.baseurl }}/other/)", "https://tides.example/other/"),
        ("[x]({% post_url 2023-01-02-low %})", "https://tides.example/2023-01-02-low/"),
        ('[x]({{< ref "2023-01-02-low.md" >}})', "https://tides.example/2023-01-02-low/"),
        ("[x](2023-01-02-low.md#part)", "https://tides.example/2023-01-02-low/#part"),
        ("`{% raw in code %}`", "<code>{% raw in code %}</code>"),
        ("```\n{{< youtube x >}}\n```", "{{&lt; youtube x &gt;}}"),
        ("100 {% of %} it", "100"),
        (":::note Mind\nthe tide\n:::", "the tide"),
    ],
)
def test_known_tags_are_rendered_and_unknown_ones_dropped(site: SiteOnDisk, written: str, shown: str) -> None:
    site.article("2023-01-02-low.md", date=None).article("a.md", f"Before.\n\n{written}\n\nAfter.", date="2024-02-01")
    assert site.build().exit_code == 0
    body = site.feed().entries[0].content[0].value
    assert shown in body
    assert "Before." in body
    assert "After." in body
    assert leftovers(body) == []


def test_components_and_imports_of_mdx_are_gone_and_what_they_hold_is_kept(site: SiteOnDisk) -> None:
    body = "import Tabs from '@theme/Tabs';\n\n<Tabs>\n\nInside *tabs*.\n\n</Tabs>\n\n<Chart data={[1, 2]} />\n\nAfter."
    site.write("a.mdx", f"---\ntitle: a\ndate: 2024-01-01\n---\n{body}\n")
    site.build()
    shown = site.feed().entries[0].content[0].value
    assert "Inside <em>tabs</em>." in shown
    assert "After." in shown
    assert "import" not in shown
    assert "Chart" not in shown


def test_an_unknown_tag_is_reported_once_by_name(site: SiteOnDisk) -> None:
    for number in range(5):
        site.article(f"{number}.md", "{% mystery a %} and {% riddle b %}")
    problems = site.build().problems
    assert [problem.code for problem in problems] == ["template-unknown"] * 2
    assert {name for problem in problems for name in ("mystery", "riddle") if name in problem.what} == {
        "mystery",
        "riddle",
    }


def entries_of(folder: Path, tmp_path: Path) -> tuple[int, list[str]]:
    """How many entries a real site's feed has, and the template syntax that is left in them."""
    content = tmp_path / folder.name
    shutil.copytree(folder, content)
    kinds = "".join(f"[kinds.{kind}]\nenabled = false\n" for kind in ("category", "tag", "author", "section"))
    settings = 'title = "x"\nurl = "https://real.example/"\nlimit = 0\nall_languages = true\nformats = ["atom"]\n'
    (content / "site.toml").write_text(settings + kinds)
    build(content, tmp_path / "out", state=tmp_path / f"{folder.name}.state", now=datetime(2026, 11, 1, tzinfo=UTC))
    entries = feedparser.parse((tmp_path / "out/atom.xml").read_bytes()).entries
    bodies = ((entry.link, part.value) for entry in entries for part in entry.get("content", []))
    return len(entries), [f"{folder.name}: {link}: {text}" for link, body in bodies for text in leftovers(body)]


@pytest.mark.corpora
@pytest.mark.parametrize("name", ["jekyll", "letsencrypt"])
def test_no_template_syntax_is_left_in_a_real_sites_feed(name: str, shared: Path, tmp_path: Path) -> None:
    entries, left = entries_of(shared / "corpora" / name, tmp_path)
    assert entries > 90
    assert left == []


@pytest.mark.slow
@pytest.mark.corpora
def test_no_template_syntax_is_left_in_any_real_sites_feed(shared: Path, tmp_path: Path) -> None:
    folders = sorted(path for path in (shared / "corpora").iterdir() if path.is_dir())
    sites = [entries_of(folder, tmp_path) for folder in folders]
    assert sum(entries for entries, _ in sites) > 4000
    assert [text for _, left in sites for text in left] == []
