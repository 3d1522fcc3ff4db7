"""THE PAGE: every lifecycle of a partnership table, its promises, and how the lifecycles drive each other.

Read a row of moves aloud: this move, from here, to there, by these people. Read a row of promises: whatever is in
this state, all of this is true of it. `fixed` holds always; `refuse` unless the convener overrides it with a reason;
`warn` asks "are you sure?"; `off` sleeps until a table's house rules wake it. The machines, the database's own
checks, the verbs of the command line, the diagrams and the exhaustive tests are all made from this page.
Source: lifecycles.md; departures from it are in DECISIONS.md.
"""

from models.states import (
    ActionState as A,
    ItemState as I,
    MeetingState as M,
    MemoState as D,
    ReferralState as R,
    ResultState as O,
    Role,
    RotaState as V,
    SeriesState as S,
    TableKind,
    TableState as B,
    ThemeState as T,
)
from workflow import effects, guards
from workflow.lifecycle import BACK, NOTHING, FollowOn, Lifecycle, Page, event, fixed, move, off, refuse, warn

# Who

ANYBODY     = (Role.ANYBODY,)
CONVENER    = (Role.CONVENER,)
SECRETARY   = (Role.SECRETARY,)
OFFICE      = (Role.CONVENER, Role.SECRETARY, Role.CHAIR)
MEMBERS     = (*OFFICE, Role.MEMBER)
FOUNDERS    = (Role.COORDINATOR, Role.CONVENER, Role.FOUNDER)
SEATERS     = (Role.COORDINATOR, *OFFICE, Role.FOUNDER)
RESPONSIBLE = (Role.RESPONSIBLE,)
DOERS       = (Role.RESPONSIBLE, *OFFICE)
SUBMITTER   = (Role.SUBMITTER,)
SEATS       = (Role.CONVENER, Role.CHAIR, Role.SECRETARY, Role.COORDINATOR, Role.MEMBER)

# The partnership table

LIVING = (B.PROPOSED, B.RETURNED, B.ACTIVE, B.DORMANT)

TABLE = Lifecycle("table", B, path=[B.PROPOSED, B.ACTIVE], ends=[B.DECLINED, B.ENDED], roles=[*SEATS, *ANYBODY, Role.FOUNDER],
moves=[
    move("add",             NOTHING,                B.PROPOSED,         by=ANYBODY),
    move("return",          B.PROPOSED,             B.RETURNED,         by=FOUNDERS, reason=True, final=True),
    move("resubmit",        B.RETURNED,             B.PROPOSED,         by=FOUNDERS, final=True),
    move("decline",         B.PROPOSED,             B.DECLINED,         by=FOUNDERS, reason=True, final=True),
    move("found",           B.PROPOSED,             B.ACTIVE,           by=FOUNDERS, final=True),
    move("rest",            B.ACTIVE,               B.DORMANT,          by=CONVENER, reason=True, final=True),
    move("wake",            B.DORMANT,              B.ACTIVE,           by=CONVENER, final=True),
    move("end",             [B.ACTIVE, B.DORMANT],  B.ENDED,            by=CONVENER, reason=True, final=True),
    event("seat",           LIVING,                                     by=SEATERS),
    event("unseat",         LIVING,                                     by=SEATERS),
    event("hand_over",      [B.ACTIVE, B.DORMANT],                      by=FOUNDERS, reason=True),
    event("new_term",       [B.ACTIVE, B.DORMANT],                      by=FOUNDERS),
    event("rules",          LIVING,                                     by=CONVENER, reason=True),
    event("describe",       LIVING,                                     by=SEATERS),
    event("translate",      LIVING,                                     by=SEATERS),
],
promises={
    B.ACTIVE:           [refuse(guards.responsible_person_named), warn(guards.founding_decision_told)],
    B.ENDED:            [refuse(guards.no_theme_under_way)],
})

# The theme: how far it has ever come

MILESTONES = (T.CONVENED, T.AGENDA_SET, T.HELD, T.ACTIONS_ASSIGNED)
OPEN_THEME = (T.PROPOSED, *MILESTONES, T.SUSPENDED)

