"""Everything that somebody is seen to try who can write to the file and knows poyta, and what finds it.

Each attack is a function. Above it stands what is expected: by whom it is found first, and what is found. Below it all
is the table of them for docs/reliability.md.
"""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from models.moments import written
from models.sealing import new_origin
from tests.torture.hand import Files, Hand, hand_on


class FoundBy(StrEnum):
    """Who finds an attack first."""

    OPENING = "every command that writes"
    VERIFY = "audit verify"
    MEMORY = "audit verify, where the database was seen before"
    NOT_LOOKED_AT = "nobody: it is not held against the history"
    NOT_SIGNED = "nobody, without signatures"


OPENING, VERIFY, MEMORY, NOT_LOOKED_AT, NOT_SIGNED = FoundBy
NOT_FOUND = (NOT_LOOKED_AT, NOT_SIGNED)


class Attack(NamedTuple):
    """Something to try, and what is expected of it."""

    name: str
    done: str
    found_by: FoundBy
    codes: tuple[str, ...]
    act: Callable[[Files], None]


ATTACKS: list[Attack] = []


def with_files(found_by: FoundBy, *codes: str) -> Callable[[Callable[[Files], None]], Callable[[Files], None]]:
    """An attack that puts other files in place."""

    def note(act: Callable[[Files], None]) -> Callable[[Files], None]:
        name, done = act.__name__.replace("_", " "), " ".join(str(act.__doc__).split())
        ATTACKS.append(Attack(name, done, found_by, tuple(sorted(codes)), act))
        return act

    return note


def by_hand(found_by: FoundBy, *codes: str) -> Callable[[Callable[[Hand], None]], Callable[[Hand], None]]:
    """An attack with a tool for SQLite: triggers are out of its way, and are back as they were when it is over."""

    def note(attack: Callable[[Hand], None]) -> Callable[[Hand], None]:
        def act(files: Files) -> None:
            with hand_on(files) as hand:
                attack(hand)

        act.__name__, act.__doc__ = attack.__name__, attack.__doc__
        with_files(found_by, *codes)(act)
        return attack

    return note


def table() -> str:
    """The attacks as a table in Markdown."""
    rows = (f"| {each.done} | {each.found_by} | {_listed(each.codes)} |" for each in ATTACKS)
    return "\n".join(["| what is done | found by | findings |", "|---|---|---|", *rows])


def _listed(codes: Iterable[str]) -> str:
    return ", ".join(f"`{code}`" for code in codes) or "–"


OLD = "stream = 'action:5' AND move = 'start'"
"""An entry whose hash is in a full tile of the tree, and which others follow."""
NEW = "stream = 'action:44' AND move = 'start'"
"""An entry that no tile holds yet, and which others follow."""


# What watches over the file


@by_hand(OPENING, "schema_missing")
def leave_a_trigger_away(hand: Hand) -> None:
    """A trigger is taken away."""
    del hand.triggers["poyta_history_unchanged"]


@by_hand(OPENING, "schema_changed")
def silence_a_trigger(hand: Hand) -> None:
    """What a trigger does is put in quotation marks, which makes a text of it."""
    loud = hand.triggers["poyta_history_unchanged"]
    hand.triggers["poyta_history_unchanged"] = loud.replace("RAISE(", '"RAISE(').replace("')", "')\"")


@by_hand(OPENING, "schema_unknown")
def hide_a_trigger_under_a_name_that_is_overlooked(hand: Hand) -> None:
    """A trigger that spoils each new entry is added under the name of a table that belongs to another tool."""
    hand.triggers["hidden"] = SPOILING.format(name="alembic_version")


@by_hand(OPENING, "schema_unknown")
def hide_a_trigger_among_what_is_the_databases_own(hand: Hand) -> None:
    """A trigger that spoils each new entry is written into the schema under a name that only SQLite itself gives."""
    spoiling = SPOILING.format(name="sqlite_spoiling")
    hand.define("INSERT INTO sqlite_master VALUES ('trigger', 'sqlite_spoiling', 'history', 0, ?)", spoiling)


SPOILING = "CREATE TRIGGER {name} AFTER INSERT ON history BEGIN UPDATE seats SET person_id = 2 WHERE id = 1; END"


