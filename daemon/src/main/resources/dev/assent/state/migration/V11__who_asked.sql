-- asked_person: who asked for it is for the policy; whoever holds the admin token gives any name
ALTER TABLE plan ADD COLUMN asked_person TEXT;
