-- by_drift: the plan would mend what was found of servers that are not as they are recorded
ALTER TABLE plan ADD COLUMN by_drift INTEGER NOT NULL DEFAULT 0 CHECK (by_drift IN (0, 1));

-- What is otherwise than it is recorded. Kept, so that a daemon that starts again tells of nothing
-- twice, and still knows since when it is so.
-- kind:    one of the words of plan/Finding.java
-- seen:    what there is in the place of what should be
-- message: what was found, in a sentence
CREATE TABLE finding (
    application TEXT NOT NULL REFERENCES application (name),
    engine      TEXT NOT NULL,
    group_name  TEXT NOT NULL,
    server      TEXT NOT NULL,
    kind        TEXT NOT NULL,
    seen        TEXT NOT NULL,
    message     TEXT NOT NULL,
    since       TEXT NOT NULL,
    PRIMARY KEY (application, engine, group_name, server, kind)
) STRICT, WITHOUT ROWID;

CREATE INDEX finding_by_kind ON finding (kind);
CREATE INDEX repair ON plan (state, application) WHERE by_drift = 1;
