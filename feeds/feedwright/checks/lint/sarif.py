"""Problems -> SARIF, the exchange format of analysis tools, written while documents are checked."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from feedwright.checks.lint.codes import known, sentence, words
from feedwright.checks.lint.reports import said
from feedwright.errors import Problem, Severity
from feedwright.visible import as_json

if TYPE_CHECKING:
    from feedwright.checks.explanations import Explanation
    from feedwright.checks.lint.model import Options, Tally

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}


def sarif(problems: Iterator[Problem], tally: Tally, options: Options) -> Iterator[str]:
    """One SARIF log, of one run. Its results are never all in memory.

    Source: SARIF 2.1.0.
    """
    codes = known()
    places = {code: place for place, code in enumerate(codes)}
    driver = {
        "name": "Feedwright",
        "version": version("feedwright"),
        "rules": [_rule(said) for said in codes.values()],
    }
    yield f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{'
    yield f'"tool": {json.dumps({"driver": driver})},'
    yield '"columnKind": "unicodeCodePoints",'
    yield '"results": ['
    before = ""
    for problem in problems:
        yield before + as_json(_result(problem, places))
        before = ","
    invocation = {"executionSuccessful": not tally.unread, "exitCode": tally.exit_code}
    yield f'], "invocations": [{json.dumps(invocation)}]}}]}}'


def _rule(said: Explanation) -> dict[str, Any]:
    text = words(said)
    return {
        "id": said.code,
        "shortDescription": {"text": sentence(said.rule)},
        "fullDescription": {"text": f"{sentence(said.rule)} {sentence(said.right)}"},
        "help": {"text": text, "markdown": f"```text\n{text}\n```"},
        "defaultConfiguration": {"level": _LEVELS[said.severity]},
    }


def _result(problem: Problem, places: dict[str, int]) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": address(problem.file)}}
    if problem.line:
        physical["region"] = {"startLine": problem.line}
        if problem.column:
            physical["region"]["startColumn"] = problem.column
    location: dict[str, Any] = {"physicalLocation": physical}
    if problem.key:
        location["logicalLocations"] = [{"fullyQualifiedName": problem.key}]
    result = {
        "ruleId": problem.code,
        "level": _LEVELS[problem.severity],
        "message": {"text": "\n".join(said(problem))},
        "locations": [location],
    }
    return {**result, "ruleIndex": places[problem.code]} if problem.code in places else result


def address(name: str) -> str:
    """The URI of a file: relative where its path is, so that it is found in another checkout too."""
    if re.match("https?://", name, re.I):
        return quote(name, safe="%/:?#[]@!$&'()*+,;=~", errors="replace")
    path = PurePath(os.path.normpath(name))
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))
