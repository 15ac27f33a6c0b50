"""A draft as an `.eml` file that a mail program opens unsent."""

from __future__ import annotations

import datetime as dt
import hashlib
from email import policy
from email.message import EmailMessage

from ..drafts.escape import plain

SUBJECT_CHARACTERS = 250
"""Longer subjects are cut: a header line may have 998 bytes (RFC 5322)."""


def eml(*, subject: str, text: str, html: str, day: dt.date | None, name: str) -> bytes:
    """The message: plain text, then HTML; the same texts give the same bytes.

    It has no sender and no recipient: those are for the mail program to fill in.
    """
    digest = hashlib.sha256("\0".join((name, subject, text, html)).encode()).hexdigest()
    message = EmailMessage(policy=policy.SMTP)
    message["X-Unsent"] = "1"
    message["Subject"] = _header(subject)
    if day:
        message["Date"] = dt.datetime.combine(day, dt.time(), dt.UTC)
    message["Message-ID"] = f"<{digest[:32]}@digestlib.invalid>"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message.set_boundary(f"={digest[32:56]}=")
    return message.as_bytes()


def _header(text: str) -> str:
    """One short line without encoded words, which the e-mail package would decode to line breaks."""
    line = plain(text).replace("=?", "= ?")
    return line if len(line) <= SUBJECT_CHARACTERS else line[: SUBJECT_CHARACTERS - 1] + "…"
