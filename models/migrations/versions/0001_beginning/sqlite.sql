CREATE TABLE history_tiles (
    level INTEGER NOT NULL,
    place INTEGER NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT pk_history_tiles PRIMARY KEY (level, place)
)
 STRICT;

CREATE TABLE organisations (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    sector TEXT NOT NULL,
    merged_into_id INTEGER,
    CONSTRAINT pk_organisations PRIMARY KEY (id),
    CONSTRAINT ck_organisations_sector CHECK (sector IN ('municipality', 'wellbeing_county', 'state', 'association', 'village', 'residents', 'parish', 'company', 'education', 'other')),
    CONSTRAINT uq_organisations_name UNIQUE (name),
    CONSTRAINT fk_organisations_merged_into_id FOREIGN KEY(merged_into_id) REFERENCES organisations (id)
)
 STRICT;

CREATE TABLE origin (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT pk_origin PRIMARY KEY (id),
    CONSTRAINT ck_origin_one CHECK (id = 1)
)
 STRICT;

CREATE TABLE translations (
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    thing_id INTEGER NOT NULL,
    field TEXT NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    CONSTRAINT pk_translations PRIMARY KEY (id),
    CONSTRAINT uq_translations_kind_thing_id_field_language UNIQUE (kind, thing_id, field, language)
)
 STRICT;

CREATE TABLE people (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    pseudonym TEXT NOT NULL,
    email TEXT,
    organisation_id INTEGER,
    merged_into_id INTEGER,
    forgotten INTEGER NOT NULL,
    CONSTRAINT pk_people PRIMARY KEY (id),
    CONSTRAINT uq_people_pseudonym UNIQUE (pseudonym),
    CONSTRAINT fk_people_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisations (id),
    CONSTRAINT fk_people_merged_into_id FOREIGN KEY(merged_into_id) REFERENCES people (id)
)
 STRICT;

CREATE TABLE projects (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    funder TEXT,
    owner_id INTEGER,
    begins TEXT,
    ends TEXT,
    CONSTRAINT pk_projects PRIMARY KEY (id),
    CONSTRAINT ck_projects_dates CHECK (ends IS NULL OR begins IS NULL OR begins <= ends),
    CONSTRAINT uq_projects_name UNIQUE (name),
    CONSTRAINT fk_projects_owner_id FOREIGN KEY(owner_id) REFERENCES organisations (id)
)
 STRICT;

CREATE TABLE partnership_tables (
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    kind_of_table TEXT NOT NULL,
    area TEXT,
    rhythm TEXT NOT NULL,
    languages TEXT NOT NULL,
    term_begins TEXT,
    term_ends TEXT,
    founded_by TEXT,
    founded_paragraph TEXT,
    founding_decision TEXT,
    project_id INTEGER,
    parent_id INTEGER,
    founder_id INTEGER,
    responsible_person_id INTEGER,
    id INTEGER NOT NULL,
    state_since TEXT NOT NULL,
    version INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    state TEXT NOT NULL,
    came_from TEXT,
    CONSTRAINT pk_partnership_tables PRIMARY KEY (id),
    CONSTRAINT ck_partnership_tables_state CHECK (state IN ('proposed', 'returned', 'declined', 'active', 'dormant', 'ended')),
    CONSTRAINT ck_partnership_tables_kind_of_table CHECK (kind_of_table IN ('thematic', 'area', 'network', 'appointed', 'networking')),
    CONSTRAINT ck_partnership_tables_rhythm CHECK (rhythm IN ('thematic', 'monthly', 'seasonal', 'half_yearly', 'yearly')),
    CONSTRAINT ck_partnership_tables_not_its_own_forum CHECK (parent_id IS NULL OR parent_id <> id),
    CONSTRAINT uq_partnership_tables_slug UNIQUE (slug),
    CONSTRAINT fk_partnership_tables_project_id FOREIGN KEY(project_id) REFERENCES projects (id),
    CONSTRAINT fk_partnership_tables_parent_id FOREIGN KEY(parent_id) REFERENCES partnership_tables (id),
    CONSTRAINT fk_partnership_tables_founder_id FOREIGN KEY(founder_id) REFERENCES people (id),
    CONSTRAINT fk_partnership_tables_responsible_person_id FOREIGN KEY(responsible_person_id) REFERENCES people (id)
)
 STRICT;

CREATE TABLE reminder_letters (
    id INTEGER NOT NULL,
    person_id INTEGER,
    organisation_id INTEGER,
    made_at TEXT NOT NULL,
    written_at TEXT,
    text TEXT,
    CONSTRAINT pk_reminder_letters PRIMARY KEY (id),
    CONSTRAINT ck_reminder_letters_one_party CHECK ((person_id IS NULL) <> (organisation_id IS NULL)),
    CONSTRAINT ck_reminder_letters_text_until_written CHECK ((written_at IS NULL) = (text IS NOT NULL)),
    CONSTRAINT fk_reminder_letters_person_id FOREIGN KEY(person_id) REFERENCES people (id),
    CONSTRAINT fk_reminder_letters_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisations (id)
)
 STRICT;

