"""The HTTP side: a folder of documents, served as it is at each moment.

`conditions`, `ranges` and `negotiation` are RFC 9110 as functions of text; `files` is the disk; `description` is what
configuration and ledger say; `answers` decides; `application` does it; `server` runs it on granian.
"""
