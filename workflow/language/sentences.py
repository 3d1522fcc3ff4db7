"""What people are told for each code: why a move is not made, what a value lacks, what is wrong with a database.

A sentence is whole and names its facts in braces. One with a singular and a plural is `counted` by one of them. Where
the same code comes with different facts, the first sentence whose facts are all there is said.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from workflow.language.words import N_


class Counted(NamedTuple):
    """A sentence for one, and a sentence for more: told apart by a fact, a number or a list."""

    one: str
    many: str
    by: str


def counted(one: str, many: str, *, by: str) -> Counted:
    """A sentence with a singular and a plural: a mark for the catalogues."""
    return Counted(one, many, by)


Sentence = str | Counted
Sentences = Sentence | tuple[Sentence, ...]

# A promise that does not hold: this is missing

PROMISES: Mapping[str, Sentences] = {
    "responsible_person_named": N_("No responsible person has been named for {ref} yet."),
    "founding_decision_told": N_("It is not said which body decided to found {ref}."),
    "no_theme_under_way": counted(
        "Theme {themes} has not come to an end.",
        "Themes {themes} have not come to an end.",
        by="themes",
    ),
    "table_active": N_("The table “{table}” is not active: its state is “{state}”."),
    "convener_seated": N_("The table has no convener."),
    "secretary_seated": N_("The table has no secretary."),
    "two_sectors_seated": (
        N_("Everyone at the table comes from one sector: {sectors}. At least two sectors are needed."),
        N_("No organisation sits at the table yet. At least two sectors are needed."),
    ),
    "residents_or_associations_seated": N_("No residents, villages or associations sit at the table."),
    "size_5_to_20": (
        counted(
            "There is {size} party at the table; 5 to 20 works best.",
            "There are {size} parties at the table; 5 to 20 works best.",
            by="size",
        ),
        N_("Nobody sits at the table yet; 5 to 20 works best."),
    ),
    "planned_meetings_stated": N_("It is not said how many meetings there will be: {ref}."),
    "goal_drafted": N_("There is no goal yet, not even a draft: {ref}."),
    "goal_agreed": N_(
        "The goal has not been agreed on together yet: {ref}. It needs a text, the held meeting in which it was "
        "agreed, and the parties that agreed."
    ),
    "result_recorded": N_("No result is written down yet: {ref}. That nothing came of it is a result too."),
    "actions_settled": counted(
        "Action {actions} is neither closed nor dropped.",
        "Actions {actions} are neither closed nor dropped.",
        by="actions",
    ),
    "referrals_settled": counted(
        "The table has not heard what became of referral {referrals}, and no body has it before it.",
        "The table has not heard what became of referrals {referrals}, and no body has them before it.",
        by="referrals",
    ),
    "series_ended": counted(
        "Meeting series {series} has not come to an end.",
        "Meeting series {series} have not come to an end.",
        by="series",
    ),
    "evaluated": N_("The partners have not looked back at how it went: {ref}."),
    "proposer_told": N_("The proposer has not been told what came of it: {ref}."),
    "theme_open": N_("Theme {theme} has come to an end: its state is “{state}”."),
    "theme_under_way": N_("Theme {ref} is not under way: its state is “{state}”."),
    "no_meeting_open": counted(
        "Meeting {meetings} is neither completed nor cancelled.",
        "Meetings {meetings} are neither completed nor cancelled.",
        by="meetings",
    ),
    "held_meetings_completed": counted(
        "Meeting {meetings} was held but is not completed yet.",
        "Meetings {meetings} were held but are not completed yet.",
        by="meetings",
    ),
    "under_way": N_("{ref} is not under way: its state is “{state}”."),
    "dated": N_("Meeting {ref} has no date and time yet."),
    "place_or_link": N_("It is not said where meeting {ref} is held, nor which link to open."),
    "duration_60_to_90": (
        counted(
            "Meeting {ref} would take {minutes} minute; 60 to 90 minutes is meant.",
            "Meeting {ref} would take {minutes} minutes; 60 to 90 minutes is meant.",
            by="minutes",
        ),
        N_("It is not said when meeting {ref} ends; 60 to 90 minutes is meant."),
    ),
    "notice_14_days": (
        counted(
            "Word of meeting {ref} comes {days} day ahead; 14 days is meant.",
            "Word of meeting {ref} comes {days} days ahead; 14 days is meant.",
            by="days",
        ),
        N_("Word of meeting {ref} does not come ahead of it; 14 days is meant."),
    ),
    "not_a_holiday": N_("Meeting {ref} is on {day}: a public holiday or the day before one ({holiday})."),
    "invitation_channel": N_("It is not said how people are invited to meeting {ref}."),
    "agenda_not_empty": N_("There is nothing on the agenda of meeting {ref} yet."),
    "items_have_origin": counted(
        "It is not said where agenda item {items} comes from.",
        "It is not said where agenda items {items} come from.",
        by="items",
    ),
    "chair_named": N_("It is not said who leads the discussion in meeting {ref}."),
    "secretary_named": N_("It is not said who writes the memo of meeting {ref}."),
    "agenda_fits_the_time": N_("The agenda of meeting {ref} needs {planned} minutes, and the meeting has {available}."),
    "call_for_items_closed": N_("Matters may still be brought to the agenda until {day}: meeting {ref}."),
    "has_begun": (
        N_("Meeting {ref} has not begun yet. It begins: {when}."),
        N_("Meeting {ref} has no date and time yet, so it has not been held."),
    ),
    "attendance_recorded": N_(
        "It is not written down who was at meeting {ref}: by name, or how many came of each sector."
    ),
    "required_seats_present": counted(
        "{seats} must be present for meeting {ref} to count, or a deputy, and is not written down as present.",
        "{seats} must be present for meeting {ref} to count, or deputies, and are not written down as present.",
        by="seats",
    ),
    "two_sectors_present": (
        N_("Only one sector is written down as present at meeting {ref}: {sectors}. At least two are needed."),
        N_("No sector is written down as present at meeting {ref}. At least two are needed."),
    ),
    "items_settled": counted(
        "Agenda item {items} has no outcome.",
        "Agenda items {items} have no outcome.",
        by="items",
    ),
    "work_divided": N_(
        "The work has not been divided yet: {things}. What was agreed needs an action with a responsible party and a "
        "due date, or the word that it needs none."
    ),
    "something_agreed": N_("Nothing is written down as agreed in meeting {ref}."),
    "no_actions_explained": N_("No work was divided in meeting {ref}, and it is not said why."),
    "every_party_has_a_part": counted(
        "{parties} was at meeting {ref} and has no part in the work.",
        "{parties} were at meeting {ref} and have no part in the work.",
        by="parties",
    ),
    "memo_confirmed": (
        N_("Memo {memo} of meeting {ref} is not confirmed yet: its state is “{state}”."),
        N_("Meeting {ref} has no memo yet."),
    ),
    "agenda_open": (
        N_("The agenda of meeting {meeting} is no longer open: the state of the meeting is “{state}”."),
        N_("Theme {theme} has come to an end: its state is “{state}”."),
    ),
    "on_an_agenda": N_("The matter is not on the agenda of any meeting yet."),
    "outcome_given": N_("It is not said how agenda item {ref} was settled."),
    "discussed": N_("Meeting {meeting} has not been held yet. Until then, a matter can only be carried over."),
    "body_named": N_("It is not said whose answer action {ref} waits for."),
    "outcome_told": N_("It is not said what came of action {ref}."),
    "closed_by_another": N_(
        "Action {action} is to be closed by somebody else than the one who reported it done: a house rule of the table."
    ),
    "meeting_took_place": N_("Meeting {meeting} has not been held, so there is nothing to write of it yet."),
    "memo_written": N_("Nothing is written in memo {ref} yet."),
    "silence_or_meeting": N_("Memo {ref} may be objected to until {until}, and no later meeting has confirmed it."),
    "until_told": (
        N_("Memo {ref} would be on the web until {until}. The web is no archive: a day within a year is meant."),
        N_("It is not said until when memo {ref} is on the web. The web is no archive: a day within a year is meant."),
    ),
    "residents_not_named": counted(
        "The words of memo {ref} name {people}, who speaks for no organisation. On the web, residents are not named.",
        "The words of memo {ref} name {people}, who speak for no organisation. On the web, residents are not named.",
        by="people",
    ),
    "translated": N_("Memo {ref} is not all there in every language of the table. What lacks translation: {things}."),
    "turns_shared": N_("It takes two parties or more to take turns."),
    "receiver_named": N_("It is not said which body referral {ref} is for."),
    "decision_told": N_("It is not said what was decided on referral {ref}."),
    "heard_at_the_table": N_("The table has not heard in a meeting what was decided on referral {ref}."),
    "lasting_told": N_("It is not said how much of result {ref} is left."),
}
"""By the name of the promise."""

# You may not; it is not the time

OTHER_REASONS: Mapping[str, Sentences] = {
    "role_missing": (
        counted(
            "This is for one role only, which you don't have here: {needs}.",
            "This is for certain roles only, none of which you have here: {needs}.",
            by="needs",
        ),
        N_("You don't have a role here in which this can be done."),
    ),
    "only_follows": N_("Nobody does this by hand: it happens by itself when what it follows from is done."),
    "reason_missing": N_("This needs a reason, in words that can be read back later."),
    "in_the_future": N_("{when} is still to come. Only what has happened can be written down."),
    "before_the_previous": N_("{when} is too early: what happened before this happened at {since}."),
    "wrong_state": (
        N_("The state now is “{state}”. This can be done only in the state: {from}."),
        N_("The state now is “{state}”. This is done only once, when something new is begun."),
    ),
    "no_forward_move": N_("The state now is “{state}”. No next step from here is made by hand."),
    "undo_built_upon": N_("Something has been built on it since: {ref}. Undo the newer first."),
    "undo_of_undo": N_("What was undone can't be undone again; do it anew instead: {ref}."),
    "undo_of_event": N_("This changed no state, so there is nothing to go back to: {ref}, {move}."),
    "undo_sent_out": N_("Word of it has gone out, so it can't be taken back: {ref}, {move}."),
    "undo_of_register": N_("What is done to people, organisations and projects can't be undone: {ref}."),
    "forget_responsible": counted(
        "{ref} answers for action {actions}, which is open. Somebody else has to take it over first.",
        "{ref} answers for actions {actions}, which are open. Somebody else has to take them over first.",
        by="actions",
    ),
    "forget_sharing": counted(
        "{ref} shares the work of action {actions}, which is open. Please name the others who share it anew.",
        "{ref} shares the work of actions {actions}, which are open. Please name the others who share it anew.",
        by="actions",
    ),
    "forget_seated": counted(
        "{ref} has a seat at the table {tables}. It has to end first.",
        "{ref} has seats at the tables {tables}. They have to end first.",
        by="tables",
    ),
    "forget_answering": counted(
        "{ref} is the responsible person of {things}. Somebody else has to be named first.",
        "{ref} is the responsible person of {things}. Somebody else has to be named for each first.",
        by="things",
    ),
    "forget_founding": counted(
        "{ref} has proposed the table {tables}, which is not founded yet.",
        "{ref} has proposed the tables {tables}, which are not founded yet.",
        by="tables",
    ),
    "forget_as_chair": counted(
        "{ref} is to lead the discussion in meeting {meetings}. Somebody else has to be named first.",
        "{ref} is to lead the discussion in meetings {meetings}. Somebody else has to be named first.",
        by="meetings",
    ),
    "forget_as_secretary": counted(
        "{ref} is to write the memo of meeting {meetings}. Somebody else has to be named first.",
        "{ref} is to write the memos of meetings {meetings}. Somebody else has to be named first.",
        by="meetings",
    ),
    "forget_oneself": N_("Nobody erases their own name: it must be known afterwards who decided. Please ask another."),
    "forget_in_facts": counted(
        "The name of {ref} stands in what is never changed: entry {entries} of the history.",
        "The name of {ref} stands in what is never changed: entries {entries} of the history.",
        by="entries",
    ),
}
"""By the code of the reason that the gate itself gives."""

# A word, a value or a name that can't be used

ERRORS: Mapping[str, Sentences] = {
    "not_found": (
        N_("Nothing here is called “{reference}”. Did you mean: {close}?"),
        counted(
            "Nothing here is called “{reference}”. Looked for: {kinds}.",
            "Nothing here is called “{reference}”.",
            by="kinds",
        ),
    ),
    "ambiguous": N_("“{reference}” could mean any of these: {candidates}. Please write more of the name."),
    "no_such_kind": N_("There is no kind of thing called “{reference}”. Perhaps one of these: {close}."),
    "no_such_state": N_("There is no state called “{reference}”. Perhaps one of these: {close}."),
    "no_such_move": N_("There is no move called “{reference}”. Perhaps one of these: {close}."),
    "no_such_seat": N_("There is no such seat at the table {table}."),
    "who_are_you": N_("Please say who you are: there are several people here."),
    "nobody_yet": N_("There are no people here yet."),
    "nothing_to_ask": N_("Please say what to look at: a reference, or a kind of thing with --all."),
    "exists_already": N_("{field}: there is already one called “{value}”."),
    "merge_with_itself": N_("{duplicate} is that one already."),
    "merge_of_sectors": N_(
        "{duplicate} and {into} belong to different sectors ({one}, {other}), so they are not the same organisation."
    ),
    "merge_of_forgotten": N_("Of {duplicate} and {into}, one was erased: there is nothing to make one of."),
    "forget_or_keep": N_(
        "Please say either on what ground the name is erased (--ground), or on what ground that is refused (--refuse)."
    ),
    "forgotten": (
        N_("{field}: the name of {reference} was erased, so nothing new can be theirs."),
        N_("The name of {reference} was erased, so nobody can act as them."),
    ),
    "scxml_of_one_kind": N_("SCXML is written of one kind at a time: {known}."),
    "other_table": N_("Meeting {value} belongs to a table that this one does not meet with ({field})."),
    "own_series": N_("{value} is the meeting's own series; a joint meeting is joined by others."),
    "invitation_too_late": N_("Meeting {ref} has been held: nobody is invited to it any more."),
    "meeting_without_time": N_("Meeting {ref} has no time yet, so it can't be put into anybody's calendar."),
    "channel_or_write": N_(
        "Please say how people are invited (--channel), or with --write the folder for the invitation, or both."
    ),
    "file_exists": N_("There is already a file here: {place}. Nothing was written."),
    "letter_taken": N_("There is another file by this name already: {place}. The letter waits for the next run."),
    "dry_run_or_write": N_("Please say either --dry-run, or with --write the folder that the letters go into."),
    "file_changed": N_(
        "Somebody has changed this file since it was made: {place}. Nothing was written. To keep those changes, give"
        " the new one another name; else take the file away first."
    ),
    "no_browser": (
        N_(
            "No browser was found at {place}, which POYTA_BROWSER names, so no PDF can be made. Please name one that is"
            " there, or make a web page with --html and print it to PDF from any browser."
        ),
        N_(
            "No browser that can make a PDF was found here. Please install Chromium, Chrome or Edge, or name one in"
            " POYTA_BROWSER; or make a web page with --html and print it to PDF from any browser."
        ),
    ),
    "browser_failed": N_(
        "The browser made no PDF: {browser} ({problem}). Nothing was written. A web page made with --html can be"
        " printed to PDF from any browser."
    ),
    "template_unreadable": N_(
        "This is no Word document that can be written on: {place} ({problem}). Nothing was written. Please save it"
        " anew as .docx, or take it away."
    ),
    "file_unwritable": N_("The file can't be written: {place} ({problem})."),
    "no_font": N_(
        "There is no font here to write the words of the picture with, so no PNG was made. "
        "Install one, for example {fonts}; the SVG needs none."
    ),
    "json_needs_file": N_("With --json, nothing but JSON goes to the terminal: give a file to write with --to FILE."),
    "json_needs_file_named": N_("With --json, nothing but JSON goes to the terminal: please name the file to write."),
    "template_alone": N_("A template is written, or something is read in: please choose one of the two."),
    "settings_unreadable": N_("The settings can't be read: {place} ({problem})."),
    "settings_unknown_key": N_("There is no setting called “{key}”: {place}. The settings are: {known}."),
    "stale": N_("{ref} has been changed since you looked at it. Please look again. Nothing was changed."),
    "changed_meanwhile": (
        N_("Somebody else changed {ref} at the same moment. Please look again. Nothing was changed."),
        N_("Somebody else changed something at the same moment. Please try again. Nothing was changed."),
    ),
    "command_used": N_("This command id has already been used for something else: {command}."),
    "wrong_parent": (
        counted(
            "This can't be put under {parent}: {kind}. It belongs under a thing of the kind: {parents}.",
            "This can't be put under {parent}: {kind}. It belongs under a thing of one of the kinds: {parents}.",
            by="parents",
        ),
        N_("This is not put under anything: {kind}."),
    ),
    "no_such_detail": (
        N_("{field}: this is not asked here. What may be told: {known}."),
        N_("{field}: this is not asked here."),
    ),
    "empty": N_("{field}: this is empty."),
    "not_text": N_("{field}: this should be text, but is of another kind ({value})."),
    "too_long": (
        N_("{field}: the text is too long ({length} characters; {most} at most)."),
        N_("The text is too long ({length} characters; {most} at most)."),
    ),
    "control_character": (
        N_("{field}: the text has a character that can't be shown ({character})."),
        N_("The text has a character that can't be shown ({character})."),
    ),
    "not_a_short_name": N_(
        "{field}: “{value}” can't be a short name. Use the letters a–z, digits and hyphens, a letter first, and "
        "not what looks like M12."
    ),
    "other_meeting": N_("{field}: {value} was not on the agenda of this meeting."),
    "too_few_parties": N_("{field}: it takes two parties or more to take turns."),
    "takes_no_other_turn": N_("{field}: {value} has no other place in this rota."),
    "not_whole_euros": N_("{field}: “{value}” is not an amount in whole euros."),
    "not_a_number": N_("{field}: “{value}” is not a whole number."),
    "out_of_range": N_("{field}: {value} is not between {least} and {most}."),
    "not_yes_or_no": N_("{field}: “{value}” is neither yes (true) nor no (false)."),
    "not_a_choice": N_("{field}: “{value}” is none of the choices: {choices}."),
    "not_a_time": N_("{field}: “{value}” is not a time of day. Write it like 17.30."),
    "no_time": N_("{field}: “{value}” has no time of day. Write it like 7.3.2023 klo 17–18.30."),
    "not_a_pair": N_("{field}: “{value}” should have two parts with = between, as NAME=VALUE."),
    "not_a_uuid": N_("{field}: “{value}” is not an id of the form called UUID."),
    "no_such_promise": N_("{field}: there is no promise called “{value}”."),
    "no_limit_in_days": N_("{field}: “{value}” has no limit in days."),
    "promise_is_fixed": N_("{field}: the promise “{value}” holds at every table, and no house rule can change it."),
    "not_a_seat": N_("{field}: nobody is seated in the role “{value}”."),
    "role_needs_person": N_("{field}: the role “{value}” needs a person; an organisation can't hold it."),
    "ends_before_it_begins": N_("{field}: the last day, {value}, comes before the first."),
    "date_not_a_date": N_("{field}: “{value}” is not a date. Write it like 7.3.2023 or 2023-03-07."),
    "date_no_such_day": N_("{field}: there is no such day: “{value}”."),
    "date_ambiguous": N_(
        "{field}: “{value}” can be read in more than one way. Write the day, the month and the whole year, like "
        "7.3.2023, and klo before the hours."
    ),
    "date_no_such_time": N_("{field}: there is no such time on that day: “{value}”."),
    "date_twice_that_night": N_(
        "{field}: “{value}” comes twice that night, as clocks are put back. Please choose another time."
    ),
    "date_ends_before_it_begins": N_("{field}: “{value}” ends before it begins."),
    "date_wrong_weekday": N_("{field}: in “{value}” the weekday or the week is not that of the date."),
}
"""By the code of the error."""

# The database

DATABASES: Mapping[str, Sentences] = {
    "missing": (
        N_("{field}: this is needed, and is missing."),  # a value, not a database
        N_("There is no database here yet: {place}."),
        N_("There is no database yet."),
    ),
    "not_ours": (
        N_("This is not a database of poyta: {place}. Nothing was changed."),
        N_("This is not a database of poyta. Nothing was changed."),
    ),
    "unknown_kind": N_("This kind of database is not known; a file or PostgreSQL is: {place}."),
    "unreadable": (
        N_("The database can't be read: {place}."),
        N_("The database can't be read."),
    ),
    "unreachable": (
        N_("The server of the database can't be reached: {place}. Nothing was changed."),
        N_("The server of the database can't be reached. Nothing was changed."),
    ),
    "newer": N_(
        "The database was made by a newer poyta: {place} (version {version}; this one knows {known}). Please update "
        "poyta. Nothing was changed."
    ),
    "older": N_(
        "The database was made by an older poyta: {place} (version {version}; this one needs {known}). It has to be "
        "brought up to date first. Nothing was changed."
    ),
    "older_rules": N_(
        "The database goes by older rules than this poyta: {place} (those of {rules}; this one has those of {known}). "
        "It has to be brought up to date before anybody writes by the new ones. Nothing was changed."
    ),
    "newer_rules": N_(
        "The database goes by rules that this poyta does not know: {place} ({rules}; this poyta has those of {known}). "
        "A newer poyta brought them along: please update poyta. Nothing was changed."
    ),
    "points_nowhere": N_(
        "Something in the database points to what is not there: {place} ({where}, to {parent}). See `poyta db check`. "
        "Nothing was changed."
    ),
    "rulebook_changed": N_(
        "The rules of an earlier poyta have been changed: {file}. Please install poyta anew. Nothing was changed."
    ),
    "stranded": counted(
        "This is in the way, for the new rules do not have its state: {things}. Nothing was changed.",
        "These are in the way, for the new rules do not have their states: {things}. Nothing was changed.",
        by="things",
    ),
    "exists": N_("There is already something here: {place}. Nothing was changed."),
    "journal": N_(
        "A file of this name is gone, but what it was about to write is still here and would spoil a new one: {left}."
        " Put the old file back beside it, or move {left} away if nobody misses the old file. Nothing was changed."
    ),
    "read_only": (
        N_("The database can be read but not changed: {place}."),
        N_("The database can be read but not changed."),
    ),
    "locked": (
        N_("Somebody else is writing to the database just now: {place}. Please try again. Nothing was changed."),
        N_("Somebody else is writing to the database just now. Please try again. Nothing was changed."),
    ),
    "disk_full": (
        N_("There is no room left on the disk: {place}. Nothing was changed."),
        N_("There is no room left on the disk. Nothing was changed."),
    ),
    "strange_value": N_("There is something in the database that poyta does not write: {value}."),
    "unsafe_pragma": N_("The database can't be made safe to write to here ({pragma}), so nothing was changed."),
    "backup_of_server": N_("A database on a server is backed up by the server's own means, not by poyta: {place}."),
    "schema_changed": N_("The inner parts of the database have been changed by hand: {place}. Nothing was written."),
}
"""By the code of the problem."""

# What was seen of the history before

SEEN: Mapping[str, Sentences] = {
    "history_of_another": N_(
        "This is not the database that was seen here on {seen_on}. Another one was put in its place, or it was made"
        " anew: {place}."
    ),
    "history_shorter": (
        N_(
            "The history ends at entry {found}, but on {seen_on} it went on to entry {seen}. Its newest entries were"
            " cut off, or an older copy was put in its place. Up to entry {fits} it is as it was seen on {fits_on}:"
            " {place}."
        ),
        N_(
            "The history ends at entry {found}, but on {seen_on} it went on to entry {seen}. Its newest entries were"
            " cut off, or an older copy was put in its place: {place}."
        ),
    ),
    "history_otherwise": (
        N_(
            "Up to entry {seen} the history is not what was seen here on {seen_on}. Entries were changed, taken away or"
            " put in another order, or an older copy was put in its place and gone on with. Up to entry {fits} it is as"
            " it was seen on {fits_on}: {place}."
        ),
        N_(
            "Up to entry {seen} the history is not what was seen here on {seen_on}. Entries were changed, taken away or"
            " put in another order, or an older copy was put in its place and gone on with: {place}."
        ),
    ),
    "history_lacks_own": N_(
        "Entry {number} was written from here, and is no longer in the history as it was written: {place}."
    ),
    "history_restored": (
        N_(
            "An older state of the database was put in its place on {restored_on}, as its history says, by {who}. It"
            " goes on from entry {restored}; on {seen_on} it had come to entry {seen}. What came between is in the copy"
            " that was kept then. Ask {who} about it: {place}."
        ),
        N_(
            "An older state of the database was put in its place on {restored_on}, as its history says. On {seen_on} it"
            " had come to entry {seen}. What came between is in the copy that was kept then. Ask whoever looks after"
            " the database: {place}."
        ),
    ),
    "history_has_gaps": (
        N_("Entries are missing in the history, so there is no checkpoint of it: {place}. Nothing was changed."),
        N_("Entries are missing in the history, so there is no checkpoint of it. Nothing was changed."),
    ),
    "not_a_checkpoint": N_("This is neither the file of a checkpoint nor a short root: {value}."),
    "checkpoint_another": N_("The checkpoint is that of another database than this one: {place}."),
    "checkpoint_shorter": N_(
        "The checkpoint saw the history up to entry {seen}, but it ends at entry {found}: its newest entries were cut"
        " off, or this is an older copy: {place}."
    ),
    "checkpoint_otherwise": N_(
        "The history does not contain what the checkpoint saw, up to entry {seen}: entries were changed, taken away or"
        " put in another order since: {place}."
    ),
    "checkpoint_of_server": N_(
        "The history of a database on a server has no checkpoints yet: {place}. They come with the server's own watch"
        " over it."
    ),
}
"""By the code of the doubt, and what checkpoints are asked for."""

# Putting a backup in its place

RESTORING: Mapping[str, Sentences] = {
    "restore_of_server": N_(
        "A database on a server is restored by the server's own means, not by poyta: {place}. Nothing was changed."
    ),
    "restore_of_itself": N_("The backup is the database itself: {place}. Nothing was changed."),
    "restore_of_another": N_(
        "The backup {file} is not of this database but of another. If it is meant to take its place, say so with"
        " --another. Nothing was changed: {place}."
    ),
    "restore_over_something": N_(
        "What is here now is not a database of poyta. If the backup is meant to take its place, say so with --another."
        " Nothing was changed: {place}."
    ),
    "backup_missing": N_("There is no such backup: {file}. Nothing was changed."),
    "backup_not_whole": N_(
        "The backup {file} is not whole, so it was not restored. Nothing was changed. This is wrong:"
    ),
    "backup_otherwise": N_(
        "The backup {file} is not what its checkpoint beside it says that it was. Nothing was changed."
    ),
    "backup_not_a_checkpoint": N_("The checkpoint of the backup can't be read: {file}. Nothing was changed."),
}
"""By the code of the error."""

# A table book

BOOKS: Mapping[str, Sentences] = {
    "book_errors": counted(
        "There is {count} thing wrong with what was to be read in. Nothing was changed.",
        "There are {count} things wrong with what was to be read in. Nothing was changed.",
        by="count",
    ),
    "book_error": (
        N_("{file}, sheet “{sheet}”, row {line}, column {column}: {what}"),
        N_("{file}, sheet “{sheet}”, row {line}: {what}"),
        N_("{file}, sheet “{sheet}”: {what}"),
        N_("{file}, line {line}: {what}"),
        N_("{file}: {what}"),
    ),
    "export_needs_table": N_(
        "What is written out is tied to something at another table, which has to come along: {tables}."
    ),
    "file_missing": N_("There is no such file."),
    "file_is_folder": N_("This is a folder, not a file."),
    "file_unreadable": N_("The file can't be read."),
    "file_not_ordinary": N_(
        "This is not an ordinary file but a pipe or a device. What another program writes is read in as “-”."
    ),
    "file_too_large": N_("The file is too large (over {most} bytes)."),
    "reply_in_outlook_form": N_(
        "This is in Outlook's own form (.msg). Please save the answer as iCalendar (.ics) or as an e-mail (.eml)."
    ),
    "reply_unreadable": N_("This can't be read as an answer to an invitation, in iCalendar or in an e-mail."),
    "no_reply": N_("There is no answer to an invitation in it."),
    "file_empty": N_("The file is empty."),
    "not_utf8": N_("The file is not in UTF-8: it has the byte {byte} here. Please save it as UTF-8."),
    "not_yaml": N_("This can't be read as YAML or JSON: {problem}."),
    "not_a_book": N_("This is not a table book: it does not begin with “poyta: {format}”."),
    "not_this_format": N_("This table book is of another format than poyta knows, which is {format}."),
    "too_deep": N_("The parts are nested too deep here (over {most})."),
    "too_many_parts": N_("The file has too many parts (over {most})."),
    "too_many_rows": N_("This is too much to read in at once (over {most} people, things and steps)."),
    "too_many_steps": N_("Too much has happened to one thing here (over {most} steps)."),
    "yaml_alias": N_("A reference like *{name} is not allowed in a table book. Please write the words out."),
    "yaml_anchor": N_("An anchor like &{name} is not allowed in a table book. Please leave it out."),
    "yaml_tag": N_("A tag like {name} is not allowed in a table book. Please leave it out."),
    "yaml_several_documents": N_("A table book is one document; another begins here."),
    "key_not_text": N_("A name was expected here."),
    "key_repeated": N_("“{key}” is told twice; the first time in line {first}."),
    "unknown_key": (
        N_("{field}: this is not known here. Did you mean: {close}?"),
        N_("{field}: this is not known here. What may be told: {known}."),
        N_("{field}: this is not known here."),
    ),
    "key_not_of_automatic": (
        N_("{field}: this can't be told of a matter that the program makes by itself. What may be told: {known}."),
        N_("{field}: this can't be told of a matter that the program makes by itself."),
    ),
    "not_named_parts": N_("{field}: parts with names were expected here, as NAME: VALUE."),
    "not_a_list": N_("{field}: a list was expected here."),
    "not_one_value": N_("{field}: one value was expected here."),
    "not_a_ref": N_("{field}: “{value}” can't be a name within the book. Use letters, digits, dots and hyphens."),
    "nobody_to_act": N_("{field}: nobody is known who could do this on that day. Please tell who did it (by)."),
    "differs": N_("{field}: “{value}” differs from what is known here already: “{known}”."),
    "project_or_area": N_("{field}: a coordinator needs a project or an area, one of the two."),
    "ref_repeated": N_("{field}: the name “{value}” within the book is given twice."),
    "name_repeated": (
        N_(
            "{field}: “{name}” is in the sheet “{sheet}” twice, the first time in row {first}. If these are two, please"
            " tell them apart by their names."
        ),
        N_(
            "{field}: “{name}” is here twice, the first time in line {first}. If these are two people, give each a ref."
        ),
    ),
    "ambiguous_name": N_("{field}: several go by the name “{name}”, so it is not known who is meant."),
    "not_a_step": N_("{field}: a step was expected here, one of: {known}."),
    "no_such_step": (
        N_("{field}: there is no such step. Did you mean: {close}?"),
        N_("{field}: there is no such step. What may stand here: {known}."),
    ),
    "step_follows": N_("{field}: nobody makes this step by hand, as it follows from others. Please leave it out."),
    "no_follow_up": N_("{field}: no meeting with a set agenda follows up what was left open here."),
    "no_turn": N_("{field}: what it stands under has no turns."),
    "no_drafted": N_("{field}: the matter that it stands under was not referred."),
    "no_carried_from": N_("{field}: the matter that is named here was not carried over."),
    "main_language_missing": N_("{field}: the text is missing in the first language of the table ({language})."),
    "not_a_language_here": N_("{field}: “{value}” is none of the languages of the table: {choices}."),
    "number_repeated": N_("{field}: the number {number} is given to two steps."),
    "workbook_old": N_("This is a workbook of the old kind (.xls). Please save it as a workbook of today (.xlsx)."),
    "workbook_locked": N_("The workbook is locked with a password. Please save it without one."),
    "workbook_macros": N_("The workbook has macros (.xlsm). Please save it as one without them (.xlsx)."),
    "workbook_other": N_("This kind of spreadsheet can't be read in. Please save it as a workbook (.xlsx)."),
    "workbook_broken": N_(
        "This can't be read as a workbook. Please open it in a spreadsheet program and save it anew (.xlsx)."
    ),
    "workbook_swells": N_("Unpacked, the workbook is too large (over {most} bytes, or {ratio} times its size)."),
    "workbook_swells_with_words": N_("There are too many words in the workbook (over {most} characters)."),
    "workbook_empty": N_("The workbook has none of the sheets that are read in: {known}."),
    "sheet_unknown": (
        N_("This sheet is not known here. Did you mean: {close}? If it is not to be read in, please take it out."),
        N_("This sheet is not known here. Those read in: {known}. If it is not to be read in, please take it out."),
    ),
    "sheet_too_large": N_(
        "The sheet is too large (over {rows} rows or {columns} columns, or {cells} cells filled in)."
    ),
    "heading_missing": N_("The column “{heading}” is missing."),
    "heading_unknown": (
        N_("The heading “{heading}” is not known here. Did you mean: {close}?"),
        N_("The heading “{heading}” is not known here. Those known: {known}."),
    ),
    "heading_repeated": N_("The heading “{heading}” is here twice."),
    "without_heading": N_("There is no heading over this: “{value}”."),
    "cell_in_error": N_("Instead of a value, there is an error in this cell."),
    "cell_not_reckoned": N_(
        "The formula in this cell has no value. Please save the workbook in a spreadsheet program."
    ),
    "action_repeated": N_("{field}: the same work for the same party is in this sheet already, in row {first}."),
    "action_known": N_("{field}: the same work for the same party is here already: {action}."),
    "order_contradicts": N_("{field}: the steps can't be put in order: each waits for another."),
}
"""By the code of what is wrong in a book."""

# The first line of a refusal

HEADS: Mapping[str, Sentences] = {
    "head_refused": (
        counted(
            "{Kind} {ref} cannot move to {state}: {n} reason. Nothing was changed.",
            "{Kind} {ref} cannot move to {state}: {n} reasons. Nothing was changed.",
            by="n",
        ),
        counted(
            "{Kind} {ref}: this is not possible now: {move}. There is {n} reason. Nothing was changed.",
            "{Kind} {ref}: this is not possible now: {move}. There are {n} reasons. Nothing was changed.",
            by="n",
        ),
        counted(
            "This is not possible now: {move} (new {kind}). There is {n} reason. Nothing was changed.",
            "This is not possible now: {move} (new {kind}). There are {n} reasons. Nothing was changed.",
            by="n",
        ),
    ),
    "head_not_allowed": (
        N_("You may not do this: {move} ({kind} {ref}). Nothing was changed."),
        N_("You may not do this: {move} (new {kind}). Nothing was changed."),
    ),
    "head_wrong_state": N_("It is not the time for this: {move} ({kind} {ref}). Nothing was changed."),
    "head_warned": (
        counted(
            "Are you sure? {Kind} {ref} could move to {state}; there is {n} thing to consider. Nothing was changed.",
            "Are you sure? {Kind} {ref} could move to {state}; there are {n} things to consider. Nothing was changed.",
            by="n",
        ),
        counted(
            "Are you sure? {Kind} {ref}, {move}: there is {n} thing to consider. Nothing was changed.",
            "Are you sure? {Kind} {ref}, {move}: there are {n} things to consider. Nothing was changed.",
            by="n",
        ),
        counted(
            "Are you sure? New {kind}: there is {n} thing to consider. Nothing was changed.",
            "Are you sure? New {kind}: there are {n} things to consider. Nothing was changed.",
            by="n",
        ),
    ),
}
"""By what kind of no it is."""

SENTENCES: Mapping[str, Sentences] = {
    **PROMISES,
    **OTHER_REASONS,
    **ERRORS,
    **DATABASES,
    **SEEN,
    **RESTORING,
    **BOOKS,
    **HEADS,
}
"""Every sentence that is found by a code."""


def promised(guard: Callable[..., Any]) -> str:
    """What a promise promises, in English: the first line of its docstring, without the source it names."""
    first = (guard.__doc__ or "").strip().partition("\n")[0]
    return re.sub(r"\s*\((?:[a-z]+\.md|features|S\d)[^()]*\)", "", first)