CREATE TABLE history (
    id INTEGER NOT NULL,
    table_id INTEGER,
    number INTEGER NOT NULL,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL,
    cmd_id TEXT,
    cause_id INTEGER,
    recorded_at TEXT NOT NULL,
    happened_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    auth TEXT NOT NULL,
    role TEXT NOT NULL,
    move TEXT NOT NULL,
    from_state TEXT,
    to_state TEXT NOT NULL,
    rules TEXT NOT NULL,
    facts TEXT NOT NULL,
    commitment TEXT,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT pk_history PRIMARY KEY (id),
    CONSTRAINT uq_history_stream_version UNIQUE (stream, version),
    CONSTRAINT uq_history_table_id_number UNIQUE (table_id, number),
    CONSTRAINT fk_history_table_id FOREIGN KEY(table_id) REFERENCES partnership_tables (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_history_cmd_id UNIQUE (cmd_id),
    CONSTRAINT fk_history_cause_id FOREIGN KEY(cause_id) REFERENCES history (id)
)
 STRICT;

CREATE TABLE house_rules (
    table_id INTEGER NOT NULL,
    code TEXT NOT NULL,
    level TEXT NOT NULL,
    days INTEGER,
    CONSTRAINT pk_house_rules PRIMARY KEY (table_id, code),
    CONSTRAINT ck_house_rules_level CHECK (level IN ('refuse', 'warn', 'off')),
    CONSTRAINT ck_house_rules_days CHECK (days IS NULL OR days >= 0),
    CONSTRAINT fk_house_rules_table_id FOREIGN KEY(table_id) REFERENCES partnership_tables (id)
)
 STRICT;

CREATE TABLE refused_attempts (
    id INTEGER NOT NULL,
    table_id INTEGER,
    recorded_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    stream TEXT NOT NULL,
    move TEXT NOT NULL,
    reasons TEXT NOT NULL,
    CONSTRAINT pk_refused_attempts PRIMARY KEY (id),
    CONSTRAINT fk_refused_attempts_table_id FOREIGN KEY(table_id) REFERENCES partnership_tables (id)
)
 STRICT;

CREATE TABLE reminders (
    id INTEGER NOT NULL,
    letter_id INTEGER NOT NULL,
    stream TEXT NOT NULL,
    given_on TEXT NOT NULL,
    due_on TEXT,
    stage TEXT NOT NULL,
    CONSTRAINT pk_reminders PRIMARY KEY (id),
    CONSTRAINT ck_reminders_stage CHECK (stage IN ('given', 'soon', 'late', 'secretary_told', 'convener_told', 'coordinator_told')),
    CONSTRAINT fk_reminders_letter_id FOREIGN KEY(letter_id) REFERENCES reminder_letters (id)
)
 STRICT;

CREATE TABLE seats (
    id INTEGER NOT NULL,
    role TEXT NOT NULL,
    since TEXT NOT NULL,
    until TEXT,
    required INTEGER NOT NULL,
    table_id INTEGER,
    project_id INTEGER,
    area TEXT,
    person_id INTEGER,
    organisation_id INTEGER,
    deputy_for_id INTEGER,
    CONSTRAINT pk_seats PRIMARY KEY (id),
    CONSTRAINT ck_seats_role CHECK (role IN ('convener', 'chair', 'secretary', 'coordinator', 'member')),
    CONSTRAINT ck_seats_somebody CHECK (person_id IS NOT NULL OR organisation_id IS NOT NULL),
    CONSTRAINT ck_seats_one_place CHECK (CASE WHEN table_id IS NULL THEN 0 ELSE 1 END + CASE WHEN project_id IS NULL THEN 0 ELSE 1 END + CASE WHEN area IS NULL THEN 0 ELSE 1 END = 1),
    CONSTRAINT ck_seats_dates CHECK (until IS NULL OR since <= until),
    CONSTRAINT fk_seats_table_id FOREIGN KEY(table_id) REFERENCES partnership_tables (id),
    CONSTRAINT fk_seats_project_id FOREIGN KEY(project_id) REFERENCES projects (id),
    CONSTRAINT fk_seats_person_id FOREIGN KEY(person_id) REFERENCES people (id),
    CONSTRAINT fk_seats_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisations (id),
    CONSTRAINT fk_seats_deputy_for_id FOREIGN KEY(deputy_for_id) REFERENCES seats (id)
)
 STRICT;

CREATE TABLE themes (
    table_id INTEGER NOT NULL,
    title TEXT NOT NULL,
    why_together TEXT,
    life INTEGER NOT NULL,
    goal TEXT,
    goal_agreed_on TEXT,
    goal_agreed_in_id INTEGER,
    evaluation TEXT,
    proposer_told_on TEXT,
    revisit_on TEXT,
    ended_as TEXT,
    proposer_id INTEGER,
    proposing_organisation_id INTEGER,
    responsible_person_id INTEGER,
    id INTEGER NOT NULL,
    state_since TEXT NOT NULL,
    version INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    state TEXT NOT NULL,
    came_from TEXT,
    CONSTRAINT pk_themes PRIMARY KEY (id),
    CONSTRAINT ck_themes_state CHECK (state IN ('proposed', 'convened', 'agenda_set', 'held', 'actions_assigned', 'results_reached', 'declined', 'suspended', 'discontinued')),
    CONSTRAINT ck_themes_ended_as CHECK (ended_as IN ('no_resources', 'handed_over', 'no_longer_needed', 'no_participants', 'merged', 'other')),
    CONSTRAINT fk_themes_table_id FOREIGN KEY(table_id) REFERENCES partnership_tables (id),
    CONSTRAINT fk_themes_goal_agreed_in_id FOREIGN KEY(goal_agreed_in_id) REFERENCES meetings (id),
    CONSTRAINT fk_themes_proposer_id FOREIGN KEY(proposer_id) REFERENCES people (id),
    CONSTRAINT fk_themes_proposing_organisation_id FOREIGN KEY(proposing_organisation_id) REFERENCES organisations (id),
    CONSTRAINT fk_themes_responsible_person_id FOREIGN KEY(responsible_person_id) REFERENCES people (id)
)
 STRICT;

CREATE TABLE history_words (
    id INTEGER NOT NULL,
    entry_id INTEGER NOT NULL,
    salt TEXT NOT NULL,
    field TEXT NOT NULL,
    text TEXT NOT NULL,
    CONSTRAINT pk_history_words PRIMARY KEY (id),
    CONSTRAINT fk_history_words_entry_id FOREIGN KEY(entry_id) REFERENCES history (id)
)
 STRICT;

CREATE TABLE meeting_series (
    theme_id INTEGER NOT NULL,
    planned_meetings INTEGER,
    revisit_on TEXT,
    suspended_with_theme INTEGER NOT NULL,
    id INTEGER NOT NULL,
    state_since TEXT NOT NULL,
    version INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    state TEXT NOT NULL,
    came_from TEXT,
    CONSTRAINT pk_meeting_series PRIMARY KEY (id),
    CONSTRAINT ck_meeting_series_state CHECK (state IN ('planned', 'convened', 'agenda_set', 'held', 'actions_assigned', 'results_reached', 'suspended', 'discontinued')),
    CONSTRAINT ck_meeting_series_planned_meetings CHECK (planned_meetings IS NULL OR planned_meetings > 0),
    CONSTRAINT fk_meeting_series_theme_id FOREIGN KEY(theme_id) REFERENCES themes (id)
)
 STRICT;

CREATE TABLE rotas (
    theme_id INTEGER NOT NULL,
    title TEXT NOT NULL,
    rhythm TEXT,
    turn INTEGER NOT NULL,
    id INTEGER NOT NULL,
    state_since TEXT NOT NULL,
    version INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    state TEXT NOT NULL,
    came_from TEXT,
    CONSTRAINT pk_rotas PRIMARY KEY (id),
    CONSTRAINT ck_rotas_state CHECK (state IN ('running', 'ended')),
    CONSTRAINT ck_rotas_rhythm CHECK (rhythm IN ('thematic', 'monthly', 'seasonal', 'half_yearly', 'yearly')),
    CONSTRAINT fk_rotas_theme_id FOREIGN KEY(theme_id) REFERENCES themes (id)
)
 STRICT;

CREATE TABLE theme_contents (
    theme_id INTEGER NOT NULL,
    content TEXT NOT NULL,
    CONSTRAINT pk_theme_contents PRIMARY KEY (theme_id, content),
    CONSTRAINT ck_theme_contents_content CHECK (content IN ('discussion', 'planning', 'development', 'activity', 'services', 'budget', 'premises')),
    CONSTRAINT fk_theme_contents_theme_id FOREIGN KEY(theme_id) REFERENCES themes (id)
)
 STRICT;

CREATE TABLE theme_goal_parties (
    theme_id INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL,
    CONSTRAINT pk_theme_goal_parties PRIMARY KEY (theme_id, organisation_id),
    CONSTRAINT fk_theme_goal_parties_theme_id FOREIGN KEY(theme_id) REFERENCES themes (id),
    CONSTRAINT fk_theme_goal_parties_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisations (id)
)
 STRICT;

CREATE TABLE meetings (
    series_id INTEGER NOT NULL,
    begins_at TEXT,
    ends_at TEXT,
    began_at TEXT,
    ended_at TEXT,
    place TEXT,
    link TEXT,
    mode TEXT NOT NULL,
    items_by TEXT,
    reschedules INTEGER NOT NULL,
    agenda_places INTEGER NOT NULL,
    no_actions_because TEXT,
    chair_id INTEGER,
    secretary_id INTEGER,
    id INTEGER NOT NULL,
    state_since TEXT NOT NULL,
    version INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    state TEXT NOT NULL,
    came_from TEXT,
    CONSTRAINT pk_meetings PRIMARY KEY (id),
    CONSTRAINT ck_meetings_state CHECK (state IN ('planned', 'convened', 'agenda_set', 'held', 'actions_assigned', 'completed', 'cancelled')),
    CONSTRAINT ck_meetings_mode CHECK (mode IN ('on_site', 'remote', 'hybrid')),
    CONSTRAINT ck_meetings_times CHECK (begins_at IS NULL OR ends_at IS NULL OR begins_at < ends_at),
    CONSTRAINT fk_meetings_series_id FOREIGN KEY(series_id) REFERENCES meeting_series (id),
    CONSTRAINT fk_meetings_chair_id FOREIGN KEY(chair_id) REFERENCES people (id),
    CONSTRAINT fk_meetings_secretary_id FOREIGN KEY(secretary_id) REFERENCES people (id)
)
 STRICT;

CREATE TABLE rota_places (
    rota_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL,
    CONSTRAINT pk_rota_places PRIMARY KEY (rota_id, position),
    CONSTRAINT fk_rota_places_rota_id FOREIGN KEY(rota_id) REFERENCES rotas (id),
    CONSTRAINT fk_rota_places_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisations (id)
)
 STRICT;

CREATE TABLE agenda_items (
    theme_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    meeting_id INTEGER,
    position INTEGER,
    title TEXT NOT NULL,
    origin TEXT,
    origin_detail TEXT,
    kind_of_item TEXT NOT NULL,
    minutes INTEGER,
    lateness TEXT NOT NULL,
    outcome TEXT,
    agreed TEXT,
    needs_no_action INTEGER NOT NULL,
    precedes TEXT,
    confidential TEXT,
    submitter_id INTEGER,
    presenter_id INTEGER,
    presenting_organisation_id INTEGER,
    carried_from_id INTEGER,
    id INTEGER NOT NULL,
    state_since TEXT NOT NULL,
    version INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    state TEXT NOT NULL,
    came_from TEXT,
    CONSTRAINT pk_agenda_items PRIMARY KEY (id),
    CONSTRAINT ck_agenda_items_state CHECK (state IN ('submitted', 'accepted', 'settled', 'declined', 'withdrawn')),
    CONSTRAINT ck_agenda_items_origin CHECK (origin IN ('department', 'village', 'association', 'resident', 'follow_up', 'other')),
    CONSTRAINT ck_agenda_items_kind_of_item CHECK (kind_of_item IN ('information', 'discussion', 'follow_up', 'to_agree')),
    CONSTRAINT ck_agenda_items_outcome CHECK (outcome IN ('agreed', 'noted', 'referred', 'carried_over')),
    CONSTRAINT ck_agenda_items_lateness CHECK (lateness IN ('on_time', 'after_closing', 'during_meeting')),
    CONSTRAINT ck_agenda_items_minutes CHECK (minutes IS NULL OR minutes > 0),
    CONSTRAINT uq_agenda_items_theme_id_number UNIQUE (theme_id, number),
    CONSTRAINT uq_agenda_items_meeting_id_position UNIQUE (meeting_id, position),
    CONSTRAINT fk_agenda_items_theme_id FOREIGN KEY(theme_id) REFERENCES themes (id),
    CONSTRAINT fk_agenda_items_meeting_id FOREIGN KEY(meeting_id) REFERENCES meetings (id),
    CONSTRAINT fk_agenda_items_submitter_id FOREIGN KEY(submitter_id) REFERENCES people (id),
    CONSTRAINT fk_agenda_items_presenter_id FOREIGN KEY(presenter_id) REFERENCES people (id),
    CONSTRAINT fk_agenda_items_presenting_organisation_id FOREIGN KEY(presenting_organisation_id) REFERENCES organisations (id),
    CONSTRAINT fk_agenda_items_carried_from_id FOREIGN KEY(carried_from_id) REFERENCES agenda_items (id)
)
 STRICT;

CREATE TABLE attendance (
    id INTEGER NOT NULL,
    meeting_id INTEGER NOT NULL,
    presence TEXT NOT NULL,
    arrived TEXT,
    "left" TEXT,
    only_for TEXT,
    person_id INTEGER,
    organisation_id INTEGER,
    deputy_for_id INTEGER,
    CONSTRAINT pk_attendance PRIMARY KEY (id),
    CONSTRAINT ck_attendance_presence CHECK (presence IN ('present', 'excused', 'absent')),
    CONSTRAINT ck_attendance_somebody CHECK (person_id IS NOT NULL OR organisation_id IS NOT NULL),
    CONSTRAINT fk_attendance_meeting_id FOREIGN KEY(meeting_id) REFERENCES meetings (id),
    CONSTRAINT fk_attendance_person_id FOREIGN KEY(person_id) REFERENCES people (id),
    CONSTRAINT fk_attendance_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisations (id),
    CONSTRAINT fk_attendance_deputy_for_id FOREIGN KEY(deputy_for_id) REFERENCES people (id)
)
 STRICT;

CREATE TABLE head_counts (
    id INTEGER NOT NULL,
    meeting_id INTEGER NOT NULL,
    sector TEXT,
    people INTEGER NOT NULL,
    CONSTRAINT pk_head_counts PRIMARY KEY (id),
    CONSTRAINT ck_head_counts_sector CHECK (sector IN ('municipality', 'wellbeing_county', 'state', 'association', 'village', 'residents', 'parish', 'company', 'education', 'other')),
    CONSTRAINT ck_head_counts_people CHECK (people >= 0),
    CONSTRAINT uq_head_counts_meeting_id_sector UNIQUE (meeting_id, sector),
    CONSTRAINT fk_head_counts_meeting_id FOREIGN KEY(meeting_id) REFERENCES meetings (id)
)
 STRICT;

CREATE TABLE invitation_answers (
    id INTEGER NOT NULL,
    meeting_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    answer TEXT NOT NULL,
    answered_at TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    CONSTRAINT pk_invitation_answers PRIMARY KEY (id),
    CONSTRAINT ck_invitation_answers_answer CHECK (answer IN ('accepted', 'tentative', 'declined')),
    CONSTRAINT ck_invitation_answers_sequence CHECK (sequence >= 0),
    CONSTRAINT uq_invitation_answers_meeting_id_person_id UNIQUE (meeting_id, person_id),
    CONSTRAINT fk_invitation_answers_meeting_id FOREIGN KEY(meeting_id) REFERENCES meetings (id),
    CONSTRAINT fk_invitation_answers_person_id FOREIGN KEY(person_id) REFERENCES people (id)
)
 STRICT;

CREATE TABLE joint_meetings (
    meeting_id INTEGER NOT NULL,
    series_id INTEGER NOT NULL,
    CONSTRAINT pk_joint_meetings PRIMARY KEY (meeting_id, series_id),
    CONSTRAINT fk_joint_meetings_meeting_id FOREIGN KEY(meeting_id) REFERENCES meetings (id),
    CONSTRAINT fk_joint_meetings_series_id FOREIGN KEY(series_id) REFERENCES meeting_series (id)
)
 STRICT;

CREATE TABLE meeting_channels (
    meeting_id INTEGER NOT NULL,
    channel TEXT NOT NULL,
    CONSTRAINT pk_meeting_channels PRIMARY KEY (meeting_id, channel),
    CONSTRAINT ck_meeting_channels_channel CHECK (channel IN ('open_call', 'personal', 'email_list', 'application', 'other')),
    CONSTRAINT fk_meeting_channels_meeting_id FOREIGN KEY(meeting_id) REFERENCES meetings (id)
)
 STRICT;

CREATE TABLE memos (
    theme_id INTEGER NOT NULL,
    meeting_id INTEGER NOT NULL,
    silent_until TEXT,
    confirmed_in_id INTEGER,
    link TEXT,
    published_until TEXT,
    register_number TEXT,
    id INTEGER NOT NULL,
    state_since TEXT NOT NULL,
    version INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    state TEXT NOT NULL,
    came_from TEXT,
    CONSTRAINT pk_memos PRIMARY KEY (id),
    CONSTRAINT ck_memos_state CHECK (state IN ('draft', 'circulated', 'objected', 'confirmed', 'published', 'withdrawn')),
    CONSTRAINT uq_memos_meeting_id UNIQUE (meeting_id),
    CONSTRAINT fk_memos_theme_id FOREIGN KEY(theme_id) REFERENCES themes (id),
    CONSTRAINT fk_memos_meeting_id FOREIGN KEY(meeting_id) REFERENCES meetings (id),
    CONSTRAINT fk_memos_confirmed_in_id FOREIGN KEY(confirmed_in_id) REFERENCES meetings (id)
)
 STRICT;

CREATE TABLE results (
    theme_id INTEGER NOT NULL,
    meeting_id INTEGER,
    life INTEGER NOT NULL,
    title TEXT NOT NULL,
    kind_of_result TEXT NOT NULL,
    extent TEXT,
    evidence TEXT,
    check_on TEXT,
    lasting TEXT,
    id INTEGER NOT NULL,
    state_since TEXT NOT NULL,
    version INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    state TEXT NOT NULL,
    came_from TEXT,
    CONSTRAINT pk_results PRIMARY KEY (id),
    CONSTRAINT ck_results_state CHECK (state IN ('recorded', 'confirmed', 'checked')),
    CONSTRAINT ck_results_kind_of_result CHECK (kind_of_result IN ('own_work', 'funded', 'decided', 'event', 'place', 'model', 'statement', 'other')),
    CONSTRAINT ck_results_extent CHECK (extent IN ('wholly', 'partly', 'none')),
    CONSTRAINT ck_results_lasting CHECK (lasting IN ('lasting', 'partly', 'faded')),
    CONSTRAINT fk_results_theme_id FOREIGN KEY(theme_id) REFERENCES themes (id),
    CONSTRAINT fk_results_meeting_id FOREIGN KEY(meeting_id) REFERENCES meetings (id)
)
 STRICT;

CREATE TABLE actions (
    theme_id INTEGER NOT NULL,
    meeting_id INTEGER,
    item_id INTEGER,
    rota_id INTEGER,
    what TEXT NOT NULL,
    due_on TEXT,
    by_next_meeting INTEGER NOT NULL,
    postponements INTEGER NOT NULL,
    waiting_for TEXT,
    outcome TEXT,
    responsible_person_id INTEGER,
    responsible_organisation_id INTEGER,
    reported_by_id INTEGER,
    id INTEGER NOT NULL,
    state_since TEXT NOT NULL,
    version INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    state TEXT NOT NULL,
    came_from TEXT,
    CONSTRAINT pk_actions PRIMARY KEY (id),
    CONSTRAINT ck_actions_state CHECK (state IN ('assigned', 'in_progress', 'waiting', 'reported_done', 'closed', 'refused', 'dropped')),
    CONSTRAINT ck_actions_one_responsible CHECK (responsible_person_id IS NULL OR responsible_organisation_id IS NULL),
    CONSTRAINT fk_actions_theme_id FOREIGN KEY(theme_id) REFERENCES themes (id),
    CONSTRAINT fk_actions_meeting_id FOREIGN KEY(meeting_id) REFERENCES meetings (id),
    CONSTRAINT fk_actions_item_id FOREIGN KEY(item_id) REFERENCES agenda_items (id),
    CONSTRAINT fk_actions_rota_id FOREIGN KEY(rota_id) REFERENCES rotas (id),
    CONSTRAINT fk_actions_responsible_person_id FOREIGN KEY(responsible_person_id) REFERENCES people (id),
    CONSTRAINT fk_actions_responsible_organisation_id FOREIGN KEY(responsible_organisation_id) REFERENCES organisations (id),
    CONSTRAINT fk_actions_reported_by_id FOREIGN KEY(reported_by_id) REFERENCES people (id)
)
 STRICT;

CREATE TABLE memo_entries (
    id INTEGER NOT NULL,
    memo_id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    item_id INTEGER,
    entry TEXT NOT NULL,
    text TEXT NOT NULL,
    author_id INTEGER NOT NULL,
    written_at TEXT NOT NULL,
    CONSTRAINT pk_memo_entries PRIMARY KEY (id),
    CONSTRAINT ck_memo_entries_entry CHECK (entry IN ('discussed', 'agreed', 'noted', 'action', 'referred')),
    CONSTRAINT uq_memo_entries_memo_id_revision UNIQUE (memo_id, revision),
    CONSTRAINT fk_memo_entries_memo_id FOREIGN KEY(memo_id) REFERENCES memos (id),
    CONSTRAINT fk_memo_entries_item_id FOREIGN KEY(item_id) REFERENCES agenda_items (id),
    CONSTRAINT fk_memo_entries_author_id FOREIGN KEY(author_id) REFERENCES people (id)
)
 STRICT;

CREATE TABLE referrals (
    theme_id INTEGER NOT NULL,
    meeting_id INTEGER,
    item_id INTEGER,
    title TEXT NOT NULL,
    body TEXT,
    register_number TEXT,
    asked INTEGER,
    granted INTEGER,
    decision TEXT,
    decided_by TEXT,
    decided_on TEXT,
    paragraph TEXT,
    grounds TEXT,
    reported_in_id INTEGER,
    again_of_id INTEGER,
    id INTEGER NOT NULL,
    state_since TEXT NOT NULL,
    version INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    state TEXT NOT NULL,
    came_from TEXT,
    CONSTRAINT pk_referrals PRIMARY KEY (id),
    CONSTRAINT ck_referrals_state CHECK (state IN ('drafted', 'sent', 'under_consideration', 'decided', 'reported_back', 'withdrawn')),
    CONSTRAINT ck_referrals_decision CHECK (decision IN ('approved', 'partly_approved', 'rejected', 'noted')),
    CONSTRAINT fk_referrals_theme_id FOREIGN KEY(theme_id) REFERENCES themes (id),
    CONSTRAINT fk_referrals_meeting_id FOREIGN KEY(meeting_id) REFERENCES meetings (id),
    CONSTRAINT fk_referrals_item_id FOREIGN KEY(item_id) REFERENCES agenda_items (id),
    CONSTRAINT fk_referrals_reported_in_id FOREIGN KEY(reported_in_id) REFERENCES meetings (id),
    CONSTRAINT fk_referrals_again_of_id FOREIGN KEY(again_of_id) REFERENCES referrals (id)
)
 STRICT;

CREATE TABLE action_shares (
    id INTEGER NOT NULL,
    action_id INTEGER NOT NULL,
    person_id INTEGER,
    organisation_id INTEGER,
    part TEXT,
    CONSTRAINT pk_action_shares PRIMARY KEY (id),
    CONSTRAINT ck_action_shares_somebody CHECK (person_id IS NOT NULL OR organisation_id IS NOT NULL),
    CONSTRAINT fk_action_shares_action_id FOREIGN KEY(action_id) REFERENCES actions (id),
    CONSTRAINT fk_action_shares_person_id FOREIGN KEY(person_id) REFERENCES people (id),
    CONSTRAINT fk_action_shares_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisations (id)
)
 STRICT;

CREATE TABLE result_actions (
    result_id INTEGER NOT NULL,
    action_id INTEGER NOT NULL,
    CONSTRAINT pk_result_actions PRIMARY KEY (result_id, action_id),
    CONSTRAINT fk_result_actions_result_id FOREIGN KEY(result_id) REFERENCES results (id),
    CONSTRAINT fk_result_actions_action_id FOREIGN KEY(action_id) REFERENCES actions (id)
)
 STRICT;

CREATE INDEX ix_action_shares_action_id ON action_shares (action_id);

CREATE INDEX ix_actions_item_id ON actions (item_id);

CREATE INDEX ix_actions_meeting_id ON actions (meeting_id);

CREATE INDEX ix_actions_rota_id ON actions (rota_id);

CREATE INDEX ix_actions_theme_id ON actions (theme_id);

CREATE INDEX ix_agenda_items_carried_from_id ON agenda_items (carried_from_id);

CREATE INDEX ix_attendance_meeting_id ON attendance (meeting_id);

CREATE INDEX ix_history_aside ON history (stream, version) WHERE (to_state IN ('suspended', 'waiting', 'dormant') OR from_state IN ('suspended', 'waiting', 'dormant'));

CREATE INDEX ix_history_cause_id ON history (cause_id);

CREATE INDEX ix_history_words_entry_id ON history_words (entry_id);

CREATE INDEX ix_invitation_answers_person_id ON invitation_answers (person_id);

CREATE INDEX ix_joint_meetings_series_id ON joint_meetings (series_id);

CREATE INDEX ix_meeting_series_theme_id ON meeting_series (theme_id);

CREATE INDEX ix_meetings_series_id ON meetings (series_id);

CREATE INDEX ix_memos_theme_id ON memos (theme_id);

CREATE INDEX ix_referrals_again_of_id ON referrals (again_of_id);

CREATE INDEX ix_referrals_item_id ON referrals (item_id);

CREATE INDEX ix_referrals_theme_id ON referrals (theme_id);

CREATE INDEX ix_reminder_letters_written_at ON reminder_letters (written_at);

CREATE INDEX ix_reminders_letter_id ON reminders (letter_id);

CREATE INDEX ix_reminders_stream ON reminders (stream);

CREATE INDEX ix_result_actions_action_id ON result_actions (action_id);

CREATE INDEX ix_results_meeting_id ON results (meeting_id);

CREATE INDEX ix_results_theme_id ON results (theme_id);

CREATE INDEX ix_rotas_theme_id ON rotas (theme_id);

CREATE INDEX ix_seats_person_id ON seats (person_id);

CREATE INDEX ix_seats_table_id ON seats (table_id);

CREATE INDEX ix_themes_table_id ON themes (table_id);

CREATE UNIQUE INDEX uq_history_number_of_no_table ON history (number) WHERE table_id IS NULL;

CREATE VIEW v_tables AS SELECT
    b.slug AS "ref",
    'table' AS "kind",
    b.name AS "title",
    b.id AS "id",
    b.state AS "state",
    b.state_since AS "state_since",
    b.version AS "version",
    b.came_from AS "came_from",
    b.entries AS "entries",
    b.slug AS "table_ref",
    b.name AS "name",
    b.kind_of_table AS "kind_of_table",
    b.area AS "area",
    b.rhythm AS "rhythm",
    b.languages AS "languages",
    b.term_begins AS "term_begins",
    b.term_ends AS "term_ends",
    b.founded_by AS "founded_by",
    b.founded_paragraph AS "founded_paragraph",
    b.founding_decision AS "founding_decision",
    k.name AS "project",
    c.slug AS "parent_ref",
    f.name AS "founder",
    'P' || f.id AS "founder_ref",
    p.name AS "responsible",
    'P' || p.id AS "responsible_ref"
FROM partnership_tables b LEFT JOIN projects k ON k.id = b.project_id LEFT JOIN partnership_tables c ON c.id = b.parent_id LEFT JOIN people f ON f.id = b.founder_id LEFT JOIN people p ON p.id = b.responsible_person_id;

CREATE VIEW v_themes AS SELECT
    'T' || t.id AS "ref",
    'theme' AS "kind",
    t.title AS "title",
    t.id AS "id",
    t.state AS "state",
    t.state_since AS "state_since",
    t.version AS "version",
    t.came_from AS "came_from",
    t.entries AS "entries",
    b.slug AS "table_ref",
    'T' || t.id AS "theme_ref",
    t.why_together AS "why_together",
    t.life AS "life",
    t.goal AS "goal",
    t.goal_agreed_on AS "goal_agreed_on",
    'M' || t.goal_agreed_in_id AS "agreed_in_ref",
    t.evaluation AS "evaluation",
    t.proposer_told_on AS "proposer_told_on",
    t.revisit_on AS "revisit_on",
    t.ended_as AS "ended_as",
    COALESCE(p.name, g.name) AS "proposer",
    COALESCE('P' || p.id, 'G' || g.id) AS "proposer_ref",
    q.name AS "responsible",
    'P' || q.id AS "responsible_ref",
    (SELECT COUNT(*) FROM actions a WHERE a.theme_id = t.id
        AND NOT a.state IN ('closed', 'dropped')) AS "open_actions",
    (SELECT COUNT(*) FROM meetings m JOIN meeting_series s ON s.id = m.series_id
        WHERE s.theme_id = t.id AND m.state IN ('held', 'actions_assigned', 'completed'))
    + (SELECT COUNT(*) FROM joint_meetings j JOIN meeting_series s ON s.id = j.series_id
        JOIN meetings m ON m.id = j.meeting_id WHERE s.theme_id = t.id AND m.state IN ('held', 'actions_assigned', 'completed')) AS "meetings_held",
    (SELECT COUNT(*) FROM results r WHERE r.theme_id = t.id) AS "results"
FROM themes t JOIN partnership_tables b ON b.id = t.table_id LEFT JOIN people p ON p.id = t.proposer_id LEFT JOIN organisations g ON g.id = t.proposing_organisation_id LEFT JOIN people q ON q.id = t.responsible_person_id;

CREATE VIEW v_series AS SELECT
    'S' || s.id AS "ref",
    'series' AS "kind",
    t.title AS "title",
    s.id AS "id",
    s.state AS "state",
    s.state_since AS "state_since",
    s.version AS "version",
    s.came_from AS "came_from",
    s.entries AS "entries",
    b.slug AS "table_ref",
    'T' || t.id AS "theme_ref",
    s.planned_meetings AS "planned_meetings",
    s.revisit_on AS "revisit_on",
    s.suspended_with_theme AS "suspended_with_theme"
FROM meeting_series s JOIN themes t ON t.id = s.theme_id JOIN partnership_tables b ON b.id = t.table_id;

CREATE VIEW v_meetings AS SELECT
    'M' || m.id AS "ref",
    'meeting' AS "kind",
    t.title AS "title",
    m.id AS "id",
    m.state AS "state",
    m.state_since AS "state_since",
    m.version AS "version",
    m.came_from AS "came_from",
    m.entries AS "entries",
    b.slug AS "table_ref",
    'T' || t.id AS "theme_ref",
    'S' || s.id AS "series_ref",
    CASE WHEN m.state <> 'cancelled' THEN (SELECT COUNT(*) + 1 FROM meetings n
        WHERE n.series_id = m.series_id AND n.state <> 'cancelled'
        AND (COALESCE(n.begins_at, '9'), n.id) < (COALESCE(m.begins_at, '9'), m.id)) END AS "number",
    s.planned_meetings AS "planned_meetings",
    date(m.begins_at, CASE WHEN m.begins_at >= date(substr(m.begins_at, 1, 4) || '-03-25', 'weekday 0') || 'T01' AND m.begins_at < date(substr(m.begins_at, 1, 4) || '-10-25', 'weekday 0') || 'T01' THEN '+3 hours' ELSE '+2 hours' END) AS "day",
    m.begins_at AS "begins_at",
    m.ends_at AS "ends_at",
    m.began_at AS "began_at",
    m.ended_at AS "ended_at",
    m.place AS "place",
    m.link AS "link",
    m.mode AS "mode",
    m.items_by AS "items_by",
    m.reschedules AS "reschedules",
    m.agenda_places AS "agenda_places",
    m.no_actions_because AS "no_actions_because",
    p.name AS "chair",
    'P' || p.id AS "chair_ref",
    q.name AS "secretary",
    'P' || q.id AS "secretary_ref",
    COALESCE(
        (SELECT h.people FROM head_counts h WHERE h.meeting_id = m.id AND h.sector IS NULL),
        (SELECT SUM(h.people) FROM head_counts h WHERE h.meeting_id = m.id),
        (SELECT COUNT(*) FROM attendance x WHERE x.meeting_id = m.id AND x.presence = 'present')) AS "present_count"
FROM meetings m JOIN meeting_series s ON s.id = m.series_id JOIN themes t ON t.id = s.theme_id JOIN partnership_tables b ON b.id = t.table_id LEFT JOIN people p ON p.id = m.chair_id LEFT JOIN people q ON q.id = m.secretary_id;

CREATE VIEW v_items AS SELECT
    CASE WHEN i.meeting_id IS NULL THEN 'T' || i.theme_id || '/' || i.number ELSE 'M' || i.meeting_id || '/' || i.position END AS "ref",
    'item' AS "kind",
    i.title AS "title",
    i.id AS "id",
    i.state AS "state",
    i.state_since AS "state_since",
    i.version AS "version",
    i.came_from AS "came_from",
    i.entries AS "entries",
    b.slug AS "table_ref",
    'T' || i.theme_id AS "theme_ref",
    'M' || i.meeting_id AS "meeting_ref",
    i.number AS "number",
    i.position AS "position",
    i.origin AS "origin",
    i.origin_detail AS "origin_detail",
    i.kind_of_item AS "kind_of_item",
    i.minutes AS "minutes",
    i.lateness AS "lateness",
    i.outcome AS "outcome",
    i.agreed AS "agreed",
    i.needs_no_action AS "needs_no_action",
    i.precedes AS "precedes",
    i.confidential AS "confidential",
    p.name AS "submitter",
    'P' || p.id AS "submitter_ref",
    COALESCE(q.name, g.name) AS "presenter",
    COALESCE('P' || q.id, 'G' || g.id) AS "presenter_ref",
    CASE WHEN c.meeting_id IS NULL THEN 'T' || c.theme_id || '/' || c.number ELSE 'M' || c.meeting_id || '/' || c.position END AS "carried_from_ref"
FROM agenda_items i JOIN themes t ON t.id = i.theme_id JOIN partnership_tables b ON b.id = t.table_id LEFT JOIN people p ON p.id = i.submitter_id LEFT JOIN people q ON q.id = i.presenter_id LEFT JOIN organisations g ON g.id = i.presenting_organisation_id LEFT JOIN agenda_items c ON c.id = i.carried_from_id;

CREATE VIEW v_actions AS SELECT
    'A' || a.id AS "ref",
    'action' AS "kind",
    a.what AS "title",
    a.id AS "id",
    a.state AS "state",
    a.state_since AS "state_since",
    a.version AS "version",
    a.came_from AS "came_from",
    a.entries AS "entries",
    b.slug AS "table_ref",
    'T' || a.theme_id AS "theme_ref",
    'S' || m.series_id AS "series_ref",
    'M' || a.meeting_id AS "meeting_ref",
    CASE WHEN i.meeting_id IS NULL THEN 'T' || i.theme_id || '/' || i.number ELSE 'M' || i.meeting_id || '/' || i.position END AS "item_ref",
    'V' || a.rota_id AS "rota_ref",
    a.what AS "what",
    COALESCE(p.name, g.name) AS "responsible",
    COALESCE('P' || p.id, 'G' || g.id) AS "responsible_ref",
    COALESCE(a.due_on, CASE WHEN a.by_next_meeting = 1 THEN (SELECT MIN(date(n.begins_at, CASE WHEN n.begins_at >= date(substr(n.begins_at, 1, 4) || '-03-25', 'weekday 0') || 'T01' AND n.begins_at < date(substr(n.begins_at, 1, 4) || '-10-25', 'weekday 0') || 'T01' THEN '+3 hours' ELSE '+2 hours' END)) FROM (
        SELECT o.begins_at FROM meeting_series s JOIN meetings o ON o.series_id = s.id
            WHERE (s.id = m.series_id OR (a.meeting_id IS NULL AND s.theme_id = a.theme_id)) AND o.state <> 'cancelled'
        UNION ALL
        SELECT o.begins_at FROM meeting_series s JOIN joint_meetings j ON j.series_id = s.id
            JOIN meetings o ON o.id = j.meeting_id
            WHERE (s.id = m.series_id OR (a.meeting_id IS NULL AND s.theme_id = a.theme_id)) AND o.state <> 'cancelled'
        ) n WHERE n.begins_at > COALESCE(
            (SELECT MAX(h.happened_at) FROM history h
                WHERE h.stream = 'action:' || a.id AND h.move IN ('postpone', 'reopen')),
            m.begins_at,
            (SELECT h.happened_at FROM history h WHERE h.stream = 'action:' || a.id AND h.version = 1))) END) AS "due",
    a.due_on AS "due_on",
    a.by_next_meeting AS "by_next_meeting",
    a.postponements AS "postponements",
    a.waiting_for AS "waiting_for",
    a.outcome AS "outcome",
    q.name AS "reported_by",
    'P' || q.id AS "reported_by_ref"
FROM actions a JOIN themes t ON t.id = a.theme_id JOIN partnership_tables b ON b.id = t.table_id LEFT JOIN meetings m ON m.id = a.meeting_id LEFT JOIN agenda_items i ON i.id = a.item_id LEFT JOIN people p ON p.id = a.responsible_person_id LEFT JOIN organisations g ON g.id = a.responsible_organisation_id LEFT JOIN people q ON q.id = a.reported_by_id;

CREATE VIEW v_memos AS SELECT
    'D' || d.id AS "ref",
    'memo' AS "kind",
    t.title AS "title",
    d.id AS "id",
    d.state AS "state",
    d.state_since AS "state_since",
    d.version AS "version",
    d.came_from AS "came_from",
    d.entries AS "entries",
    b.slug AS "table_ref",
    'T' || d.theme_id AS "theme_ref",
    'M' || d.meeting_id AS "meeting_ref",
    (SELECT COUNT(*) FROM memo_entries e WHERE e.memo_id = d.id) AS "written",
    d.silent_until AS "silent_until",
    'M' || d.confirmed_in_id AS "confirmed_in_ref",
    d.link AS "link",
    d.published_until AS "published_until",
    d.register_number AS "register_number"
FROM memos d JOIN themes t ON t.id = d.theme_id JOIN partnership_tables b ON b.id = t.table_id;

CREATE VIEW v_memo_entries AS SELECT
    e.id AS "id",
    'D' || e.memo_id AS "memo_ref",
    e.revision AS "revision",
    CASE WHEN i.meeting_id IS NULL THEN 'T' || i.theme_id || '/' || i.number ELSE 'M' || i.meeting_id || '/' || i.position END AS "item_ref",
    e.entry AS "entry",
    e.text AS "text",
    p.name AS "author",
    'P' || p.id AS "author_ref",
    e.written_at AS "written_at",
    CASE WHEN EXISTS (SELECT 1 FROM memo_entries f WHERE f.memo_id = e.memo_id AND COALESCE(f.item_id, 0) = COALESCE(e.item_id, 0) AND f.entry = e.entry AND f.revision > e.revision) THEN 0 ELSE 1 END AS "current"
FROM memo_entries e JOIN people p ON p.id = e.author_id LEFT JOIN agenda_items i ON i.id = e.item_id;

CREATE VIEW v_rotas AS SELECT
    'V' || v.id AS "ref",
    'rota' AS "kind",
    v.title AS "title",
    v.id AS "id",
    v.state AS "state",
    v.state_since AS "state_since",
    v.version AS "version",
    v.came_from AS "came_from",
    v.entries AS "entries",
    b.slug AS "table_ref",
    'T' || v.theme_id AS "theme_ref",
    v.rhythm AS "rhythm",
    g.name AS "in_turn",
    'G' || g.id AS "in_turn_ref"
FROM rotas v JOIN themes t ON t.id = v.theme_id JOIN partnership_tables b ON b.id = t.table_id LEFT JOIN rota_places x ON x.rota_id = v.id AND x.position = v.turn LEFT JOIN organisations g ON g.id = x.organisation_id;

CREATE VIEW v_rota_places AS SELECT
    'V' || x.rota_id AS "rota_ref",
    x.position AS "position",
    g.name AS "organisation",
    'G' || g.id AS "organisation_ref"
FROM rota_places x JOIN organisations g ON g.id = x.organisation_id;

CREATE VIEW v_referrals AS SELECT
    'R' || r.id AS "ref",
    'referral' AS "kind",
    r.title AS "title",
    r.id AS "id",
    r.state AS "state",
    r.state_since AS "state_since",
    r.version AS "version",
    r.came_from AS "came_from",
    r.entries AS "entries",
    b.slug AS "table_ref",
    'T' || r.theme_id AS "theme_ref",
    'M' || r.meeting_id AS "meeting_ref",
    CASE WHEN i.meeting_id IS NULL THEN 'T' || i.theme_id || '/' || i.number ELSE 'M' || i.meeting_id || '/' || i.position END AS "item_ref",
    r.body AS "body",
    r.register_number AS "register_number",
    r.asked AS "asked",
    r.decision AS "decision",
    r.decided_by AS "decided_by",
    r.decided_on AS "decided_on",
    r.paragraph AS "paragraph",
    r.granted AS "granted",
    r.grounds AS "grounds",
    'M' || r.reported_in_id AS "reported_in_ref",
    'R' || r.again_of_id AS "again_of_ref"
FROM referrals r JOIN themes t ON t.id = r.theme_id JOIN partnership_tables b ON b.id = t.table_id LEFT JOIN agenda_items i ON i.id = r.item_id;

CREATE VIEW v_results AS SELECT
    'O' || r.id AS "ref",
    'result' AS "kind",
    r.title AS "title",
    r.id AS "id",
    r.state AS "state",
    r.state_since AS "state_since",
    r.version AS "version",
    r.came_from AS "came_from",
    r.entries AS "entries",
    b.slug AS "table_ref",
    'T' || r.theme_id AS "theme_ref",
    'M' || r.meeting_id AS "meeting_ref",
    r.life AS "life",
    r.kind_of_result AS "kind_of_result",
    r.extent AS "extent",
    r.evidence AS "evidence",
    r.check_on AS "check_on",
    r.lasting AS "lasting"
FROM results r JOIN themes t ON t.id = r.theme_id JOIN partnership_tables b ON b.id = t.table_id;

CREATE VIEW v_people AS SELECT
    'P' || p.id AS "ref",
    'person' AS "kind",
    p.name AS "title",
    p.id AS "id",
    p.name AS "name",
    p.pseudonym AS "pseudonym",
    p.email AS "email",
    p.forgotten AS "forgotten",
    g.name AS "organisation",
    'G' || g.id AS "organisation_ref"
FROM people p LEFT JOIN organisations g ON g.id = p.organisation_id WHERE p.merged_into_id IS NULL;

CREATE VIEW v_organisations AS SELECT
    'G' || g.id AS "ref",
    'organisation' AS "kind",
    g.name AS "title",
    g.id AS "id",
    g.name AS "name",
    g.sector AS "sector"
FROM organisations g WHERE g.merged_into_id IS NULL;

CREATE VIEW v_merged AS SELECT
    'P' || p.id AS "ref",
    'person' AS "kind",
    p.name AS "name",
    p.pseudonym AS "pseudonym",
    'P' || p.merged_into_id AS "into_ref"
FROM people p WHERE p.merged_into_id IS NOT NULL UNION ALL SELECT 'G' || g.id, 'organisation', g.name, NULL, 'G' || g.merged_into_id FROM organisations g WHERE g.merged_into_id IS NOT NULL;

CREATE VIEW v_projects AS SELECT
    'H' || k.id AS "ref",
    'project' AS "kind",
    k.name AS "title",
    k.id AS "id",
    k.name AS "name",
    k.funder AS "funder",
    g.name AS "owner",
    'G' || g.id AS "owner_ref",
    k.begins AS "begins",
    k.ends AS "ends"
FROM projects k LEFT JOIN organisations g ON g.id = k.owner_id;

CREATE VIEW v_seats AS SELECT
    x.id AS "id",
    b.slug AS "table_ref",
    k.name AS "project",
    x.area AS "area",
    x.role AS "role",
    x.since AS "since",
    x.until AS "until",
    x.required AS "required",
    p.name AS "person",
    'P' || p.id AS "person_ref",
    g.name AS "organisation",
    'G' || g.id AS "organisation_ref",
    COALESCE(g.name, h.name) AS "party",
    'G' || COALESCE(g.id, h.id) AS "party_ref",
    COALESCE(g.sector, h.sector) AS "sector",
    COALESCE(q.name, l.name) AS "deputy_for",
    COALESCE('P' || q.id, 'G' || l.id) AS "deputy_for_ref"
FROM seats x LEFT JOIN partnership_tables b ON b.id = x.table_id LEFT JOIN projects k ON k.id = x.project_id LEFT JOIN people p ON p.id = x.person_id LEFT JOIN organisations g ON g.id = x.organisation_id LEFT JOIN organisations h ON h.id = p.organisation_id LEFT JOIN seats y ON y.id = x.deputy_for_id LEFT JOIN people q ON q.id = y.person_id LEFT JOIN organisations l ON l.id = y.organisation_id;

CREATE VIEW v_attendance AS SELECT
    x.id AS "id",
    'M' || x.meeting_id AS "meeting_ref",
    x.presence AS "presence",
    x.arrived AS "arrived",
    x."left" AS "left",
    x.only_for AS "only_for",
    p.name AS "person",
    'P' || p.id AS "person_ref",
    g.name AS "organisation",
    'G' || g.id AS "organisation_ref",
    COALESCE(g.name, h.name) AS "party",
    'G' || COALESCE(g.id, h.id) AS "party_ref",
    COALESCE(g.sector, h.sector) AS "sector",
    q.name AS "deputy_for",
    'P' || q.id AS "deputy_for_ref"
FROM attendance x LEFT JOIN people p ON p.id = x.person_id LEFT JOIN organisations g ON g.id = x.organisation_id LEFT JOIN organisations h ON h.id = p.organisation_id LEFT JOIN people q ON q.id = x.deputy_for_id;

CREATE VIEW v_head_counts AS SELECT
    h.id AS "id",
    'M' || h.meeting_id AS "meeting_ref",
    h.sector AS "sector",
    h.people AS "people"
FROM head_counts h;

CREATE VIEW v_shares AS SELECT
    x.id AS "id",
    'A' || x.action_id AS "action_ref",
    COALESCE(p.name, g.name) AS "party",
    COALESCE('P' || p.id, 'G' || g.id) AS "party_ref",
    x.part AS "part"
FROM action_shares x LEFT JOIN people p ON p.id = x.person_id LEFT JOIN organisations g ON g.id = x.organisation_id;

CREATE VIEW v_goal_parties AS SELECT
    'T' || x.theme_id AS "theme_ref",
    g.name AS "organisation",
    'G' || g.id AS "organisation_ref",
    g.sector AS "sector"
FROM theme_goal_parties x JOIN organisations g ON g.id = x.organisation_id;

CREATE VIEW v_contents AS SELECT
    'T' || x.theme_id AS "theme_ref",
    x.content AS "content"
FROM theme_contents x;

CREATE VIEW v_channels AS SELECT
    'M' || x.meeting_id AS "meeting_ref",
    x.channel AS "channel"
FROM meeting_channels x;

CREATE VIEW v_invitations AS SELECT
    'M' || m.id AS "meeting_ref",
    (SELECT COUNT(*) FROM history h WHERE h.stream = 'meeting:' || m.id AND h.version > 1
        AND (h.move IN ('reschedule', 'change_mode', 'cancel') OR h.facts <> replace(h.facts, '["when", ', '')
        OR EXISTS (SELECT 1 FROM history_words w WHERE w.entry_id = h.id AND w.field IN ('place', 'link'))))
    + (SELECT COUNT(*) FROM history h JOIN history_words w ON w.entry_id = h.id AND w.field = 'title'
        WHERE h.stream = 'theme:' || s.theme_id AND h.move = 'describe'
        AND h.id > (SELECT p.id FROM history p WHERE p.stream = 'meeting:' || m.id AND p.version = 1)) AS "sequence"
FROM meetings m JOIN meeting_series s ON s.id = m.series_id;

CREATE VIEW v_answers AS SELECT
    x.id AS "id",
    'M' || x.meeting_id AS "meeting_ref",
    p.name AS "person",
    'P' || p.id AS "person_ref",
    x.answer AS "answer",
    x.answered_at AS "answered_at",
    x.sequence AS "sequence",
    CASE WHEN x.sequence < (SELECT COUNT(*) FROM history h WHERE h.stream = 'meeting:' || m.id AND h.version > 1
        AND (h.move IN ('reschedule', 'change_mode', 'cancel') OR h.facts <> replace(h.facts, '["when", ', '')
        OR EXISTS (SELECT 1 FROM history_words w WHERE w.entry_id = h.id AND w.field IN ('place', 'link'))))
    + (SELECT COUNT(*) FROM history h JOIN history_words w ON w.entry_id = h.id AND w.field = 'title'
        WHERE h.stream = 'theme:' || s.theme_id AND h.move = 'describe'
        AND h.id > (SELECT p.id FROM history p WHERE p.stream = 'meeting:' || m.id AND p.version = 1)) THEN 'former' ELSE 'now' END AS "answer_to"
FROM invitation_answers x JOIN people p ON p.id = x.person_id JOIN meetings m ON m.id = x.meeting_id JOIN meeting_series s ON s.id = m.series_id;

CREATE VIEW v_result_actions AS SELECT
    'O' || x.result_id AS "result_ref",
    'A' || x.action_id AS "action_ref"
FROM result_actions x;

CREATE VIEW v_house_rules AS SELECT
    b.slug AS "table_ref",
    x.code AS "code",
    x.level AS "level",
    x.days AS "days"
FROM house_rules x JOIN partnership_tables b ON b.id = x.table_id;

CREATE VIEW v_translations AS SELECT
    x.id AS "id",
    CASE WHEN substr((x.kind || ':' || x.thing_id), 1, 6) = 'table:' THEN b.slug WHEN substr((x.kind || ':' || x.thing_id), 1, 5) = 'item:' THEN CASE WHEN i.meeting_id IS NULL THEN 'T' || i.theme_id || '/' || i.number ELSE 'M' || i.meeting_id || '/' || i.position END WHEN substr((x.kind || ':' || x.thing_id), 1, 9) = 'database:' THEN 'poyta' WHEN substr((x.kind || ':' || x.thing_id), 1, 6) = 'theme:' THEN 'T' || substr((x.kind || ':' || x.thing_id), 7) WHEN substr((x.kind || ':' || x.thing_id), 1, 7) = 'series:' THEN 'S' || substr((x.kind || ':' || x.thing_id), 8) WHEN substr((x.kind || ':' || x.thing_id), 1, 8) = 'meeting:' THEN 'M' || substr((x.kind || ':' || x.thing_id), 9) WHEN substr((x.kind || ':' || x.thing_id), 1, 5) = 'memo:' THEN 'D' || substr((x.kind || ':' || x.thing_id), 6) WHEN substr((x.kind || ':' || x.thing_id), 1, 7) = 'action:' THEN 'A' || substr((x.kind || ':' || x.thing_id), 8) WHEN substr((x.kind || ':' || x.thing_id), 1, 5) = 'rota:' THEN 'V' || substr((x.kind || ':' || x.thing_id), 6) WHEN substr((x.kind || ':' || x.thing_id), 1, 9) = 'referral:' THEN 'R' || substr((x.kind || ':' || x.thing_id), 10) WHEN substr((x.kind || ':' || x.thing_id), 1, 7) = 'result:' THEN 'O' || substr((x.kind || ':' || x.thing_id), 8) WHEN substr((x.kind || ':' || x.thing_id), 1, 7) = 'person:' THEN 'P' || substr((x.kind || ':' || x.thing_id), 8) WHEN substr((x.kind || ':' || x.thing_id), 1, 13) = 'organisation:' THEN 'G' || substr((x.kind || ':' || x.thing_id), 14) WHEN substr((x.kind || ':' || x.thing_id), 1, 8) = 'project:' THEN 'H' || substr((x.kind || ':' || x.thing_id), 9) END AS "ref",
    CASE WHEN substr((x.kind || ':' || x.thing_id), 1, 6) = 'table:' THEN 'table' WHEN substr((x.kind || ':' || x.thing_id), 1, 5) = 'item:' THEN 'item' WHEN substr((x.kind || ':' || x.thing_id), 1, 9) = 'database:' THEN 'database' WHEN substr((x.kind || ':' || x.thing_id), 1, 6) = 'theme:' THEN 'theme' WHEN substr((x.kind || ':' || x.thing_id), 1, 7) = 'series:' THEN 'series' WHEN substr((x.kind || ':' || x.thing_id), 1, 8) = 'meeting:' THEN 'meeting' WHEN substr((x.kind || ':' || x.thing_id), 1, 5) = 'memo:' THEN 'memo' WHEN substr((x.kind || ':' || x.thing_id), 1, 7) = 'action:' THEN 'action' WHEN substr((x.kind || ':' || x.thing_id), 1, 5) = 'rota:' THEN 'rota' WHEN substr((x.kind || ':' || x.thing_id), 1, 9) = 'referral:' THEN 'referral' WHEN substr((x.kind || ':' || x.thing_id), 1, 7) = 'result:' THEN 'result' WHEN substr((x.kind || ':' || x.thing_id), 1, 7) = 'person:' THEN 'person' WHEN substr((x.kind || ':' || x.thing_id), 1, 13) = 'organisation:' THEN 'organisation' WHEN substr((x.kind || ':' || x.thing_id), 1, 8) = 'project:' THEN 'project' END AS "kind",
    x.thing_id AS "thing_id",
    x.field AS "field",
    x.language AS "language",
    x.text AS "text"
FROM translations x LEFT JOIN agenda_items i ON x.kind = 'item' AND i.id = x.thing_id LEFT JOIN partnership_tables b ON x.kind = 'table' AND b.id = x.thing_id;

CREATE VIEW v_joint_meetings AS SELECT
    'M' || x.meeting_id AS "meeting_ref",
    'S' || x.series_id AS "series_ref",
    'T' || t.id AS "theme_ref",
    b.slug AS "table_ref"
FROM joint_meetings x JOIN meeting_series s ON s.id = x.series_id JOIN themes t ON t.id = s.theme_id JOIN partnership_tables b ON b.id = t.table_id;

CREATE VIEW v_letters AS SELECT
    x.id AS "id",
    COALESCE('P' || x.person_id, 'G' || x.organisation_id) AS "party_ref",
    x.made_at AS "made_at",
    x.written_at AS "written_at",
    x.text AS "text"
FROM reminder_letters x;

CREATE VIEW v_reminders AS SELECT
    y.id AS "id",
    y.letter_id AS "letter_id",
    COALESCE('P' || x.person_id, 'G' || x.organisation_id) AS "party_ref",
    date(x.made_at, CASE WHEN x.made_at >= date(substr(x.made_at, 1, 4) || '-03-25', 'weekday 0') || 'T01' AND x.made_at < date(substr(x.made_at, 1, 4) || '-10-25', 'weekday 0') || 'T01' THEN '+3 hours' ELSE '+2 hours' END) AS "made_on",
    y.stream AS "stream",
    y.given_on AS "given_on",
    y.due_on AS "due_on",
    y.stage AS "stage"
FROM reminders y JOIN reminder_letters x ON x.id = y.letter_id;

CREATE VIEW v_history AS SELECT
    CASE WHEN substr(h.stream, 1, 6) = 'table:' THEN b.slug WHEN substr(h.stream, 1, 5) = 'item:' THEN CASE WHEN i.meeting_id IS NULL THEN 'T' || i.theme_id || '/' || i.number ELSE 'M' || i.meeting_id || '/' || i.position END WHEN substr(h.stream, 1, 9) = 'database:' THEN 'poyta' WHEN substr(h.stream, 1, 6) = 'theme:' THEN 'T' || substr(h.stream, 7) WHEN substr(h.stream, 1, 7) = 'series:' THEN 'S' || substr(h.stream, 8) WHEN substr(h.stream, 1, 8) = 'meeting:' THEN 'M' || substr(h.stream, 9) WHEN substr(h.stream, 1, 5) = 'memo:' THEN 'D' || substr(h.stream, 6) WHEN substr(h.stream, 1, 7) = 'action:' THEN 'A' || substr(h.stream, 8) WHEN substr(h.stream, 1, 5) = 'rota:' THEN 'V' || substr(h.stream, 6) WHEN substr(h.stream, 1, 9) = 'referral:' THEN 'R' || substr(h.stream, 10) WHEN substr(h.stream, 1, 7) = 'result:' THEN 'O' || substr(h.stream, 8) WHEN substr(h.stream, 1, 7) = 'person:' THEN 'P' || substr(h.stream, 8) WHEN substr(h.stream, 1, 13) = 'organisation:' THEN 'G' || substr(h.stream, 14) WHEN substr(h.stream, 1, 8) = 'project:' THEN 'H' || substr(h.stream, 9) END AS "ref",
    CASE WHEN substr(h.stream, 1, 6) = 'table:' THEN 'table' WHEN substr(h.stream, 1, 5) = 'item:' THEN 'item' WHEN substr(h.stream, 1, 9) = 'database:' THEN 'database' WHEN substr(h.stream, 1, 6) = 'theme:' THEN 'theme' WHEN substr(h.stream, 1, 7) = 'series:' THEN 'series' WHEN substr(h.stream, 1, 8) = 'meeting:' THEN 'meeting' WHEN substr(h.stream, 1, 5) = 'memo:' THEN 'memo' WHEN substr(h.stream, 1, 7) = 'action:' THEN 'action' WHEN substr(h.stream, 1, 5) = 'rota:' THEN 'rota' WHEN substr(h.stream, 1, 9) = 'referral:' THEN 'referral' WHEN substr(h.stream, 1, 7) = 'result:' THEN 'result' WHEN substr(h.stream, 1, 7) = 'person:' THEN 'person' WHEN substr(h.stream, 1, 13) = 'organisation:' THEN 'organisation' WHEN substr(h.stream, 1, 8) = 'project:' THEN 'project' END AS "kind",
    h.id AS "id",
    b.slug AS "table_ref",
    h.number AS "number",
    h.stream AS "stream",
    h.version AS "version",
    h.cmd_id AS "cmd_id",
    h.cause_id AS "cause_id",
    c.number AS "cause_number",
    h.recorded_at AS "recorded_at",
    h.happened_at AS "happened_at",
    h.actor AS "actor",
    p.name AS "actor_name",
    'P' || p.id AS "actor_ref",
    h.auth AS "auth",
    h.role AS "role",
    h.move AS "move",
    h.from_state AS "from_state",
    h.to_state AS "to_state",
    h.rules AS "rules",
    h.facts AS "facts",
    (SELECT MIN(w.text) FROM history_words w WHERE w.entry_id = h.id AND w.field = 'reason') AS "reason",
    h.commitment AS "commitment",
    h.prev AS "prev",
    h.hash AS "hash"
FROM history h LEFT JOIN partnership_tables b ON b.id = h.table_id LEFT JOIN people y ON y.pseudonym = h.actor LEFT JOIN people p ON p.id = COALESCE(y.merged_into_id, y.id) LEFT JOIN history c ON c.id = h.cause_id LEFT JOIN agenda_items i ON i.id = CASE WHEN substr(h.stream, 1, 5) = 'item:' AND substr(h.stream, 6) <> '' AND trim(substr(h.stream, 6), '0123456789') = '' THEN CAST(substr(h.stream, 6) AS INTEGER) END;

CREATE VIEW v_history_words AS SELECT
    w.id AS "id",
    w.entry_id AS "entry_id",
    b.slug AS "table_ref",
    h.number AS "number",
    w.field AS "field",
    w.text AS "text"
FROM history_words w JOIN history h ON h.id = w.entry_id LEFT JOIN partnership_tables b ON b.id = h.table_id;

CREATE VIEW v_refused AS SELECT
    CASE WHEN substr(x.stream, 1, 6) = 'table:' THEN b.slug WHEN substr(x.stream, 1, 5) = 'item:' THEN CASE WHEN i.meeting_id IS NULL THEN 'T' || i.theme_id || '/' || i.number ELSE 'M' || i.meeting_id || '/' || i.position END WHEN substr(x.stream, 1, 9) = 'database:' THEN 'poyta' WHEN substr(x.stream, 1, 6) = 'theme:' THEN 'T' || substr(x.stream, 7) WHEN substr(x.stream, 1, 7) = 'series:' THEN 'S' || substr(x.stream, 8) WHEN substr(x.stream, 1, 8) = 'meeting:' THEN 'M' || substr(x.stream, 9) WHEN substr(x.stream, 1, 5) = 'memo:' THEN 'D' || substr(x.stream, 6) WHEN substr(x.stream, 1, 7) = 'action:' THEN 'A' || substr(x.stream, 8) WHEN substr(x.stream, 1, 5) = 'rota:' THEN 'V' || substr(x.stream, 6) WHEN substr(x.stream, 1, 9) = 'referral:' THEN 'R' || substr(x.stream, 10) WHEN substr(x.stream, 1, 7) = 'result:' THEN 'O' || substr(x.stream, 8) WHEN substr(x.stream, 1, 7) = 'person:' THEN 'P' || substr(x.stream, 8) WHEN substr(x.stream, 1, 13) = 'organisation:' THEN 'G' || substr(x.stream, 14) WHEN substr(x.stream, 1, 8) = 'project:' THEN 'H' || substr(x.stream, 9) END AS "ref",
    CASE WHEN substr(x.stream, 1, 6) = 'table:' THEN 'table' WHEN substr(x.stream, 1, 5) = 'item:' THEN 'item' WHEN substr(x.stream, 1, 9) = 'database:' THEN 'database' WHEN substr(x.stream, 1, 6) = 'theme:' THEN 'theme' WHEN substr(x.stream, 1, 7) = 'series:' THEN 'series' WHEN substr(x.stream, 1, 8) = 'meeting:' THEN 'meeting' WHEN substr(x.stream, 1, 5) = 'memo:' THEN 'memo' WHEN substr(x.stream, 1, 7) = 'action:' THEN 'action' WHEN substr(x.stream, 1, 5) = 'rota:' THEN 'rota' WHEN substr(x.stream, 1, 9) = 'referral:' THEN 'referral' WHEN substr(x.stream, 1, 7) = 'result:' THEN 'result' WHEN substr(x.stream, 1, 7) = 'person:' THEN 'person' WHEN substr(x.stream, 1, 13) = 'organisation:' THEN 'organisation' WHEN substr(x.stream, 1, 8) = 'project:' THEN 'project' END AS "kind",
    c.slug AS "table_ref",
    x.id AS "id",
    x.recorded_at AS "recorded_at",
    x.actor AS "actor",
    p.name AS "actor_name",
    'P' || p.id AS "actor_ref",
    x.stream AS "stream",
    x.move AS "move",
    x.reasons AS "reasons"
FROM refused_attempts x LEFT JOIN people y ON y.pseudonym = x.actor LEFT JOIN people p ON p.id = COALESCE(y.merged_into_id, y.id) LEFT JOIN agenda_items i ON i.id = CASE WHEN substr(x.stream, 1, 5) = 'item:' AND substr(x.stream, 6) <> '' AND trim(substr(x.stream, 6), '0123456789') = '' THEN CAST(substr(x.stream, 6) AS INTEGER) END LEFT JOIN partnership_tables b ON b.id = CASE WHEN substr(x.stream, 1, 6) = 'table:' AND substr(x.stream, 7) <> '' AND trim(substr(x.stream, 7), '0123456789') = '' THEN CAST(substr(x.stream, 7) AS INTEGER) END LEFT JOIN partnership_tables c ON c.id = x.table_id;

CREATE TRIGGER poyta_partnership_tables_starts BEFORE INSERT ON partnership_tables WHEN NEW.id < 1 OR NEW.state <> 'proposed' OR NEW.entries <> 1 OR NOT EXISTS (SELECT 1 FROM history WHERE stream = 'table:' || NEW.id AND version = NEW.entries AND from_state IS NULL AND to_state = NEW.state) BEGIN SELECT RAISE(ABORT, 'poyta: a table starts as proposed, with its history'); END;

CREATE TRIGGER poyta_partnership_tables_ways BEFORE UPDATE OF state, entries ON partnership_tables WHEN OLD.state || '>' || NEW.state NOT IN ('active>active', 'active>dormant', 'active>ended', 'dormant>active', 'dormant>dormant', 'dormant>ended', 'proposed>active', 'proposed>declined', 'proposed>proposed', 'proposed>returned', 'returned>proposed', 'returned>returned') BEGIN SELECT RAISE(ABORT, 'poyta: a table has no such move'); END;

CREATE TRIGGER poyta_partnership_tables_told BEFORE UPDATE OF state, entries ON partnership_tables WHEN NEW.entries <> OLD.entries + 1 OR NOT EXISTS (SELECT 1 FROM history WHERE stream = 'table:' || NEW.id AND version = NEW.entries AND from_state = OLD.state AND to_state = NEW.state) BEGIN SELECT RAISE(ABORT, 'poyta: a table moves with its history'); END;

CREATE TRIGGER poyta_partnership_tables_since BEFORE UPDATE OF came_from, state_since ON partnership_tables WHEN NEW.state = OLD.state AND (NEW.came_from IS NOT OLD.came_from OR NEW.state_since <> OLD.state_since) BEGIN SELECT RAISE(ABORT, 'poyta: where a table came from, and when, changes with its state only'); END;

CREATE TRIGGER poyta_partnership_tables_same BEFORE UPDATE OF id ON partnership_tables WHEN NEW.id <> OLD.id BEGIN SELECT RAISE(ABORT, 'poyta: a table keeps its number'); END;

CREATE TRIGGER poyta_partnership_tables_kept BEFORE DELETE ON partnership_tables BEGIN SELECT RAISE(ABORT, 'poyta: a table is never removed'); END;

CREATE TRIGGER poyta_partnership_tables_added BEFORE INSERT ON partnership_tables WHEN EXISTS (SELECT 1 FROM partnership_tables WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM partnership_tables WHERE slug = NEW.slug) BEGIN SELECT RAISE(ABORT, 'poyta: a table is never replaced'); END;

CREATE TRIGGER poyta_partnership_tables_own_slug BEFORE UPDATE OF slug ON partnership_tables WHEN EXISTS (SELECT 1 FROM partnership_tables WHERE slug = NEW.slug AND id <> OLD.id) BEGIN SELECT RAISE(ABORT, 'poyta: a table is never replaced'); END;

CREATE TRIGGER poyta_themes_starts BEFORE INSERT ON themes WHEN NEW.id < 1 OR NEW.state <> 'proposed' OR NEW.entries <> 1 OR NOT EXISTS (SELECT 1 FROM history WHERE stream = 'theme:' || NEW.id AND version = NEW.entries AND from_state IS NULL AND to_state = NEW.state) BEGIN SELECT RAISE(ABORT, 'poyta: a theme starts as proposed, with its history'); END;

CREATE TRIGGER poyta_themes_ways BEFORE UPDATE OF state, entries ON themes WHEN OLD.state || '>' || NEW.state NOT IN ('actions_assigned>actions_assigned', 'actions_assigned>discontinued', 'actions_assigned>held', 'actions_assigned>results_reached', 'actions_assigned>suspended', 'agenda_set>agenda_set', 'agenda_set>convened', 'agenda_set>discontinued', 'agenda_set>held', 'agenda_set>suspended', 'convened>agenda_set', 'convened>convened', 'convened>discontinued', 'convened>suspended', 'declined>declined', 'declined>proposed', 'discontinued>actions_assigned', 'discontinued>agenda_set', 'discontinued>convened', 'discontinued>discontinued', 'discontinued>held', 'discontinued>proposed', 'discontinued>suspended', 'held>actions_assigned', 'held>agenda_set', 'held>discontinued', 'held>held', 'held>suspended', 'proposed>convened', 'proposed>declined', 'proposed>discontinued', 'proposed>proposed', 'results_reached>actions_assigned', 'results_reached>proposed', 'results_reached>results_reached', 'suspended>actions_assigned', 'suspended>agenda_set', 'suspended>convened', 'suspended>discontinued', 'suspended>held', 'suspended>suspended') BEGIN SELECT RAISE(ABORT, 'poyta: a theme has no such move'); END;

CREATE TRIGGER poyta_themes_told BEFORE UPDATE OF state, entries ON themes WHEN NEW.entries <> OLD.entries + 1 OR NOT EXISTS (SELECT 1 FROM history WHERE stream = 'theme:' || NEW.id AND version = NEW.entries AND from_state = OLD.state AND to_state = NEW.state) BEGIN SELECT RAISE(ABORT, 'poyta: a theme moves with its history'); END;

CREATE TRIGGER poyta_themes_since BEFORE UPDATE OF came_from, state_since ON themes WHEN NEW.state = OLD.state AND (NEW.came_from IS NOT OLD.came_from OR NEW.state_since <> OLD.state_since) BEGIN SELECT RAISE(ABORT, 'poyta: where a theme came from, and when, changes with its state only'); END;

CREATE TRIGGER poyta_themes_same BEFORE UPDATE OF id ON themes WHEN NEW.id <> OLD.id BEGIN SELECT RAISE(ABORT, 'poyta: a theme keeps its number'); END;

CREATE TRIGGER poyta_themes_kept BEFORE DELETE ON themes BEGIN SELECT RAISE(ABORT, 'poyta: a theme is never removed'); END;

CREATE TRIGGER poyta_themes_added BEFORE INSERT ON themes WHEN EXISTS (SELECT 1 FROM themes WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'poyta: a theme is never replaced'); END;

CREATE TRIGGER poyta_meeting_series_starts BEFORE INSERT ON meeting_series WHEN NEW.id < 1 OR NEW.state <> 'planned' OR NEW.entries <> 1 OR NOT EXISTS (SELECT 1 FROM history WHERE stream = 'series:' || NEW.id AND version = NEW.entries AND from_state IS NULL AND to_state = NEW.state) BEGIN SELECT RAISE(ABORT, 'poyta: a series starts as planned, with its history'); END;

CREATE TRIGGER poyta_meeting_series_ways BEFORE UPDATE OF state, entries ON meeting_series WHEN OLD.state || '>' || NEW.state NOT IN ('actions_assigned>actions_assigned', 'actions_assigned>convened', 'actions_assigned>discontinued', 'actions_assigned>held', 'actions_assigned>results_reached', 'actions_assigned>suspended', 'agenda_set>agenda_set', 'agenda_set>convened', 'agenda_set>discontinued', 'agenda_set>held', 'agenda_set>planned', 'agenda_set>suspended', 'convened>actions_assigned', 'convened>agenda_set', 'convened>convened', 'convened>discontinued', 'convened>planned', 'convened>suspended', 'discontinued>actions_assigned', 'discontinued>agenda_set', 'discontinued>convened', 'discontinued>held', 'discontinued>planned', 'discontinued>suspended', 'held>actions_assigned', 'held>agenda_set', 'held>discontinued', 'held>held', 'held>suspended', 'planned>agenda_set', 'planned>convened', 'planned>discontinued', 'planned>planned', 'results_reached>actions_assigned', 'suspended>actions_assigned', 'suspended>agenda_set', 'suspended>convened', 'suspended>discontinued', 'suspended>held', 'suspended>suspended') BEGIN SELECT RAISE(ABORT, 'poyta: a series has no such move'); END;

CREATE TRIGGER poyta_meeting_series_told BEFORE UPDATE OF state, entries ON meeting_series WHEN NEW.entries <> OLD.entries + 1 OR NOT EXISTS (SELECT 1 FROM history WHERE stream = 'series:' || NEW.id AND version = NEW.entries AND from_state = OLD.state AND to_state = NEW.state) BEGIN SELECT RAISE(ABORT, 'poyta: a series moves with its history'); END;

CREATE TRIGGER poyta_meeting_series_since BEFORE UPDATE OF came_from, state_since ON meeting_series WHEN NEW.state = OLD.state AND (NEW.came_from IS NOT OLD.came_from OR NEW.state_since <> OLD.state_since) BEGIN SELECT RAISE(ABORT, 'poyta: where a series came from, and when, changes with its state only'); END;

CREATE TRIGGER poyta_meeting_series_same BEFORE UPDATE OF id ON meeting_series WHEN NEW.id <> OLD.id BEGIN SELECT RAISE(ABORT, 'poyta: a series keeps its number'); END;

CREATE TRIGGER poyta_meeting_series_kept BEFORE DELETE ON meeting_series BEGIN SELECT RAISE(ABORT, 'poyta: a series is never removed'); END;

CREATE TRIGGER poyta_meeting_series_added BEFORE INSERT ON meeting_series WHEN EXISTS (SELECT 1 FROM meeting_series WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'poyta: a series is never replaced'); END;

CREATE TRIGGER poyta_meetings_starts BEFORE INSERT ON meetings WHEN NEW.id < 1 OR NEW.state <> 'planned' OR NEW.entries <> 1 OR NOT EXISTS (SELECT 1 FROM history WHERE stream = 'meeting:' || NEW.id AND version = NEW.entries AND from_state IS NULL AND to_state = NEW.state) BEGIN SELECT RAISE(ABORT, 'poyta: a meeting starts as planned, with its history'); END;

CREATE TRIGGER poyta_meetings_ways BEFORE UPDATE OF state, entries ON meetings WHEN OLD.state || '>' || NEW.state NOT IN ('actions_assigned>completed', 'actions_assigned>held', 'agenda_set>agenda_set', 'agenda_set>cancelled', 'agenda_set>convened', 'agenda_set>held', 'completed>actions_assigned', 'convened>agenda_set', 'convened>cancelled', 'convened>convened', 'held>actions_assigned', 'held>agenda_set', 'planned>cancelled', 'planned>convened', 'planned>planned') BEGIN SELECT RAISE(ABORT, 'poyta: a meeting has no such move'); END;

CREATE TRIGGER poyta_meetings_told BEFORE UPDATE OF state, entries ON meetings WHEN NEW.entries <> OLD.entries + 1 OR NOT EXISTS (SELECT 1 FROM history WHERE stream = 'meeting:' || NEW.id AND version = NEW.entries AND from_state = OLD.state AND to_state = NEW.state) BEGIN SELECT RAISE(ABORT, 'poyta: a meeting moves with its history'); END;

CREATE TRIGGER poyta_meetings_since BEFORE UPDATE OF came_from, state_since ON meetings WHEN NEW.state = OLD.state AND (NEW.came_from IS NOT OLD.came_from OR NEW.state_since <> OLD.state_since) BEGIN SELECT RAISE(ABORT, 'poyta: where a meeting came from, and when, changes with its state only'); END;

CREATE TRIGGER poyta_meetings_same BEFORE UPDATE OF id ON meetings WHEN NEW.id <> OLD.id BEGIN SELECT RAISE(ABORT, 'poyta: a meeting keeps its number'); END;

CREATE TRIGGER poyta_meetings_kept BEFORE DELETE ON meetings BEGIN SELECT RAISE(ABORT, 'poyta: a meeting is never removed'); END;

CREATE TRIGGER poyta_meetings_added BEFORE INSERT ON meetings WHEN EXISTS (SELECT 1 FROM meetings WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'poyta: a meeting is never replaced'); END;

CREATE TRIGGER poyta_memos_starts BEFORE INSERT ON memos WHEN NEW.id < 1 OR NEW.state <> 'draft' OR NEW.entries <> 1 OR NOT EXISTS (SELECT 1 FROM history WHERE stream = 'memo:' || NEW.id AND version = NEW.entries AND from_state IS NULL AND to_state = NEW.state) BEGIN SELECT RAISE(ABORT, 'poyta: a memo starts as draft, with its history'); END;

CREATE TRIGGER poyta_memos_ways BEFORE UPDATE OF state, entries ON memos WHEN OLD.state || '>' || NEW.state NOT IN ('circulated>circulated', 'circulated>confirmed', 'circulated>objected', 'confirmed>circulated', 'confirmed>confirmed', 'confirmed>published', 'draft>circulated', 'draft>draft', 'draft>objected', 'objected>circulated', 'objected>draft', 'objected>objected', 'published>published', 'published>withdrawn', 'withdrawn>withdrawn') BEGIN SELECT RAISE(ABORT, 'poyta: a memo has no such move'); END;

CREATE TRIGGER poyta_memos_told BEFORE UPDATE OF state, entries ON memos WHEN NEW.entries <> OLD.entries + 1 OR NOT EXISTS (SELECT 1 FROM history WHERE stream = 'memo:' || NEW.id AND version = NEW.entries AND from_state = OLD.state AND to_state = NEW.state) BEGIN SELECT RAISE(ABORT, 'poyta: a memo moves with its history'); END;

CREATE TRIGGER poyta_memos_since BEFORE UPDATE OF came_from, state_since ON memos WHEN NEW.state = OLD.state AND (NEW.came_from IS NOT OLD.came_from OR NEW.state_since <> OLD.state_since) BEGIN SELECT RAISE(ABORT, 'poyta: where a memo came from, and when, changes with its state only'); END;

CREATE TRIGGER poyta_memos_same BEFORE UPDATE OF id ON memos WHEN NEW.id <> OLD.id BEGIN SELECT RAISE(ABORT, 'poyta: a memo keeps its number'); END;

CREATE TRIGGER poyta_memos_kept BEFORE DELETE ON memos BEGIN SELECT RAISE(ABORT, 'poyta: a memo is never removed'); END;

CREATE TRIGGER poyta_memos_added BEFORE INSERT ON memos WHEN EXISTS (SELECT 1 FROM memos WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM memos WHERE meeting_id = NEW.meeting_id) BEGIN SELECT RAISE(ABORT, 'poyta: a memo is never replaced'); END;

CREATE TRIGGER poyta_memos_own_meeting_id BEFORE UPDATE OF meeting_id ON memos WHEN EXISTS (SELECT 1 FROM memos WHERE meeting_id = NEW.meeting_id AND id <> OLD.id) BEGIN SELECT RAISE(ABORT, 'poyta: a memo is never replaced'); END;

CREATE TRIGGER poyta_agenda_items_starts BEFORE INSERT ON agenda_items WHEN NEW.id < 1 OR NEW.state <> 'submitted' OR NEW.entries <> 1 OR NOT EXISTS (SELECT 1 FROM history WHERE stream = 'item:' || NEW.id AND version = NEW.entries AND from_state IS NULL AND to_state = NEW.state) BEGIN SELECT RAISE(ABORT, 'poyta: a item starts as submitted, with its history'); END;

CREATE TRIGGER poyta_agenda_items_ways BEFORE UPDATE OF state, entries ON agenda_items WHEN OLD.state || '>' || NEW.state NOT IN ('accepted>accepted', 'accepted>settled', 'accepted>submitted', 'accepted>withdrawn', 'declined>declined', 'declined>submitted', 'settled>accepted', 'settled>settled', 'submitted>accepted', 'submitted>declined', 'submitted>submitted', 'submitted>withdrawn', 'withdrawn>accepted', 'withdrawn>submitted', 'withdrawn>withdrawn') BEGIN SELECT RAISE(ABORT, 'poyta: a item has no such move'); END;

CREATE TRIGGER poyta_agenda_items_told BEFORE UPDATE OF state, entries ON agenda_items WHEN NEW.entries <> OLD.entries + 1 OR NOT EXISTS (SELECT 1 FROM history WHERE stream = 'item:' || NEW.id AND version = NEW.entries AND from_state = OLD.state AND to_state = NEW.state) BEGIN SELECT RAISE(ABORT, 'poyta: a item moves with its history'); END;

CREATE TRIGGER poyta_agenda_items_since BEFORE UPDATE OF came_from, state_since ON agenda_items WHEN NEW.state = OLD.state AND (NEW.came_from IS NOT OLD.came_from OR NEW.state_since <> OLD.state_since) BEGIN SELECT RAISE(ABORT, 'poyta: where a item came from, and when, changes with its state only'); END;

CREATE TRIGGER poyta_agenda_items_same BEFORE UPDATE OF id ON agenda_items WHEN NEW.id <> OLD.id BEGIN SELECT RAISE(ABORT, 'poyta: a item keeps its number'); END;

CREATE TRIGGER poyta_agenda_items_kept BEFORE DELETE ON agenda_items BEGIN SELECT RAISE(ABORT, 'poyta: a item is never removed'); END;

CREATE TRIGGER poyta_agenda_items_added BEFORE INSERT ON agenda_items WHEN EXISTS (SELECT 1 FROM agenda_items WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM agenda_items WHERE meeting_id = NEW.meeting_id AND position = NEW.position) OR EXISTS (SELECT 1 FROM agenda_items WHERE theme_id = NEW.theme_id AND number = NEW.number) BEGIN SELECT RAISE(ABORT, 'poyta: a item is never replaced'); END;

CREATE TRIGGER poyta_agenda_items_own_meeting_id_position BEFORE UPDATE OF meeting_id, position ON agenda_items WHEN EXISTS (SELECT 1 FROM agenda_items WHERE meeting_id = NEW.meeting_id AND position = NEW.position AND id <> OLD.id) BEGIN SELECT RAISE(ABORT, 'poyta: a item is never replaced'); END;

CREATE TRIGGER poyta_agenda_items_own_theme_id_number BEFORE UPDATE OF theme_id, number ON agenda_items WHEN EXISTS (SELECT 1 FROM agenda_items WHERE theme_id = NEW.theme_id AND number = NEW.number AND id <> OLD.id) BEGIN SELECT RAISE(ABORT, 'poyta: a item is never replaced'); END;

CREATE TRIGGER poyta_rotas_starts BEFORE INSERT ON rotas WHEN NEW.id < 1 OR NEW.state <> 'running' OR NEW.entries <> 1 OR NOT EXISTS (SELECT 1 FROM history WHERE stream = 'rota:' || NEW.id AND version = NEW.entries AND from_state IS NULL AND to_state = NEW.state) BEGIN SELECT RAISE(ABORT, 'poyta: a rota starts as running, with its history'); END;

CREATE TRIGGER poyta_rotas_ways BEFORE UPDATE OF state, entries ON rotas WHEN OLD.state || '>' || NEW.state NOT IN ('ended>ended', 'ended>running', 'running>ended', 'running>running') BEGIN SELECT RAISE(ABORT, 'poyta: a rota has no such move'); END;

CREATE TRIGGER poyta_rotas_told BEFORE UPDATE OF state, entries ON rotas WHEN NEW.entries <> OLD.entries + 1 OR NOT EXISTS (SELECT 1 FROM history WHERE stream = 'rota:' || NEW.id AND version = NEW.entries AND from_state = OLD.state AND to_state = NEW.state) BEGIN SELECT RAISE(ABORT, 'poyta: a rota moves with its history'); END;

CREATE TRIGGER poyta_rotas_since BEFORE UPDATE OF came_from, state_since ON rotas WHEN NEW.state = OLD.state AND (NEW.came_from IS NOT OLD.came_from OR NEW.state_since <> OLD.state_since) BEGIN SELECT RAISE(ABORT, 'poyta: where a rota came from, and when, changes with its state only'); END;

CREATE TRIGGER poyta_rotas_same BEFORE UPDATE OF id ON rotas WHEN NEW.id <> OLD.id BEGIN SELECT RAISE(ABORT, 'poyta: a rota keeps its number'); END;

CREATE TRIGGER poyta_rotas_kept BEFORE DELETE ON rotas BEGIN SELECT RAISE(ABORT, 'poyta: a rota is never removed'); END;

CREATE TRIGGER poyta_rotas_added BEFORE INSERT ON rotas WHEN EXISTS (SELECT 1 FROM rotas WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'poyta: a rota is never replaced'); END;

CREATE TRIGGER poyta_actions_starts BEFORE INSERT ON actions WHEN NEW.id < 1 OR NEW.state <> 'assigned' OR NEW.entries <> 1 OR NOT EXISTS (SELECT 1 FROM history WHERE stream = 'action:' || NEW.id AND version = NEW.entries AND from_state IS NULL AND to_state = NEW.state) BEGIN SELECT RAISE(ABORT, 'poyta: a action starts as assigned, with its history'); END;

CREATE TRIGGER poyta_actions_ways BEFORE UPDATE OF state, entries ON actions WHEN OLD.state || '>' || NEW.state NOT IN ('assigned>assigned', 'assigned>closed', 'assigned>dropped', 'assigned>in_progress', 'assigned>refused', 'assigned>reported_done', 'assigned>waiting', 'closed>assigned', 'closed>closed', 'closed>in_progress', 'closed>reported_done', 'closed>waiting', 'dropped>assigned', 'dropped>dropped', 'dropped>in_progress', 'dropped>refused', 'dropped>reported_done', 'dropped>waiting', 'in_progress>assigned', 'in_progress>closed', 'in_progress>dropped', 'in_progress>in_progress', 'in_progress>reported_done', 'in_progress>waiting', 'refused>assigned', 'refused>dropped', 'refused>refused', 'reported_done>assigned', 'reported_done>closed', 'reported_done>dropped', 'reported_done>in_progress', 'reported_done>reported_done', 'waiting>assigned', 'waiting>closed', 'waiting>dropped', 'waiting>in_progress', 'waiting>waiting') BEGIN SELECT RAISE(ABORT, 'poyta: a action has no such move'); END;

CREATE TRIGGER poyta_actions_told BEFORE UPDATE OF state, entries ON actions WHEN NEW.entries <> OLD.entries + 1 OR NOT EXISTS (SELECT 1 FROM history WHERE stream = 'action:' || NEW.id AND version = NEW.entries AND from_state = OLD.state AND to_state = NEW.state) BEGIN SELECT RAISE(ABORT, 'poyta: a action moves with its history'); END;

CREATE TRIGGER poyta_actions_since BEFORE UPDATE OF came_from, state_since ON actions WHEN NEW.state = OLD.state AND (NEW.came_from IS NOT OLD.came_from OR NEW.state_since <> OLD.state_since) BEGIN SELECT RAISE(ABORT, 'poyta: where a action came from, and when, changes with its state only'); END;

CREATE TRIGGER poyta_actions_same BEFORE UPDATE OF id ON actions WHEN NEW.id <> OLD.id BEGIN SELECT RAISE(ABORT, 'poyta: a action keeps its number'); END;

CREATE TRIGGER poyta_actions_kept BEFORE DELETE ON actions BEGIN SELECT RAISE(ABORT, 'poyta: a action is never removed'); END;

CREATE TRIGGER poyta_actions_added BEFORE INSERT ON actions WHEN EXISTS (SELECT 1 FROM actions WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'poyta: a action is never replaced'); END;

CREATE TRIGGER poyta_referrals_starts BEFORE INSERT ON referrals WHEN NEW.id < 1 OR NEW.state <> 'drafted' OR NEW.entries <> 1 OR NOT EXISTS (SELECT 1 FROM history WHERE stream = 'referral:' || NEW.id AND version = NEW.entries AND from_state IS NULL AND to_state = NEW.state) BEGIN SELECT RAISE(ABORT, 'poyta: a referral starts as drafted, with its history'); END;

CREATE TRIGGER poyta_referrals_ways BEFORE UPDATE OF state, entries ON referrals WHEN OLD.state || '>' || NEW.state NOT IN ('decided>decided', 'decided>reported_back', 'decided>sent', 'decided>under_consideration', 'drafted>drafted', 'drafted>sent', 'drafted>withdrawn', 'reported_back>decided', 'reported_back>reported_back', 'sent>decided', 'sent>sent', 'sent>under_consideration', 'sent>withdrawn', 'under_consideration>decided', 'under_consideration>sent', 'under_consideration>under_consideration', 'under_consideration>withdrawn', 'withdrawn>drafted', 'withdrawn>sent', 'withdrawn>under_consideration', 'withdrawn>withdrawn') BEGIN SELECT RAISE(ABORT, 'poyta: a referral has no such move'); END;

CREATE TRIGGER poyta_referrals_told BEFORE UPDATE OF state, entries ON referrals WHEN NEW.entries <> OLD.entries + 1 OR NOT EXISTS (SELECT 1 FROM history WHERE stream = 'referral:' || NEW.id AND version = NEW.entries AND from_state = OLD.state AND to_state = NEW.state) BEGIN SELECT RAISE(ABORT, 'poyta: a referral moves with its history'); END;

CREATE TRIGGER poyta_referrals_since BEFORE UPDATE OF came_from, state_since ON referrals WHEN NEW.state = OLD.state AND (NEW.came_from IS NOT OLD.came_from OR NEW.state_since <> OLD.state_since) BEGIN SELECT RAISE(ABORT, 'poyta: where a referral came from, and when, changes with its state only'); END;

CREATE TRIGGER poyta_referrals_same BEFORE UPDATE OF id ON referrals WHEN NEW.id <> OLD.id BEGIN SELECT RAISE(ABORT, 'poyta: a referral keeps its number'); END;

CREATE TRIGGER poyta_referrals_kept BEFORE DELETE ON referrals BEGIN SELECT RAISE(ABORT, 'poyta: a referral is never removed'); END;

CREATE TRIGGER poyta_referrals_added BEFORE INSERT ON referrals WHEN EXISTS (SELECT 1 FROM referrals WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'poyta: a referral is never replaced'); END;

CREATE TRIGGER poyta_results_starts BEFORE INSERT ON results WHEN NEW.id < 1 OR NEW.state <> 'recorded' OR NEW.entries <> 1 OR NOT EXISTS (SELECT 1 FROM history WHERE stream = 'result:' || NEW.id AND version = NEW.entries AND from_state IS NULL AND to_state = NEW.state) BEGIN SELECT RAISE(ABORT, 'poyta: a result starts as recorded, with its history'); END;

CREATE TRIGGER poyta_results_ways BEFORE UPDATE OF state, entries ON results WHEN OLD.state || '>' || NEW.state NOT IN ('checked>checked', 'checked>confirmed', 'confirmed>checked', 'confirmed>confirmed', 'confirmed>recorded', 'recorded>confirmed', 'recorded>recorded') BEGIN SELECT RAISE(ABORT, 'poyta: a result has no such move'); END;

CREATE TRIGGER poyta_results_told BEFORE UPDATE OF state, entries ON results WHEN NEW.entries <> OLD.entries + 1 OR NOT EXISTS (SELECT 1 FROM history WHERE stream = 'result:' || NEW.id AND version = NEW.entries AND from_state = OLD.state AND to_state = NEW.state) BEGIN SELECT RAISE(ABORT, 'poyta: a result moves with its history'); END;

CREATE TRIGGER poyta_results_since BEFORE UPDATE OF came_from, state_since ON results WHEN NEW.state = OLD.state AND (NEW.came_from IS NOT OLD.came_from OR NEW.state_since <> OLD.state_since) BEGIN SELECT RAISE(ABORT, 'poyta: where a result came from, and when, changes with its state only'); END;

CREATE TRIGGER poyta_results_same BEFORE UPDATE OF id ON results WHEN NEW.id <> OLD.id BEGIN SELECT RAISE(ABORT, 'poyta: a result keeps its number'); END;

CREATE TRIGGER poyta_results_kept BEFORE DELETE ON results BEGIN SELECT RAISE(ABORT, 'poyta: a result is never removed'); END;

CREATE TRIGGER poyta_results_added BEFORE INSERT ON results WHEN EXISTS (SELECT 1 FROM results WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'poyta: a result is never replaced'); END;

CREATE TRIGGER poyta_history_unchanged BEFORE UPDATE ON history BEGIN SELECT RAISE(ABORT, 'poyta: history is never changed'); END;

CREATE TRIGGER poyta_history_words_unchanged BEFORE UPDATE ON history_words BEGIN SELECT RAISE(ABORT, 'poyta: history_words is never changed'); END;

CREATE TRIGGER poyta_refused_attempts_unchanged BEFORE UPDATE ON refused_attempts BEGIN SELECT RAISE(ABORT, 'poyta: refused_attempts is never changed'); END;

CREATE TRIGGER poyta_history_tiles_unchanged BEFORE UPDATE ON history_tiles BEGIN SELECT RAISE(ABORT, 'poyta: history_tiles is never changed'); END;

CREATE TRIGGER poyta_origin_unchanged BEFORE UPDATE ON origin BEGIN SELECT RAISE(ABORT, 'poyta: origin is never changed'); END;

CREATE TRIGGER poyta_history_kept BEFORE DELETE ON history BEGIN SELECT RAISE(ABORT, 'poyta: history is never removed'); END;

CREATE TRIGGER poyta_refused_attempts_kept BEFORE DELETE ON refused_attempts BEGIN SELECT RAISE(ABORT, 'poyta: refused_attempts is never removed'); END;

CREATE TRIGGER poyta_history_tiles_kept BEFORE DELETE ON history_tiles BEGIN SELECT RAISE(ABORT, 'poyta: history_tiles is never removed'); END;

CREATE TRIGGER poyta_origin_kept BEFORE DELETE ON origin BEGIN SELECT RAISE(ABORT, 'poyta: origin is never removed'); END;

CREATE TRIGGER poyta_history_follows BEFORE INSERT ON history WHEN NEW.id <> (SELECT COALESCE(MAX(id), 0) + 1 FROM history) OR NEW.version <> (SELECT COALESCE(MAX(version), 0) + 1 FROM history WHERE stream = NEW.stream) OR NEW.number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM history WHERE table_id IS NEW.table_id) OR NEW.prev <> COALESCE((SELECT hash FROM history WHERE stream = NEW.stream AND version = NEW.version - 1), '') BEGIN SELECT RAISE(ABORT, 'poyta: history is added to at its end only'); END;

CREATE TRIGGER poyta_history_added BEFORE INSERT ON history WHEN EXISTS (SELECT 1 FROM history WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM history WHERE cmd_id = NEW.cmd_id) BEGIN SELECT RAISE(ABORT, 'poyta: history is never replaced'); END;

CREATE TRIGGER poyta_history_words_added BEFORE INSERT ON history_words WHEN EXISTS (SELECT 1 FROM history_words WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'poyta: history_words is never replaced'); END;

CREATE TRIGGER poyta_refused_attempts_added BEFORE INSERT ON refused_attempts WHEN EXISTS (SELECT 1 FROM refused_attempts WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'poyta: refused_attempts is never replaced'); END;

CREATE TRIGGER poyta_history_tiles_added BEFORE INSERT ON history_tiles WHEN EXISTS (SELECT 1 FROM history_tiles WHERE level = NEW.level AND place = NEW.place) BEGIN SELECT RAISE(ABORT, 'poyta: history_tiles is never replaced'); END;

CREATE TRIGGER poyta_origin_added BEFORE INSERT ON origin WHEN EXISTS (SELECT 1 FROM origin WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'poyta: origin is never replaced'); END;
