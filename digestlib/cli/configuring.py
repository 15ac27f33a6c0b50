"""Settings from TOML: what the flags can do, for all commands or in the table of one.

    model = "gpt-5-mini"      # for every command that has --model
    paths = ["reports/"]
    [week]
    output = "drafts"
    [batch.export]
    shard-lines = 1000

Where a name means different things, as `output` does, the top means what the first command does:
the folder of the drafts, not the file of `papers`. A flag beats the environment, that the project's
`digest.toml` (or the file of `--config`), that the user's.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import click

from ..errors import ConfigError

CONFIG_NAME = "digest.toml"
_CONFIG = "digestlib.config"
_TEXTS = (click.types.StringParamType, click.Path, click.Choice)
_NOT_SETTINGS = {"config", "debug", "help", "version"}
_HEADER = re.compile(r"\s*\[([^\[\]]+)\]")
_KEY = re.compile(r"\s*[\"']?([\w-]+)[\"']?\s*[.=]")


def common_options(command: click.Command) -> None:
    """Give `--config` and `--debug` to a command, and to every command of a group."""
    click.option("--debug", is_flag=True, expose_value=False, help="Show a traceback for errors.")(
        command
    )
    click.option(
        "--config",
        envvar="DIGEST_CONFIG",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="FILE",
        is_eager=True,
        expose_value=False,
        callback=_configure,
        help=f"Settings in TOML [default: {CONFIG_NAME} where there is one].",
    )(command)
    for member in getattr(command, "commands", {}).values():
        common_options(member)


class Config(NamedTuple):
    """A file of settings, read."""

    file: Path
    text: str
    data: Mapping[str, Any]

    def error(self, message: str, table: tuple[str, ...], key: str | None = None) -> ConfigError:
        """The error with its place."""
        line = _line_of(self.text, table, key)
        return ConfigError(f"{self.file}{f':{line}' if line else ''}: {message}")


def read_config(file: Path, group: click.Group) -> Config:
    """The settings of a file; raises `ConfigError` for a name that none of the commands knows."""
    try:
        text = file.read_text(encoding="utf-8-sig")
        config = Config(file, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as exc:
        place = re.search(r" \(at line (\d+), column \d+\)", str(exc))
        line = f":{place[1]}" if place else ""
        raise ConfigError(f"{file}{line}: not TOML: {str(exc).split(' (at')[0]}") from exc
    except (OSError, UnicodeDecodeError) as exc:
        raise ConfigError(f"{file}: cannot be read: {exc}") from exc
    _check_names(config, group, config.data, ())
    return config


def settings_of(command: click.Command) -> dict[str, click.Parameter]:
    """What can be set for a command: its options by their long flags, and `paths`."""
    found: dict[str, click.Parameter] = {}
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            flags = [flag.removeprefix("--") for flag in parameter.opts if flag.startswith("--")]
            found |= dict.fromkeys(flags, parameter)
        elif parameter.name == "paths":
            found["paths"] = parameter
    return {name: found[name] for name in found if name not in _NOT_SETTINGS}


def commands_under(
    command: click.Command, at: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """The commands that can be run, each with its words: `("batch", "export")`."""
    if not isinstance(command, click.Group):
        yield at, command
        return
    for name, member in command.commands.items():
        yield from commands_under(member, (*at, name))


def holds_for(group: click.Command, command: click.Command, name: str) -> bool:
    """Whether a setting for the whole group holds for a command: it means what the first one means."""
    having = [settings_of(member) for _, member in commands_under(group)]
    first = next(settings[name] for settings in having if name in settings)
    return _meaning(settings_of(command)[name]) == _meaning(first)


def _configure(context: click.Context, _: click.Parameter, named: Path | None) -> None:
    """Make the settings of the files the defaults of the command that is run."""
    named = named or context.meta.get(_CONFIG)
    if named and named.is_relative_to(Path.cwd()):
        # The paths of a draft should not tell where on this machine it was made.
        named = named.relative_to(Path.cwd())
    context.meta[_CONFIG] = named
    root = context.find_root().command
    if isinstance(context.command, click.Group) or not isinstance(root, click.Group):
        return
    files = [Path(click.get_app_dir("digestlib")) / CONFIG_NAME, named or Path(CONFIG_NAME)]
    configs = [read_config(file, root) for file in files if file == named or file.is_file()]
    defaults: dict[str, Any] = {}
    for config in configs:
        defaults |= _defaults(config, context)
    context.default_map = defaults


def _defaults(config: Config, context: click.Context) -> dict[str, Any]:
    """The settings of a file for a command, those of its own table last."""
    words = tuple(context.command_path.split()[1:])
    command, table = context.find_root().command, config.data
    settings = settings_of(context.command)
    found: dict[str, Any] = {}
    for depth in range(len(words) + 1):
        for key, value in table.items():
            parameter = settings.get(_flag(key))
            if not parameter or not parameter.name or isinstance(value, Mapping):
                continue
            if holds_for(command, context.command, _flag(key)):
                given = words[:depth], key, value
                found[parameter.name] = _value(config, context, parameter, given)
        if depth < len(words) and isinstance(command, click.Group):
            inside = table.get(words[depth])
            command = command.commands[words[depth]]
            table = inside if isinstance(inside, Mapping) else {}  # `week` is a setting, too
    return found


def _value(
    config: Config,
    context: click.Context,
    parameter: click.Parameter,
    given: tuple[tuple[str, ...], str, Any],
) -> Any:
    """What a parameter takes for a TOML value; a path is meant from the folder of the file."""
    at, key, value = given
    many = parameter.nargs == -1 or getattr(parameter, "multiple", False)
    parts = value if many and isinstance(value, list) else [value]
    wanted = next((want for part in parts if (want := _wanted(parameter, part))), None)
    if wanted:
        alike = f"{wanted}, or a list of such" if many else wanted
        raise config.error(f"{key} wants {alike}, not {_as_written(value)}", at, key)
    taken = [_taken(config, parameter, part) for part in parts]
    try:
        parameter.type_cast_value(context, taken if many else taken[0])
    except click.BadParameter as exc:
        raise config.error(f"{key}: {exc.message.rstrip('.')}", at, key) from exc
    return taken if many else taken[0]


def _wanted(parameter: click.Parameter, value: Any) -> str | None:
    """What the parameter wants, where this is not it."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if getattr(parameter, "is_flag", False):
        return None if isinstance(value, bool) else "true or false"
    if isinstance(parameter.type, click.types.IntParamType):
        return None if number and isinstance(value, int) else "a whole number"
    if isinstance(parameter.type, click.types.FloatParamType):
        return None if number else "a number"
    if number and isinstance(parameter.type, _TEXTS):  # 2601.02430 would lose its last figure
        return "text in quotes"
    return None if number or isinstance(value, str | dt.date) else "text"


