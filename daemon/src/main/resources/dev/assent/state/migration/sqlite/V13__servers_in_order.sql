-- A replica can be promoted: which server of a group is its primary server is no longer the order
-- in which they were built.
ALTER TABLE server ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
UPDATE server
   SET position = (SELECT count(*)
                     FROM server AS earlier
                    WHERE earlier.group_id = server.group_id AND earlier.id < server.id);

-- New passwords are stored before any server hears of them, and count once all have.
CREATE TABLE next_credential (
    application   TEXT NOT NULL,
    engine        TEXT NOT NULL,
    group_name    TEXT NOT NULL,
    username      TEXT NOT NULL,
    database_name TEXT NOT NULL,
    admin         BLOB NOT NULL,
    password      BLOB NOT NULL,
    replication   BLOB NOT NULL,
    PRIMARY KEY (application, engine, group_name)
) STRICT;

-- The passwords before the last ones, for servers that have not heard of these yet.
CREATE TABLE previous_credential (
    application   TEXT NOT NULL,
    engine        TEXT NOT NULL,
    group_name    TEXT NOT NULL,
    username      TEXT NOT NULL,
    database_name TEXT NOT NULL,
    admin         BLOB NOT NULL,
    password      BLOB NOT NULL,
    replication   BLOB NOT NULL,
    PRIMARY KEY (application, engine, group_name)
) STRICT;
