"""Amazon S3: uploads with their media types. Source: docs.aws.amazon.com, aws s3 sync; Hosting a static website."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

from feedwright.config import Config
from feedwright.serve.delivery import PLACEHOLDER, Delivery, Served
from feedwright.serve.snippets import rules, scripts

_SAID = (
    "S3 cannot send Link: hubs are found in the feeds anyway, and CloudFront can add it. It has no 410: what",
    "was pruned is removed there, too, and answered with 404 (403 where the bucket may not be listed). It does not",
    "compress; CloudFront does. Redirects and folders work at the bucket's website endpoint alone, with index.html as",
    "its index document.",
)
_CORS = {"CORSRules": [{"AllowedOrigins": ["*"], "AllowedMethods": ["GET", "HEAD"]}]}


def text(delivery: Delivery, config: Config, out: Path) -> str:
    """A script that uploads what has changed."""
    return "\n".join(
        (
            *scripts.head(delivery, out, "Amazon S3", "s3", *_SAID, "The bucket is named by $BUCKET."),
            ': "${BUCKET:?name the bucket}"',
            f'aws s3api put-bucket-cors --bucket="$BUCKET" --cors-configuration={shlex.quote(json.dumps(_CORS))}',
            *_uploads(delivery),
            *(_folder(delivery, one) for one in scripts.folders(delivery)),
            *_redirects(delivery),
            *_moved(delivery),
            *(f'aws s3 rm s3://"$BUCKET"/{_object(delivery, address)}' for address in delivery.gone),
            "",
        )
    )


def _key(delivery: Delivery, address: str) -> str:
    return shlex.quote(rules.root(delivery).removeprefix("/") + address)


def _object(delivery: Delivery, address: str) -> str:
    """The key of what is found at an address."""
    return _key(delivery, f"{address}index.html" if address.endswith("/") else address)


def _fields(one: Served) -> str:
    return f"--content-type={shlex.quote(one.content_type)} --cache-control={shlex.quote(one.cache_control)}"


def _uploads(delivery: Delivery) -> Iterator[str]:
    alike: dict[str, list[str]] = {}
    for one in (*rules.alone(delivery), *delivery.patterns):
        alike.setdefault(_fields(one), []).append(_glob(one.path))
    # What was uploaded once is not uploaded again by what comes after it.
    for fields, globs in alike.items():
        included = " ".join(f"--include={shlex.quote(glob)}" for glob in dict.fromkeys(globs))
        hidden = "--exclude='.*' --exclude='*/.*'"
        yield f"aws s3 sync . s3://\"$BUCKET\"/{_key(delivery, '')} --exclude='*' {included} {hidden} {fields}"


def _glob(path: str) -> str:
    parts = PLACEHOLDER.split(path)
    return "".join("*" if number % 2 else re.sub(r"([*?[])", r"[\1]", part) for number, part in enumerate(parts))


def _folder(delivery: Delivery, one: Served) -> str:
    source = shlex.quote(f"./{one.path}")
    target = _object(delivery, one.address)
    return f'[ ! -f {source} ] || aws s3 cp {source} s3://"$BUCKET"/{target} {_fields(one)}'


def _redirects(delivery: Delivery) -> Iterator[str]:
    for one in delivery.redirects.values():
        key = _object(delivery, one.address)
        where = f"--website-redirect-location={shlex.quote(one.target)}"
        yield f'aws s3api put-object --bucket="$BUCKET" --key={key} {where}'


def _moved(delivery: Delivery) -> Iterator[str]:
    for path, target in scripts.moved_files(delivery):
        where = f"--website-redirect-location={shlex.quote(target)}"
        yield f'aws s3api put-object --bucket="$BUCKET" --key={shlex.quote(path)} {where}'
