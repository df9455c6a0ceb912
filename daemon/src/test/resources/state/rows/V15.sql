INSERT INTO lease VALUES ('plan/1', 'node-1', 3, 1770000000000);
INSERT INTO journal (number, digest, proposal, attempt, step, event, message, at)
VALUES (5, :waiting, 1, 1, 'c1.1', 'unknown', 'nobody knows', '2026-02-01T00:00:00Z');
