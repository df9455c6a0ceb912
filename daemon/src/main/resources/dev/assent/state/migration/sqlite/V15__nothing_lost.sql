-- A plan can stand still because nobody but a person can tell what became of one of its steps.
-- cancel_by: who asked that a plan which is being applied stops after the step that it is at
-- seal:      HMAC with the record's key over what the plan says and where it came from; NULL on
--            plans from before there were seals
CREATE TABLE plan_anew (
    digest        TEXT PRIMARY KEY,
    number        INTEGER NOT NULL UNIQUE,
    application   TEXT NOT NULL REFERENCES application (name),
    base_serial   INTEGER NOT NULL,
    left_serial   INTEGER NOT NULL,
    body          TEXT NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('proposed', 'approved', 'applying', 'applied',
                                                 'rejected', 'superseded', 'expired', 'failed',
                                                 'needs-decision')),
    repository    TEXT NOT NULL,
    path          TEXT NOT NULL,
    commit_id     TEXT NOT NULL,
    seen_commit   TEXT NOT NULL,
    proposed_at   TEXT NOT NULL,
    changed_at    TEXT NOT NULL,
    reason        TEXT,
    superseded_by TEXT REFERENCES plan (digest),
    proposal      INTEGER NOT NULL DEFAULT 1,
    attempt       INTEGER NOT NULL DEFAULT 0,
    request       TEXT,
    asked_by      TEXT,
    request_open  INTEGER NOT NULL DEFAULT 0 CHECK (request_open IN (0, 1)),
    not_before    TEXT,
    by_branch     INTEGER NOT NULL DEFAULT 1 CHECK (by_branch IN (0, 1)),
    approved_at   TEXT,
    asked_person  TEXT,
    by_drift      INTEGER NOT NULL DEFAULT 0 CHECK (by_drift IN (0, 1)),
    cancel_by     TEXT,
    seal          TEXT
) STRICT;

INSERT INTO plan_anew (digest, number, application, base_serial, left_serial, body, state,
                       repository, path, commit_id, seen_commit, proposed_at, changed_at, reason,
                       superseded_by, proposal, attempt, request, asked_by, request_open,
                       not_before, by_branch, approved_at, asked_person, by_drift)
SELECT digest, number, application, base_serial, left_serial, body, state,
       repository, path, commit_id, seen_commit, proposed_at, changed_at, reason,
       superseded_by, proposal, attempt, request, asked_by, request_open,
       not_before, by_branch, approved_at, asked_person, by_drift
  FROM plan;

DROP TABLE plan;
ALTER TABLE plan_anew RENAME TO plan;

CREATE INDEX plan_of_application ON plan (application, number);
CREATE INDEX plan_by_state ON plan (state, proposed_at);
CREATE INDEX open_request ON plan (application, number) WHERE request_open = 1;
CREATE INDEX repair ON plan (state, application) WHERE by_drift = 1;
CREATE UNIQUE INDEX one_plan_applying ON plan (application)
 WHERE state IN ('applying', 'needs-decision');

-- event: unknown: the work was started, and nobody knows how it ended; decided: somebody said
ALTER TABLE journal RENAME TO journal_before;
DROP INDEX journal_of_plan;
CREATE TABLE journal (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    digest   TEXT NOT NULL REFERENCES plan (digest),
    proposal INTEGER NOT NULL,
    attempt  INTEGER NOT NULL,
    step     TEXT NOT NULL,
    event    TEXT NOT NULL CHECK (event IN ('started', 'progress', 'done', 'failed', 'unknown',
                                            'decided', 'ended')),
    message  TEXT NOT NULL,
    at       TEXT NOT NULL
) STRICT;
INSERT INTO journal SELECT * FROM journal_before;
DROP TABLE journal_before;
CREATE INDEX journal_of_plan ON journal (digest, number);

-- Seals as those of plans: over who said yes to what; and over an entry's hash, so that the whole
-- chain cannot be written anew by somebody without the key.
ALTER TABLE assent ADD COLUMN seal TEXT;
ALTER TABLE audit ADD COLUMN seal TEXT;

-- Who does what only one may do at a time.
-- name:   plan/DIGEST, or a duty of one node: watch, post …
-- holder: the node that has it
-- token:  rises whenever another holder gets it; whoever has an earlier one comes too late
-- until:  milliseconds since 1970; from then on another node may take it
CREATE TABLE lease (
    name   TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    token  INTEGER NOT NULL,
    until  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
