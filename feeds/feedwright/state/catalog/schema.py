"""The catalog's tables."""

from __future__ import annotations

MEND = "Remove it: it is rebuilt from the articles. Another folder: --state."
STEPS = {
    1: """
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE folder (
    key TEXT PRIMARY KEY,
    members TEXT NOT NULL,
    articles TEXT NOT NULL, -- names, joined by "/"
    stats BLOB NOT NULL -- as Listing has them, native 64-bit numbers, zeros where a file is to be read again
) STRICT;
CREATE TABLE article (
    n INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    hash BLOB NOT NULL,
    state TEXT NOT NULL, -- ok, broken (cannot be read now, and is as it was last), unread (never could be)
    id TEXT NOT NULL,
    guid TEXT,
    title TEXT NOT NULL,
    url TEXT NOT NULL,
    path TEXT NOT NULL,
    slug TEXT NOT NULL,
    section TEXT NOT NULL,
    language TEXT NOT NULL,
    published INTEGER NOT NULL, -- seconds since 1970, UTC, as all moments here
    updated INTEGER NOT NULL,
    expires INTEGER,
    draft INTEGER NOT NULL,
    terms TEXT NOT NULL, -- JSON: categories, tags, authors, and the feeds it names or null
    undated INTEGER NOT NULL, -- whether it is unread for want of a date alone: 1 where its first commit may date it
    problems TEXT NOT NULL, -- JSON, "" for none
    shown INTEGER NOT NULL, -- whether it may be shown, as was last decided
    barred TEXT NOT NULL -- JSON: the problem for which it cannot be shown, "" for none
) STRICT;
CREATE TABLE feed (f INTEGER PRIMARY KEY, kind TEXT NOT NULL, term TEXT NOT NULL, UNIQUE (kind, term)) STRICT;
CREATE TABLE member ( -- every article that may be shown, in every feed that selects it
    f INTEGER NOT NULL, published INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (f, published, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE shows ( -- what each feed shows
    f INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (f, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX shows_n ON shows (n);
CREATE TABLE whole ( -- articles that are shown, with clean bodies and related links
    n INTEGER PRIMARY KEY,
    article TEXT NOT NULL, -- JSON
    hash BLOB NOT NULL, -- of that
    problems TEXT NOT NULL, -- JSON, "" for none
    sure INTEGER NOT NULL -- whether it is as it would be made now
) STRICT;
CREATE TABLE lookup ( -- names of articles that another one was made with
    name TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (name, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX lookup_n ON lookup (n);
CREATE TABLE name ( -- what articles can be called by, where it was ever asked for
    name TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (name, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_n ON name (n);
CREATE TABLE entry (
    n INTEGER NOT NULL,
    format TEXT NOT NULL,
    options TEXT NOT NULL,
    hash BLOB NOT NULL, -- of all that it was made from
    entry BLOB NOT NULL,
    fault TEXT NOT NULL, -- JSON: why what would be made now is not taken, "" where it is
    PRIMARY KEY (n, format, options)
) STRICT, WITHOUT ROWID;
CREATE TABLE document (
    path TEXT PRIMARY KEY,
    f INTEGER NOT NULL,
    format TEXT NOT NULL,
    hash BLOB NOT NULL, -- of all that it was made from
    size INTEGER NOT NULL,
    mtime INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    fault TEXT NOT NULL -- JSON: why what would be made now is not taken, "" where it is
) STRICT;
CREATE INDEX article_wrong ON article (n) WHERE problems != '';
CREATE INDEX article_hidden ON article (n) WHERE NOT shown;
CREATE INDEX article_barred ON article (n) WHERE barred != '';
CREATE INDEX article_expires ON article (expires) WHERE expires IS NOT NULL;
CREATE INDEX article_undated ON article (n) WHERE undated;
CREATE INDEX article_naming ON article (n) WHERE substr(terms, -5) != 'null]';
CREATE TABLE run (started INTEGER NOT NULL, seconds REAL NOT NULL, exit INTEGER NOT NULL, report TEXT NOT NULL) STRICT;
""",
    2: """
CREATE TABLE untold ( -- files that changed, and commands of after_publish that are still to be told of it
    command INTEGER NOT NULL, -- which of them, from 0
    path TEXT NOT NULL, -- below out/
    change INTEGER NOT NULL, -- the number of the run that changed it last
    PRIMARY KEY (command, path)
) STRICT, WITHOUT ROWID;
CREATE TABLE ping ( -- feeds that changed, and hubs that are still to be told of it
    hub TEXT NOT NULL,
    path TEXT NOT NULL, -- of the document, below out/
    topic TEXT NOT NULL, -- its address
    change INTEGER NOT NULL, -- the number of the run that changed it last
    since INTEGER NOT NULL, -- when it changed first of all that the hub was not told of
    tries INTEGER NOT NULL, -- that failed
    tried INTEGER NOT NULL, -- when it was first tried in vain, 0 where it was not
    due INTEGER NOT NULL, -- when it is tried next
    code TEXT NOT NULL, -- of the last failure, "" where there is none
    fault TEXT NOT NULL, -- the same in words
    over INTEGER NOT NULL, -- whether it was given up
    PRIMARY KEY (hub, path)
) STRICT, WITHOUT ROWID;
CREATE TABLE hub ( -- hubs that could be told of nothing when they were last tried
    hub TEXT PRIMARY KEY,
    tries INTEGER NOT NULL, -- that failed one after another
    due INTEGER NOT NULL, -- when it is tried next
    code TEXT NOT NULL,
    fault TEXT NOT NULL
) STRICT, WITHOUT ROWID;
""",
    3: """
ALTER TABLE article ADD COLUMN retracted INTEGER;
ALTER TABLE article ADD COLUMN reason TEXT NOT NULL DEFAULT '';
CREATE INDEX article_retracted ON article (n) WHERE retracted IS NOT NULL;
""",
    4: """
CREATE INDEX whole_wrong ON whole (n) WHERE problems != '';
CREATE INDEX entry_wrong ON entry (n) WHERE fault != '';
CREATE INDEX whole_state ON whole (n, sure, hash);
CREATE INDEX article_unread ON article (n) WHERE state = 'unread';
""",
    5: """
ALTER TABLE article ADD COLUMN published_offset INTEGER NOT NULL DEFAULT 0; -- from UTC, in minutes
ALTER TABLE article ADD COLUMN updated_offset INTEGER NOT NULL DEFAULT 0;
ALTER TABLE article ADD COLUMN expires_offset INTEGER NOT NULL DEFAULT 0;
ALTER TABLE article ADD COLUMN retracted_offset INTEGER NOT NULL DEFAULT 0;
ALTER TABLE article ADD COLUMN weight REAL; -- its place among articles of one instant, NULL for none
ALTER TABLE article ADD COLUMN name TEXT NOT NULL DEFAULT ''; -- of its file, so that it sorts in natural order
ALTER TABLE article ADD COLUMN seen INTEGER NOT NULL DEFAULT 0; -- as the ledger has it, 0 where it does not
DELETE FROM fact WHERE name = 'versions'; -- all articles are read again
ALTER TABLE document ADD COLUMN checksum BLOB NOT NULL DEFAULT x''; -- of what we wrote, empty where that is not known
ALTER TABLE entry ADD COLUMN checksum BLOB NOT NULL DEFAULT x''; -- of the entry
ALTER TABLE article ADD COLUMN page TEXT NOT NULL DEFAULT ''; -- the engine whose page it is, "" for an article
ALTER TABLE article ADD COLUMN by_commit INTEGER NOT NULL DEFAULT 0; -- whether its date is that of its first commit
CREATE INDEX article_page ON article (key) WHERE page != '';
CREATE INDEX article_by_commit ON article (key) WHERE by_commit;
ALTER TABLE article ADD COLUMN protected TEXT NOT NULL DEFAULT ''; -- why, "" where it is for all
ALTER TABLE article ADD COLUMN exposure TEXT NOT NULL DEFAULT 'all'; -- what is for the public all the same
CREATE INDEX article_protected ON article (n) WHERE exposure != 'all';
CREATE TABLE kept_feed ( -- what the ledger knows of feeds, should it be lost
    kind TEXT NOT NULL, term TEXT NOT NULL, row TEXT NOT NULL, -- JSON: the ledger's columns after these two
    PRIMARY KEY (kind, term)
) STRICT, WITHOUT ROWID;
""",
    6: """
ALTER TABLE article ADD COLUMN first_known INTEGER; -- when it was, where that is its date, NULL for one of its own
DELETE FROM fact WHERE name = 'versions'; -- all articles are read again
""",
    7: """
ALTER TABLE article ADD COLUMN predicted TEXT NOT NULL DEFAULT ''; -- its address by permalink, "" without [pages]
ALTER TABLE article ADD COLUMN built TEXT NOT NULL DEFAULT ''; -- its page, below the built site's folder, "" for none
CREATE TABLE built_file ( -- the pages of the built site
    path TEXT PRIMARY KEY, -- below its folder
    size INTEGER NOT NULL, -- in bytes
    mtime INTEGER NOT NULL, -- in nanoseconds since 1970
    hash BLOB NOT NULL, -- of its bytes, x'' where it is to be read again
    telling INTEGER NOT NULL, -- what pages.page.telling_sum says of it
    body BLOB NOT NULL, -- of the article's body in it, as it was last rendered, x'' where it was not
    gone INTEGER NOT NULL -- since when it is not there, or not whole, 0 where it is
) STRICT, WITHOUT ROWID;
CREATE TABLE built_page (path TEXT PRIMARY KEY, page TEXT NOT NULL) STRICT; -- what pages.page.as_json wrote
CREATE TABLE sketch ( -- of the words of articles that may have a page
    n INTEGER PRIMARY KEY,
    words INTEGER NOT NULL,
    step INTEGER NOT NULL,
    runs BLOB NOT NULL
) STRICT;
CREATE TABLE evidence (n INTEGER PRIMARY KEY, reasons TEXT NOT NULL) STRICT; -- of an article's page, in words
CREATE TABLE pageless (n INTEGER PRIMARY KEY, since INTEGER NOT NULL) STRICT; -- articles that wait for their page
""",
    8: """
DELETE FROM fact WHERE name = 'versions'; -- all articles are read again
ALTER TABLE article ADD COLUMN aliases TEXT NOT NULL DEFAULT ''; -- addresses that it had before, a line each
CREATE INDEX article_aliases ON article (n) WHERE aliases != '';
CREATE TABLE linking ( -- pages of the site to which the texts of articles link
    n INTEGER PRIMARY KEY,
    pages TEXT NOT NULL -- as articles.link_names.site_page has them, each between two line breaks
) STRICT;
ALTER TABLE article ADD COLUMN series TEXT NOT NULL DEFAULT ''; -- JSON: names of the series it is in, "" for none
CREATE INDEX article_series ON article (series) WHERE series != '';
""",
    9: """
CREATE TABLE kept_found ( -- what the ledger knows of found related links, should it be lost
    n INTEGER PRIMARY KEY, related TEXT NOT NULL -- JSON, as in the ledger
) STRICT;
DELETE FROM fact WHERE name = 'versions'; -- all articles are read again
""",
    10: """
ALTER TABLE article RENAME COLUMN barred TO exclusion;
""",
}