THEME = Lifecycle("theme", T, path=[T.PROPOSED, *MILESTONES, T.RESULTS_REACHED], ends=[], roles=SEATS,
moves=[
    move("propose",         NOTHING,                T.PROPOSED,         by=MEMBERS),
    event("return",         T.PROPOSED,                                 by=OFFICE, reason=True),
    move("decline",         T.PROPOSED,             T.DECLINED,         by=OFFICE, reason=True),
    move("convene",         T.PROPOSED,             T.CONVENED,         by=CONVENER, final=True),
    move("set_agenda",      T.CONVENED,             T.AGENDA_SET),
    move("hold",            T.AGENDA_SET,           T.HELD),
    move("assign_actions",  T.HELD,                 T.ACTIONS_ASSIGNED),
    move("reach_results",   T.ACTIONS_ASSIGNED,     T.RESULTS_REACHED,  by=CONVENER),
    move("suspend",         MILESTONES,             T.SUSPENDED,        by=OFFICE, reason=True),
    move("resume",          T.SUSPENDED,            BACK,               by=OFFICE),
    move("discontinue",     OPEN_THEME,             T.DISCONTINUED,     by=CONVENER, reason=True),
    move("reopen",          [T.RESULTS_REACHED, T.DISCONTINUED, T.DECLINED], T.PROPOSED, by=CONVENER, reason=True, final=True),
    event("goal",           OPEN_THEME,                                 by=OFFICE),
    event("describe",       OPEN_THEME,                                 by=OFFICE),
    event("evaluate",       [*OPEN_THEME, T.RESULTS_REACHED],           by=OFFICE),
    event("tell_proposer",  T,                                          by=OFFICE),
    event("translate",      T,                                          by=OFFICE),
],
promises={
    T.CONVENED:         [fixed(guards.table_active), fixed(guards.convener_seated), refuse(guards.secretary_seated),
                         fixed(guards.two_sectors_seated), refuse(guards.responsible_person_named),
                         warn(guards.residents_or_associations_seated, off_for=[TableKind.NETWORKING]),
                         warn(guards.size_5_to_20), warn(guards.planned_meetings_stated)],
    T.AGENDA_SET:       [warn(guards.goal_drafted)],
    T.ACTIONS_ASSIGNED: [refuse(guards.goal_agreed)],
    T.RESULTS_REACHED:  [fixed(guards.result_recorded), refuse(guards.actions_settled), refuse(guards.referrals_settled),
                         fixed(guards.series_ended), warn(guards.evaluated), warn(guards.proposer_told)],
})

# The series of meetings: where the present round is

ROUND = (S.CONVENED, S.AGENDA_SET, S.HELD, S.ACTIONS_ASSIGNED)
OPEN_SERIES = (S.PLANNED, *ROUND, S.SUSPENDED)

SERIES = Lifecycle("series", S, path=[S.PLANNED, *ROUND, S.RESULTS_REACHED], ends=[S.RESULTS_REACHED, S.DISCONTINUED], roles=SEATS,
moves=[
    move("plan",            NOTHING,                S.PLANNED,          by=OFFICE),
    move("convene",         [S.PLANNED, S.ACTIONS_ASSIGNED], S.CONVENED),
    move("set_agenda",      S.CONVENED,             S.AGENDA_SET),
    move("hold",            S.AGENDA_SET,           S.HELD),
    move("assign_actions",  S.HELD,                 S.ACTIONS_ASSIGNED),
    move("fall_back",       S.AGENDA_SET,           S.CONVENED),
    move("call_off",        [S.CONVENED, S.AGENDA_SET], S.PLANNED),
    move("reach_results",   S.ACTIONS_ASSIGNED,     S.RESULTS_REACHED,  by=CONVENER),
    move("suspend",         ROUND,                  S.SUSPENDED,        by=OFFICE, reason=True),
    move("resume",          S.SUSPENDED,            BACK,               by=OFFICE),
    move("discontinue",     OPEN_SERIES,            S.DISCONTINUED,     by=CONVENER, reason=True),
    event("extend",         OPEN_SERIES,                                by=OFFICE, reason=True),
],
promises={
    S.PLANNED:          [fixed(guards.theme_open)],
    ROUND:              [fixed(guards.theme_under_way)],
    S.RESULTS_REACHED:  [fixed(guards.result_recorded), fixed(guards.no_meeting_open)],
    S.DISCONTINUED:     [fixed(guards.held_meetings_completed)],
})

# The meeting

TO_COME = (M.PLANNED, M.CONVENED, M.AGENDA_SET)
ONWARD = (M.PLANNED, M.CONVENED, M.AGENDA_SET, M.HELD, M.ACTIONS_ASSIGNED, M.COMPLETED)

