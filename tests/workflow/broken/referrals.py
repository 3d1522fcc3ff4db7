"""What a referral can't promise."""

from models.states import ItemState, MeetingState, ReferralState, SeriesState, ThemeState
from tests.builders import item_at, keuruu, meeting_at, new, referral_at, series_at, theme_at
from tests.workflow.broken.case import Broken, Try, breaks
from workflow.work import Work

ASKED = {"title": "Valot Tarhianlahdelle"}
BODY = {"body": "Keuruun tekninen lautakunta"}


@breaks("referral", ReferralState.DRAFTED, "theme_open")
def it_is_drafted_for_a_theme_that_ended(work: Work) -> Broken:
    theme = theme_at(work, keuruu(work), ThemeState.DISCONTINUED)
    return Broken(Try(theme, "add", ASKED, new="referral"), [Try(theme, "reopen")])


@breaks("referral", ReferralState.SENT, "receiver_named")
def nobody_says_whom_it_is_for(work: Work) -> Broken:
    referral = new(work, "referral", theme_at(work, keuruu(work), ThemeState.PROPOSED), ASKED)
    return Broken(Try(referral, "send"), then=Try(referral, "send", BODY))


@breaks("referral", ReferralState.DECIDED, "decision_told", at=ReferralState.SENT)
@breaks("referral", ReferralState.DECIDED, "decision_told", at=ReferralState.UNDER_CONSIDERATION)
def nobody_says_what_was_decided(work: Work, at: ReferralState) -> Broken:
    referral = referral_at(work, theme_at(work, keuruu(work), ThemeState.PROPOSED), at)
    return Broken(Try(referral, "decide"), then=Try(referral, "decide", {"decision": "rejected"}))


@breaks("referral", ReferralState.REPORTED_BACK, "heard_at_the_table")
def nobody_says_where_it_was_heard(work: Work) -> Broken:
    series = series_at(work, theme_at(work, keuruu(work), ThemeState.PROPOSED), SeriesState.PLANNED)
    meeting = meeting_at(work, series, MeetingState.HELD)
    referral = referral_at(work, item_at(work, meeting, ItemState.ACCEPTED), ReferralState.DECIDED)
    heard = Try(referral, "report_back", {"meeting": f"M{meeting.id}"})
    return Broken(Try(referral, "report_back"), then=heard)


@breaks("referral", ReferralState.REPORTED_BACK, "heard_at_the_table")
def it_is_to_be_heard_in_a_meeting_to_come(work: Work) -> Broken:
    series = series_at(work, theme_at(work, keuruu(work), ThemeState.PROPOSED), SeriesState.PLANNED)
    meeting = meeting_at(work, series, MeetingState.AGENDA_SET)
    referral = referral_at(work, series.theme, ReferralState.DECIDED)
    told = {"meeting": f"M{meeting.id}"}
    held = Try(meeting, "hold", {"present": ["Aino Äijälä", "Äijälän kyläyhdistys"]}, on=meeting.begins_at)
    return Broken(Try(referral, "report_back", told, on=work.now), [held])