@by_hand(OPENING, "newer")
def claim_a_newer_version(hand: Hand) -> None:
    """The file is said to be made by a newer poyta, so that its schema is not compared."""
    del hand.triggers["poyta_history_unchanged"]
    hand.do("PRAGMA user_version = 99")


@with_files(VERIFY, "entry_changed")
def take_triggers_out_of_the_schema_and_put_them_back(files: Files) -> None:
    """The triggers are struck out of the schema itself and written in again, and an entry is changed meanwhile."""
    with closing(sqlite3.connect(files.now, isolation_level=None)) as file:
        hand = Hand(files, file)
        rows = hand.do("SELECT * FROM sqlite_master WHERE type = 'trigger'").fetchall()
        hand.define("DELETE FROM sqlite_master WHERE type = 'trigger'")
        hand.change(hand.last(NEW), actor="person-2")
        for row in rows:
            hand.define("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", *row)


@by_hand(VERIFY, "damaged", "state_differs")
def lift_a_check(hand: Hand) -> None:
    """A thing is put in a state that there is not, while checks are switched off."""
    hand.do("PRAGMA ignore_check_constraints = 1")
    hand.do("UPDATE actions SET state = 'forgotten' WHERE id = 1")


@by_hand(VERIFY, "damaged", "entry_changed", "tile_differs")
def put_bytes_where_words_belong(hand: Hand) -> None:
    """The table of the history takes any type for a while, and an actor is now bytes."""
    hand.swap_in_definition("history", "STRICT", "")
    hand.change(hand.last(OLD), actor=b"person-1\0")
    hand.define("UPDATE sqlite_master SET sql = sql || ' STRICT' WHERE name = 'history'")


@by_hand(VERIFY, "damaged")
def put_bytes_that_are_no_text(hand: Hand) -> None:
    """A text is made of bytes that are none, so that nobody can read the row."""
    hand.do("UPDATE organisations SET name = CAST(X'41C3' AS TEXT) WHERE id = 5")


@by_hand(VERIFY, "entry_changed")
def end_a_text_early(hand: Hand) -> None:
    """A NUL is put into a fact, where programs written in C stop reading."""
    hand.do(f"UPDATE history SET facts = '[]' || char(0) || substr(facts, 4) WHERE id = {hand.last(NEW)}")


# An entry, without its hash


@by_hand(VERIFY, "entry_changed", "tile_differs")
def change_an_old_entry(hand: Hand) -> None:
    """Somebody else is said to have made a move, in an entry that a tile of the tree holds too."""
    hand.change(hand.last(OLD), actor="person-2")


@by_hand(VERIFY, "entry_changed")
def change_an_actor(hand: Hand) -> None:
    """Somebody else is said to have made a move."""
    hand.change(hand.last(NEW), actor="person-2")


@by_hand(VERIFY, "entry_changed")
def change_a_role(hand: Hand) -> None:
    """A move is said to have been made in another role, in which it may be made too."""
    hand.change(hand.last(NEW), role="secretary")


@by_hand(VERIFY, "entry_changed", "role_unknown")
def change_a_role_to_one_that_may_not(hand: Hand) -> None:
    """A move is said to have been made in a role in which nobody may make it."""
    hand.change(hand.last(NEW), role="submitter")


@by_hand(VERIFY, "entry_changed")
def change_a_moment(hand: Hand) -> None:
    """A move is said to have been made a month earlier."""
    hand.change(hand.last(NEW), happened_at="2016-01-01T10:00:00.000000Z")


@by_hand(VERIFY, "entry_changed")
def write_nonsense_for_a_moment(hand: Hand) -> None:
    """When an entry was recorded is no moment any more."""
    hand.change(hand.last(NEW), recorded_at="kauan sitten")


@by_hand(VERIFY, "detail_differs", "entry_changed", "tile_differs")
def change_a_fact(hand: Hand) -> None:
    """A meeting that was held is said to have been for another day."""
    place = hand.last("stream = 'meeting:1' AND move = 'convene'")
    hand.change(place, facts=hand.entry(place)["facts"].replace("2016-02-09", "2016-02-16"))


@by_hand(VERIFY, "entry_changed", "tile_differs", "words_changed")
def spoil_the_facts_of_an_erasure(hand: Hand) -> None:
    """What an erasure says of itself can't be read any more."""
    hand.change(hand.last("move = 'forget'"), facts='[["erased", "7"], 5')


