"""Addresses and keys: which may be used, which may be shown."""

from __future__ import annotations

import ipaddress
import os
from urllib.parse import urlsplit

from .errors import EndpointError, KeyRejected

OPENAI_URL = "https://api.openai.com/v1"


def usable_url(given: str | None = None) -> str:
    """The base URL that is meant; raises `EndpointError` for what is none."""
    base_url = given or os.environ.get("OPENAI_BASE_URL") or OPENAI_URL
    if not base_url.startswith(("http://", "https://")):
        raise EndpointError("the base URL (OPENAI_BASE_URL) must start with http:// or https://")
    return base_url


def chat_url(base_url: str) -> str:
    """Where chats are posted; a query of the base URL stays one."""
    parts = urlsplit(base_url)
    return parts._replace(path=parts.path.rstrip("/") + "/chat/completions").geturl()


def is_exposed(base_url: str) -> bool:
    """Whether what goes to the URL leaves this machine unencrypted."""
    parts = urlsplit(base_url)
    return parts.scheme == "http" and not _is_local(parts.hostname or "")


def usable_key(given: str | None, base_url: str) -> str:
    """The key for a URL; a server on this machine needs none. Raises `KeyRejected`."""
    key = (given or os.environ.get("OPENAI_API_KEY") or "").strip()
    if not key and _is_local(urlsplit(base_url).hostname or ""):
        return "not-needed"
    if not key:
        raise KeyRejected(
            f"no key for {public_url(base_url)}; set OPENAI_API_KEY (any value if it needs none)"
        )
    # HTTP could not carry it, and the library's complaint would quote it.
    if not key.isascii() or not key.isprintable():
        raise KeyRejected("OPENAI_API_KEY holds characters that no key has; set it again")
    return key


def public_url(base_url: str) -> str:
    """A URL that may be shown: user, password and query left out."""
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}".rstrip("/")


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
