-- What is counted for those who watch the daemon is found without reading whole rows: their bodies
-- are long.
DROP INDEX plan_by_state;
CREATE INDEX plan_by_state ON plan (state, proposed_at);
CREATE INDEX manifest_by_condition ON manifest (repository, condition);
CREATE INDEX head_by_condition ON head (repository, condition);
CREATE INDEX letter_given_up ON letter (recipient, slot, id) WHERE state = 'given_up';

-- Written to learn whether the record can be written.
CREATE TABLE writable (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    at  TEXT NOT NULL
) STRICT;