@by_hand(VERIFY, "entry_changed", "rules_unknown")
def name_rules_that_nobody_knows(hand: Hand) -> None:
    """An entry names rules that no poyta ever had."""
    hand.change(hand.last(NEW), rules="0" * 64)


@by_hand(VERIFY, "entry_changed")
def name_other_rules(hand: Hand) -> None:
    """An entry names rules of an older poyta."""
    hand.change(hand.last(NEW), rules=hand.files.older_rules)


@by_hand(VERIFY, "entry_changed", "cause_later")
def name_a_later_cause(hand: Hand) -> None:
    """A move is said to have followed from one that came after it."""
    hand.change(hand.last(NEW), cause_id=hand.last("1"))


@by_hand(VERIFY, "entry_changed", "state_jumped", "way_unknown")
def change_where_a_move_led(hand: Hand) -> None:
    """A move is said to have led to another state."""
    hand.change(hand.last(NEW), to_state="closed")


# An entry, with hashes that fit


@by_hand(VERIFY, "chain_broken", "tile_differs")
def make_the_hash_of_one_entry_anew(hand: Hand) -> None:
    """An entry is changed and its own hash made anew."""
    hand.change(place := hand.last(OLD), actor="person-2")
    hand.seal([place])


@by_hand(VERIFY, "tile_differs")
def make_a_chain_anew(hand: Hand) -> None:
    """An entry is changed, and its hash and those of all that follow it in its chain are made anew."""
    hand.change(hand.last(OLD), actor="person-2")
    hand.seal_stream("action:5")


@by_hand(MEMORY, "other_than_seen")
def make_a_new_chain_anew(hand: Hand) -> None:
    """An entry is changed and its chain made anew, of a thing so new that no tile of the tree holds its entries yet."""
    hand.change(hand.last(NEW), actor="person-2")
    hand.seal_stream("action:44")


@by_hand(MEMORY, "other_than_seen")
def make_everything_anew(hand: Hand) -> None:
    """An entry is changed, and every hash and the whole tree are made anew."""
    hand.change(hand.last(OLD), actor="person-2")
    hand.seal_everything()


@by_hand(VERIFY, "seats_differ")
def date_everything_back(hand: Hand) -> None:
    """All that happened is said to have happened a week earlier, and every hash and the whole tree are made anew."""
    for place, happened in hand.do("SELECT id, happened_at FROM history").fetchall():
        hand.change(place, happened_at=written(datetime.fromisoformat(happened) - timedelta(days=7)))
    hand.seal_everything()
    for stream in streams(hand):
        hand.stand(stream)


@by_hand(VERIFY, "rules_unknown")
def follow_rules_that_nobody_knows(hand: Hand) -> None:
    """A new entry names rules that no poyta ever had, and its chain is made anew."""
    hand.change(hand.last(NEW), rules="0" * 64)
    hand.seal_stream("action:44")


@by_hand(MEMORY, "other_than_seen")
def follow_other_rules(hand: Hand) -> None:
    """A new entry names older rules, which allow the move too, and its chain is made anew."""
    hand.change(hand.last(NEW), rules=hand.files.older_rules)
    hand.seal_stream("action:44")


@by_hand(VERIFY, "way_unknown")
def follow_other_rules_that_do_not_allow_it(hand: Hand) -> None:
    """A new entry names older rules, which did not have the move, and its chain is made anew."""
    hand.change(hand.last("stream = 'action:44' AND move = 'postpone'"), rules=hand.files.older_rules)
    hand.seal_stream("action:44")


@by_hand(VERIFY, "role_unknown")
def act_in_a_role_that_may_not(hand: Hand) -> None:
    """A new entry says that it was made in a role in which nobody may make the move, and its chain is made anew."""
    hand.change(hand.last(NEW), role="submitter")
    hand.seal_stream("action:44")


@by_hand(VERIFY, "words_changed")
def change_the_words_with_the_chain(hand: Hand) -> None:
    """Another commitment is put into a new entry, and its chain made anew, but the words stay."""
    hand.change(hand.last("stream = 'action:44' AND move = 'close'"), commitment="0" * 64)
    hand.seal_stream("action:44")