MEETING = Lifecycle("meeting", M, path=ONWARD, ends=[M.COMPLETED, M.CANCELLED], roles=SEATS,
moves=[
    move("plan",            NOTHING,                M.PLANNED,          by=OFFICE),
    move("convene",         M.PLANNED,              M.CONVENED,         by=CONVENER, final=True),
    move("set_agenda",      M.CONVENED,             M.AGENDA_SET,       by=OFFICE),
    move("hold",            M.AGENDA_SET,           M.HELD,             by=OFFICE),
    move("assign_actions",  M.HELD,                 M.ACTIONS_ASSIGNED, by=OFFICE),
    move("complete",        M.ACTIONS_ASSIGNED,     M.COMPLETED,        by=[Role.SECRETARY, Role.CONVENER]),
    move("cancel",          TO_COME,                M.CANCELLED,        by=CONVENER, reason=True, final=True),
    event("reschedule",     TO_COME,                                    by=CONVENER, reason=True),
    event("change_mode",    TO_COME,                                    by=OFFICE),
    event("prepare",        TO_COME,                                    by=OFFICE),
    event("invite",         TO_COME,                                    by=OFFICE),
    event("join",           TO_COME,                                    by=OFFICE),
    event("attend",         [M.CONVENED, M.AGENDA_SET],                 by=OFFICE),
],
promises={
    ONWARD:             [fixed(guards.under_way)],
    M.CONVENED:         [fixed(guards.dated), refuse(guards.place_or_link), warn(guards.duration_60_to_90),
                         warn(guards.notice_14_days), warn(guards.not_a_holiday), warn(guards.invitation_channel)],
    M.AGENDA_SET:       [refuse(guards.agenda_not_empty), refuse(guards.items_have_origin), refuse(guards.chair_named),
                         refuse(guards.secretary_named), warn(guards.agenda_fits_the_time),
                         warn(guards.call_for_items_closed)],
    M.HELD:             [fixed(guards.has_begun), refuse(guards.attendance_recorded),
                         refuse(guards.required_seats_present), refuse(guards.two_sectors_present)],
    M.ACTIONS_ASSIGNED: [refuse(guards.items_settled), refuse(guards.work_divided), warn(guards.something_agreed),
                         refuse(guards.no_actions_explained), warn(guards.every_party_has_a_part)],
    M.COMPLETED:        [refuse(guards.memo_confirmed)],
})

# The memo of a meeting

MEMO = Lifecycle("memo", D, path=[D.DRAFT, D.CIRCULATED, D.CONFIRMED, D.PUBLISHED], ends=[D.WITHDRAWN], roles=SEATS,
moves=[
    move("draft",           NOTHING,                D.DRAFT,            by=OFFICE),
    event("edit",           D.DRAFT,                                    by=OFFICE),
    event("describe",       D,                                          by=OFFICE),
    move("circulate",       D.DRAFT,                D.CIRCULATED,       by=OFFICE, final=True),
    move("object",          D.CIRCULATED,           D.OBJECTED,         by=MEMBERS, reason=True),
    move("revise",          D.OBJECTED,             D.DRAFT,            by=OFFICE),
    move("confirm",         D.CIRCULATED,           D.CONFIRMED,        by=OFFICE),
    move("publish",         D.CONFIRMED,            D.PUBLISHED,        by=OFFICE, final=True),
    move("withdraw",        D.PUBLISHED,            D.WITHDRAWN,        by=OFFICE, final=True),
],
promises={
    D.DRAFT:            [fixed(guards.meeting_took_place)],
    D.CIRCULATED:       [refuse(guards.memo_written)],
    D.CONFIRMED:        [refuse(guards.silence_or_meeting)],
    D.PUBLISHED:        [warn(guards.until_told), warn(guards.residents_not_named), off(guards.translated)],
})

# The matter on the agenda

ITEM = Lifecycle("item", I, path=[I.SUBMITTED, I.ACCEPTED, I.SETTLED], ends=[I.SETTLED, I.DECLINED, I.WITHDRAWN],
roles=[*SEATS, *SUBMITTER],
moves=[
    move("submit",          NOTHING,                I.SUBMITTED,        by=MEMBERS),
    move("accept",          I.SUBMITTED,            I.ACCEPTED,         by=OFFICE),
    move("settle",          I.ACCEPTED,             I.SETTLED,          by=OFFICE),
    move("decline",         I.SUBMITTED,            I.DECLINED,         by=OFFICE, reason=True),
    move("withdraw",        [I.SUBMITTED, I.ACCEPTED], I.WITHDRAWN,     by=SUBMITTER),
    move("release",         [I.SUBMITTED, I.ACCEPTED], I.SUBMITTED),
    event("describe",       [I.SUBMITTED, I.ACCEPTED],                  by=OFFICE),
    event("restrict",       I,                                          by=OFFICE),
    event("disclose",       I,                                          by=OFFICE, reason=True),
    event("translate",      I,                                          by=OFFICE),
],
promises={
    I.SUBMITTED:        [fixed(guards.agenda_open)],
    I.ACCEPTED:         [fixed(guards.on_an_agenda), fixed(guards.agenda_open)],
    I.SETTLED:          [fixed(guards.outcome_given), refuse(guards.discussed)],
})

