"""The command line: options -> run -> console -> exit code. Nothing is decided here."""

from __future__ import annotations

import os
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


class _Localised:
    """Help screens whose headings speak the user's language."""

    lang: str

    def format_usage(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(context)  # type: ignore[attr-defined]
        formatter.write_usage(context.command_path, " ".join(pieces), say("cli.usage", self.lang) + " ")

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        records = [record for param in self.get_params(context) if (record := param.get_help_record(context))]  # type: ignore[attr-defined]
        if records:
            with formatter.section(say("cli.options", self.lang)):
                formatter.write_dl(records)

    def get_help_option(self, context: click.Context) -> click.Option | None:
        option = super().get_help_option(context)  # type: ignore[misc]
        if option is not None:
            option.help = say("cli.option.help", self.lang)
        return option  # type: ignore[no-any-return]


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
    group.lang = lang
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
        command.lang = lang
        group.add_command(_option_set(lang)(command))
    return group


def _option_set(lang: str) -> Callable[[Any], Any]:
    """The options that every command knows."""

    def add(command: Any) -> Any:
        command.params += [
            click.Option(
                ["--config", "config_path"], type=click.Path(path_type=Path), help=say("cli.option.config", lang)
            ),
            click.Option(["--year"], type=int, help=say("cli.option.year", lang)),
            click.Option(["--lang"], type=click.Choice(LANGUAGES), help=say("cli.option.lang", lang)),
            click.Option(["--json", "as_json"], is_flag=True, help=say("cli.option.json", lang)),
            click.Option(["--quiet"], is_flag=True, help=say("cli.option.quiet", lang)),
            click.Option(["--jobs"], type=click.IntRange(1, 64), default=None, help=say("cli.option.jobs", lang)),
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
        click.Option(["--number"], default="", help=say("cli.option.number", lang)),
        click.Option(["--date", "day"], default="", help=say("cli.option.date", lang)),
        click.Option(["--document"], default="annual", help=say("cli.option.document", lang)),
        click.Option(["--file"], type=click.Path(path_type=Path), help=say("cli.option.file", lang)),
        click.Option(["--as-is"], is_flag=True, help=say("cli.option.as_is", lang)),
        click.Option(["--from", "first"], type=int, help=say("cli.option.from", lang)),
    ]


def _verify_params(lang: str) -> list[click.Parameter]:
    return [
        click.Argument(["folder"], type=click.Path(path_type=Path), metavar="DIR"),
        click.Option(["--seal"], default="", help=say("cli.option.seal", lang)),
        click.Option(["--quick"], is_flag=True, help=say("cli.option.quick", lang)),
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
            click.Argument(["folder"], required=False, type=click.Path(path_type=Path), metavar="[DIR]"),
            click.Option(["--messy"], is_flag=True, help=say("cli.option.messy", lang)),
            click.Option(["--years"], is_flag=True, help=say("cli.option.years", lang)),
        ],
    ),
    (
        "templates",
        _templates,
        lambda lang: [click.Option(["--unit", "units"], multiple=True, help=say("cli.option.units", lang))],
    ),
    ("fetch", _fetch, _no_params),
    (
        "check",
        _check,
        lambda lang: [click.Argument(["paths"], nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")],
    ),
    ("run", _run, _no_params),
    (
        "documents",
        _documents,
        lambda lang: [
            click.Argument(["keys"], nargs=-1, metavar="[NAME]..."),
            click.Option(["--from", "first"], type=int, help=say("cli.option.from", lang)),
            click.Option(["--to", "last"], type=int, help=say("cli.option.to", lang)),
            click.Option(["--edit"], is_flag=True, help=say("cli.option.edit", lang)),
        ],
    ),
    ("status", _status, _no_params),
    (
        "explain",
        _explain,
        lambda lang: [
            click.Argument(["code"], metavar="CODE"),
            click.Option(["--unit"], default="", help=say("cli.option.unit", lang)),
        ],
    ),
    ("rules", _rules, _no_params),
    (
        "layout",
        _layout,
        lambda lang: [
            click.Argument(["files"], nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."),
            click.Option(
                ["--form"],
                type=click.Choice(("nd30", "doan", "lien_tich")),
                default=None,
                help=say("cli.option.form", lang),
            ),
        ],
    ),
    (
        "diff",
        _diff,
        lambda lang: [click.Argument(["file"], required=False, type=click.Path(path_type=Path), metavar="[FILE]")],
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
    known = {
        click.NoSuchOption: ("no_option", {"given": getattr(error, "option_name", "")}),
        click.MissingParameter: (
            "missing",
            {"given": getattr(getattr(error, "param", None), "make_metavar", lambda ctx: "")(error.ctx)},
        ),
        click.BadParameter: ("bad_value", {"given": getattr(getattr(error, "param", None), "opts", [""])[-1]}),
    }
    for kind, (key, values) in known.items():
        if isinstance(error, kind):
            return say(f"cli.wrong.{key}", lang, **values)
    return say(
        "cli.wrong.other", lang, detail=" ".join(error.ctx.args) if error.ctx and error.ctx.args else error.message
    )


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
