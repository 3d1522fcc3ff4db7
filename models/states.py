"""The codes that the database holds: states, roles, kinds, outcomes. Sentences are made of them elsewhere."""

from enum import StrEnum


class TableState(StrEnum):
    """How a partnership table lives (lifecycles.md 2.6)."""

    PROPOSED = "proposed"
    RETURNED = "returned"
    DECLINED = "declined"
    ACTIVE = "active"
    DORMANT = "dormant"
    ENDED = "ended"


class ThemeState(StrEnum):
    """How far a theme has ever come (lifecycles.md 2.1)."""

    PROPOSED = "proposed"
    CONVENED = "convened"
    AGENDA_SET = "agenda_set"
    HELD = "held"
    ACTIONS_ASSIGNED = "actions_assigned"
    RESULTS_REACHED = "results_reached"
    DECLINED = "declined"
    SUSPENDED = "suspended"
    DISCONTINUED = "discontinued"


class SeriesState(StrEnum):
    """Where the present round of meetings is (lifecycles.md 2.2)."""

    PLANNED = "planned"
    CONVENED = "convened"
    AGENDA_SET = "agenda_set"
    HELD = "held"
    ACTIONS_ASSIGNED = "actions_assigned"
    RESULTS_REACHED = "results_reached"
    SUSPENDED = "suspended"
    DISCONTINUED = "discontinued"


class MeetingState(StrEnum):
    """How far one meeting has come (lifecycles.md 2.3)."""

    PLANNED = "planned"
    CONVENED = "convened"
    AGENDA_SET = "agenda_set"
    HELD = "held"
    ACTIONS_ASSIGNED = "actions_assigned"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class MemoState(StrEnum):
    """How far the memo of a meeting has come (lifecycles.md 2.6)."""

    DRAFT = "draft"
    CIRCULATED = "circulated"
    OBJECTED = "objected"
    CONFIRMED = "confirmed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class ItemState(StrEnum):
    """What has become of a matter on an agenda (lifecycles.md 2.4)."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    SETTLED = "settled"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class ActionState(StrEnum):
    """How far an agreed piece of work is (lifecycles.md 2.5)."""

    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    REPORTED_DONE = "reported_done"
    CLOSED = "closed"
    REFUSED = "refused"
    DROPPED = "dropped"


class ReferralState(StrEnum):
    """How far a matter has come that a body with the power to decide was asked for (lifecycles.md 2.6)."""

    DRAFTED = "drafted"
    SENT = "sent"
    UNDER_CONSIDERATION = "under_consideration"
    DECIDED = "decided"
    REPORTED_BACK = "reported_back"
    WITHDRAWN = "withdrawn"


class RotaState(StrEnum):
    """Whether parties still take turns in an activity of the table (lifecycles.md 2.6)."""

    RUNNING = "running"
    ENDED = "ended"


class ResultState(StrEnum):
    """Whether a result is only written down, agreed on, or looked at again later (lifecycles.md 2.6)."""

    RECORDED = "recorded"
    CONFIRMED = "confirmed"
    CHECKED = "checked"


class Role(StrEnum):
    """In what capacity a person acts (lifecycles.md 4).

    The first five are seats at a table. The others follow from the matter at hand.
    """

    CONVENER = "convener"
    CHAIR = "chair"
    SECRETARY = "secretary"
    COORDINATOR = "coordinator"
    MEMBER = "member"
    FOUNDER = "founder"  # who proposed the table, until it is founded
    RESPONSIBLE = "responsible"  # the party that an action was given to
    SUBMITTER = "submitter"  # who brought a matter to the agenda
    ANYBODY = "anybody"  # every person the book knows


class Level(StrEnum):
    """What a promise that does not hold means."""

    REFUSE = "refuse"
    WARN = "warn"
    OFF = "off"


class TableKind(StrEnum):
    """What kind of table it is (domain.md 2; S7 for networking)."""

    THEMATIC = "thematic"
    AREA = "area"
    NETWORK = "network"
    APPOINTED = "appointed"
    NETWORKING = "networking"


class Rhythm(StrEnum):
    """How often a table means to meet (lifecycles.md 6)."""

    THEMATIC = "thematic"
    MONTHLY = "monthly"
    SEASONAL = "seasonal"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"


class Sector(StrEnum):
    """The part of the municipal community that an organisation belongs to."""

    MUNICIPALITY = "municipality"
    WELLBEING_COUNTY = "wellbeing_county"
    STATE = "state"
    ASSOCIATION = "association"
    VILLAGE = "village"
    RESIDENTS = "residents"
    PARISH = "parish"
    COMPANY = "company"
    EDUCATION = "education"
    OTHER = "other"


class Content(StrEnum):
    """What the partners share (domain.md 1, point 7)."""

    DISCUSSION = "discussion"
    PLANNING = "planning"
    DEVELOPMENT = "development"
    ACTIVITY = "activity"
    SERVICES = "services"
    BUDGET = "budget"
    PREMISES = "premises"


class Mode(StrEnum):
    """How people come to a meeting."""

    ON_SITE = "on_site"
    REMOTE = "remote"
    HYBRID = "hybrid"


class Channel(StrEnum):
    """How people were invited (domain.md 3, step 4)."""

    OPEN_CALL = "open_call"
    PERSONAL = "personal"
    EMAIL_LIST = "email_list"
    APPLICATION = "application"
    OTHER = "other"


class Answer(StrEnum):
    """What somebody answered to an invitation."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"


