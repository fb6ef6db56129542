"""The command line: options -> run -> console -> exit code. Nothing is decided here."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from pipeline import __version__
from pipeline.errors import PhoihopError
from pipeline.text import LANGUAGES, has, say

DONE, BLOCKED, WRONG_CALL, BUG, INTERRUPTED = 0, 1, 2, 3, 130
_PATH = click.Path(path_type=Path)
# What click puts in brackets at the end of its English sentence: the words that are one too many.
_IN_BRACKETS = re.compile(r"\((.*)\)\.?$")


class _Localised:
    """Help screens whose headings speak the user's language."""

    lang: str

    def format_usage(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(context)  # type: ignore[attr-defined]
        formatter.write_usage(context.command_path, " ".join(pieces), say("cli.usage", self.lang) + " ")

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        params = self.get_params(context)  # type: ignore[attr-defined]
        arguments = [(param.make_metavar(context), param.about) for param in params if isinstance(param, _Argument)]
        records = [
            record
            for param in params
            if not isinstance(param, _Argument) and (record := param.get_help_record(context))
        ]
        for heading, rows in (("arguments", arguments), ("options", records)):
            if rows:
                with formatter.section(say(f"cli.{heading}", self.lang)):
                    formatter.write_dl(rows)

    def get_help_option(self, context: click.Context) -> click.Option | None:
        option = super().get_help_option(context)  # type: ignore[misc]
        if option is not None:
            option.help = say("cli.option.help", self.lang)
        return option  # type: ignore[no-any-return]


class _Argument(click.Argument):
    """What stands without a name in a command, with a line of help: its texts have the keys ``cli.metavar.<key>`` and
    ``cli.argument.<command>``. As a user reads it, an optional one stands in brackets and a repeated one has dots.
    """

    def __init__(self, name: str, key: str, command: str, lang: str, **attributes: Any) -> None:
        attributes = {"required": False, **attributes}
        word = say(f"cli.metavar.{key}", lang) + ("..." if attributes.get("nargs") == -1 else "")
        super().__init__([name], metavar=word if attributes["required"] else f"[{word}]", **attributes)
        self.about = say(f"cli.argument.{command}", lang)


class _Command(_Localised, click.Command):
    pass


class _Group(_Localised, click.Group):
    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            raise PhoihopError("unknown_command", given=args[0], known=", ".join(self.commands))
        return super().resolve_command(context, args)

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(context, formatter)
        with formatter.section(say("cli.commands", self.lang)):
            formatter.write_dl([(name, command.get_short_help_str(90)) for name, command in self.commands.items()])


def build(lang: str) -> click.Group:
    """All commands, speaking one language."""
    group: _Group = _option_set(lang)(
        _Group(name="phoihop", callback=_overview, invoke_without_command=True, help=say("cli.help", lang))
    )
    group.lang, group.options_metavar = lang, _metavar("options", lang)
    group.subcommand_metavar = _metavar("commands", lang)
    group.params.append(
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_version,
            help=say("cli.option.version", lang),
        )
    )
    for name, callback, params in COMMANDS:
        command = _Command(name=name, callback=callback, help=say(f"cli.command.{name}", lang), params=params(lang))
        command.lang, command.options_metavar = lang, _metavar("options", lang)
        group.add_command(_option_set(lang)(command))
    return group


def _metavar(key: str, lang: str) -> str:
    return say(f"cli.metavar.{key}", lang)


def _option(lang: str, name: str, *names: str, metavar: str = "", key: str = "", **attributes: Any) -> click.Option:
    """An option with its help, the text below ``cli.option`` of its name or ``key``; ``metavar``: what its value is,
    a text below ``cli.metavar``, "" for a flag and where the choices stand there.
    """
    about = say(f"cli.option.{key or name.strip('-').replace('-', '_')}", lang)
    shown = _metavar(metavar, lang) if metavar else None
    return click.Option([name, *names], metavar=shown, help=about, **attributes)


def _option_set(lang: str) -> Callable[[Any], Any]:
    """The options that every command knows."""

    def add(command: Any) -> Any:
        command.params += [
            _option(lang, "--config", "config_path", metavar="file", type=_PATH),
            _option(lang, "--year", metavar="year", type=int),
            _option(lang, "--lang", type=click.Choice(LANGUAGES)),
            _option(lang, "--json", "as_json", is_flag=True),
            _option(lang, "--quiet", is_flag=True),
            _option(lang, "--jobs", metavar="number", type=click.IntRange(1, 64), default=None),
        ]
        return command

    return add


