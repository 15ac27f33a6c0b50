"""The commands on edited drafts: `export` and `diff`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from ..errors import DraftError, ReportError
from .deciding import decisions_in, say_stale
from .reporting import EXIT_PARTIAL, warn_of_clipping

if TYPE_CHECKING:
    from ..exports import Form
    from ..manuscripts import Manuscript

EXIT_DIFFERENT = 1
FORMS = (
    *("html", "eml", "txt", "buttondown", "ghost", "listmonk", "substack"),
    *("jsonfeed", "atom", "csv", "docx"),
)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--to", "forms", type=click.Choice(FORMS), multiple=True, required=True, help="Which form; may be repeated.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="PATH", help="File, or folder for several forms [default: stdout].")  # fmt: skip
@click.option("--decisions", "decisions_file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE", help="Decisions exported from review.html, to apply first.")  # fmt: skip
def export(
    file: Path, forms: tuple[Form, ...], output: Path | None, decisions_file: Path | None
) -> None:
    """Turn an edited newsletter.md (or a week.json) into what is sent or published.

    The editor's checklist goes into none of them. Nothing is uploaded: for a service, the file is
    what its interface takes, always as a draft. A draft that says `draft: false` must have no
    [EDITOR] slot and no mark left, or this exits 5.
    """
    from ..exports import export as exported
    from ..exports import unsettled
    from ..output import write_files

    draft, undecided = _decided(_read(file), decisions_file)
    try:
        contents = {form: exported(draft, form) for form in forms}
    except DraftError as exc:
        raise exc.at(str(file)) from exc
    for slot in unsettled(draft):
        click.echo(f"Warning: {file}:{slot.line}: left to settle: {slot.wish}", err=True)
    if "html" in contents:
        warn_of_clipping(len(str(contents["html"]).encode()))
    if output is None:
        _print(forms, contents)
    else:
        for path in write_files(*_placed(file, output, contents)):
            click.echo(f"wrote {path}", err=True)
    if undecided:
        click.echo(f"Failed: {undecided}", err=True)
        sys.exit(EXIT_PARTIAL)


@click.command()
@click.argument("old", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("new", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the differences as JSON.")
@click.option("--exit-code", is_flag=True, help="Exit 1 when the drafts differ, as git diff does.")
def diff(old: Path, new: Path, as_json: bool, exit_code: bool) -> None:
    """Say what changed between two drafts: papers, figures and terms, not lines.

    OLD and NEW are each a newsletter.md, edited or not, or a week.json.
    """
    from ..differences import compare_drafts, render_differences

    found = compare_drafts(_read(old), _read(new))
    form: Literal["md", "json"] = "json" if as_json else "md"
    click.echo(render_differences(found, old=str(old), new=str(new), format=form), nl=False)
    if exit_code and found:
        sys.exit(EXIT_DIFFERENT)


def _decided(draft: Manuscript, file: Path | None) -> tuple[Manuscript, str | None]:
    """The draft with the decisions of the file, and what to say of those that no longer fit."""
    if file is None:
        return draft, None
    from ..exports import decide

    decided = decide(draft, decisions_in(file))
    return decided.draft, say_stale(decided.stale, "no such sentence in the draft")


def _read(file: Path) -> Manuscript:
    from ..exports import read_draft
    from ..reports.files import read_file

    found = read_file(str(file))
    if found.text is None:
        raise ReportError(str(found.problems[0]))
    try:
        return read_draft(found.text)
    except DraftError as exc:
        raise exc.at(str(file)) from exc


def _print(forms: tuple[Form, ...], contents: dict[Form, str | bytes]) -> None:
    if len(forms) > 1:
        raise click.UsageError("several forms need a folder: add -o DIR")
    content = contents[forms[0]]
    if isinstance(content, bytes) and sys.stdout.isatty():
        raise click.UsageError(f"{forms[0]} is not for a terminal: add -o FILE")
    click.echo(content, nl=False)


def _placed(
    file: Path, output: Path, contents: dict[Form, str | bytes]
) -> tuple[Path, dict[str, str | bytes]]:
    """Folder and files: one form goes to a file, unless a folder is named."""
    from ..exports import SUFFIXES

    if len(contents) == 1 and not output.is_dir() and not str(output).endswith("/"):
        return output.parent, dict.fromkeys([output.name], *contents.values())
    return output, {f"{file.stem}{SUFFIXES[form]}": text for form, text in contents.items()}
