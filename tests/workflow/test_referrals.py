"""A matter for which somebody else has the power: it is drafted, sent, decided on, and told at the table."""

import pytest

from models.actions import Referral
from models.states import ActionState, ItemState, MeetingState, ReferralState, SeriesState, ThemeState
from tests.builders import action_at, keuruu, meeting_at, new, referral_at, series_at, step, theme_at
from tests.looking import codes, failure, moves_of
from tests.spring import SURE, a_series, a_theme, after, divide, meeting_on, now, take_back
from workflow.engine import make_new
from workflow.errors import BadValue

REFERRED = {"outcome": "referred", "agreed": "Esitetään valoja"}


@pytest.fixture
def matter(work):
    """A matter on the agenda of a meeting that was held."""
    meeting = meeting_on(work, a_series(work), "2.2.2016", MeetingState.HELD)
    return meeting.items[0]


def test_a_referred_matter_drafts_a_referral_to_the_body_that_was_named(work, matter):
    outcome = now(work, matter, "settle", REFERRED | {"body": "tekninen lautakunta"})

    [referral] = matter.referrals
    assert [(told.kind, told.move, told.to) for told in outcome.followed] == [("referral", "add", "drafted")]
    assert (referral.title, referral.body, referral.item, referral.meeting) == (
        matter.title,
        "tekninen lautakunta",
        matter,
        matter.meeting,
    )


def test_a_matter_settled_otherwise_drafts_none(work, matter):
    now(work, matter, "settle", {"outcome": "noted"})

    assert matter.theme.referrals == []


def test_when_the_matter_is_not_referred_after_all_its_draft_is_withdrawn(work, matter):
    now(work, matter, "settle", REFERRED)

    take_back(work, matter)

    [first] = matter.referrals
    assert (matter.state, first.state) == (ItemState.ACCEPTED, ReferralState.WITHDRAWN)


def test_a_matter_referred_anew_has_a_draft_anew(work, matter):
    now(work, matter, "settle", REFERRED)
    take_back(work, matter)

    now(work, matter, "settle", REFERRED)

    assert [each.state for each in matter.referrals] == [ReferralState.WITHDRAWN, ReferralState.DRAFTED]


def test_what_was_sent_is_not_taken_back_with_its_matter(work, matter):
    now(work, matter, "settle", REFERRED | {"body": "tekninen lautakunta"})
    now(work, matter.referrals[0], "send")

    error = failure(work, lambda: take_back(work, matter))

    assert "undo_built_upon" in codes(error)


def test_case_9_a_referral_rejected_comes_back_next_autumn(work):
    theme = a_theme(work)
    first = referral_at(work, theme, ReferralState.SENT)
    step(work, first, "decide", {"decision": "rejected", "grounds": "Talousarviossa ei ole varattu rahaa"})

    second = new(work, "referral", theme, {"title": first.title, "body": first.body, "again": f"R{first.id}"})

    assert (second.again_of, second.state, first.state) == (first, ReferralState.DRAFTED, ReferralState.DECIDED)


def test_what_another_table_asked_for_does_not_come_back_here(work):
    elsewhere = referral_at(work, a_theme(work, "toivakka"), ReferralState.DECIDED)
    theme = theme_at(work, keuruu(work), ThemeState.PROPOSED)

    with pytest.raises(BadValue) as error:
        make_new(work, "referral", theme, {"title": "Valot", "again": f"R{elsewhere.id}"}, SURE)

    assert error.value.code == "other_table"


def test_a_decision_is_not_told_in_the_meeting_of_another_table(work):
    elsewhere = meeting_at(work, a_series(work, "toivakka"), MeetingState.HELD)
    referral = referral_at(work, theme_at(work, keuruu(work), ThemeState.PROPOSED), ReferralState.DECIDED)

    with pytest.raises(BadValue) as error:
        now(work, referral, "report_back", {"meeting": f"M{elsewhere.id}"})

    assert error.value.code == "other_table"


def test_the_next_agenda_asks_about_every_referral_that_was_not_told_of_yet(work):
    series = series_at(work, theme_at(work, keuruu(work), ThemeState.PROPOSED), SeriesState.PLANNED)
    meeting = meeting_on(work, series, "2.2.2016", MeetingState.HELD)
    now(work, meeting.items[0], "settle", REFERRED)
    action_at(work, meeting, ActionState.ASSIGNED)
    told = referral_at(work, series.theme, ReferralState.REPORTED_BACK)
    divide(work, meeting)
    then = meeting_on(work, series, "15.3.2016")

    step(work, then, "set_agenda", on=after(then, told, meeting))

    [follow_up] = then.items
    assert follow_up.title == "A1, R1"


def test_a_decision_remembers_its_day_and_forgets_it_when_it_is_taken_back(work):
    referral = referral_at(work, a_theme(work), ReferralState.SENT)
    now(work, referral, "decide", {"decision": "approved", "granted": "5 000 €"})
    decided = (referral.decided_on, referral.granted, referral.decision)

    take_back(work, referral)

    assert decided == (work.today, 5000, "approved")
    assert (referral.decided_on, referral.granted, referral.decision) == (None, None, None)


def test_a_theme_may_end_while_a_named_body_has_the_matter_before_it(work):
    theme = theme_at(work, keuruu(work), ThemeState.ACTIONS_ASSIGNED)
    referral_at(work, theme, ReferralState.UNDER_CONSIDERATION)

    error = failure(work, lambda: now(work, theme, "reach_results"))

    assert "referrals_settled" not in codes(error)
    assert moves_of(work, theme.referrals[0]) == ["add", "send", "take_up"]
    assert isinstance(theme.referrals[0], Referral)
