INSERT INTO plan (digest, number, application, base_serial, left_serial, body, state, repository, path,
                  commit_id, seen_commit, proposed_at, changed_at, request, asked_by, request_open, not_before)
VALUES (:asked, 4, 'blog/production', 0, 0, :askedBody, 'proposed', '', '', '', '', '2026-02-01T10:00:00Z',
        '2026-02-01T10:00:00Z', :request, 'cleo', 1, '2026-02-02T10:00:00Z');
INSERT INTO adoption VALUES (:asked, :adoption);
