-- A plan may need more than one yes.
-- person:   who it was for the policy; who is what people read
-- groups:   what the proof of identity brought along, beside the policy's own groups, JSON
-- evidence: what can be pointed to (a comment, a tag) and counts once, whichever plan it was for
-- carried:  it was said to another plan with the very same changes
CREATE TABLE yes (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    digest      TEXT NOT NULL REFERENCES plan (digest),
    proposal    INTEGER NOT NULL,
    who         TEXT NOT NULL,
    person      TEXT NOT NULL,
    groups      TEXT NOT NULL,
    channel     TEXT NOT NULL,
    evidence    TEXT,
    carried     INTEGER NOT NULL DEFAULT 0 CHECK (carried IN (0, 1)),
    at          TEXT NOT NULL,
    changes     TEXT NOT NULL,
    consumed_at TEXT
) STRICT;

-- Until now whoever said yes held the admin token.
INSERT INTO yes (id, digest, proposal, who, person, groups, channel, at, changes, consumed_at)
SELECT id, digest, proposal, who, 'admin', '[]', channel, at, changes, consumed_at
  FROM assent;

DROP TABLE assent;

ALTER TABLE yes RENAME TO assent;

CREATE INDEX assent_of_plan ON assent (digest, proposal);
CREATE UNIQUE INDEX assent_by_evidence ON assent (evidence)
 WHERE evidence IS NOT NULL AND carried = 0;
