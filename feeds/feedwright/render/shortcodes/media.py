"""What well-known tags show, as HTML: pictures, videos, posts on other sites, code.

Each result is on one line, so that it can stand wherever a tag can: in a list, a quotation, a table.
"""

from __future__ import annotations

import re
from html import escape

from feedwright.render.shortcodes.calls import Call

_PICTURE = re.compile(r"\S[^\n]*\.(?:png|jpe?g|jfif|gif|svg|webp|avif|bmp|tiff?|heic)(?:[?#]\S*+)?,?", re.IGNORECASE)
_VIDEO_FILE = re.compile(r"\S+\.(?:mp4|m4v|webm|ogv|mov)(?:[?#]\S*)?", re.IGNORECASE)
_AUDIO_FILE = re.compile(r"\S+\.(?:mp3|m4a|ogg|oga|opus|wav|flac)(?:[?#]\S*)?", re.IGNORECASE)
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
_PICTURES = re.compile(r"img|image|imagen|figure|fig$|picture|photo|screenshot|thumbnail")
_SOURCES = ("src", "url", "image_path", "image", "img", "imageurl", "path", "file", "filename", "source", "photo")
_NO_WORDS = re.compile(r"(?:\d{1,5}(?:px|%)?|auto|@\w+|\S+/\S+|)")
_YOUTUBE_URL = re.compile(r"(?:youtu\.be/|[?&]v=|/embed/|/shorts/|/live/|/v/)([\w-]{6,20})", re.ASCII)
_VIMEO_URL = re.compile(r"vimeo\.com/(?:video/)?(\d{5,12})", re.ASCII)
_YOUTUBE_ID = re.compile(r"[\w-]{6,20}", re.ASCII)
_DIGITS = re.compile(r"\d{1,25}", re.ASCII)
_NAME = re.compile(r"[\w.-]+(?:/[\w.-]+)?", re.ASCII)
_OF_THE_PROJECT = re.compile(r"(?:\./)?(?:assets|images?|img|imgs|media|uploads|files|wp-content)/")
_SPACES = re.compile(r"\s+")
_SPACED = re.compile(r"[^\S ]|  |^ | $")
_ONE_PARAGRAPH = re.compile(r"<p>((?:(?!<p>).)*)</p>", re.DOTALL)


def shown(call: Call, block: bool) -> str | None:
    """What a call of any engine shows, where its name or its parameters tell.

    Args:
        call: of a tag, a shortcode or a component.
        block: whether it stands on lines of its own, and not within a sentence.

    Returns: HTML on one line; None where nobody can tell.
    """
    player = _player(call)
    if player is not None:
        return f"<p>{player}</p>" if block else player
    page = _page(call)
    if page:
        link = f'<a href="{escape(page)}">{escape(call.first("title", "text", "label") or page)}</a>'
        return f"<p>{link}</p>" if block else link
    return figure(call, block)


def figure(call: Call, block: bool) -> str | None:
    """A picture, with its caption where it has one.

    Args:
        call: of what is called an image or a figure, or has a picture for its source.
        block: as for `shown`.
    """
    source = _picture(call)
    if not source:
        return None
    size = "".join(f' {key}="{call.named[key]}"' for key in ("width", "height") if call.named.get(key, "").isdigit())
    image = f'<img src="{_attribute(source)}" alt="{_attribute(_alternative(call, source))}"{size}>'
    link = call.first("link", "href", "target_url", "linkurl")
    if _WEB.match(link) or link.startswith(("/", "#", "./", "../")):
        image = f'<a href="{_attribute(link)}">{image}</a>'
    caption = _caption(call)
    if caption:
        return f"<figure>{image}<figcaption>{caption}</figcaption></figure>"
    return f"<p>{image}</p>" if block else image


def _picture(call: Call) -> str:
    called = _PICTURES.search(call.name) is not None
    for key in _SOURCES:
        value = call.named.get(key, "")
        if value and (_PICTURE.fullmatch(value) or (called and key == "src" and "{" not in value)):
            return value
    words = [word.text.rstrip(",") for word in call.words]
    found = next((word for word in words if _PICTURE.fullmatch(word)), "")
    if not found or not (called or len(words) == 1 or call.name.startswith("include")):
        found = next((word for word in words if "/" in word and _WEB.match(word)), "") if called else ""
    # Where tags take a path without a slash before it, that of the project is meant.
    return "/" + found.removeprefix("./") if _OF_THE_PROJECT.match(found) and call.name != "asset_img" else found


def _alternative(call: Call, source: str) -> str:
    said = call.first("alt", "alttext", "alt_text")
    written = [word.text.rstrip(",").removeprefix("./") for word in call.words]
    bare = source.removeprefix("/")
    place = next((n for n, word in enumerate(written) if word.removeprefix("/") == bare), None)
    if said or place is None:
        return said
    texts = [word for word in call.words[place + 1 :] if not _NO_WORDS.fullmatch(word.text)]
    quoted = [word.text for word in texts if word.quoted]
    return quoted[-1] if quoted else " ".join(word.text for word in texts)