class AnswerTo(StrEnum):
    """Which invitation was answered: what holds now, or an earlier one, of which something has changed since."""

    NOW = "now"
    FORMER = "former"


class Presence(StrEnum):
    """Whether a party came."""

    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"


class Origin(StrEnum):
    """Where a matter on the agenda comes from (domain.md 3, step 8)."""

    DEPARTMENT = "department"
    VILLAGE = "village"
    ASSOCIATION = "association"
    RESIDENT = "resident"
    FOLLOW_UP = "follow_up"
    OTHER = "other"


class ItemKind(StrEnum):
    """What the table is asked to do with a matter."""

    INFORMATION = "information"
    DISCUSSION = "discussion"
    FOLLOW_UP = "follow_up"
    TO_AGREE = "to_agree"


class Entry(StrEnum):
    """What a text of a memo tells of."""

    DISCUSSED = "discussed"
    AGREED = "agreed"
    NOTED = "noted"
    ACTION = "action"
    REFERRED = "referred"


class ItemOutcome(StrEnum):
    """How a matter was settled."""

    AGREED = "agreed"
    NOTED = "noted"
    REFERRED = "referred"
    CARRIED_OVER = "carried_over"


class Lateness(StrEnum):
    """When a matter came to the agenda."""

    ON_TIME = "on_time"
    AFTER_CLOSING = "after_closing"
    DURING_MEETING = "during_meeting"


class Decision(StrEnum):
    """What a body said to what it was asked for."""

    APPROVED = "approved"
    PARTLY_APPROVED = "partly_approved"
    REJECTED = "rejected"
    NOTED = "noted"


class ThemeOutcome(StrEnum):
    """Why a theme ended without going on to results."""

    NO_RESOURCES = "no_resources"
    HANDED_OVER = "handed_over"
    NO_LONGER_NEEDED = "no_longer_needed"
    NO_PARTICIPANTS = "no_participants"
    MERGED = "merged"
    OTHER = "other"


class ResultKind(StrEnum):
    """What sort of thing came of it (domain.md 3, step 13)."""

    OWN_WORK = "own_work"
    FUNDED = "funded"
    DECIDED = "decided"
    EVENT = "event"
    PLACE = "place"
    MODEL = "model"
    STATEMENT = "statement"
    OTHER = "other"


class Extent(StrEnum):
    """How much of what was meant came true."""

    WHOLLY = "wholly"
    PARTLY = "partly"
    NONE = "none"


class Lasting(StrEnum):
    """What is left of a result at its later check."""

    LASTING = "lasting"
    PARTLY = "partly"
    FADED = "faded"


class RegisterState(StrEnum):
    """How a person, an organisation or a project stands in the register of those who take part."""

    KNOWN = "known"
    MERGED = "merged"
    FORGOTTEN = "forgotten"


class ErasureGround(StrEnum):
    """Why a person's name is erased: the grounds of Article 17(1) of the GDPR."""

    NOT_NEEDED = "not_needed"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    OBJECTED = "objected"
    UNLAWFUL = "unlawful"
    LEGAL_DUTY = "legal_duty"


class KeepingGround(StrEnum):
    """Why a person's name is kept although its erasure was asked for: the grounds of Article 17(3)."""

    EXPRESSION = "expression"
    LEGAL_OBLIGATION = "legal_obligation"
    PUBLIC_INTEREST = "public_interest"
    ARCHIVING = "archiving"
    LEGAL_CLAIMS = "legal_claims"


class ReminderStage(StrEnum):
    """At what stage somebody is reminded of a thing, and of whose lateness others hear."""

    GIVEN = "given"
    SOON = "soon"
    LATE = "late"
    SECRETARY_TOLD = "secretary_told"
    CONVENER_TOLD = "convener_told"
    COORDINATOR_TOLD = "coordinator_told"


class DatabaseState(StrEnum):
    """The database itself is there, and what happens to it is an event."""

    KEPT = "kept"


LETTERS = {
    "theme": "T",
    "series": "S",
    "meeting": "M",
    "memo": "D",
    "action": "A",
    "rota": "V",
    "referral": "R",
    "result": "O",
    "person": "P",
    "organisation": "G",
    "project": "H",
}
"""The letter of each kind that has one: the same in every language (cli.md 1)."""
