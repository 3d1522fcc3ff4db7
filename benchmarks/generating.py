"""`python -m benchmarks.generating PLACE --tables N`: a realistic database, made up from a fixed seed.

Without `--bulk` every table is lived through the gate (`lives`), a second for two or three. With it, some dozens are,
each in a file of its own, and are then copied with other names, numbers and days (`copying`) by a writer of sealed
rows (`filling`): a hundred thousand themes in a few minutes. `poyta audit verify` finds nothing in either.

The same seed makes the same database, but for its name and so its hashes; through the gate also for salts and
pseudonyms. Places and people are made up.
"""

import argparse
import random
import tempfile
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from shutil import copy
from time import perf_counter

from benchmarks.copying import Template
from benchmarks.filling import Filling
from benchmarks.lives.dealing import PEOPLE, THEMES, UNBORN, Decks, Plan, plans
from benchmarks.lives.living import Lived, Say
from benchmarks.lives.sitting import live
from benchmarks.lives.wording import Place, names_at, places
from benchmarks.shape import shape
from benchmarks.stores import opened
from models.database import Database
from models.schema import create, making

MOST = 6_000
"""How many tables there are names for."""
TEMPLATES = 48
"""How many tables are lived, of which the others are copies: each fate of a theme is there several times."""
GROUP = 16
"""How many tables are written side by side, in the order of their clocks."""
UNBORN_SHARE = 0.04


def generate(place: str, tables: int, seed: int = 1) -> None:
    """Live so many tables through the gate, in a new database."""
    rng = random.Random(seed)
    towns, decks = Towns(rng), Decks(rng)
    with making(place):
        database = Database(place)
        for plan in islice(plans(rng), tables):
            _live(database, plan, decks, rng, _saying(towns.next(plan.language)))
        database.close()


def generate_in_bulk(place: str, tables: int, seed: int = 1, templates: int = TEMPLATES) -> None:
    """Live some tables, and fill a new database with copies of them."""
    rng = random.Random(seed)
    towns = Towns(rng)
    with making(place), tempfile.TemporaryDirectory() as folder:
        lived = list(lived_templates(Path(folder), templates, rng))
        with opened(place) as store:
            filling, chosen = Filling(store, rng), _chosen(lived, tables, rng)
            while group := list(islice(chosen, GROUP)):
                filling.add([(each, _weeks(each, rng), towns.next(each.language)) for each in group])


class Towns:
    """Where the next table is, and who sits there: nowhere twice."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._places: dict[str, Iterator[Place]] = {each: places(each, rng) for each in ("fi", "sv")}

    def next(self, language: str) -> Mapping[str, str]:
        """The names at a table in that language."""
        return names_at(next(self._places[language]), PEOPLE, THEMES, self._rng)


def lived_templates(folder: Path, number: int, rng: random.Random) -> Iterator[Template]:
    """So many tables that were lived, and the few kinds that were never founded."""
    blank = folder / "blank.db"
    create(str(blank))
    decks = Decks(rng)
    for nth, plan in enumerate([*islice(plans(rng), number), *UNBORN]):
        file = Path(copy(blank, folder / f"{nth}.db"))
        database = Database(str(file))
        _live(database, plan, decks, rng, _as_it_is)
        database.close()
        yield Template(file, over=plan.over, language=plan.language)


def _saying(names: Mapping[str, str]) -> Say:
    return lambda text: text.format_map(names)


def _as_it_is(text: str) -> str:
    """The signs stay in the texts; only a short name must be one."""
    return text.replace("{slug}", "malli-taulu")


def _live(database: Database, plan: Plan, decks: Decks, rng: random.Random, say: Say) -> None:
    with database.writing() as session:
        live(Lived(session, plan, decks, rng, say))


def _chosen(lived: list[Template], tables: int, rng: random.Random) -> Iterator[Template]:
    """Each once, if there is room for all; then by chance, few of them never founded."""
    founded, unborn = lived[: -len(UNBORN)], lived[-len(UNBORN) :]
    yield from lived[:tables]
    for _ in range(tables - len(lived)):
        yield rng.choice(unborn if rng.random() < UNBORN_SHARE else founded)


def _weeks(template: Template, rng: random.Random) -> int:
    """How many weeks ago it was: a few, and of what is over as well some years, at the same time of the year."""
    for _ in range(20):
        weeks = rng.randint(0, 3) + round((rng.randint(0, 8) if template.over else 0) * 365.25 / 7)
        if template.fits(weeks):
            return weeks
    return 0


def main() -> None:
    """Make one as the command line says, and tell its figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generating", description="A realistic database.")
    parser.add_argument("place", help="a new file, or an empty database on a server")
    parser.add_argument("--tables", type=int, required=True, choices=range(1, MOST + 1), metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bulk", action="store_true", help="copies of some tables, for large ones")
    asked = parser.parse_args()
    begun = perf_counter()
    (generate_in_bulk if asked.bulk else generate)(asked.place, asked.tables, asked.seed)
    print(f"{perf_counter() - begun:12.1f}  seconds")
    for name, figure in shape(asked.place).items():
        print(f"{figure:12,.2f}  {name}")


if __name__ == "__main__":
    main()
