"""All commands with their names, in the order in which one meets them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from kg import __version__
from kg.cli import analyse, judge, kb, know, look, make, reading, who
from kg.cli.console import guarded
from kg.cli.serve import serve

PANELS: dict[str, tuple[Callable[..., None], ...]] = {
    "Make a graph": (
        make.build,
        make.extract,
        reading.read,
        make.explain,
        make.remove,
        who.resolve,
    ),
    "Look at it": (
        look.query,
        analyse.path,
        look.show,
        look.export,
        look.stats,
        look.validate,
        serve,
    ),
    "Know how it works": (know.relations, know.ontology, know.stages, judge.evaluate),
}
NAMES = {"evaluate": "eval"}


class _Commands(TyperGroup):
    """The commands; an unknown one is answered with those there are."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if self.get_command(ctx, args[0]) is None:
            ctx.fail(f"There is no command '{args[0]}'; known are: {', '.join(self.commands)}.")
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=_Commands,
    name="kg",
    help="News text in, a knowledge graph out that a careful person can trust.",
    epilog="Try: kg build seeds/ -o news.kg",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"kg {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None: ...


for panel, commands in PANELS.items():
    for command in commands:
        name = NAMES.get(command.__name__, command.__name__)
        app.command(name, rich_help_panel=panel)(guarded(command))

own = typer.Typer(help=kb.HELP, no_args_is_help=True, pretty_exceptions_enable=False)
for about_own in kb.COMMANDS:
    own.command(about_own.__name__.removesuffix("_"))(guarded(about_own))
app.add_typer(own, name="kb", rich_help_panel="Know how it works")
