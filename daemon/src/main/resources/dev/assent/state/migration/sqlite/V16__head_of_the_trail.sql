-- Where the audit trail ends, written with each entry and sealed: what is cut off at the end is
-- missed, whoever counts the rows.
-- sealed_from: the first entry that bears a seal; those before it were written without
-- cut_at:      the first entry that was found to be missing, or not ours, when one was written
CREATE TABLE audit_head (
    one         INTEGER PRIMARY KEY CHECK (one = 1),
    number      INTEGER NOT NULL,
    hash        TEXT NOT NULL,
    sealed_from INTEGER NOT NULL,
    cut_at      INTEGER,
    seal        TEXT NOT NULL
) STRICT;
