INSERT INTO assent (id, digest, proposal, who, person, groups, channel, evidence, carried, at, changes)
VALUES (7, :waiting, 1, 'Dora', 'dora', '["dba"]', 'forge', 'platform/comment-1', 0, '2026-02-03T10:00:00Z',
        '["c1"]');
