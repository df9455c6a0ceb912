-- declared:        a manifest declares the group or once did; only then can it be gone from one
-- is_protected:    nothing may destroy its data
-- replicates_from: APP/ENVIRONMENT/ENGINE/GROUP
-- backups:         JSON, in the words of the manifest
ALTER TABLE server_group ADD COLUMN declared INTEGER NOT NULL DEFAULT 0 CHECK (declared IN (0, 1));
ALTER TABLE server_group ADD COLUMN is_protected INTEGER NOT NULL DEFAULT 0
    CHECK (is_protected IN (0, 1));
ALTER TABLE server_group ADD COLUMN replicates_from TEXT;
ALTER TABLE server_group ADD COLUMN backups TEXT;

UPDATE server_group SET declared = 1 WHERE origin = 'manifest';

CREATE INDEX follower ON server_group (replicates_from) WHERE replicates_from IS NOT NULL;
