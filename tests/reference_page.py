"""docs/reference.md from the code: `python -m tests.reference_page` writes it, a test compares it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from digestlib import errors
from digestlib.cli import main
from digestlib.cli.configuring import commands_under, holds_for, settings_of
from digestlib.cli.program import model_options

from .json_forms import json_forms
from .python_names import python_names

PAGE = Path(__file__).parent.parent / "docs" / "reference.md"
HEAD = """\
# Reference

Made from the code by `python -m tests.reference_page`; a test compares the two. What the words mean is
in [checks.md](checks.md), what to do with the commands in [how-to.md](how-to.md).

- [Commands](#commands): [{commands}]
- [Environment](#environment)
- [Exit codes](#exit-codes)
- [Settings in digest.toml](#settings-in-digesttoml)
- [JSON forms](#json-forms)
- [Python](#python)
"""
ENVIRONMENT = {
    "OPENAI_API_KEY": "The key of the endpoint. It is never an option or a setting, and never written anywhere; a local server needs none.",
    "NO_COLOR": "Set to anything: no colours. So does `TERM=dumb`.",
    "OPENAI_ORG_ID": "Sent along as `OpenAI-Organization`; as in the openai client.",
    "OPENAI_PROJECT_ID": "Sent along as `OpenAI-Project`.",
    "TIKTOKEN_CACHE_DIR": "Folder with tiktoken's `o200k_base` vocabulary, to count tokens exactly (or `DATA_GYM_CACHE_DIR`, as tiktoken has it); without it they are estimated. Nothing is ever downloaded.",
}  # fmt: skip
OUTCOMES = {
    0: "done; for `check`, nothing that a person must look at",
    1: "failure; for `diff --exit-code`, the drafts differ",
    2: "wrong use",
    3: "partial: the output was written, but a paper failed, a report could not be read, the opening is missing, a decision no longer fits, or lines of a batch could not be used",
    4: "no answer to be had: what was answered by then is written as after Ctrl-C, papers without a summary by name; where nothing was, nothing",
    5: "`check` found something that a person must look at, or `export` something left in a finished draft",
    6: "the budget is reached: what was answered by then is written, as with 4",
    130: "Ctrl-C: once finishes with what is there, twice stops now",
}  # fmt: skip

ASKING = {option.name for option in model_options(click.Command("any")).params}
ASKING_AT = "#commands-that-ask-a-model"
EVERYWHERE = {"config", "debug"}


def page() -> str:
    """The whole reference."""
    anchors = (f"[`{' '.join(words)}`](#{'-'.join(words)})" for words, _ in commands_under(main))
    parts = [
        HEAD.replace("[{commands}]", ", ".join(anchors)),
        "## Commands\n",
        _shared_options(),
        *(_command(words, command) for words, command in commands_under(main)),
        "## Environment\n",
        _environment(),
        "## Exit codes\n",
        _exit_codes(),
        "## Settings in digest.toml\n",
        _settings(),
        "## JSON forms\n",
        json_forms(),
        "## Python\n",
        "`import digestlib as dl`; names load on first use.\n",
        python_names(),
    ]
    return "\n".join(parts)


def _command(words: tuple[str, ...], command: click.Command) -> str:
    context = _context(words)
    arguments = (p.make_metavar(context) for p in command.params if isinstance(p, click.Argument))
    usage = " ".join([*("digest-summarise", *words), "[OPTIONS]", *arguments])
    text = re.sub(r"\s*\n(?!\n)\s*(?=\S)", " ", (command.help or "").replace("\n\n", "\0"))
    about = "\n\n".join(part.strip() for part in text.split("\0"))
    asks = {option.name for option in _options(command)} >= ASKING
    shared = EVERYWHERE | (ASKING if asks else set())
    own = [option for option in _options(command) if option.name not in shared]
    also = f"Also [the options of commands that ask a model]({ASKING_AT}).\n\n" if asks else ""
    return f"### {' '.join(words)}\n\n    {usage}\n\n{about}\n\n{also}{_option_table(own, context)}"


def _shared_options() -> str:
    context, options = _context(("week",)), _options(main.commands["week"])
    asking = [option for option in options if option.name in ASKING]
    everywhere = [option for option in options if option.name in EVERYWHERE]
    return (
        f"Every command has `--help` and\n\n{_option_table(everywhere, context)}\n"
        f"### Commands that ask a model\n\n{_option_table(asking, context)}"
    )


def _options(command: click.Command) -> list[click.Option]:
    return [option for option in command.params if isinstance(option, click.Option)]


def _option_table(options: Iterable[click.Option], context: click.Context) -> str:
    rows = [(_flags(option, context), _meaning(option, context)) for option in options]
    return _table(("option", "means"), rows)


def _context(words: tuple[str, ...]) -> click.Context:
    context, command = click.Context(main, info_name="digest-summarise"), main
    for word in words:
        command = command.commands[word]  # type: ignore[assignment]
        context = click.Context(command, parent=context, info_name=word)
    return context


def _flags(option: click.Option, context: click.Context) -> str:
    record = option.get_help_record(context)
    assert record, option.name
    return f"`{record[0]}`"


def _meaning(option: click.Option, context: click.Context) -> str:
    record = option.get_help_record(context)
    assert record, option.name
    text = re.sub(r"\s*\[env: \w+\]", "", " ".join(record[1].split()))
    variables = ", ".join(f"`{name}`" for name in _variables(option))
    return f"{text} Environment: {variables}." if variables else text


def _variables(parameter: click.Parameter) -> list[str]:
    named = parameter.envvar or []
    return [named] if isinstance(named, str) else list(named)


def _environment() -> str:
    found: dict[str, dict[str, None]] = {}
    for _, command in commands_under(main):
        for option in command.params:
            for variable in _variables(option):
                found.setdefault(variable, {})[option.opts[-1]] = None
    rows = [(f"`{name}`", f"as {_listed(flags)}") for name, flags in sorted(found.items())]
    rows += [(f"`{name}`", text) for name, text in ENVIRONMENT.items()]
    return _table(("variable", "means"), rows) + (
        "\nA flag beats a variable, and that a setting. Where an option may be repeated, the variable\n"
        "holds several paths separated as in `PATH`.\n"
    )


def _exit_codes() -> str:
    by_code: dict[int, list[str]] = {}
    for error in _tree(errors.DigestError):
        about = re.split(r"[;.\n]", error.__doc__ or "")[0]
        by_code.setdefault(error.exit_code, []).append(f"{about}.")
    rows = [
        (str(code), f"{text}. {' '.join(by_code.get(code, []))}".strip())
        for code, text in OUTCOMES.items()
    ]
    assert set(by_code) <= set(OUTCOMES)
    return _table(("code", "means"), rows)


def _tree(error: type[errors.DigestError]) -> Iterator[type[errors.DigestError]]:
    """The errors that can end a command; the base only names them all."""
    for kind in error.__subclasses__():
        yield kind
        yield from _tree(kind)


def _settings() -> str:
    commands = list(commands_under(main))
    names = sorted({name for _, command in commands for name in settings_of(command)})
    rows = []
    for name in names:
        having = [(words, command) for words, command in commands if name in settings_of(command)]
        top = [words for words, command in having if holds_for(main, command, name)]
        own = [words for words, _ in having if words not in top]
        rows.append((f"`{name}`", _wants(settings_of(having[0][1])[name]), _of(top), _of(own)))
    return (
        "Every option is a setting, by its long flag. At the top of the file it holds for all commands\n"
        "in the third column; in the table of a command (`[week]`, `[batch.export]`) or of a group\n"
        "(`[batch]`) for that, and there it wins. `paths` are the reports. Paths are meant from the\n"
        "folder of the file. The project's `digest.toml`, or the file that `--config` names, beats\n"
        f"the user's ({_user_file()}).\n\n"
    ) + _table(("setting", "wants", "at the top, for", "only in the table of"), rows)


def _user_file() -> str:
    return "`~/.config/digestlib/digest.toml` on Linux"


def _wants(parameter: click.Parameter) -> str:
    if getattr(parameter, "is_flag", False):
        return "true or false"
    kind = parameter.type
    if isinstance(kind, click.Choice):
        wanted = ", ".join(f'"{choice}"' for choice in kind.choices)
    else:
        wanted = parameter.metavar or "text"
    many = parameter.nargs == -1 or getattr(parameter, "multiple", False)
    wanted = wanted.strip("[].")
    return f"{wanted}, or a list" if many else wanted


def _of(commands: Iterable[tuple[str, ...]]) -> str:
    return ", ".join(" ".join(words) for words in commands)


def _listed(flags: Iterable[str]) -> str:
    return ", ".join(f"`{flag}`" for flag in flags)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "".join(
        f"| {' | '.join(c.replace('|', chr(92) + '|') for c in row)} |\n" for row in lines
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