def _version(context: click.Context, option: click.Parameter, asked: bool) -> None:
    if asked:
        click.echo(f"phoihop {__version__}")
        context.exit()


# ---- the commands ---------------------------------------------------------------------------------------------------


def _screen(common: dict[str, Any]) -> Any:
    """Where this command prints; an option given before the command's name counts as well."""
    from pipeline.console.screen import Screen

    outer = click.get_current_context().parent
    given = {**(outer.params if outer else {}), **{key: value for key, value in common.items() if value}}
    return Screen(
        config_path=given.get("config_path") or Path("config.toml"),
        year=given.get("year"),
        lang=given.get("lang"),
        as_json=bool(given.get("as_json")),
        quiet=bool(given.get("quiet")),
        jobs=given.get("jobs") or min(4, os.cpu_count() or 1),
        today=date.today(),
    )


def _overview(**common: Any) -> None:
    context = click.get_current_context()
    if context.invoked_subcommand is None:
        _do("overview", common)


def _demo(folder: Path | None, messy: bool, years: bool, **common: Any) -> None:
    _do("demo", common, folder, messy, years)


def _fetch(**common: Any) -> None:
    _do("fetch", common)


def _templates(units: Sequence[str], **common: Any) -> None:
    _do("templates", common, units)


def _check(paths: Sequence[Path], **common: Any) -> None:
    _do("check", common, paths)


def _run(**common: Any) -> None:
    _do("run", common)


def _documents(keys: Sequence[str], first: int | None, last: int | None, edit: bool, **common: Any) -> None:
    _do("documents", common, keys, first, last, edit)


def _status(**common: Any) -> None:
    _do("status", common)


def _explain(code: str, unit: str, **common: Any) -> None:
    _do("explain", common, code, unit)


def _rules(**common: Any) -> None:
    _do("rules", common)


def _layout(files: Sequence[Path], form: str | None, **common: Any) -> None:
    _do("layout", common, files, form or "")


def _diff(file: Path | None, **common: Any) -> None:
    _do("diff", common, file)


def _finalize(
    number: str, day: str, document: str, file: Path | None, as_is: bool, first: int | None, **common: Any
) -> None:
    _do("finalize", common, number, day, document, file, as_is, first)


def _verify(folder: Path, seal: str, quick: bool, **common: Any) -> None:
    _do("verify", common, folder, seal, quick)


def _finalize_params(lang: str) -> list[click.Parameter]:
    return [
        _option(lang, "--number", metavar="number", default=""),
        _option(lang, "--date", "day", metavar="date", default=""),
        _option(lang, "--document", metavar="name", default="annual"),
        _option(lang, "--file", metavar="file", type=_PATH),
        _option(lang, "--as-is", is_flag=True),
        _option(lang, "--from", "first", metavar="year", type=int),
    ]


def _verify_params(lang: str) -> list[click.Parameter]:
    return [
        _Argument("folder", "folder", "verify", lang, required=True, type=_PATH),
        _option(lang, "--seal", metavar="code", default=""),
        _option(lang, "--quick", is_flag=True),
    ]


def _do(name: str, common: dict[str, Any], *arguments: Any) -> None:
    """The command of that name in console.commands, imported only now: --help must not wait for it."""
    from pipeline.console import commands

    click.get_current_context().exit(getattr(commands, name)(_screen(common), *arguments))


def _no_params(lang: str) -> list[click.Parameter]:
    return []


COMMANDS: tuple[tuple[str, Callable[..., None], Callable[[str], list[click.Parameter]]], ...] = (
    (
        "demo",
        _demo,
        lambda lang: [
            _Argument("folder", "folder", "demo", lang, type=_PATH),
            _option(lang, "--messy", is_flag=True),
            _option(lang, "--years", is_flag=True),
        ],
    ),
    (
        "templates",
        _templates,
        lambda lang: [_option(lang, "--unit", "units", metavar="code", key="units", multiple=True)],
    ),
    ("fetch", _fetch, _no_params),
    (
        "check",
        _check,
        lambda lang: [_Argument("paths", "file", "check", lang, nargs=-1, type=_PATH)],
    ),
    ("run", _run, _no_params),
    (
        "documents",
        _documents,
        lambda lang: [
            _Argument("keys", "name", "documents", lang, nargs=-1),
            _option(lang, "--from", "first", metavar="year", type=int),
            _option(lang, "--to", "last", metavar="year", type=int),
            _option(lang, "--edit", is_flag=True),
        ],
    ),
    ("status", _status, _no_params),
    (
        "explain",
        _explain,
        lambda lang: [
            _Argument("code", "code", "explain", lang, required=True),
            _option(lang, "--unit", metavar="code", default=""),
        ],
    ),
    ("rules", _rules, _no_params),
    (
        "layout",
        _layout,
        lambda lang: [
            _Argument("files", "file", "layout", lang, nargs=-1, required=True, type=_PATH),
            _option(lang, "--form", type=click.Choice(("nd30", "doan", "lien_tich")), default=None),
        ],
    ),
    (
        "diff",
        _diff,
        lambda lang: [_Argument("file", "file", "diff", lang, type=_PATH)],
    ),
    ("finalize", _finalize, _finalize_params),
    ("verify", _verify, _verify_params),
)