@by_hand(MEMORY, "other_than_seen")
def change_the_words_their_commitment_and_the_chain(hand: Hand) -> None:
    """The words of a new entry are changed, with their commitment and its chain."""
    place = hand.last("stream = 'action:44' AND move = 'close'")
    hand.change(place, commitment=hand.say(place, "Ei koskaan tehty"))
    hand.seal_stream("action:44")


# Taking away


@by_hand(VERIFY, "entries_missing", "since_differs")
def cut_off_the_last_entry(hand: Hand) -> None:
    """The newest entry is taken away."""
    hand.take_away([hand.last("1")])


@by_hand(MEMORY, "less_than_seen")
def cut_off_the_last_entry_with_what_came_of_it(hand: Hand) -> None:
    """The newest entry is taken away, and its thing stands where it stood before."""
    last = hand.entry(hand.last("1"))
    hand.take_away([last["id"]])
    hand.stand(last["stream"])


@by_hand(VERIFY, "entry_missing", "place_missing", "chain_broken", "state_jumped", "tile_differs")
def take_an_entry_out(hand: Hand) -> None:
    """An entry is taken out of the middle."""
    hand.take_away([hand.last(OLD)])


@by_hand(MEMORY, "less_than_seen")
def take_an_entry_out_and_close_ranks(hand: Hand) -> None:
    """A postponement is taken out of the middle, and all that follows is numbered anew and fits."""
    hand.take_away([hand.last("stream = 'action:5' AND move = 'postpone'")])
    hand.do("UPDATE actions SET entries = entries - 1, postponements = 0 WHERE id = 5")
    hand.close_ranks()


@by_hand(VERIFY, "entry_missing", "place_missing", "tile_differs")
def take_a_thing_out(hand: Hand) -> None:
    """An action is taken away with its whole history."""
    take_out_action(hand, 5)


@by_hand(MEMORY, "less_than_seen")
def take_a_thing_out_and_close_ranks(hand: Hand) -> None:
    """An action is taken away with its whole history, and all that follows is numbered anew and fits."""
    take_out_action(hand, 5)
    hand.close_ranks()


@by_hand(VERIFY, "thing_missing")
def take_a_thing_and_leave_its_history(hand: Hand) -> None:
    """An action is taken away, and its history stays."""
    hand.do("DELETE FROM actions WHERE id = 5")


@by_hand(VERIFY, "thing_missing")
def take_a_person_and_leave_the_history(hand: Hand) -> None:
    """A person whom nothing names is taken away, and the history stays."""
    hand.do("DELETE FROM people WHERE id = 8")


@by_hand(VERIFY, "points_nowhere", "seats_differ", "thing_missing")
def take_a_person_who_is_needed(hand: Hand) -> None:
    """A person who has a seat is taken away."""
    hand.do("DELETE FROM people WHERE id = 3")


@by_hand(NOT_LOOKED_AT)
def take_refused_attempts_away(hand: Hand) -> None:
    """What was tried and refused is taken away: it did not happen, and is in no chain."""
    hand.do("DELETE FROM refused_attempts")


# Adding, and another order


@by_hand(VERIFY, "entry_missing", "state_jumped", "chain_broken", "tile_differs")
def swap_two_entries(hand: Hand) -> None:
    """Two entries of one thing change places."""
    swap(hand, hand.last(OLD), hand.last(OLD) + 1)


@by_hand(MEMORY, "other_than_seen")
def swap_two_entries_and_make_everything_anew(hand: Hand) -> None:
    """Two entries of different things change places and numbers, and everything is made anew."""
    swap(hand, hand.last("stream = 'action:4'"), hand.last("stream = 'action:4'") + 1)
    hand.close_ranks()


@by_hand(VERIFY, "entry_changed")
def add_an_entry_without_its_hash(hand: Hand) -> None:
    """A move is added at the end, and its thing moved, by a hand that does not know the hashes."""
    hand.add("action:45", "report_done", "reported_done", sealed=False)
    hand.stand("action:45")


@by_hand(VERIFY, "way_unknown")
def add_a_move_that_there_is_not(hand: Hand) -> None:
    """A move that no rules allow is added at the end, with all that belongs to it."""
    hand.add("action:45", "approve", "closed")
    hand.stand("action:45")


@by_hand(VERIFY, "state_jumped")
def add_a_move_from_elsewhere(hand: Hand) -> None:
    """A move from where the thing does not stand is added at the end, with all that belongs to it."""
    hand.add("action:45", "report_done", "reported_done", from_state="assigned")
    hand.stand("action:45")


