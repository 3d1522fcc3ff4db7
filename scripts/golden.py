"""Make the golden database of the release that is being made: `python -m scripts.golden`.

Every later poyta must open it, bring it up to date, show it and find its history whole (`tests/test_golden.py`). Once
a version of poyta is out, its golden database is never made again: it then is what people of that day have on their
disks. Beside it lies its checkpoint, by which it is seen that the hashes of that day are still those of today.
"""

import gzip
import tempfile
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from models.checkpoints import asking, checkpoint_in
from models.database import Database
from models.history import RefusedAttempt
from models.people import Person
from models.schema import create
from models.states import ErasureGround
from models.tree import TILE
from scripts.rulebooks import HOUSE, release
from workflow.engine import make_move, make_new
from workflow.finding import find
from workflow.forgetting import forget
from workflow.lifecycles import PAGE
from workflow.merging import merge
from workflow.outcomes import How
from workflow.parties import add_party
from workflow.undoing import undo
from workflow.work import Work

GOLDEN = HOUSE / "tests" / "golden"

NOBODY = Person(name="")


class Teller:
    """Whoever tells what happened, day by day, and by whom."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.now = datetime(2016, 1, 11, 9, tzinfo=UTC)

    def on(self, day: str) -> None:
        """The day goes on: `2016-01-11 09:00`, in Greenwich."""
        self.now = datetime.strptime(day, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)

    def add(self, kind: str, **told: object) -> None:
        """Somebody is added to the register."""
        add_party(Work(self.session, NOBODY, self.now), kind, told)

    def new(self, who: str, kind: str, under: str | None, told: Mapping[str, object]) -> None:
        """Something new comes into being."""
        parent = None if under is None else find(self.session, under)
        make_new(self._work(who), kind, parent, told, How(confirmed=True))

    def move(self, who: str, ref: str, move: str, told: Mapping[str, object] | None = None, **how: Any) -> None:
        """Something moves on."""
        make_move(self._work(who), find(self.session, ref), move, told, How(confirmed=True, **how))

    def undo(self, who: str, ref: str, reason: str) -> None:
        """The newest move of something is taken back."""
        undo(self._work(who), find(self.session, ref), How(reason=reason))

    def merge(self, who: str, duplicate: str, into: str) -> None:
        """Two entries for one person become one."""
        one, other = find(self.session, duplicate, "person"), find(self.session, into, "person")
        merge(self._work(who), one, other, How(reason="Sama ihminen kahdesti"))

    def forget(self, who: str, ref: str) -> None:
        """A person's name is erased."""
        person = find(self.session, ref, "person")
        forget(self._work(who), person, ErasureGround.CONSENT_WITHDRAWN, How(reason="Kerttu Katoavan pyyntö"))

    def _work(self, who: str) -> Work:
        return Work(self.session, find(self.session, who, "person"), self.now)


def tell(story: Teller) -> None:
    """A spring at Keuruu, with something of everything that a history can hold."""
    _people(story)
    _table(story)
    _first_meeting(story)
    _second_meeting(story)
    _results(story)
    _many_small_things(story)
    _tried(story)


def _people(story: Teller) -> None:
    story.on("2016-01-11 07:00")
    story.add("organisation", name="Keuruun kirjastotoimi", sector="municipality")
    story.add("organisation", name="Keurusseudun sydänyhdistys", sector="association")
    story.add("organisation", name="Keuruun seurakunta", sector="parish")
    story.add("organisation", name="Äijälän kyläyhdistys", sector="village")
    story.add("person", name="Aino Äijälä", organisation="Äijälän kyläyhdistys")
    story.add("person", name="Väinö Öhman", organisation="Keuruun kirjastotoimi")
    story.add("person", name="Göran Sjöström", organisation="Keuruun seurakunta", email="goran@keuruu.example")
    story.add("person", name="Goran Sjostrom")
    story.add("person", name="Kerttu Katoava")
    story.add("project", name="Kehitytään kimpassa", funder="RAY", owner="Keuruun kirjastotoimi")


