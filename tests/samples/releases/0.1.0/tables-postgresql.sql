CREATE TABLE agency (
    id SERIAL NOT NULL,
    name VARCHAR NOT NULL,
    superior VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    lenient BOOLEAN NOT NULL,
    settings JSON NOT NULL,
    codes_given INTEGER NOT NULL,
    paused_at TIMESTAMP WITH TIME ZONE,
    paused_until DATE,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE allowance (
    id SERIAL NOT NULL,
    name VARCHAR NOT NULL,
    next_allowed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (name)
);

CREATE TABLE heartbeat (
    id SERIAL NOT NULL,
    name VARCHAR NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (name)
);

CREATE TABLE inbox (
    id SERIAL NOT NULL,
    channel VARCHAR NOT NULL,
    bot VARCHAR NOT NULL,
    platform_id VARCHAR NOT NULL,
    address VARCHAR NOT NULL,
    topic VARCHAR NOT NULL,
    sender VARCHAR NOT NULL,
    sender_id VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    album VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    file BYTEA,
    quoted_letter_id INTEGER,
    edits_id INTEGER,
    received_at TIMESTAMP WITH TIME ZONE NOT NULL,
    handled_at TIMESTAMP WITH TIME ZONE,
    failed BOOLEAN NOT NULL,
    let_go_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    FOREIGN KEY(edits_id) REFERENCES inbox (id),
    UNIQUE (channel, bot, platform_id)
);

CREATE INDEX ix_inbox_handled_at ON inbox (handled_at);

CREATE TABLE monthly_count (
    id SERIAL NOT NULL,
    channel VARCHAR NOT NULL,
    bot VARCHAR NOT NULL,
    month VARCHAR NOT NULL,
    sent INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (channel, bot, month)
);

CREATE TABLE platform_update (
    id SERIAL NOT NULL,
    channel VARCHAR NOT NULL,
    bot VARCHAR NOT NULL,
    platform_id VARCHAR NOT NULL,
    body JSON NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE NOT NULL,
    handled_at TIMESTAMP WITH TIME ZONE,
    tries INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (channel, bot, platform_id)
);

CREATE INDEX ix_platform_update_waiting ON platform_update (channel, bot, handled_at);

CREATE TABLE wrong_code (
    id SERIAL NOT NULL,
    place VARCHAR NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX ix_wrong_code_place ON wrong_code (place);

CREATE TABLE alarm (
    id SERIAL NOT NULL,
    agency_id INTEGER,
    about VARCHAR NOT NULL,
    detail JSON NOT NULL,
    repaired INTEGER NOT NULL,
    found_at TIMESTAMP WITH TIME ZONE NOT NULL,
    told_at TIMESTAMP WITH TIME ZONE,
    closed_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    FOREIGN KEY(agency_id) REFERENCES agency (id)
);

CREATE INDEX ix_alarm_open ON alarm (agency_id, about, closed_at);

CREATE TABLE change (
    id SERIAL NOT NULL,
    agency_id INTEGER NOT NULL,
    inbox_id INTEGER NOT NULL,
    about VARCHAR NOT NULL,
    what VARCHAR NOT NULL,
    undo_by JSON NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    undone_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    FOREIGN KEY(agency_id) REFERENCES agency (id),
    FOREIGN KEY(inbox_id) REFERENCES inbox (id)
);

CREATE INDEX ix_change_about ON change (about);

CREATE INDEX ix_change_inbox_id ON change (inbox_id);

CREATE TABLE chat (
    id SERIAL NOT NULL,
    agency_id INTEGER NOT NULL,
    channel VARCHAR NOT NULL,
    bot VARCHAR NOT NULL,
    address VARCHAR NOT NULL,
    topic VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    role VARCHAR(24) NOT NULL,
    linked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    left_at TIMESTAMP WITH TIME ZONE,
    lost BOOLEAN NOT NULL,
    companion_of INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(agency_id) REFERENCES agency (id),
    FOREIGN KEY(companion_of) REFERENCES chat (id),
    UNIQUE (channel, bot, address, topic),
    UNIQUE (companion_of)
);

CREATE INDEX ix_chat_agency_id ON chat (agency_id);

CREATE TABLE stored_file (
    id SERIAL NOT NULL,
    agency_id INTEGER NOT NULL,
    sha256 VARCHAR NOT NULL,
    size INTEGER NOT NULL,
    media_type VARCHAR NOT NULL,
    stored_at TIMESTAMP WITH TIME ZONE NOT NULL,
    let_go_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    FOREIGN KEY(agency_id) REFERENCES agency (id),
    UNIQUE (agency_id, sha256)
);

CREATE TABLE trail (
    id SERIAL NOT NULL,
    agency_id INTEGER,
    chain INTEGER NOT NULL,
    place INTEGER,
    chat_id INTEGER,
    sender VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    refused BOOLEAN NOT NULL,
    detail JSON NOT NULL,
    words JSON NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    salt VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    hash VARCHAR NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(agency_id) REFERENCES agency (id),
    UNIQUE (chain, place)
);

CREATE INDEX ix_trail_agency_id ON trail (agency_id);

CREATE INDEX ix_trail_cut ON trail (chain) WHERE action = 'trail_cut';

CREATE INDEX ix_trail_duty ON trail (agency_id) WHERE action IN ('correct_deadline', 'record_event', 'forget_event', 'demand_evidence', 'set_milestone', 'drop_milestone', 'give_lead', 'snooze', 'evidence_dropped');

CREATE TABLE unit (
    id SERIAL NOT NULL,
    agency_id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    name_key VARCHAR NOT NULL,
    kind VARCHAR(24) NOT NULL,
    valid_from DATE,
    valid_to DATE,
    successor_id INTEGER,
    unreached_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    FOREIGN KEY(agency_id) REFERENCES agency (id),
    FOREIGN KEY(successor_id) REFERENCES unit (id),
    UNIQUE (agency_id, name_key)
);

CREATE TABLE web_session (
    id SERIAL NOT NULL,
    agency_id INTEGER NOT NULL,
    token_hash VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    browser VARCHAR NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    rests_until TIMESTAMP WITH TIME ZONE NOT NULL,
    withdrawn_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    FOREIGN KEY(agency_id) REFERENCES agency (id),
    UNIQUE (token_hash)
);

CREATE INDEX ix_web_session_agency_id ON web_session (agency_id);

CREATE TABLE chat_unit (
    id SERIAL NOT NULL,
    chat_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(chat_id) REFERENCES chat (id),
    FOREIGN KEY(unit_id) REFERENCES unit (id),
    UNIQUE (chat_id, unit_id)
);

CREATE INDEX ix_chat_unit_unit_id ON chat_unit (unit_id);

CREATE TABLE day_off (
    id SERIAL NOT NULL,
    agency_id INTEGER NOT NULL,
    day DATE NOT NULL,
    is_off BOOLEAN NOT NULL,
    note VARCHAR NOT NULL,
    chat_id INTEGER,
    sender VARCHAR NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(agency_id) REFERENCES agency (id),
    FOREIGN KEY(chat_id) REFERENCES chat (id),
    UNIQUE (agency_id, day)
);

CREATE TABLE former_name (
    id SERIAL NOT NULL,
    agency_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    until DATE NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(agency_id) REFERENCES agency (id),
    FOREIGN KEY(unit_id) REFERENCES unit (id),
    UNIQUE (unit_id, until)
);

CREATE INDEX ix_former_name_agency_id ON former_name (agency_id);

CREATE TABLE "freeze" (
    id SERIAL NOT NULL,
    agency_id INTEGER NOT NULL,
    window_key VARCHAR NOT NULL,
    facts JSON NOT NULL,
    chat_id INTEGER,
    sender VARCHAR NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    withdrawn_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    FOREIGN KEY(agency_id) REFERENCES agency (id),
    FOREIGN KEY(chat_id) REFERENCES chat (id)
);

CREATE INDEX ix_freeze_window ON "freeze" (agency_id, window_key);

CREATE TABLE invitation (
    id SERIAL NOT NULL,
    agency_id INTEGER NOT NULL,
    code_hash VARCHAR NOT NULL,
    role VARCHAR(24) NOT NULL,
    unit_id INTEGER,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    used_at TIMESTAMP WITH TIME ZONE,
    used_by_chat_id INTEGER,
    withdrawn_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    FOREIGN KEY(agency_id) REFERENCES agency (id),
    FOREIGN KEY(unit_id) REFERENCES unit (id),
    FOREIGN KEY(used_by_chat_id) REFERENCES chat (id),
    UNIQUE (code_hash)
);

CREATE TABLE letter (
    id SERIAL NOT NULL,
    agency_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    key VARCHAR NOT NULL,
    kind VARCHAR(24) NOT NULL,
    state VARCHAR(24) NOT NULL,
    body JSON NOT NULL,
    listed JSON NOT NULL,
    follows_id INTEGER,
    put_at TIMESTAMP WITH TIME ZONE NOT NULL,
    next_try_at TIMESTAMP WITH TIME ZONE NOT NULL,
    lease_until TIMESTAMP WITH TIME ZONE,
    attempts INTEGER NOT NULL,
    maybe_twice BOOLEAN NOT NULL,
    sent_at TIMESTAMP WITH TIME ZONE,
    platform_id VARCHAR,
    edit_at TIMESTAMP WITH TIME ZONE,
    file_id INTEGER,
    file_name VARCHAR NOT NULL,
    failure VARCHAR NOT NULL,
    let_go_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    FOREIGN KEY(agency_id) REFERENCES agency (id),
    FOREIGN KEY(chat_id) REFERENCES chat (id),
    FOREIGN KEY(file_id) REFERENCES stored_file (id),
    FOREIGN KEY(follows_id) REFERENCES letter (id),
    UNIQUE (chat_id, key)
);

CREATE INDEX ix_letter_edit_at ON letter (edit_at);

CREATE INDEX ix_letter_lost ON letter (agency_id, put_at) WHERE state IN ('failed', 'unknown');

CREATE INDEX ix_letter_put ON letter (agency_id, put_at);

CREATE INDEX ix_letter_queue ON letter (kind, id) WHERE state IN ('waiting', 'sending');

CREATE INDEX ix_letter_talk ON letter (chat_id, put_at);

CREATE INDEX ix_letter_unsent ON letter (chat_id, id) WHERE state IN ('waiting', 'sending');

CREATE TABLE plan (
    id SERIAL NOT NULL,
    agency_id INTEGER NOT NULL,
    state VARCHAR(24) NOT NULL,
    number VARCHAR,
    title VARCHAR NOT NULL,
    first_year INTEGER NOT NULL,
    last_year INTEGER NOT NULL,
    issued DATE,
    signer VARCHAR,
    source_name VARCHAR NOT NULL,
    source_hash VARCHAR NOT NULL,
    source BYTEA NOT NULL,
    notes JSON NOT NULL,
    settings JSON NOT NULL,
    edition_of_id INTEGER,
    put_by_chat_id INTEGER,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    confirmed_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    FOREIGN KEY(agency_id) REFERENCES agency (id),
    FOREIGN KEY(edition_of_id) REFERENCES plan (id),
    FOREIGN KEY(put_by_chat_id) REFERENCES chat (id),
    UNIQUE (agency_id, source_hash)
);

CREATE INDEX ix_plan_agency_id ON plan (agency_id);

CREATE TABLE report_form (
    id SERIAL NOT NULL,
    agency_id INTEGER NOT NULL,
    file_name VARCHAR NOT NULL,
    source BYTEA NOT NULL,
    chat_id INTEGER,
    sender VARCHAR NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    withdrawn_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    FOREIGN KEY(agency_id) REFERENCES agency (id),
    FOREIGN KEY(chat_id) REFERENCES chat (id)
);

CREATE INDEX ix_report_form_agency_id ON report_form (agency_id);

CREATE TABLE unit_alias (
    id SERIAL NOT NULL,
    agency_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    alias VARCHAR NOT NULL,
    alias_key VARCHAR NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(agency_id) REFERENCES agency (id),
    FOREIGN KEY(unit_id) REFERENCES unit (id),
    UNIQUE (agency_id, alias_key)
);

CREATE INDEX ix_unit_alias_unit_id ON unit_alias (unit_id);

CREATE TABLE unit_change (
    id SERIAL NOT NULL,
    agency_id INTEGER NOT NULL,
    kind VARCHAR(24) NOT NULL,
    state VARCHAR(24) NOT NULL,
    "on" DATE NOT NULL,
    unit_ids JSON NOT NULL,
    names JSON NOT NULL,
    shares JSON NOT NULL,
    did JSON NOT NULL,
    chat_id INTEGER,
    sender VARCHAR NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    done_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    FOREIGN KEY(agency_id) REFERENCES agency (id),
    FOREIGN KEY(chat_id) REFERENCES chat (id)
);

CREATE INDEX ix_unit_change_agency_id ON unit_change (agency_id);

CREATE TABLE waiting_file (
    id SERIAL NOT NULL,
    agency_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    inbox_id INTEGER NOT NULL,
    file_id INTEGER NOT NULL,
    file_name VARCHAR NOT NULL,
    sender VARCHAR NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    placed_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    FOREIGN KEY(agency_id) REFERENCES agency (id),
    FOREIGN KEY(chat_id) REFERENCES chat (id),
    FOREIGN KEY(file_id) REFERENCES stored_file (id),
    FOREIGN KEY(inbox_id) REFERENCES inbox (id),
    UNIQUE (inbox_id)
);

CREATE INDEX ix_waiting_file_chat_id ON waiting_file (chat_id);

CREATE TABLE web_seat (
    id SERIAL NOT NULL,
    session_id INTEGER NOT NULL,
    chat_id INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(chat_id) REFERENCES chat (id),
    FOREIGN KEY(session_id) REFERENCES web_session (id),
    UNIQUE (session_id, chat_id)
);

CREATE INDEX ix_web_seat_chat_id ON web_seat (chat_id);

CREATE TABLE duty (
    id SERIAL NOT NULL,
    agency_id INTEGER NOT NULL,
    plan_id INTEGER NOT NULL,
    place VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    printed JSON NOT NULL,
    code VARCHAR NOT NULL,
    heading VARCHAR NOT NULL,
    content VARCHAR NOT NULL,
    forms JSON NOT NULL,
    deliverables JSON NOT NULL,
    kind VARCHAR(24) NOT NULL,
    receiver VARCHAR NOT NULL,
    phrase VARCHAR NOT NULL,
    reading VARCHAR(24) NOT NULL,
    says VARCHAR NOT NULL,
    deadline JSON NOT NULL,
    notes VARCHAR NOT NULL,
    needs_evidence BOOLEAN NOT NULL,
    left_out BOOLEAN NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(agency_id) REFERENCES agency (id),
    FOREIGN KEY(plan_id) REFERENCES plan (id),
    UNIQUE (plan_id, place)
);

CREATE INDEX ix_duty_plan_id ON duty (plan_id);

CREATE TABLE plan_file (
    id SERIAL NOT NULL,
    agency_id INTEGER NOT NULL,
    plan_id INTEGER NOT NULL,
    source_name VARCHAR NOT NULL,
    source_hash VARCHAR NOT NULL,
    source BYTEA NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(agency_id) REFERENCES agency (id),
    FOREIGN KEY(plan_id) REFERENCES plan (id),
    UNIQUE (plan_id, source_hash)
);

CREATE INDEX ix_plan_file_plan_id ON plan_file (plan_id);

CREATE TABLE duty_event (
    id SERIAL NOT NULL,
    agency_id INTEGER NOT NULL,
    duty_id INTEGER NOT NULL,
    day DATE NOT NULL,
    due DATE,
    chat_id INTEGER,
    sender VARCHAR NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    withdrawn_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    FOREIGN KEY(agency_id) REFERENCES agency (id),
    FOREIGN KEY(chat_id) REFERENCES chat (id),
    FOREIGN KEY(duty_id) REFERENCES duty (id),
    UNIQUE (duty_id, day)
);

CREATE INDEX ix_duty_event_duty_id ON duty_event (duty_id);

CREATE TABLE duty_unit (
    id SERIAL NOT NULL,
    agency_id INTEGER NOT NULL,
    duty_id INTEGER NOT NULL,
    printed VARCHAR NOT NULL,
    role VARCHAR(24) NOT NULL,
    unit_id INTEGER,
    bullets JSON NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(agency_id) REFERENCES agency (id),
    FOREIGN KEY(duty_id) REFERENCES duty (id),
    FOREIGN KEY(unit_id) REFERENCES unit (id),
    UNIQUE (duty_id, printed, role)
);

CREATE INDEX ix_duty_unit_duty_id ON duty_unit (duty_id);

CREATE INDEX ix_duty_unit_unit_id ON duty_unit (unit_id);

CREATE TABLE milestone (
    id SERIAL NOT NULL,
    agency_id INTEGER NOT NULL,
    duty_id INTEGER NOT NULL,
    day DATE NOT NULL,
    about VARCHAR NOT NULL,
    chat_id INTEGER,
    sender VARCHAR NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    withdrawn_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    FOREIGN KEY(agency_id) REFERENCES agency (id),
    FOREIGN KEY(chat_id) REFERENCES chat (id),
    FOREIGN KEY(duty_id) REFERENCES duty (id),
    UNIQUE (duty_id, day)
);

CREATE INDEX ix_milestone_duty_id ON milestone (duty_id);

CREATE TABLE occurrence (
    id SERIAL NOT NULL,
    agency_id INTEGER NOT NULL,
    duty_id INTEGER NOT NULL,
    period_key VARCHAR NOT NULL,
    stated DATE,
    last_day DATE,
    at TIME WITHOUT TIME ZONE,
    period_start DATE,
    period_end DATE,
    "window" VARCHAR,
    PRIMARY KEY (id),
    FOREIGN KEY(agency_id) REFERENCES agency (id),
    FOREIGN KEY(duty_id) REFERENCES duty (id),
    UNIQUE (duty_id, period_key)
);

CREATE INDEX ix_occurrence_duty_id ON occurrence (duty_id);

CREATE TABLE obligation (
    id SERIAL NOT NULL,
    agency_id INTEGER NOT NULL,
    occurrence_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    short_code VARCHAR NOT NULL,
    bullets JSON NOT NULL,
    since DATE NOT NULL,
    starts DATE NOT NULL,
    held BOOLEAN NOT NULL,
    freed_by_inbox_id INTEGER,
    snoozed_until DATE,
    withdrawn_at TIMESTAMP WITH TIME ZONE,
    due DATE,
    done_at TIMESTAMP WITH TIME ZONE,
    is_open BOOLEAN NOT NULL,
    in_progress BOOLEAN NOT NULL,
    obstacle VARCHAR NOT NULL,
    asked_answer_id INTEGER,
    not_applicable BOOLEAN NOT NULL,
    next_rung_on DATE,
    next_slot INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(agency_id) REFERENCES agency (id),
    FOREIGN KEY(freed_by_inbox_id) REFERENCES inbox (id),
    FOREIGN KEY(occurrence_id) REFERENCES occurrence (id),
    FOREIGN KEY(unit_id) REFERENCES unit (id),
    UNIQUE (agency_id, short_code),
    UNIQUE (occurrence_id, unit_id)
);

CREATE INDEX ix_obligation_freed_by_inbox_id ON obligation (freed_by_inbox_id);

CREATE INDEX ix_obligation_next_rung ON obligation (agency_id, next_rung_on, next_slot) WHERE next_rung_on IS NOT NULL;

CREATE INDEX ix_obligation_occurrence_id ON obligation (occurrence_id);

CREATE INDEX ix_obligation_open ON obligation (unit_id, is_open);

CREATE TABLE access_link (
    id SERIAL NOT NULL,
    agency_id INTEGER NOT NULL,
    purpose VARCHAR(24) NOT NULL,
    token_hash VARCHAR NOT NULL,
    chat_id INTEGER NOT NULL,
    obligation_id INTEGER,
    file_id INTEGER,
    file_name VARCHAR NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE,
    used_at TIMESTAMP WITH TIME ZONE,
    withdrawn_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    FOREIGN KEY(agency_id) REFERENCES agency (id),
    FOREIGN KEY(chat_id) REFERENCES chat (id),
    FOREIGN KEY(file_id) REFERENCES stored_file (id),
    FOREIGN KEY(obligation_id) REFERENCES obligation (id),
    UNIQUE (token_hash)
);

CREATE INDEX ix_access_link_chat_id ON access_link (chat_id);

CREATE TABLE answer (
    id SERIAL NOT NULL,
    agency_id INTEGER NOT NULL,
    obligation_id INTEGER NOT NULL,
    chat_id INTEGER,
    inbox_id INTEGER,
    sender VARCHAR NOT NULL,
    sender_id VARCHAR NOT NULL,
    kind VARCHAR(24) NOT NULL,
    text VARCHAR NOT NULL,
    wanted_due DATE,
    claimed_on DATE,
    links JSON NOT NULL,
    documents JSON NOT NULL,
    quantities JSON NOT NULL,
    deliverables JSON NOT NULL,
    on_behalf BOOLEAN NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    undone_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    FOREIGN KEY(agency_id) REFERENCES agency (id),
    FOREIGN KEY(chat_id) REFERENCES chat (id),
    FOREIGN KEY(inbox_id) REFERENCES inbox (id),
    FOREIGN KEY(obligation_id) REFERENCES obligation (id),
    UNIQUE (inbox_id, obligation_id, kind)
);

CREATE INDEX ix_answer_agency_id ON answer (agency_id);

CREATE INDEX ix_answer_obligation_id ON answer (obligation_id);

CREATE TABLE dialogue (
    id SERIAL NOT NULL,
    chat_id INTEGER NOT NULL,
    obligation_id INTEGER NOT NULL,
    asks VARCHAR(24) NOT NULL,
    asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(chat_id) REFERENCES chat (id),
    FOREIGN KEY(obligation_id) REFERENCES obligation (id),
    UNIQUE (chat_id)
);

CREATE TABLE former_owner (
    id SERIAL NOT NULL,
    agency_id INTEGER NOT NULL,
    obligation_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    until DATE NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(agency_id) REFERENCES agency (id),
    FOREIGN KEY(obligation_id) REFERENCES obligation (id),
    FOREIGN KEY(unit_id) REFERENCES unit (id),
    UNIQUE (obligation_id, until)
);

CREATE INDEX ix_former_owner_agency_id ON former_owner (agency_id);

CREATE TABLE letter_subject (
    id SERIAL NOT NULL,
    agency_id INTEGER NOT NULL,
    letter_id INTEGER NOT NULL,
    obligation_id INTEGER NOT NULL,
    rung VARCHAR NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(agency_id) REFERENCES agency (id),
    FOREIGN KEY(letter_id) REFERENCES letter (id) ON DELETE CASCADE,
    FOREIGN KEY(obligation_id) REFERENCES obligation (id),
    UNIQUE (letter_id, obligation_id)
);

CREATE INDEX ix_letter_subject_obligation_id ON letter_subject (obligation_id);

CREATE TABLE nudge (
    id SERIAL NOT NULL,
    agency_id INTEGER NOT NULL,
    obligation_id INTEGER NOT NULL,
    reckoned_from DATE NOT NULL,
    rung VARCHAR NOT NULL,
    partner_id INTEGER NOT NULL,
    audience VARCHAR(24) NOT NULL,
    to_unit_id INTEGER,
    "on" DATE NOT NULL,
    letter_id INTEGER,
    dropped BOOLEAN NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(agency_id) REFERENCES agency (id),
    FOREIGN KEY(letter_id) REFERENCES letter (id),
    FOREIGN KEY(obligation_id) REFERENCES obligation (id),
    FOREIGN KEY(to_unit_id) REFERENCES unit (id),
    UNIQUE (obligation_id, reckoned_from, rung, partner_id)
);

CREATE INDEX ix_nudge_letter ON nudge (letter_id) WHERE letter_id IS NOT NULL;

CREATE INDEX ix_nudge_pending ON nudge (agency_id, audience, to_unit_id, partner_id, rung) WHERE letter_id IS NULL AND NOT dropped;

CREATE TABLE decision (
    id SERIAL NOT NULL,
    agency_id INTEGER NOT NULL,
    obligation_id INTEGER NOT NULL,
    answer_id INTEGER,
    chat_id INTEGER,
    inbox_id INTEGER,
    sender VARCHAR NOT NULL,
    sender_id VARCHAR NOT NULL,
    kind VARCHAR(24) NOT NULL,
    reason VARCHAR NOT NULL,
    due DATE,
    to_unit_id INTEGER,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    undone_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    FOREIGN KEY(agency_id) REFERENCES agency (id),
    FOREIGN KEY(answer_id) REFERENCES answer (id),
    FOREIGN KEY(chat_id) REFERENCES chat (id),
    FOREIGN KEY(inbox_id) REFERENCES inbox (id),
    FOREIGN KEY(obligation_id) REFERENCES obligation (id),
    FOREIGN KEY(to_unit_id) REFERENCES unit (id),
    UNIQUE (inbox_id, obligation_id, kind)
);

CREATE INDEX ix_decision_agency_id ON decision (agency_id);

CREATE INDEX ix_decision_obligation_id ON decision (obligation_id);

CREATE TABLE evidence (
    id SERIAL NOT NULL,
    agency_id INTEGER NOT NULL,
    obligation_id INTEGER NOT NULL,
    file_id INTEGER NOT NULL,
    file_name VARCHAR NOT NULL,
    answer_id INTEGER,
    chat_id INTEGER,
    inbox_id INTEGER,
    sender VARCHAR NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    removed_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    FOREIGN KEY(agency_id) REFERENCES agency (id),
    FOREIGN KEY(answer_id) REFERENCES answer (id),
    FOREIGN KEY(chat_id) REFERENCES chat (id),
    FOREIGN KEY(file_id) REFERENCES stored_file (id),
    FOREIGN KEY(inbox_id) REFERENCES inbox (id),
    FOREIGN KEY(obligation_id) REFERENCES obligation (id),
    UNIQUE (obligation_id, file_id)
);

CREATE INDEX ix_evidence_agency_id ON evidence (agency_id);

CREATE INDEX ix_evidence_file_id ON evidence (file_id);

CREATE INDEX ix_evidence_obligation_id ON evidence (obligation_id);