@by_hand(NOT_SIGNED)
def add_a_move_that_could_have_been(hand: Hand) -> None:
    """A move that could have been made is added at the end, as poyta itself would have added it."""
    hand.add("action:45", "report_done", "reported_done")
    hand.stand("action:45")


@by_hand(VERIFY, "entry_changed", "chain_broken", "tile_differs", "words_changed")
def put_in_an_entry_of_another_database(hand: Hand) -> None:
    """An entry is replaced by the same one of another database."""
    place = hand.last("stream = 'action:5' AND move = 'close'")
    hand.do("ATTACH ? AS another", (str(hand.files.another),))
    hand.do("DELETE FROM history WHERE id = ?", (place,))
    hand.do("INSERT INTO history SELECT * FROM another.history WHERE id = ?", (place,))
    hand.do("DETACH another")


@by_hand(VERIFY, "place_missing")
def leave_a_gap(hand: Hand) -> None:
    """The newest entry is moved further back, as if some before it had been taken away."""
    hand.do("UPDATE history SET id = id + 5 WHERE id = ?", (hand.last("1"),))


# Things


@by_hand(VERIFY, "state_differs")
def move_a_thing(hand: Hand) -> None:
    """A thing is moved without an entry."""
    hand.do("UPDATE actions SET state = 'closed' WHERE id = 45")


@by_hand(VERIFY, "entries_missing")
def move_a_thing_and_count(hand: Hand) -> None:
    """A thing is moved without an entry, and says that it has one more."""
    hand.do("UPDATE actions SET state = 'closed', entries = entries + 1 WHERE id = 45")


@by_hand(VERIFY, "since_differs")
def change_where_a_thing_came_from(hand: Hand) -> None:
    """A suspended theme that was taken up again is said to have come from elsewhere."""
    hand.do("UPDATE themes SET came_from = 'proposed' WHERE id = 1")


@by_hand(VERIFY, "since_differs")
def change_since_when_a_thing_stands(hand: Hand) -> None:
    """An action is said to have been begun long ago."""
    hand.do("UPDATE actions SET state_since = '2016-01-01T10:00:00.000000Z' WHERE id = 45")


@by_hand(VERIFY, "thing_without_history")
def make_a_thing_up(hand: Hand) -> None:
    """An action is added without a history."""
    hand.do("CREATE TEMPORARY TABLE made AS SELECT * FROM actions WHERE id = 45")
    hand.do("UPDATE made SET id = 46")
    hand.do("INSERT INTO actions SELECT * FROM made")


@by_hand(VERIFY, "state_differs")
def make_one_of_two(hand: Hand) -> None:
    """One person is made another's second name, so that all that she did is his."""
    hand.do("UPDATE people SET merged_into_id = 2 WHERE id = 3")


@by_hand(VERIFY, "detail_differs")
def make_another_of_one(hand: Hand) -> None:
    """The second name of a person is made that of another."""
    hand.do("UPDATE people SET merged_into_id = 2 WHERE id = 7")


@by_hand(VERIFY, "detail_differs")
def change_a_title(hand: Hand) -> None:
    """A theme is called something else."""
    hand.do("UPDATE themes SET title = 'Pysäköinti' WHERE id = 1")


@by_hand(VERIFY, "detail_differs")
def change_a_goal(hand: Hand) -> None:
    """A theme has another goal, while the history has the words that were agreed on."""
    hand.do("UPDATE themes SET goal = 'Säästetään' WHERE id = 1")


@by_hand(VERIFY, "detail_differs")
def change_what_was_agreed(hand: Hand) -> None:
    """A matter says that something else was agreed, while the history has the true words."""
    hand.do("UPDATE agenda_items SET agreed = 'Ei tehdä mitään' WHERE id = 1")


@by_hand(VERIFY, "seats_differ")
def add_a_seat(hand: Hand) -> None:
    """Somebody gets a seat, and with it a role, that no entry tells of."""
    hand.do("INSERT INTO seats (role, since, required, table_id, person_id) VALUES ('convener', '2016-01-01', 0, 1, 8)")


