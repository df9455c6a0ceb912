-- What somebody has told of a group that stands elsewhere. The password is sealed.
-- leads: whether it led its engine's external groups when one of them was told last; counts while
--        the manifest can't be read
CREATE TABLE external_group (
    application   TEXT NOT NULL,
    engine        TEXT NOT NULL,
    group_name    TEXT NOT NULL,
    host          TEXT NOT NULL,
    port          INTEGER NOT NULL CHECK (port BETWEEN 1 AND 65535),
    username      TEXT,
    database_name TEXT,
    password      BLOB,
    leads         INTEGER NOT NULL CHECK (leads IN (0, 1)),
    PRIMARY KEY (application, engine, group_name)
) STRICT;

-- How the hook of a redeploy ran.
-- number: that of the audit trail's entry that tells of the redeploy
-- output: the last of it, without the application's secrets
CREATE TABLE hook_run (
    number      INTEGER PRIMARY KEY REFERENCES audit (number),
    application TEXT NOT NULL,
    command     TEXT NOT NULL,
    succeeded   INTEGER NOT NULL CHECK (succeeded IN (0, 1)),
    ended       TEXT NOT NULL,
    output      TEXT NOT NULL
) STRICT;

CREATE INDEX hook_run_of_application ON hook_run (application, number);
