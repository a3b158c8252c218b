"""The recipe of the documentation for files that are compressed once: builds make them, and nginx sends them."""

from __future__ import annotations

import gzip
import re
import subprocess
import tempfile
from pathlib import Path

import httpx
import pytest

from tests.conftest import SiteOnDisk
from tests.snippets.servers import SERVERS, needed, running
from tests.snippets.sites import Made
from tests.snippets.sites import made as made_site

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "serve.md").read_text()
RECIPE = PAGE[PAGE.index("`gzip_static on;`") :]
TABLE, SCRIPT = (re.search(rf"```{kind}\n(.*?)```", RECIPE, re.DOTALL)[1] for kind in ("toml", "sh"))  # type: ignore[index]


def followed(site: SiteOnDisk) -> SiteOnDisk:
    """A site whose owner has done as the recipe says."""
    site.write("compress", SCRIPT)
    (site.content / "compress").chmod(0o755)
    return site


def test_the_script_is_one_that_a_shell_takes() -> None:
    assert subprocess.run(["sh", "-n"], input=SCRIPT, text=True, capture_output=True, check=True).stderr == ""


def test_each_document_has_its_compressed_file_and_its_time(site: SiteOnDisk) -> None:
    followed(site.configure(TABLE)).article("a.md", tags="[sea, 'two words']").article("b.md", tags="[moon]")
    for change in (False, True):
        if change:
            site.article("b.md", "Other water.", tags="[moon]")
        assert site.build().problems == ()
        documents = [site.out / name for name in site.tree() if not name.endswith(".gz")]
        assert len(documents) == 12
        for file in documents:
            packed = file.with_name(f"{file.name}.gz")
            assert gzip.decompress(packed.read_bytes()) == file.read_bytes()
            assert int(packed.stat().st_mtime) == int(file.stat().st_mtime)
    assert not list(site.out.rglob("*.new"))


@pytest.mark.parametrize("name", ["nginx"])
def test_nginx_sends_them(name: str) -> None:
    needed(SERVERS[name])
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        one: Made = made_site(Path(folder))
        file = one.site.out / "atom.xml"
        subprocess.run(["sh", "-c", SCRIPT], input=b"atom.xml\n", cwd=one.site.out, check=True)
        snippet = one.snippet(name)
        snippet.write_text("gzip_static on;\n" + snippet.read_text())
        with running(SERVERS[name], snippet, one.pages) as base:
            with httpx.stream("GET", f"{base}/atom.xml", headers={"Accept-Encoding": "gzip"}) as answer:
                assert b"".join(answer.iter_raw()) == file.with_name("atom.xml.gz").read_bytes()
            assert answer.headers["Content-Encoding"] == "gzip"
            assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
            assert answer.headers.get_list("Vary") == ["Accept-Encoding"]
            asked = {"Accept-Encoding": "gzip", "If-None-Match": answer.headers["ETag"]}
            assert httpx.get(f"{base}/atom.xml", headers=asked).status_code == 304
            plain = httpx.get(f"{base}/atom.xml", headers={"Accept-Encoding": ""})
            assert (plain.content, "Content-Encoding" in plain.headers) == (file.read_bytes(), False)