@by_hand(VERIFY, "house_rules_differ")
def change_a_house_rule(hand: Hand) -> None:
    """A table no longer asks for what its rules ask for."""
    hand.do("UPDATE house_rules SET level = 'off' WHERE table_id = 1")


@by_hand(NOT_LOOKED_AT)
def change_a_name(hand: Hand) -> None:
    """A person goes by another name."""
    hand.do("UPDATE people SET name = 'Aino Öhman' WHERE id = 1")


@by_hand(VERIFY, "detail_differs", "seats_differ")
def swap_two_pseudonyms(hand: Hand) -> None:
    """Two people change pseudonyms, so that each is said to have done what the other did."""
    for number, pseudonym in ((1, "swapping"), (2, "person-1"), (1, "person-2")):
        hand.do("UPDATE people SET pseudonym = ? WHERE id = ?", (pseudonym, number))


@by_hand(NOT_LOOKED_AT)
def change_who_was_there(hand: Hand) -> None:
    """A party is said to have been absent from a meeting."""
    hand.do("UPDATE attendance SET presence = 'absent' WHERE id = 1")


# Words


@by_hand(VERIFY, "words_changed")
def change_words(hand: Hand) -> None:
    """The reason that was given is another."""
    hand.do("UPDATE history_words SET text = 'Muuten vain' WHERE entry_id = ?", (said(hand),))


@by_hand(VERIFY, "words_changed")
def change_a_salt(hand: Hand) -> None:
    """The salt of some words is another."""
    hand.do("UPDATE history_words SET salt = ? WHERE entry_id = ?", ("0" * 32, said(hand)))


@by_hand(VERIFY, "entry_changed", "tile_differs")
def change_a_commitment(hand: Hand) -> None:
    """The words are changed, and what the entry promises of them, but not its hash."""
    hand.change(said(hand), commitment=hand.say(said(hand), "Muuten vain"))


@by_hand(VERIFY, "words_missing")
def take_words_away(hand: Hand) -> None:
    """Words are taken away without an erasure."""
    hand.do("DELETE FROM history_words WHERE entry_id = ?", (said(hand),))


@by_hand(VERIFY, "words_added")
def add_words(hand: Hand) -> None:
    """Words are added to an entry that had none."""
    hand.say(hand.last(OLD), "Olin pyytänyt sitä")


@by_hand(VERIFY, "detail_differs", "words_restored")
def put_erased_words_back(hand: Hand) -> None:
    """Words that were erased are put back from an old backup."""
    hand.do("ATTACH ? AS earlier", (str(hand.files.earlier),))
    place = hand.last("move = 'evaluate'")
    hand.do("DELETE FROM history_words WHERE entry_id = ?", (place,))
    columns = "entry_id, salt, field, text"
    again = f"SELECT {columns} FROM earlier.history_words WHERE entry_id = ?"
    hand.do(f"INSERT INTO history_words ({columns}) {again}", (place,))
    hand.do("DETACH earlier")


@by_hand(VERIFY, "detail_differs", "words_changed")
def change_words_that_an_erasure_left(hand: Hand) -> None:
    """What an erasure left of some words is changed."""
    hand.do("UPDATE history_words SET text = 'Huonosti meni' WHERE entry_id = ?", (hand.last("move = 'evaluate'"),))


@by_hand(VERIFY, "entry_changed", "tile_differs")
def hide_changed_words_behind_an_erasure(hand: Hand) -> None:
    """Words are changed, and an erasure that is there already is made to answer for them."""
    place, left = said(hand), hand.say(said(hand), "Muuten vain")
    erasure = hand.entry(hand.last("move = 'forget'"))
    told = [*json.loads(erasure["facts"]), ["erased", f"{place}:{hand.entry(place)['commitment']}:{left}"]]
    hand.change(erasure["id"], facts=json.dumps(told))


@by_hand(NOT_SIGNED)
def hide_changed_words_behind_a_new_erasure(hand: Hand) -> None:
    """Words are changed, and a new erasure answers for them, as poyta would have written it (verify tells of it)."""
    place, left = said(hand), hand.say(said(hand), "Muuten vain")
    told = [["ground", "objected"], ["erased", f"{place}:{hand.entry(place)['commitment']}:{left}"]]
    hand.add("person:8", "forget", "forgotten", facts=json.dumps(told), role="convener")
    hand.do("UPDATE people SET name = 'P8', forgotten = 1 WHERE id = 8")


