"""A trail told as a story, in lines set in: who raised it, what was agreed, who did what, and what came of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from models.kept import code_of, day_of, moment_of
from models.reading import Row
from models.states import (
    ActionState,
    Decision,
    Extent,
    ItemOutcome,
    ItemState,
    MeetingState,
    Origin,
    ReferralState,
    ResultKind,
    RotaState,
)
from workflow.days import local_day
from workflow.language.speech import Speech
from workflow.language.words import N_
from workflow.trails.gathering import CARRIED_OVER, Step, Stop, Trail


class Line(NamedTuple):
    """A line of the story, and how far it is set in."""

    depth: int
    text: str


def story(trail: Trail, speech: Speech) -> Iterator[Line]:
    """The whole story."""
    tell = _Teller(speech)
    start = trail.stops[trail.start]
    yield Line(0, speech.say("The trail of {ref}: {title}", ref=start.ref, title=start.row["title"]))
    for stop in (*(each for each in trail.led_here if each.node.kind == "theme"), start):
        yield from tell.around(stop, asked_for=stop is start)
    for steps in trail.matters:
        yield Line(0, "")
        yield from tell.matter(steps)
    if start.loose_end and start.node.kind == "theme":
        yield Line(0, "")
        yield from tell.loose(start)


def loose_sentence(stop: Stop, speech: Speech) -> str:
    """What is missing where the trail stops at a thing."""
    end = stop.loose_end
    assert end is not None, "the trail does not stop here"
    facts = {"ref": stop.ref, "since": _day(end.since), "meeting": stop.row.get("meeting_ref") or ""}
    facts["body"] = stop.row.get("waiting_for") or stop.row.get("body") or ""
    return speech.say(LOOSE[end.code], **facts)


class _Teller:
    """Says each thing on the trail in one language."""

    def __init__(self, speech: Speech) -> None:
        self.say = speech.say
        self.speech = speech

    def around(self, stop: Stop, *, asked_for: bool) -> Iterator[Line]:
        """The theme that it is all about, or the meeting that is asked for."""
        if stop.node.kind == "theme":
            facts = {"ref": stop.ref, "title": stop.row["title"], "table": stop.row["table_ref"]}
            facts |= {"state": self.speech.state("theme", stop.row["state"]), "since": _day(stop.row["state_since"])}
            with_title = N_("Theme {ref}, {title}, of the table {table}: {state}, since {since}.")
            sentence = N_("Theme of the table {table}: {state}, since {since}.") if asked_for else with_title
            yield Line(1, self.say(sentence, **facts))
            yield Line(1, self._raised(stop, N_("{day}: proposed by {who}."), N_("{day}: proposed.")))
            if told_on := stop.row["proposer_told_on"]:
                yield Line(1, self.say("{day}: the proposer was told what came of it.", day=day_of(told_on)))
        elif stop.node.kind == "meeting" and stop.row["begins_at"]:
            state = self.speech.state("meeting", stop.row["state"])
            when = moment_of(stop.row["begins_at"])
            yield Line(1, self.say("Meeting {ref}, {when}: {state}.", ref=stop.ref, when=when, state=state))

    def matter(self, steps: Iterable[Step]) -> Iterator[Line]:
        """One matter. How work ended is told after what the table heard of it before that."""
        ends: list[tuple[Step, list[Line]]] = []
        above: dict[int, Step] = {}
        for step in steps:
            above[step.depth] = step
            if _is_said_already(above.get(step.depth - 1), step.stop):
                continue
            while ends and not _was_before_end_of(ends[-1][0], step):
                yield from ends.pop()[1]
            yield from (Line(step.depth + depth, text) for depth, text in self.step(step))
            end = [*self.ending(step.stop), *self.loose(step.stop)]
            ends.append((step, [Line(step.depth + depth, text) for depth, text in end]))
        for _, end in reversed(ends):
            yield from end

    def step(self, step: Step) -> Iterable[Line]:
        """A thing with what happened to it."""
        return self._TELLS.get(step.stop.node.kind, _Teller._plainly)(self, step)

    def ending(self, stop: Stop) -> Iterator[Line]:
        """How a piece of work ended, or what was decided."""
        row = stop.row
        if stop.node.kind == "referral":
            yield from (Line(1, text) for text in self._decided(stop))
        if stop.node.kind == "action" and row["state"] in (ActionState.CLOSED, ActionState.DROPPED):
            facts = {"day": _day(row["state_since"]), "outcome": row["outcome"]}
            yield Line(1, self.say(_ENDED[row["state"], bool(row["outcome"])], **facts))

    def loose(self, stop: Stop) -> Iterator[Line]:
        """What is missing, and the command that would go on."""
        if stop.loose_end:
            yield Line(1, loose_sentence(stop, self.speech))
            yield Line(2, stop.loose_end.command)

    # A matter on its agendas

    def _item(self, step: Step) -> Iterator[Line]:
        stop = step.stop
        if _is_standing(stop):
            if not step.came_of:
                yield Line(0, self.say("Follow-up {ref}: {title}", ref=stop.ref, title=stop.row["title"]))
            yield Line(0 if step.came_of else 1, self._heard(stop))
            return
        if CARRIED_OVER not in step.ways:
            yield Line(0, self.say("Matter {ref}: {title}", ref=stop.ref, title=stop.row["title"]))
            yield Line(1, self._brought(stop))
        if said := self._settled(stop):
            yield Line(1, said)

    def _brought(self, stop: Stop) -> str:
        origin = stop.row["origin"] and code_of(Origin, stop.row["origin"])
        facts = {"day": _day(stop.began), "who": stop.raised_by, "origin": stop.row["origin_detail"] or origin}
        if facts["who"] and facts["origin"]:
            return self.say("{day}: brought by {who}. It comes from: {origin}.", **facts)
        return self._raised(stop, N_("{day}: brought by {who}."), N_("{day}: brought to the table."))

    def _settled(self, stop: Stop) -> str:
        row, meeting = stop.row, stop.meeting
        facts = {
            "ref": stop.ref,
            "day": _day(row["state_since"]),
            "meeting": row["meeting_ref"],
            "agreed": row["agreed"],
        }
        if meeting and meeting["begins_at"]:
            facts["day"] = _day(meeting["begins_at"])
        if row["state"] == ItemState.SETTLED:
            outcome = code_of(ItemOutcome, row["outcome"])
            bare, with_words = OUTCOMES[outcome]
            return self.say(with_words if row["agreed"] else bare, **facts)
        if row["state"] in (ItemState.DECLINED, ItemState.WITHDRAWN):
            facts |= {"state": self.speech.state("item", row["state"]), "day": _day(row["state_since"])}
            return self.say("{day}: {state}.", **facts)
        return self.say("{day}, meeting {meeting}: on the agenda as {ref}.", **facts) if meeting else ""

    def _heard(self, stop: Stop) -> str:
        facts = {"ref": stop.ref, "meeting": stop.row["meeting_ref"]}
        if stop.meeting is None or not stop.meeting["begins_at"]:
            return self.say("It waits to be followed up ({ref}).", **facts)
        facts["day"] = _day(stop.meeting["begins_at"])
        if stop.row["state"] == ItemState.SETTLED:
            return self.say("{day}, meeting {meeting}: the table heard how it stands ({ref}).", **facts)
        if stop.meeting["state"] == MeetingState.CANCELLED:
            return self.say("Meeting {meeting}, in which it was to be followed up, was cancelled ({ref}).", **facts)
        return self.say("{day}, meeting {meeting}: it is to be followed up ({ref}).", **facts)

    # The work, and what came of it

    def _action(self, step: Step) -> Iterator[Line]:
        stop, row = step.stop, step.stop.row
        yield Line(0, self.say("Action {ref}: {title}", ref=stop.ref, title=row["title"]))
        facts = {"day": _day(stop.began), "who": row["responsible"], "due": row["due"] and day_of(row["due"])}
        yield Line(1, self.say(_GIVEN[bool(facts["who"]), bool(facts["due"])], **facts))

    def _referral(self, step: Step) -> Iterator[Line]:
        stop, row = step.stop, step.stop.row
        before = [each.ref for each in step.came_of if each.node.kind == "referral"]
        facts = {"ref": stop.ref, "title": row["title"], "before": before, "body": row["body"]}
        again = N_("Referral {ref}, which came back after {before}: {title}")
        yield Line(0, self.say(again if before else N_("Referral {ref}: {title}"), **facts))
        facts["day"] = _day(stop.days.get("send", stop.began))
        sent = N_("{day}: taken to this body: {body}.")
        yield Line(1, self.say(sent if "send" in stop.days else N_("{day}: drafted."), **facts))
        if row["asked"] is not None:
            yield Line(1, self.say("Asked for: {asked} euros.", asked=row["asked"]))

    def _decided(self, stop: Stop) -> Iterator[str]:
        row = stop.row
        if row["state"] == ReferralState.WITHDRAWN:
            yield self.say("{day}: {state}.", day=_day(row["state_since"]), state=ReferralState.WITHDRAWN)
        if row["decision"]:
            day = day_of(row["decided_on"]) if row["decided_on"] else _day(row["state_since"])
            facts = {"day": day, "decision": code_of(Decision, row["decision"]), "paragraph": row["paragraph"]}
            with_paragraph = N_("{day}: decided: {decision} ({paragraph}).")
            yield self.say(with_paragraph if row["paragraph"] else N_("{day}: decided: {decision}."), **facts)
        if row["granted"] is not None:
            yield self.say("Granted: {granted} euros.", granted=row["granted"])
        if row["grounds"]:
            yield self.say("Grounds: “{grounds}”", grounds=row["grounds"])
        if stop.meeting and stop.meeting["begins_at"]:
            yield self._told_in(stop.meeting)

    def _told_in(self, meeting: Row) -> str:
        facts = {"day": _day(meeting["begins_at"]), "meeting": meeting["ref"]}
        return self.say("{day}, meeting {meeting}: the table heard of it.", **facts)

    def _result(self, step: Step) -> Iterator[Line]:
        stop, row = step.stop, step.stop.row
        yield Line(0, self.say("Result {ref}: {title}", ref=stop.ref, title=row["title"]))
        facts = {"day": _day(stop.began), "kind_of_result": code_of(ResultKind, row["kind_of_result"])}
        sources = [each.ref for each in step.came_of]
        if sources:
            said = self.speech.say_many(
                "{day}: it came of {sources} ({kind_of_result}).",
                "{day}: it came of {sources} together ({kind_of_result}).",
                len(sources),
                sources=sources,
                **facts,
            )
            yield Line(1, said)
        else:
            yield Line(1, self.say("{day}: written down ({kind_of_result}).", **facts))
        if row["extent"]:
            yield Line(1, self.say("How much of it came true: {extent}.", extent=code_of(Extent, row["extent"])))
        if row["evidence"]:
            yield Line(1, self.say("How it can be seen: “{evidence}”", evidence=row["evidence"]))
        if stop.meeting and stop.meeting["begins_at"]:
            yield Line(1, self._told_in(stop.meeting))

    def _rota(self, step: Step) -> Iterator[Line]:
        stop = step.stop
        yield Line(0, self.say("Rota {ref}: {title}", ref=stop.ref, title=stop.row["title"]))
        ended = stop.row["state"] == RotaState.ENDED
        sentence = N_("{day}: the rota was ended.") if ended else N_("It is the turn of {who} next.")
        yield Line(1, self.say(sentence, day=_day(stop.row["state_since"]), who=stop.row["in_turn"] or ""))

    def _plainly(self, step: Step) -> Iterator[Line]:
        """Anything that has no words of its own yet."""
        stop = step.stop
        noun, state = self.speech.noun(stop.node.kind), self.speech.state(stop.node.kind, stop.row["state"])
        yield Line(0, self.say("{noun} {ref}: {title}", noun=noun, ref=stop.ref, title=stop.row["title"]))
        yield Line(1, self.say("{day}: {state}.", day=_day(stop.row["state_since"]), state=state))

    def _raised(self, stop: Stop, by_somebody: str, by_nobody: str) -> str:
        """Who and when."""
        return self.say(by_somebody if stop.raised_by else by_nobody, day=_day(stop.began), who=stop.raised_by or "")

    _TELLS: Mapping[str, "Callable[[_Teller, Step], Iterable[Line]]"] = {
        "item": _item,
        "rota": _rota,
        "action": _action,
        "referral": _referral,
        "result": _result,
    }


def _is_standing(stop: Stop) -> bool:
    """A matter that the program itself put on an agenda, to follow up work."""
    return stop.row["origin"] == Origin.FOLLOW_UP and stop.row["submitter"] is None


def _is_said_already(above: Step | None, stop: Stop) -> bool:
    """Whether it was told of a referral that the table heard of it in this very meeting."""
    if above is None or above.stop.node.kind != "referral" or above.stop.meeting is None or stop.node.kind != "item":
        return False
    return bool(_is_standing(stop) and above.stop.meeting["ref"] == stop.row["meeting_ref"])


def _was_before_end_of(work: Step, step: Step) -> bool:
    """Whether the table heard how something stands before that came to its end."""
    heard = step.depth > work.depth and step.stop.node.kind == "item" and _is_standing(step.stop)
    if not heard or work.stop.node.kind not in ("action", "referral"):
        return False
    ended, met = _ended(work.stop), step.stop.meeting and step.stop.meeting["begins_at"]
    return ended is None or bool(met and met < ended)


def _ended(stop: Stop) -> str | None:
    """When a piece of work ended, or a body decided."""
    if stop.node.kind == "referral":
        return stop.days.get("decide") or stop.days.get("withdraw")
    return str(stop.row["state_since"]) if stop.row["state"] in (ActionState.CLOSED, ActionState.DROPPED) else None


def _day(moment: str) -> object:
    return local_day(moment_of(moment))


OUTCOMES: Mapping[ItemOutcome, tuple[str, str]] = {
    ItemOutcome.AGREED: (
        N_("{day}, meeting {meeting}, {ref}: agreed."),
        N_("{day}, meeting {meeting}, {ref}: agreed: “{agreed}”"),
    ),
    ItemOutcome.NOTED: (
        N_("{day}, meeting {meeting}, {ref}: noted."),
        N_("{day}, meeting {meeting}, {ref}: noted: “{agreed}”"),
    ),
    ItemOutcome.REFERRED: (
        N_("{day}, meeting {meeting}, {ref}: referred to a body that has the power to decide."),
        N_("{day}, meeting {meeting}, {ref}: referred to a body that has the power to decide: “{agreed}”"),
    ),
    ItemOutcome.CARRIED_OVER: (
        N_("{day}, meeting {meeting}, {ref}: carried over to the next meeting."),
        N_("{day}, meeting {meeting}, {ref}: carried over to the next meeting: “{agreed}”"),
    ),
}
"""What is said of a settled matter, without and with the table's own words."""

