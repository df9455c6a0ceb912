-- Tokens that people and programs sign in with. Only a hash is kept of each, so that no copy of
-- this database lets anybody in.
-- person:     who speaks with it
-- hash:       SHA-256 of the token's text, in hexadecimal
-- revoked_at: NULL while it can be used, or until it expires by itself
-- last_used:  the day, so that using a token does not write each time
CREATE TABLE token (
    number     INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    person     TEXT NOT NULL,
    scope      TEXT NOT NULL CHECK (scope IN ('read', 'request', 'approve', 'admin')),
    hash       TEXT NOT NULL UNIQUE,
    created_by TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    revoked_at TEXT,
    last_used  TEXT
) STRICT;

CREATE UNIQUE INDEX token_name ON token (name) WHERE revoked_at IS NULL;

-- The webhooks that came in lately, so that one that is sent again does nothing.
-- mark: what tells it from others, hashed: the sender's id of it, or its body
-- at:   seconds since 1970
CREATE TABLE delivery (
    number     INTEGER PRIMARY KEY,
    repository TEXT NOT NULL,
    mark       TEXT NOT NULL,
    at         INTEGER NOT NULL,
    UNIQUE (repository, mark)
) STRICT;

CREATE INDEX delivery_at ON delivery (at);
