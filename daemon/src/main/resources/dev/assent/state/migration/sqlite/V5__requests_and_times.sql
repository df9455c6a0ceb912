-- request:      what a person asked for, as JSON; NULL for what a manifest declares
-- asked_by:     who did
-- request_open: the request is not decided yet, so that its plan is made anew when the record moves
-- not_before:   when an approved plan that removes a group may start
ALTER TABLE plan ADD COLUMN request TEXT;
ALTER TABLE plan ADD COLUMN asked_by TEXT;
ALTER TABLE plan ADD COLUMN request_open INTEGER NOT NULL DEFAULT 0 CHECK (request_open IN (0, 1));
ALTER TABLE plan ADD COLUMN not_before TEXT;

CREATE INDEX open_request ON plan (application, number) WHERE request_open = 1;

-- With which password a server that Assent did not build is entered, from the request to the
-- adoption; sealed.
CREATE TABLE adoption (
    digest   TEXT PRIMARY KEY REFERENCES plan (digest),
    password BLOB NOT NULL
) STRICT;