# The action

TO_DO = (A.ASSIGNED, A.IN_PROGRESS, A.WAITING, A.REPORTED_DONE)
OPEN_ACTION = (*TO_DO, A.REFUSED)

ACTION = Lifecycle("action", A, path=[A.ASSIGNED, A.IN_PROGRESS, A.REPORTED_DONE, A.CLOSED], ends=[],
roles=[*SEATS, *RESPONSIBLE],
moves=[
    move("assign",          NOTHING,                A.ASSIGNED,         by=OFFICE),
    move("start",           A.ASSIGNED,             A.IN_PROGRESS,      by=DOERS),
    move("report_done",     [A.ASSIGNED, A.IN_PROGRESS], A.REPORTED_DONE, by=DOERS),
    move("wait",            [A.ASSIGNED, A.IN_PROGRESS], A.WAITING,     by=DOERS),
    move("resume",          A.WAITING,              BACK,               by=DOERS),
    move("close",           TO_DO,                  A.CLOSED,           by=SECRETARY),
    move("refuse",          A.ASSIGNED,             A.REFUSED,          by=RESPONSIBLE, reason=True),
    move("reassign",        OPEN_ACTION,            A.ASSIGNED,         by=OFFICE, reason=True),
    event("postpone",       OPEN_ACTION,                                by=OFFICE, reason=True),
    move("drop",            OPEN_ACTION,            A.DROPPED,          by=OFFICE, reason=True),
    move("reopen",          [A.CLOSED, A.DROPPED],  A.ASSIGNED,         by=OFFICE, reason=True),
    event("share",          OPEN_ACTION,                                by=OFFICE),
    event("describe",       OPEN_ACTION,                                by=OFFICE),
    event("translate",      A,                                          by=OFFICE),
],
promises={
    OPEN_ACTION:        [fixed(guards.theme_open)],
    A.WAITING:          [fixed(guards.body_named)],
    A.CLOSED:           [fixed(guards.outcome_told), off(guards.closed_by_another)],
})

# The rota: an activity in which parties have the main responsibility in turn

ROTA = Lifecycle("rota", V, path=[V.RUNNING, V.ENDED], ends=[V.ENDED], roles=SEATS,
moves=[
    move("add",             NOTHING,                V.RUNNING,          by=OFFICE),
    event("turn",           V.RUNNING,                                  by=OFFICE),
    event("skip",           V.RUNNING,                                  by=OFFICE, reason=True),
    event("swap",           V.RUNNING,                                  by=OFFICE, reason=True),
    move("end",             V.RUNNING,              V.ENDED,            by=OFFICE, reason=True),
    event("describe",       V.RUNNING,                                  by=OFFICE),
    event("translate",      V,                                          by=OFFICE),
],
promises={
    V.RUNNING:          [fixed(guards.theme_open), fixed(guards.turns_shared)],
})

# The referral to a body that has the power to decide

ASKING = (R.SENT, R.UNDER_CONSIDERATION)

REFERRAL = Lifecycle("referral", R, path=[R.DRAFTED, *ASKING, R.DECIDED, R.REPORTED_BACK],
ends=[R.REPORTED_BACK, R.WITHDRAWN], roles=SEATS,
moves=[
    move("add",             NOTHING,                R.DRAFTED,          by=OFFICE),
    move("send",            R.DRAFTED,              R.SENT,             by=OFFICE, final=True),
    move("take_up",         R.SENT,                 R.UNDER_CONSIDERATION, by=OFFICE),
    move("decide",          ASKING,                 R.DECIDED,          by=OFFICE),
    move("report_back",     R.DECIDED,              R.REPORTED_BACK,    by=OFFICE),
    move("withdraw",        [R.DRAFTED, *ASKING],   R.WITHDRAWN,        by=OFFICE, reason=True),
    event("describe",       [R.DRAFTED, *ASKING],                       by=OFFICE),
    event("translate",      R,                                          by=OFFICE),
],
promises={
    R.DRAFTED:          [fixed(guards.theme_open)],
    R.SENT:             [fixed(guards.receiver_named)],
    R.DECIDED:          [fixed(guards.decision_told)],
    R.REPORTED_BACK:    [fixed(guards.heard_at_the_table)],
})

