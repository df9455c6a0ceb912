-- What is to be told to others: written in the record first, then sent.
-- recipient:  who carries it: forge:platform, notify:ops
-- slot:       what it is about; of one slot at most one letter waits, the newest
-- state:      waiting; sending (a crash leaves it so: nobody knows whether it arrived); sent;
--             given_up
-- uncertain:  sending began once, and nobody knows how it ended
-- remote:     what it became at the other side
-- why:        why it was not taken
CREATE TABLE letter (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    recipient TEXT NOT NULL,
    slot      TEXT NOT NULL,
    kind      TEXT NOT NULL,
    body      TEXT NOT NULL,
    state     TEXT NOT NULL DEFAULT 'waiting'
              CHECK (state IN ('waiting', 'sending', 'sent', 'given_up')),
    attempts  INTEGER NOT NULL DEFAULT 0,
    uncertain INTEGER NOT NULL CHECK (uncertain IN (0, 1)),
    remote    TEXT,
    why       TEXT,
    put_at    TEXT NOT NULL,
    ended_at  TEXT
) STRICT;

CREATE INDEX letter_of_slot ON letter (recipient, slot, id);
CREATE INDEX letter_to_send ON letter (recipient, id) WHERE state IN ('waiting', 'sending');
CREATE UNIQUE INDEX one_letter_waiting ON letter (recipient, slot) WHERE state = 'waiting';

-- How it stands with those who carry letters.
-- failures:      how often in a row it failed
-- failing_since: the first of these failures
-- paused_until:  nothing is sent before
-- heard:         the audit entry up to which news were made letters of
CREATE TABLE recipient (
    name          TEXT PRIMARY KEY,
    failures      INTEGER NOT NULL DEFAULT 0,
    failing_since TEXT,
    paused_until  TEXT,
    heard         INTEGER
) STRICT;
