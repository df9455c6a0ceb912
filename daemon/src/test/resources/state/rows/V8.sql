INSERT INTO token (number, name, person, scope, hash, created_by, created_at, expires_at)
VALUES (2, 'ci', 'robot', 'approve', :token, 'ada', '2026-02-01T00:00:00Z', '2126-02-01T00:00:00Z');
INSERT INTO delivery (number, repository, mark, at) VALUES (3, 'platform', 'mark', 1770000000);