# The result

RESULT = Lifecycle("result", O, path=[O.RECORDED, O.CONFIRMED, O.CHECKED], ends=[O.CHECKED], roles=SEATS,
moves=[
    move("add",             NOTHING,                O.RECORDED,         by=OFFICE),
    move("confirm",         O.RECORDED,             O.CONFIRMED,        by=OFFICE),
    move("check",           [O.CONFIRMED, O.CHECKED], O.CHECKED,        by=OFFICE),
    event("describe",       O,                                          by=OFFICE),
    event("translate",      O,                                          by=OFFICE),
],
promises={
    O.CHECKED:          [fixed(guards.lasting_told)],
})

# What follows what (lifecycles.md 3). A follow-on applies where its machine allows the move.

FOLLOW_ONS = [
    FollowOn("meeting convene",        "series convene",        effects.its_series),
    FollowOn("meeting set_agenda",     "series set_agenda",     effects.series_it_leads),
    FollowOn("meeting hold",           "series hold",           effects.series_it_leads),
    FollowOn("meeting assign_actions", "series assign_actions", effects.series_it_leads),

    FollowOn("series convene",         "theme convene",         effects.its_theme),
    FollowOn("series set_agenda",      "theme set_agenda",      effects.its_theme),
    FollowOn("series hold",            "theme hold",            effects.its_theme),
    FollowOn("series assign_actions",  "theme assign_actions",  effects.its_theme),

    FollowOn("series assign_actions",  "series convene",        effects.series_with_next_meeting),
    FollowOn("series convene",         "series set_agenda",     effects.series_whose_agenda_is_set),
    FollowOn("series set_agenda",      "series hold",           effects.series_whose_meeting_is_held),
    FollowOn("meeting convene",        "series fall_back",      effects.series_ahead_of_their_meeting),

    FollowOn("meeting cancel",         "series fall_back",      effects.series_ahead_of_their_meeting),
    FollowOn("meeting cancel",         "series call_off",       effects.series_without_meeting),
    FollowOn("meeting cancel",         "series set_agenda",     effects.series_whose_agenda_is_set),
    FollowOn("meeting cancel",         "series hold",           effects.series_whose_meeting_is_held),
    FollowOn("meeting cancel",         "item release",          effects.its_unsettled_items),
    FollowOn("meeting reschedule",     "series fall_back",      effects.series_ahead_of_their_meeting),
    FollowOn("meeting reschedule",     "series set_agenda",     effects.series_whose_agenda_is_set),
    FollowOn("meeting reschedule",     "series hold",           effects.series_whose_meeting_is_held),
    FollowOn("series resume",          "series fall_back",      effects.series_ahead_of_their_meeting),
    FollowOn("series resume",          "series call_off",       effects.series_without_meeting),
    FollowOn("series resume",          "series set_agenda",     effects.series_whose_agenda_is_set),
    FollowOn("series resume",          "series hold",           effects.series_whose_meeting_is_held),

    FollowOn("meeting set_agenda",     "item accept",           effects.items_carried_over),
    FollowOn("meeting set_agenda",     "item submit",           effects.open_work_to_follow_up, creates=True),
    FollowOn("item submit",            "item accept",           effects.itself_if_standing),
    FollowOn("item settle",            "item submit",           effects.a_copy_for_the_next_agenda, creates=True),
    FollowOn("item settle",            "referral add",          effects.a_referral_of_it, creates=True),

    FollowOn("rota turn",              "action assign",         effects.the_work_of_the_turn, creates=True),

    FollowOn("series reach_results",   "theme reach_results",   effects.its_theme_if_last, if_promises_hold=True),
    FollowOn("series discontinue",     "theme reach_results",   effects.its_theme_if_last, if_promises_hold=True),

    FollowOn("theme suspend",          "series suspend",        effects.its_running_series),
    FollowOn("theme resume",           "series resume",         effects.series_suspended_with_it),
    FollowOn("theme decline",          "series discontinue",    effects.its_running_series),
    FollowOn("theme discontinue",      "series discontinue",    effects.its_running_series),
    FollowOn("series discontinue",     "meeting cancel",        effects.its_open_meetings),
]

PAGE = Page([TABLE, THEME, SERIES, MEETING, MEMO, ITEM, ROTA, ACTION, REFERRAL, RESULT], FOLLOW_ONS)
