-- What is proposed beside a repository's branch: pull requests and other branches, as they stood
-- when they were looked at last.
-- name:          what people call it: #7, feature/x
-- commit_id:     its head
-- branch_commit: the branch's head that it was merged into, in memory
-- condition:     planned: each application that it touches has a row in head_plan; conflict: it
--                can't be merged, detail says where; merged: the branch has all of it
-- settings:      the repository's settings that it was read with; empty: it is to be read again
-- is_foreign:    anybody could have pushed it: it comes from a fork
CREATE TABLE head (
    repository    TEXT NOT NULL,
    ref           TEXT NOT NULL,
    name          TEXT NOT NULL,
    commit_id     TEXT NOT NULL,
    branch_commit TEXT NOT NULL,
    settings      TEXT NOT NULL,
    condition     TEXT NOT NULL CHECK (condition IN ('planned', 'conflict', 'merged')),
    detail        TEXT,
    is_foreign    INTEGER NOT NULL CHECK (is_foreign IN (0, 1)),
    number        INTEGER,
    title         TEXT NOT NULL,
    author        TEXT NOT NULL,
    url           TEXT NOT NULL,
    looked_at     TEXT NOT NULL,
    PRIMARY KEY (repository, ref)
) STRICT;

-- What a head comes to for each application that it touches.
-- digest:    its plan; NULL where there is nothing to do or the manifest has errors
-- condition: planned; nothing (is to be done); invalid; elsewhere (the application belongs to
--            another repository); waiting (for the end of an apply)
-- remarks:   warnings, errors and notices as text, one element each, JSON
-- applied:   the last plan of this head whose apply began, made from applied_commit: the record is
--            ahead of the branch until the head is merged or gone
CREATE TABLE head_plan (
    repository  TEXT NOT NULL,
    ref         TEXT NOT NULL,
    application TEXT NOT NULL,
    path        TEXT NOT NULL,
    condition   TEXT NOT NULL CHECK (condition IN ('planned', 'nothing', 'invalid', 'elsewhere',
                                                  'waiting')),
    digest      TEXT REFERENCES plan (digest),
    remarks     TEXT NOT NULL,
    applied     TEXT REFERENCES plan (digest),
    applied_commit TEXT,
    PRIMARY KEY (repository, ref, application),
    FOREIGN KEY (repository, ref) REFERENCES head (repository, ref) ON DELETE CASCADE
) STRICT;

CREATE INDEX head_of_plan ON head_plan (digest);
CREATE INDEX head_of_application ON head_plan (application);

-- by_branch: the branch itself wants it, and not only a head beside it or a person who asked
ALTER TABLE plan ADD COLUMN by_branch INTEGER NOT NULL DEFAULT 1 CHECK (by_branch IN (0, 1));

-- approved_at: when enough people had said yes; goes with the plan's proposal
ALTER TABLE plan ADD COLUMN approved_at TEXT;

UPDATE plan SET by_branch = 0 WHERE request IS NOT NULL;

-- Who made the changes that a plan comes from: email:ADDRESS, FORGE:LOGIN, signer:PERSON.
CREATE TABLE plan_author (
    digest TEXT NOT NULL REFERENCES plan (digest),
    author TEXT NOT NULL,
    PRIMARY KEY (digest, author)
) STRICT;

-- Where a plan was shown, so that what becomes of it is told there, merged or not.
-- commit_id: the head that it was made from
-- shown_at:  since when people can read it there; NULL: it is on its way, or was replaced
CREATE TABLE discussed (
    repository TEXT NOT NULL,
    number     INTEGER NOT NULL,
    digest     TEXT NOT NULL REFERENCES plan (digest),
    commit_id  TEXT NOT NULL,
    shown_at   TEXT,
    PRIMARY KEY (repository, number, digest, commit_id)
) STRICT;

CREATE INDEX discussion_of_plan ON discussed (digest);

-- The last word said of a commit in each context of ours that has not settled.
CREATE TABLE unsettled (
    repository TEXT NOT NULL,
    commit_id  TEXT NOT NULL,
    context    TEXT NOT NULL,
    PRIMARY KEY (repository, commit_id, context)
) STRICT;

-- What was read in a forge's discussions, each once.
CREATE TABLE heard (
    repository TEXT NOT NULL,
    id         TEXT NOT NULL,
    at         TEXT NOT NULL,
    PRIMARY KEY (repository, id)
) STRICT;