def _caption(call: Call) -> str:
    parts = [inline(text) for key in ("caption", "description", "desc") if (text := call.named.get(key, ""))][:1]
    title = call.named.get("title", "")
    if title and title not in (call.named.get("alt"), call.named.get("caption")):
        parts.insert(0, f"<strong>{inline(title)}</strong>" if parts else inline(title))
    credit, page = inline(call.named.get("attr", "")), call.first("attrlink")
    if credit:
        parts.append(f'<a href="{_attribute(page)}">{credit}</a>' if page else credit)
    return " ".join(parts)


def _player(call: Call) -> str | None:
    """A player of a video or a recording; `feedwright.render.html.embeds` makes links of those that may not stay."""
    name = call.name
    said = call.first("id", "v", "video_id", "videoid", "video", "youtubeid", "youtube_id") or call.word()
    address = call.first("src", "url", "href", "mp4", "file") or call.word()
    provider = call.named.get("provider", "").lower()
    if "youtube" in name or provider == "youtube" or name in ("yt", "lite-youtube", "embedyt"):
        found = _YOUTUBE_URL.search(said) or _YOUTUBE_URL.search(address)
        video = found[1] if found else said if _YOUTUBE_ID.fullmatch(said) else ""
        return _iframe(f"https://www.youtube.com/embed/{video}", call) if video else None
    if "vimeo" in name or provider == "vimeo":
        found = _VIMEO_URL.search(said) or _VIMEO_URL.search(address)
        video = found[1] if found else said if _DIGITS.fullmatch(said) else ""
        return _iframe(f"https://player.vimeo.com/video/{video}", call) if video else None
    if _VIDEO_FILE.fullmatch(address):
        return f'<video src="{_attribute(address)}" controls></video>'
    if _AUDIO_FILE.fullmatch(address):
        return f'<audio src="{_attribute(address)}" controls></audio>'
    if name in ("iframe", "embed", "video", "webvideo", "googlevideo") and _WEB.fullmatch(address):
        return _iframe(address, call)
    return None


def _iframe(address: str, call: Call) -> str:
    title = call.first("title", "caption")
    return f'<iframe src="{_attribute(address)}"' + (f' title="{_attribute(title)}"' if title else "") + "></iframe>"


def _page(call: Call) -> str:
    """The page on another site that is shown in place by a script."""
    name, word = call.name, call.word()
    if name in ("tweet", "twitter", "x", "x_simple", "twitter_simple", "tweetembed"):
        status, user = call.first("id", "tweet_id", "tweetid") or word, call.first("user") or "i"
        if _DIGITS.fullmatch(status) and _NAME.fullmatch(user):
            return f"https://twitter.com/{user}/status/{status}"
    if name in ("gist", "github_gist") and not _WEB.fullmatch(word):
        parts = [part for part in (call.first("user"), call.first("id"), word, call.word(1)) if _NAME.fullmatch(part)]
        return "https://gist.github.com/" + "/".join(parts[:2] if "/" not in parts[0] else parts[:1]) if parts else ""
    if name.startswith("instagram") and _YOUTUBE_ID.fullmatch(call.first("id") or word):
        return f"https://www.instagram.com/p/{call.first('id') or word}/"
    # Whatever it is called: an address is all that it was given.
    address = word if call.words and not _PICTURES.search(name) else ""
    return address if _WEB.fullmatch(address) and not _PICTURE.fullmatch(address) else ""


def code_block(code: str, language: str = "", title: str = "") -> str:
    """Code as HTML, on one line, so that neither indentation nor blank lines can end it.

    Args:
        code: as it was written.
        language: empty where unknown.
        title: empty for none.
    """
    lines = escape(code.strip("\n").rstrip(), quote=False)
    # A tag in code looks the same to a reader; to Markdown and to whatever looks for templates it is none.
    lines = lines.replace("\r\n", "\n").replace("\n", "&#10;")
    marked = f' class="language-{_attribute(language.lower())}"' if re.fullmatch(r"[\w+#.-]{1,40}", language) else ""
    block = f"<pre><code{marked}>{lines}</code></pre>"
    return f"<figure><figcaption>{escape(title)}</figcaption>{block}</figure>" if title else block


def inline(text: str) -> str:
    """A line of Markdown as HTML on one line, without a paragraph around it."""
    line = _SPACES.sub(" ", text).strip()
    if not re.search(r"[*_`\[<&~\\]", line):
        return line.replace(">", "&gt;")
    # Only captions with markup need it.
    import pyromark

    html = _SPACES.sub(" ", pyromark.html(line)).strip()
    only = _ONE_PARAGRAPH.fullmatch(html)
    return only[1] if only else html


def _attribute(text: str) -> str:
    return escape(_SPACES.sub(" ", text).strip() if _SPACED.search(text) else text)
