INSERT INTO letter (id, recipient, slot, kind, body, state, attempts, uncertain, remote, why, put_at, ended_at)
VALUES (4, 'notify:ops', 'a', 'plan-ready', '{}', 'sent', 1, 0, 'comment-4', NULL, '2026-02-01T00:00:00Z',
        '2026-02-01T00:00:01Z'),
       (5, 'notify:ops', 'b', 'failed', '{}', 'waiting', 2, 1, NULL, 'timeout', '2026-02-01T00:00:00Z', NULL);
INSERT INTO recipient VALUES ('notify:ops', 2, '2026-02-01T00:00:00Z', '2026-02-01T01:00:00Z', 1);
