-- asked_person: who asked for it is for the policy; whoever holds the admin token gives any name
ALTER TABLE plan ADD COLUMN asked_person TEXT;

-- Who changed an application's manifest on the branch since what exists was last as it says:
-- email:ADDRESS. Plans are made of all that together, whoever wrote which part of it.
CREATE TABLE manifest_author (
    application TEXT NOT NULL,
    author      TEXT NOT NULL,
    PRIMARY KEY (application, author)
) STRICT;