def _table(story: Teller) -> None:
    story.on("2016-01-11 08:00")
    told = {"name": "Keuruun pöytä", "short": "keuruu", "kind": "network", "rhythm": "seasonal", "responsible": "Aino"}
    story.new("Aino", "table", None, {**told, "project": "Kehitytään kimpassa", "area": "Keuruu"})
    story.move("Aino", "keuruu", "seat", {"person": "Aino", "role": "convener"})
    story.move("Aino", "keuruu", "seat", {"person": "Väinö", "role": "secretary"})
    story.move("Aino", "keuruu", "seat", {"person": "Göran", "role": "chair"})
    story.move("Aino", "keuruu", "seat", {"organisation": "Keurusseudun sydänyhdistys"})
    story.move("Aino", "keuruu", "seat", {"person": "Kerttu", "role": "member"})
    story.on("2016-01-18 12:00")
    story.move("Aino", "keuruu", "found", {"decided_by": "Kunnanhallitus", "paragraph": "12 §"})
    story.move("Aino", "keuruu", "rules", {"code": "size_5_to_20", "level": "off"}, reason="Näin sovittiin")
    story.move("Aino", "keuruu", "translate", {"language": "sv", "field": "name", "text": "Keuru bord"})


def _first_meeting(story: Teller) -> None:
    story.on("2016-01-20 12:00")
    told = {"title": "Ikäihmisten yksinäisyys", "why_together": "Kukaan ei poista yksinäisyyttä yksin"}
    story.new("Kerttu", "theme", "keuruu", {**told, "content": "activity"})
    story.new("Aino", "series", "T1", {"planned_meetings": 3})
    told = {"when": "10.2.2016 klo 14-15.30", "place": "Kirjasto"}
    story.new("Väinö", "meeting", "S1", told)
    story.move("Aino", "M1", "convene", {"channel": "open_call"})
    story.on("2016-01-25 12:00")
    story.new("Kerttu", "item", "M1", {"title": "Kahvia ja kohtaamisia", "origin": "resident", "kind": "to_agree"})
    story.new("Väinö", "item", "M1", {"title": "Kyydit", "origin": "association"})
    story.move("Väinö", "M1/1", "accept")
    story.move("Väinö", "M1/2", "accept")
    story.move("Aino", "T1", "goal", {"goal": "Kukaan ei ole Keuruulla yksin vastoin tahtoaan"})
    story.move("Väinö", "M1", "set_agenda")
    story.on("2016-01-26 08:00")
    story.undo("Väinö", "M1", "Kerttu Katoavan asia puuttui")
    story.on("2016-01-27 08:00")
    story.move("Väinö", "M1", "set_agenda")
    story.on("2016-02-10 15:00")
    story.move("Aino", "M1", "hold", {"present": "Aino,Väinö,Göran,Keurusseudun sydänyhdistys"})
    story.move("Väinö", "M1/1", "settle", {"outcome": "agreed", "agreed": "Kahvihetki joka kuukausi"})
    story.move("Väinö", "M1/2", "settle", {"outcome": "carried_over"})
    told = {"to": "Keurusseudun sydänyhdistys", "shared_with": "Keuruun seurakunta", "due": "16.3.2016"}
    story.new("Väinö", "action", "M1/1", {"what": "Ensimmäinen kahvihetki", **told})
    story.new("Väinö", "action", "M1", {"what": "Kysytään kyydeistä", "to": "Goran Sjostrom"})
    story.on("2016-02-11 08:00")
    story.move("Aino", "M1", "assign_actions", overrides=("goal_agreed",), reason="Tavoite sovitaan ensi kerralla")
    story.new("Väinö", "memo", "M1", {})
    story.move("Väinö", "D1", "edit", {"text": "Sovittiin kahvihetkistä.", "item": "M1/1", "entry": "agreed"})
    story.move("Väinö", "D1", "circulate")
    story.merge("Aino", "Goran Sjostrom", "Göran")


