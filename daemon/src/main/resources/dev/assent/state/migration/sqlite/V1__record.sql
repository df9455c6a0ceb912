-- The record, first form. Names are the glossary's (model/package-info.java). Instants are ISO-8601
-- text in UTC; what belongs to a list or a map that is only ever read whole is JSON.

-- 'ASNT': tells our databases from those of other programs.
PRAGMA application_id = 1095978580;

-- One row, a known text sealed with the key: proves that a key is the right one before it is used.
CREATE TABLE key_check (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    sealed BLOB NOT NULL
) STRICT;

CREATE TABLE application (
    name   TEXT PRIMARY KEY,
    serial INTEGER NOT NULL DEFAULT 0 CHECK (serial >= 0)
) STRICT;

-- The id tells which group is the oldest; a group removed and built again is a new one.
CREATE TABLE server_group (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    application TEXT NOT NULL REFERENCES application (name),
    engine      TEXT NOT NULL,
    name        TEXT NOT NULL,
    variant     TEXT NOT NULL,
    version     TEXT NOT NULL,
    settings    TEXT NOT NULL,
    origin      TEXT NOT NULL CHECK (origin IN ('manifest', 'request', 'adopted')),
    is_primary  INTEGER NOT NULL CHECK (is_primary IN (0, 1)),
    UNIQUE (application, engine, name)
) STRICT;

CREATE UNIQUE INDEX one_primary_group ON server_group (application, engine) WHERE is_primary = 1;

-- In the order of their ids: the first of a group is its primary server.
CREATE TABLE server (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    group_id INTEGER NOT NULL REFERENCES server_group (id) ON DELETE CASCADE,
    name     TEXT NOT NULL,
    settings TEXT NOT NULL,
    host     TEXT NOT NULL,
    port     INTEGER NOT NULL CHECK (port BETWEEN 1 AND 65535),
    UNIQUE (group_id, name)
) STRICT;

-- number:      rises with every proposal; the order in which plans are listed
-- seen_commit: the last commit that asked for exactly this plan; commit_id is the first
-- proposal:    how often it was proposed; assents and steps belong to one proposal
-- attempt:     how often it was started or resumed; fences off whoever held an earlier attempt
-- left_serial: the record's serial as this plan left it; a failed plan can be resumed while it holds
CREATE TABLE plan (
    digest        TEXT PRIMARY KEY,
    number        INTEGER NOT NULL UNIQUE,
    application   TEXT NOT NULL REFERENCES application (name),
    base_serial   INTEGER NOT NULL,
    left_serial   INTEGER NOT NULL,
    body          TEXT NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('proposed', 'approved', 'applying', 'applied',
                                                 'rejected', 'superseded', 'expired', 'failed')),
    repository    TEXT NOT NULL,
    path          TEXT NOT NULL,
    commit_id     TEXT NOT NULL,
    seen_commit   TEXT NOT NULL,
    proposed_at   TEXT NOT NULL,
    changed_at    TEXT NOT NULL,
    reason        TEXT,
    superseded_by TEXT REFERENCES plan (digest),
    proposal      INTEGER NOT NULL DEFAULT 1,
    attempt       INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX plan_of_application ON plan (application, number);
CREATE INDEX plan_by_state ON plan (state);
CREATE UNIQUE INDEX one_plan_applying ON plan (application) WHERE state = 'applying';

CREATE TABLE assent (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    digest      TEXT NOT NULL REFERENCES plan (digest),
    proposal    INTEGER NOT NULL,
    who         TEXT NOT NULL,
    channel     TEXT NOT NULL,
    at          TEXT NOT NULL,
    changes     TEXT NOT NULL,
    consumed_at TEXT,
    UNIQUE (digest, proposal)
) STRICT;

CREATE TABLE journal (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    digest   TEXT NOT NULL REFERENCES plan (digest),
    proposal INTEGER NOT NULL,
    attempt  INTEGER NOT NULL,
    step     TEXT NOT NULL,
    event    TEXT NOT NULL CHECK (event IN ('started', 'progress', 'done', 'failed', 'ended')),
    message  TEXT NOT NULL,
    at       TEXT NOT NULL
) STRICT;

CREATE INDEX journal_of_plan ON journal (digest, number);
CREATE UNIQUE INDEX step_done_once ON journal (digest, proposal, step) WHERE event = 'done';

-- Written before the group is built, so it refers to none. The blobs are sealed.
CREATE TABLE credential (
    application   TEXT NOT NULL,
    engine        TEXT NOT NULL,
    group_name    TEXT NOT NULL,
    username      TEXT NOT NULL,
    database_name TEXT NOT NULL,
    admin         BLOB NOT NULL,
    password      BLOB NOT NULL,
    replication   BLOB NOT NULL,
    PRIMARY KEY (application, engine, group_name)
) STRICT;

CREATE TABLE in_force (
    application TEXT PRIMARY KEY,
    who         TEXT NOT NULL,
    at          TEXT NOT NULL,
    variables   BLOB NOT NULL
) STRICT;

CREATE TABLE repository (
    name       TEXT PRIMARY KEY,
    head       TEXT,
    settings   TEXT NOT NULL,
    condition  TEXT NOT NULL,
    detail     TEXT,
    since      TEXT NOT NULL,
    checked_at TEXT NOT NULL
) STRICT;

CREATE TABLE manifest (
    application TEXT PRIMARY KEY,
    repository  TEXT NOT NULL,
    path        TEXT NOT NULL,
    commit_id   TEXT NOT NULL,
    condition   TEXT NOT NULL,
    problems    TEXT NOT NULL,
    read_at     TEXT NOT NULL
) STRICT;

-- AUTOINCREMENT remembers the highest number ever given: entries cut off at the end are missed too.
CREATE TABLE audit (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    at          TEXT NOT NULL,
    who         TEXT NOT NULL,
    what        TEXT NOT NULL,
    application TEXT,
    plan        TEXT,
    detail      TEXT NOT NULL,
    hash        TEXT NOT NULL
) STRICT;

CREATE INDEX audit_of_application ON audit (application, number);

CREATE TRIGGER audit_is_never_edited BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;

CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;

-- INSERT OR REPLACE would delete without the trigger above.
CREATE TRIGGER audit_is_never_replaced BEFORE INSERT ON audit
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM audit)
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
