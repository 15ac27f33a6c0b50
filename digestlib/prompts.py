"""Versioned Jinja2 prompt templates: `<folder>/<name>/<version>.j2` → messages.

A template has two blocks, `system` and `user`; the system block holds what every request
shares, so that providers can cache it. A released version is never edited: add the next.
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import Any

import jinja2

from .errors import PromptError
from .models import Frozen
from .resources import resource_dir
from .templating import environment

_VERSION = re.compile(r"v(\d+)\Z")


class RenderedPrompt(Frozen):
    """A prompt with its variables filled in."""

    name: str
    """`summary/v1`."""
    system: str
    user: str


class Prompts:
    """The templates of a user's folder, if there is one, before those that ship with digestlib."""

    def __init__(self, folder: str | Path | None = None) -> None:
        own = [] if folder is None else [Path(folder)]
        for place in own:
            if not place.is_dir():
                raise PromptError(f"{place}: no such folder of prompts; expected NAME/vN.j2 in it")
        self._folders = [*own, resource_dir("prompts")]
        loader = jinja2.FileSystemLoader([str(place) for place in self._folders])
        self._jinja = environment(loader, autoescape=False)  # the output is a prompt, not HTML

    def names(self) -> list[str]:
        """Every prompt as `name/version`, sorted; a user's own come under the same names."""
        found = {
            f"{file.parent.name}/{file.stem}"
            for folder in self._folders
            for file in folder.glob("*/v*.j2")
            if _VERSION.match(file.stem)
        }
        return sorted(found, key=_by_version)

    def resolve(self, name: str) -> str:
        """`summary` → `summary/v2`, its latest version; `summary/v1` stays, if it exists."""
        known = self._known
        if name in known:
            return name
        versions = [entry for entry in known if entry.split("/")[0] == name.split("/")[0]]
        if versions and "/" not in name:
            return versions[-1]
        there = ", ".join(versions or known)
        raise PromptError(f"no prompt {name!r}; there are {there}")

    def source(self, name: str) -> str:
        """The template's text."""
        file = f"{self.resolve(name)}.j2"
        return next(
            folder / file for folder in self._folders if (folder / file).is_file()
        ).read_text(encoding="utf-8")

    def render(self, name: str, **variables: Any) -> RenderedPrompt:
        """Fill a template; raises `PromptError` for one that is broken or wants other variables."""
        full = self.resolve(name)
        try:
            template = self._jinja.get_template(f"{full}.j2")
            context = template.new_context(variables)
            blocks = {
                part: "".join(template.blocks[part](context)).strip() for part in ("system", "user")
            }
        except KeyError as exc:
            raise PromptError(
                f"prompt {full}: has no block {exc}; it needs system and user"
            ) from exc
        except jinja2.TemplateSyntaxError as exc:
            raise PromptError(f"prompt {full}: line {exc.lineno}: {exc.message}") from exc
        except (jinja2.TemplateError, ArithmeticError, TypeError, ValueError) as exc:
            raise PromptError(f"prompt {full}: {exc}") from exc
        return RenderedPrompt(name=full, **blocks)

    @cached_property
    def _known(self) -> list[str]:
        return self.names()


def _by_version(name: str) -> tuple[str, int]:
    stem, _, version = name.partition("/")
    return stem, int(version[1:])