# ---- ending well ----------------------------------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and leave with its exit code: known problems in one line, bugs with their traceback."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    lang = _language(given)
    _speak_utf8()
    sys.exit(_ending(lambda: build(lang).main(given, prog_name="phoihop", standalone_mode=False), lang))


def _ending(work: Callable[[], Any], lang: str) -> int:
    try:
        code = work()
    except PhoihopError as error:
        _tell(error, lang)
        return error.exit_code
    except click.UsageError as error:
        _complain(
            _usage_sentence(error, lang),
            say("cli.usage_hint", lang, command=error.ctx.command_path if error.ctx else "phoihop"),
        )
        return WRONG_CALL
    except (click.exceptions.Abort, KeyboardInterrupt):
        _complain(say("cli.interrupted", lang))
        return INTERRUPTED
    except Exception:
        import traceback

        traceback.print_exc()
        _complain(say("cli.bug", lang, version=__version__))
        return BUG
    return code if isinstance(code, int) else DONE


def _tell(error: PhoihopError, lang: str) -> None:
    problems = getattr(error, "problems", ())
    _complain(say(f"errors.{error.key}", lang, **error.values))
    for problem in problems:
        click.echo(f"  - {problem}", err=True)
    hint = f"errors.{error.key}_hint"
    if has(hint, lang):
        click.echo(f"→ {say(hint, lang, **error.values)}", err=True)


def _usage_sentence(error: click.UsageError, lang: str) -> str:
    if isinstance(error, click.NoSuchOption):
        return say("cli.wrong.no_option", lang, given=error.option_name)
    if isinstance(error, click.BadOptionUsage):
        return say(f"cli.wrong.{_value_fault(error)}", lang, given=error.option_name)
    if isinstance(error, click.BadParameter):
        key = "missing" if isinstance(error, click.MissingParameter) else "bad_value"
        return say(f"cli.wrong.{key}", lang, given=_name_of(error))
    too_many = _IN_BRACKETS.search(error.message)
    if too_many:
        return say("cli.wrong.too_many", lang, given=too_many[1])
    return say("cli.wrong.other", lang, detail=error.message)


def _value_fault(error: click.BadOptionUsage) -> str:
    """What is wrong with an option's value: a flag has one, or another option none; click tells it in words only."""
    return "no_flag_value" if "does not take" in error.message else "no_value"


def _name_of(error: click.BadParameter) -> str:
    """An option as it is typed, an argument as the help screen names it."""
    param = error.param
    if isinstance(param, _Argument) and error.ctx is not None:
        return param.make_metavar(error.ctx).strip("[].")
    return param.opts[-1] if param is not None else ""


def _complain(*lines: str) -> None:
    click.echo(click.style(lines[0], fg=None if os.environ.get("NO_COLOR") else "red"), err=True)
    for line in lines[1:]:
        click.echo(f"→ {line}", err=True)


def _language(arguments: Sequence[str]) -> str:
    """The language of help screens and of errors: --lang, else PHOIHOP_LANG, else Vietnamese."""
    for place, argument in enumerate(arguments):
        value = argument.partition("=")[2] if argument.startswith("--lang=") else ""
        if argument == "--lang" and place + 1 < len(arguments):
            value = arguments[place + 1]
        if value in LANGUAGES:
            return value
    given = os.environ.get("PHOIHOP_LANG", "")
    return given if given in LANGUAGES else "vi"


def _speak_utf8() -> None:
    """A Windows pipe or an old console would break Vietnamese letters, or stop at the first one."""
    for stream in (sys.stdout, sys.stderr):
        encoding = (getattr(stream, "encoding", "") or "").lower().replace("-", "")
        if encoding != "utf8" and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
