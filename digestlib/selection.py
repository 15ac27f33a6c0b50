"""Which reports and papers a command is about; pure."""

from __future__ import annotations

from collections.abc import Sequence

from .errors import SelectionError
from .models import Digest
from .periods import select_period


def of_period(
    digests: Sequence[Digest], *, week: str | None = None, day: str | None = None
) -> list[Digest]:
    """The digests of an ISO week, of a day, or of the latest day (`day="latest"`)."""
    dates = {digest.date for digest in digests if digest.date}
    wanted = None if day is None else max(dates, default=None) if day == "latest" else day
    _, chosen = select_period(dates, week=week, day=wanted)
    return [digest for digest in digests if digest.date in chosen]


def only(digests: Sequence[Digest], ids: tuple[str, ...], limit: int | None) -> list[Digest]:
    """The digests with only the named papers, and at most `limit` of them."""
    known = {paper.id for digest in digests for paper in digest.papers}
    for missing in [name for name in ids if name not in known]:
        raise SelectionError(
            f"no paper {missing!r} in these reports; there are {len(known)} papers"
        )
    if not known:
        raise SelectionError("the reports hold no paper")
    left = limit if limit is not None else len(digests) + sum(len(d.papers) for d in digests)
    chosen = []
    for digest in digests:
        papers = [paper for paper in digest.papers if not ids or paper.id in ids][:left]
        left -= len(papers)
        chosen.append(digest.model_copy(update={"papers": tuple(papers)}))
    return [digest for digest in chosen if digest.papers]
