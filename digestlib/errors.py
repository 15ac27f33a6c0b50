"""The error tree; each error knows its exit code.

DigestError                  1  anything that stops the job
├── ReportError              1  a file that cannot be read as a report
├── DraftError               1  a draft that cannot be read
│   └── UnsettledDraft       5  a draft said to be finished in which something is left to settle
├── PromptError              2  a prompt name, version or template that does not work
├── SelectionError           2  a week, day or id that the reports do not hold
├── DecisionError            2  decisions that cannot be read, or are on another issue
├── ConfigError              2  a setting in digest.toml that does not work
├── OutputError              1  a place that cannot be written
├── StoreError               1  a store that cannot be opened or used
├── AnswerError              1  an answer that breaks its schema (asked again, then the paper fails)
├── BudgetError              6  the next request would cross --max-cost
├── Interrupted            130  asked to stop (Ctrl-C) before this was asked
└── EndpointError            4  no answer to be had from the endpoint
    ├── KeyRejected          4  no key, or one that the endpoint refuses
    ├── QuotaExhausted       4  the account is out of money or quota
    ├── NotRecorded          4  replaying, and no cassette holds this request
    ├── RequestRejected      4  this request will never be answered (400, context length, filter)
    │   └── NotStored        4  offline, and the store holds no answer to this request
    └── EndpointUnavailable  4  refused, timed out, rate limited or 5xx until the patience ran out
"""

from __future__ import annotations


class DigestError(Exception):
    """Base of every error that digestlib raises on purpose."""

    exit_code = 1


class ReportError(DigestError):
    """A file cannot be read as a report."""


class DraftError(DigestError):
    """A draft cannot be read; it knows the line, and its file once somebody tells it."""

    def __init__(self, message: str, *, line: int | None = None, path: str = "") -> None:
        place = ":".join(str(part) for part in (path, line) if part)
        super().__init__(f"{place}: {message}" if path else message)
        self.message = message
        self.line = line

    def at(self, path: str) -> DraftError:
        """The same, saying in which file."""
        return type(self)(self.message, line=self.line, path=path)


class UnsettledDraft(DraftError):
    """A draft that is said to be finished has something left to settle."""

    exit_code = 5


class PromptError(DigestError):
    """A prompt name, version or template does not work."""

    exit_code = 2


class SelectionError(DigestError):
    """The reports do not hold the week, day or paper that was asked for."""

    exit_code = 2


class DecisionError(DigestError):
    """A file of decisions does not work, or is on another issue."""

    exit_code = 2


class ConfigError(DigestError):
    """A file of settings does not work."""

    exit_code = 2


class OutputError(DigestError):
    """A place cannot be written."""


class StoreError(DigestError):
    """A store cannot be opened or used."""


class AnswerError(DigestError):
    """An answer breaks its schema."""


class BudgetError(DigestError):
    """The next request would cross the budget."""

    exit_code = 6


class Interrupted(DigestError):
    """The run was asked to stop before this request was sent."""

    exit_code = 130


class EndpointError(DigestError):
    """No answer is to be had from the endpoint."""

    exit_code = 4


class KeyRejected(EndpointError):
    """There is no key, or the endpoint refuses it."""


class QuotaExhausted(EndpointError):
    """The account is out of money or quota."""


class NotRecorded(EndpointError):
    """While replaying, no cassette holds this request."""


class RequestRejected(EndpointError):
    """The endpoint will never answer this request; the others may go on."""


class NotStored(RequestRejected):
    """Offline, the store holds no answer to this request."""


class EndpointUnavailable(EndpointError):
    """Refused, timed out, rate limited or failing until the patience ran out."""
