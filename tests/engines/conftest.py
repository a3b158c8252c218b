"""Sites built by the engines that are here; those that are not are skipped, and say what for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engines.engine import Engine, EngineSite, build_site
from tests.engines.engines import ENGINES
from tests.engines.feeds import configure
from tests.engines.more_engines import MORE_ENGINES

Built = Callable[[Engine], EngineSite]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for an engine is run with each."""
    if "engine" in metafunc.fixturenames:
        more = {engine.name for engine in MORE_ENGINES}
        cases = []
        for engine in (*ENGINES, *MORE_ENGINES):
            # One process for each engine, which builds its site once.
            marks = [pytest.mark.xdist_group(engine.name), *([pytest.mark.engines] if engine.name in more else [])]
            cases.append(pytest.param(engine, marks=marks, id=engine.name))
        metafunc.parametrize("engine", cases)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """An engine -> its site, built once for all tests, which copy it."""
    sites: dict[str, EngineSite] = {}

    def build_once(engine: Engine) -> EngineSite:
        if missing := engine.needs():
            pytest.skip(f"{engine.name} {missing}")
        if engine.name not in sites:
            sites[engine.name] = build_site(engine, tmp_path_factory.mktemp("engines") / engine.name)
        return sites[engine.name]

    return build_once


@pytest.fixture
def site(engine: Engine, built: Built, tmp_path: Path) -> EngineSite:
    """The engine's site, of which no feed has been made."""
    return configure(built(engine).copied(tmp_path / engine.name))
