"""Files in which git left a conflict: no feed shows their marks."""

from __future__ import annotations

import pytest

from feedwright.sources.folder.merge_conflicts import conflict
from tests.conftest import SiteOnDisk

MARKS = "<<<<<<< HEAD\nHigh tide.\n=======\nLow tide.\n>>>>>>> theirs\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (MARKS, 1),
        (f"---\ntitle: a\n---\nText.\n\n{MARKS}", 6),
        (f"---\n{MARKS}---\n", 2),
        ("<<<<<<< HEAD\na\n||||||| base\nb\n=======\nc\n>>>>>>> theirs", 1),
        (MARKS.replace("\n", "\r\n"), 1),
        (f"```\nGit writes:\n```\n{MARKS}", 4),
        (f"{{% highlight text %}}\nx\n{{% endhighlight %}}\n{MARKS}", 4),
        (f"Git writes:\n\n```\n{MARKS}```\n", 0),
        (f"~~~~ text\n```\n{MARKS}```\n~~~~\n", 0),
        (f"<pre><code>\n{MARKS}</code></pre>\n", 0),
        (f"{{% highlight text %}}\n{MARKS}{{% endhighlight %}}\n", 0),
        (f'{{{{< highlight text "linenos=table" >}}}}\n{MARKS}{{{{< /highlight >}}}}\n', 0),
        ("    " + MARKS.replace("\n", "\n    "), 0),
        ("A heading\n=======\n\n>>>>>>> quoted seven times\n", 0),
        ("<<<<<<< HEAD\nand no end\n=======\n", 0),
        ("<<<<<<<HEAD\na\n=======\nb\n>>>>>>>theirs\n", 0),
    ],
)
def test_a_conflict_is_found_outside_code(text: str, line: int) -> None:
    assert conflict(text) == line


@pytest.mark.parametrize("name", ["a.md", "2024-01-01-a.md", "2024-01-01-a.html"])
@pytest.mark.parametrize("place", ["head", "body", "top"])
def test_an_article_with_a_conflict_stays_as_it_was_last_good(site: SiteOnDisk, name: str, place: str) -> None:
    site.article(name, title="a").article("b.md").build()
    good, before = (site.content / name).read_text(), site.tree()
    head = good.replace("title: a", f"{MARKS}title: a")
    site.write(name, {"head": head, "body": good + MARKS, "top": MARKS + good}[place])
    report = site.build()
    assert [(problem.code, problem.severity) for problem in report.problems] == [("merge-conflict", "error")]
    assert report.exit_code == 1
    assert site.tree() == before
    site.write(name, good)
    assert site.build().problems == ()
    assert site.tree() == before


def test_a_new_article_with_a_conflict_is_in_no_feed_until_it_is_resolved(site: SiteOnDisk) -> None:
    site.article("b.md").build()
    site.write("2024-01-02-a.md", f"# Tides\n\n{MARKS}")
    (problem,) = site.build().problems
    assert (problem.code, problem.line) == ("merge-conflict", 3)
    assert site.titles() == ["b"]
    site.write("2024-01-02-a.md", "# Tides\n\nLow tide.\n")
    assert site.build().problems == ()
    assert site.titles() == ["Tides", "b"]
