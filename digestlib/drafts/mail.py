"""A draft as an `.eml` file that a mail program opens unsent."""

from __future__ import annotations

import datetime as dt
import hashlib
from email import policy
from email.message import EmailMessage

from ..editions import Roundup
from .escape import plain

SUBJECT_CHARACTERS = 250
"""Longer subjects are cut: a header line may have 998 bytes (RFC 5322)."""


def newsletter(week: Roundup, *, text: str, html: str) -> str:
    """The week or day as a mail of its plain text and its HTML."""
    lines = week.editorial.subject_lines if week.editorial else ()
    subject = lines[0].text if lines else f"Draft {week.period}"
    return eml(subject=subject, text=text, html=html, day=week.last_day, name=week.period)


def eml(*, subject: str, text: str, html: str, day: dt.date | None, name: str) -> str:
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
    return message.as_bytes().decode("ascii")


def _header(text: str) -> str:
    """One short line without encoded words, which the e-mail package would decode to line breaks."""
    line = plain(text).replace("=?", "= ?")
    return line if len(line) <= SUBJECT_CHARACTERS else line[: SUBJECT_CHARACTERS - 1] + "…"