def _second_meeting(story: Teller) -> None:
    story.on("2016-02-12 08:00")
    story.new("Väinö", "meeting", "S1", {"when": "9.3.2016 klo 14-15.30", "place": "Seurakuntatalo"})
    story.move("Aino", "M2", "convene", {"channel": "email_list"})
    story.move("Aino", "M2", "reschedule", {"when": "16.3.2016 klo 14-15.30"}, reason="Hiihtoloma")
    story.move("Göran", "A2", "start")
    story.on("2016-02-20 08:00")
    story.move("Göran", "A2", "wait", {"for": "ELY-keskus"})
    story.on("2016-02-25 08:00")
    story.move("Väinö", "M2", "set_agenda")
    story.on("2016-03-16 15:00")
    story.move("Väinö", "M2", "hold", {"present": "Aino,Väinö,Göran,Kerttu", "total": 11})
    told = {"goal": "Kukaan ei ole yksin", "agreed_in": "M2", "parties": "Äijälän kyläyhdistys,Keuruun seurakunta"}
    story.move("Aino", "T1", "goal", told)
    story.move("Väinö", "M2/1", "settle", {"outcome": "noted"})
    story.move("Väinö", "M2/2", "settle", {"outcome": "referred", "body": "Keuruun kaupunginhallitus"})
    story.move("Väinö", "D1", "confirm", {"meeting": "M2"})
    story.move("Väinö", "M1", "complete")
    story.new("Väinö", "memo", "M2", {})
    story.move("Väinö", "D2", "edit", {"text": "Kerttu Katoava kertoi kyydeistä.", "item": "M2/1", "entry": "noted"})
    story.move("Väinö", "D2", "circulate", {"silent_until": "23.3.2016"})
    told = {"no_actions_because": "Työ jatkuu entisellään"}
    story.move("Väinö", "M2", "assign_actions", told)


def _results(story: Teller) -> None:
    story.on("2016-03-17 08:00")
    story.move("Väinö", "A1", "report_done")
    story.move("Väinö", "A1", "close", {"outcome": "41 kävijää, monelle ensimmäinen kerta"})
    story.move("Väinö", "R1", "send", {"register_number": "KEU/52/2016"})
    parties = "Äijälän kyläyhdistys,Keuruun seurakunta"
    story.new("Väinö", "rota", "T1", {"title": "Kahvivuorot", "rhythm": "monthly", "parties": parties})
    story.move("Väinö", "V1", "turn", {"due": "13.4.2016"})
    story.new("Väinö", "result", "T1", {"title": "Kahvia ja kohtaamisia", "kind": "event", "actions": "A1"})
    story.move("Aino", "O1", "confirm")
    story.new("Aino", "theme", "keuruu", {"title": "Kyydit"})
    story.on("2016-03-18 08:00")
    story.move("Aino", "T2", "decline", reason="Kuuluu ensimmäiseen teemaan")
    story.move("Aino", "keuruu", "unseat", {"person": "Kerttu"})
    story.on("2016-03-24 08:00")
    story.move("Väinö", "D2", "confirm")
    story.move("Väinö", "M2", "complete")
    story.on("2016-05-20 08:00")
    story.forget("Aino", "Kerttu")


def _many_small_things(story: Teller) -> None:
    """Enough entries that a part of the tree over them is kept in a row of its own."""
    story.on("2016-05-20 09:00")
    for number in range(TILE):
        story.move("Aino", "T1", "describe", {"why_together": f"Kukaan ei poista yksinäisyyttä yksin ({number})"})


def _tried(story: Teller) -> None:
    """What is remembered apart from the history."""
    story.on("2016-05-20 10:00")
    theme = find(story.session, "T1")
    told = {"table_id": theme.table_number, "stream": theme.stream, "move": "reach_results"}
    refused = {"recorded_at": story.now, "actor": find(story.session, "Aino").pseudonym, "reasons": "series_ended"}
    story.session.add(RefusedAttempt(**told, **refused))


def make(file: Path) -> None:
    """A new database in which all of it happened."""
    create(str(file))
    with closing(Database(str(file))) as database, database.writing() as session:
        tell(Teller(session))


def main() -> None:
    """Make the golden database anew, packed, and its checkpoint."""
    GOLDEN.mkdir(exist_ok=True)
    packed, checkpoint = GOLDEN / f"{release()}.db.gz", GOLDEN / f"{release()}.checkpoint"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "golden.db"
        make(file)
        packed.write_bytes(gzip.compress(file.read_bytes(), mtime=0))
        with asking(file) as ask:
            checkpoint.write_text(checkpoint_in(ask).text, encoding="ascii", newline="\n")
    print(f"{packed.relative_to(HOUSE)}: {packed.stat().st_size // 1024} kB, rules {PAGE.version[:8]}")


if __name__ == "__main__":
    main()