# The tree, the origin, the file


@by_hand(VERIFY, "tile_differs")
def change_the_tree(hand: Hand) -> None:
    """A part of the tree is changed."""
    hand.do("UPDATE history_tiles SET hash = ?", ("0" * 64,))


@by_hand(VERIFY, "tile_differs")
def write_nonsense_into_the_tree(hand: Hand) -> None:
    """A part of the tree is no hash any more."""
    hand.do("UPDATE history_tiles SET hash = 'puu'")


@by_hand(VERIFY, "tile_differs")
def take_the_tree_away(hand: Hand) -> None:
    """The tree is taken away."""
    hand.do("DELETE FROM history_tiles")


@by_hand(VERIFY, "tile_differs")
def let_the_tree_grow(hand: Hand) -> None:
    """The tree has a part that no entries have filled yet, so that the entry that does can't be written."""
    hand.do("INSERT INTO history_tiles VALUES (1, 2, ?)", ("0" * 64,))


@by_hand(VERIFY, "entry_changed", "tile_differs")
def change_the_origin(hand: Hand) -> None:
    """The database is given another name."""
    hand.do("UPDATE origin SET name = ?", (new_origin(),))


@by_hand(MEMORY, "other_database")
def change_the_origin_and_make_everything_anew(hand: Hand) -> None:
    """The database is given another name, and everything is made anew."""
    hand.do("UPDATE origin SET name = ?", (new_origin(),))
    hand.seal_everything()


@by_hand(VERIFY, "damaged", "origin_missing")
def give_it_two_origins(hand: Hand) -> None:
    """The database has two names."""
    hand.do("PRAGMA ignore_check_constraints = 1")
    hand.do("INSERT INTO origin VALUES (2, ?)", (new_origin(),))


@by_hand(VERIFY, "origin_missing", "entry_changed", "tile_differs")
def take_the_origin_away(hand: Hand) -> None:
    """The database has no name."""
    hand.do("DELETE FROM origin")


@with_files(MEMORY, "less_than_seen")
def put_an_old_backup_in_place(files: Files) -> None:
    """A backup takes the place of the file."""
    shutil.copy(files.earlier, files.now)


@with_files(MEMORY, "other_than_seen")
def put_an_old_backup_in_place_and_go_on(files: Files) -> None:
    """A backup takes the place of the file, and work goes on in it until its history is longer than the lost one."""
    shutil.copy(files.earlier, files.now)
    with hand_on(files) as hand:
        while hand.last("1") <= files.seen.size:
            hand.add("action:1", "translate", "closed")
        hand.seal_everything()
        hand.stand("action:1")


@with_files(MEMORY, "other_database")
def put_another_database_in_place(files: Files) -> None:
    """Another database takes the place of the file."""
    shutil.copy(files.another, files.now)


@with_files(OPENING, "not_ours")
def put_something_else_in_place(files: Files) -> None:
    """Something that is no database of poyta takes the place of the file."""
    files.now.write_bytes(b"SQLite format 3\0" + bytes(4080))


@with_files(OPENING, "damaged")
def cut_the_file_off(files: Files) -> None:
    """The file ends early."""
    files.now.write_bytes(files.now.read_bytes()[: -3 * 4096])


# What several of them do


def said(hand: Hand) -> int:
    """The place of an entry with a reason."""
    return hand.last("stream = 'action:5' AND move = 'drop'")


def streams(hand: Hand) -> list[str]:
    """Everything that has a state of its own."""
    kinds = "('person', 'organisation', 'project')"
    found = hand.do(
        f"SELECT DISTINCT stream FROM history WHERE substr(stream, 1, instr(stream, ':') - 1) NOT IN {kinds}"
    )
    return [stream for (stream,) in found.fetchall()]


def take_out_action(hand: Hand, number: int) -> None:
    """An action, with its whole history."""
    hand.take_away([place for (place,) in hand.do("SELECT id FROM history WHERE stream = ?", (f"action:{number}",))])
    hand.do("DELETE FROM actions WHERE id = ?", (number,))


def swap(hand: Hand, one: int, other: int) -> None:
    """Two entries change places."""
    for table, column in (("history", "id"), ("history_words", "entry_id")):
        for old, new in ((one, 0), (other, one), (0, other)):
            hand.do(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (new, old))