_GIVEN = {
    (True, True): N_("{day}: given to {who}, to be done by {due}."),
    (True, False): N_("{day}: given to {who}."),
    (False, True): N_("{day}: agreed, to be done by {due}. Nobody answers for it."),
    (False, False): N_("{day}: agreed. Nobody answers for it."),
}

_ENDED = {
    (ActionState.CLOSED, True): N_("{day}: done: “{outcome}”"),
    (ActionState.CLOSED, False): N_("{day}: done."),
    (ActionState.DROPPED, True): N_("{day}: dropped: “{outcome}”"),
    (ActionState.DROPPED, False): N_("{day}: dropped."),
}

LOOSE: Mapping[str, str] = {
    "nothing_raised": N_("Nothing has been brought to an agenda yet."),
    "waits_for_an_agenda": N_("It has waited for an agenda since {since}."),
    "not_accepted": N_("It is proposed for meeting {meeting}, and has not been accepted to the agenda yet."),
    "not_settled": N_("Nothing has been agreed yet: the matter is open on the agenda of meeting {meeting}."),
    "referred_only": N_("Nothing has been decided yet: it is not known who took it to the body that has the power."),
    "not_divided": N_("Nobody has been given the work yet."),
    "not_begun": N_("Nothing has come of it yet: action {ref} has been open since {since}."),
    "not_done": N_("Nothing has come of it yet: action {ref} has been under way since {since}."),
    "still_open": N_("Action {ref} has been open since {since}, and has not been closed yet."),
    "waiting": N_("Nothing has been decided yet: action {ref} has waited for {body} since {since}."),
    "not_closed": N_("Action {ref} was reported done on {since}; the secretary has not closed it yet."),
    "refused": N_("Action {ref} was refused on {since}; it needs somebody else to do it."),
    "not_sent": N_("Nothing has been decided yet: referral {ref} has not been sent."),
    "undecided": N_("Nothing has been decided yet: referral {ref} has waited for {body} since {since}."),
    "not_heard": N_("It was decided, but the table has not heard of it yet."),
    "no_result": N_("What came of it has not been written down as a result yet."),
}
"""What is missing where a trail stops, by the code of the loose end."""
