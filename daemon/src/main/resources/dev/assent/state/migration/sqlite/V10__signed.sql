-- What signed commits and tags said to plans, and what came of it: each object speaks once to each
-- plan, however often it is pushed.
-- object:  the commit's or tag's id
-- digest:  the plan that it speaks to; empty where none of what it says counts
-- content: SHA-256 of what was signed, which stays the same when the signature is written otherwise
-- who:     the person who signed; empty where nobody known did
-- outcome: waiting: for its plan; asked: the plan is being decided on; counted: it was a yes or no;
--          refused: detail says why; replayed: counted, and refused for a later proposal of its plan
-- at:      when it was found; from counted on, when it counted
CREATE TABLE signed_word (
    object     TEXT NOT NULL,
    digest     TEXT NOT NULL,
    repository TEXT NOT NULL,
    ref        TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('commit', 'tag')),
    content    TEXT NOT NULL,
    who        TEXT NOT NULL,
    outcome    TEXT NOT NULL
               CHECK (outcome IN ('waiting', 'asked', 'counted', 'refused', 'replayed')),
    detail     TEXT NOT NULL,
    at         TEXT NOT NULL,
    PRIMARY KEY (object, digest)
) STRICT;

CREATE INDEX signed_content ON signed_word (content);
CREATE INDEX signed_open ON signed_word (repository, outcome);