def _taken(config: Config, parameter: click.Parameter, value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if value != "-" and (parameter.name == "paths" or isinstance(parameter.type, click.Path)):
        return str(config.file.parent / Path(str(value)).expanduser())
    return str(value)


def _check_names(
    config: Config, group: click.Group, table: Mapping[str, Any], at: tuple[str, ...]
) -> None:
    settings = [settings_of(command) for _, command in commands_under(group)]
    for key, value in table.items():
        if not isinstance(value, Mapping):
            _check_name(config, settings, key, at)
        elif isinstance(member := group.commands.get(key), click.Group):
            _check_names(config, member, value, (*at, key))
        elif member:
            for name in value:
                _check_name(config, [settings_of(member)], name, (*at, key))
        else:
            hint = _hint(key, group.commands)
            raise config.error(f"unknown command [{'.'.join((*at, key))}]; {hint}", (*at, key))


def _check_name(
    config: Config, commands: list[dict[str, click.Parameter]], key: str, at: tuple[str, ...]
) -> None:
    """Raise unless one of the commands has the setting."""
    name = _flag(key)
    if "api-key" in name:
        raise config.error("a key is never a setting; set OPENAI_API_KEY", at, key)
    if not any(name in settings for settings in commands):
        known = {known: None for settings in commands for known in settings}
        where = f" of {' '.join(at)}" if at else ""
        raise config.error(f"unknown setting {key!r}{where}; {_hint(name, known)}", at, key)


def _meaning(parameter: click.Parameter) -> tuple[object, ...]:
    """An environment variable of its own, else the sort of value."""
    if parameter.envvar or isinstance(parameter, click.Argument):
        return (str(parameter.envvar or parameter.name),)
    return type(parameter.type), parameter.metavar


def _hint(name: str, known: Mapping[str, Any]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {close[0]!r}?" if close else f"there are {', '.join(sorted(known))}"


def _flag(key: str) -> str:
    return key.replace("_", "-")


def _as_written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def _line_of(text: str, table: tuple[str, ...], key: str | None) -> int | None:
    """Where a setting or, without one, a table stands; None where it is written in another way."""
    here: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            here = tuple(part.strip(" \"'") for part in header[1].split("."))
            if key is None and here[: len(table)] == table:
                return number
        elif here == table and (found := _KEY.match(line)) and found[1] == key:
            return number
    return None
