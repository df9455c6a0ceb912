INSERT INTO key_check VALUES (1, :key);
INSERT INTO application VALUES ('shop/production', 2), ('blog/production', 0);
INSERT INTO server_group (id, application, engine, name, variant, version, settings, origin, is_primary)
VALUES (1, 'shop/production', 'postgresql', 'main', 'postgresql', '16.15', '{"size":"small"}', 'manifest', 1),
       (5, 'shop/production', 'redis', 'asked', 'redis', '7.2', '{}', 'request', 1);
INSERT INTO server (id, group_id, name, settings, host, port)
VALUES (3, 1, 'main-b', '{}', '127.0.0.1', 20001), (4, 1, 'main-a', '{"zone":"a"}', '127.0.0.1', 20002),
       (9, 5, 'asked-1', '{}', '127.0.0.1', 20003);
INSERT INTO plan (digest, number, application, base_serial, left_serial, body, state, repository, path,
                  commit_id, seen_commit, proposed_at, changed_at, reason, superseded_by, proposal, attempt)
VALUES (:done, 1, 'shop/production', 0, 2, :doneBody, 'applied', 'platform', 'apps/shop/manifest.yml',
        'a1', 'a2', '2026-01-01T10:00:00Z', '2026-01-01T10:05:00.5Z', NULL, NULL, 2, 3),
       (:waiting, 2, 'shop/production', 2, 2, :waitingBody, 'approved', 'platform', 'apps/shop/manifest.yml',
        'a3', 'a3', '2026-01-02T10:00:00Z', '2026-01-02T10:05:00Z', NULL, NULL, 1, 0),
       (:ended, 3, 'shop/production', 1, 1, :endedBody, 'superseded', 'platform', 'apps/shop/manifest.yml',
        'a0', 'a0', '2026-01-01T09:00:00Z', '2026-01-01T10:00:00Z', 'the record moved on', :waiting, 1, 0);
INSERT INTO assent (id, digest, proposal, who, channel, at, changes, consumed_at)
VALUES (1, :done, 2, 'ada', 'cli', '2026-01-01T10:01:00Z', '["c1"]', '2026-01-01T10:02:00Z'),
       (2, :waiting, 1, 'ben', 'cli', '2026-01-02T10:05:00Z', '["c1"]', NULL);
INSERT INTO journal (number, digest, proposal, attempt, step, event, message, at)
VALUES (1, :done, 2, 3, 'c1.1', 'started', 'build main-b', '2026-01-01T10:02:00Z'),
       (2, :done, 2, 3, 'c1.1', 'progress', 'half', '2026-01-01T10:02:01Z'),
       (3, :done, 2, 3, 'c1.1', 'done', 'built', '2026-01-01T10:03:00Z'),
       (4, :done, 2, 3, '', 'ended', 'applied', '2026-01-01T10:05:00Z');
INSERT INTO credential VALUES ('shop/production', 'postgresql', 'main', 'shop_main', 'shop_main',
                               :admin, :password, :replication);
INSERT INTO in_force VALUES ('shop/production', 'ada', '2026-01-01T11:00:00Z', :variables);
INSERT INTO repository VALUES ('platform', 'a3', 'main', 'ok', NULL, '2026-01-01T00:00:00Z',
                               '2026-01-02T00:00:00Z');
INSERT INTO manifest VALUES ('shop/production', 'platform', 'apps/shop/manifest.yml', 'a3', 'valid', '[]',
                             '2026-01-02T00:00:00Z');
INSERT INTO audit VALUES (1, '2026-01-01T10:00:00Z', 'ada', 'plan.approved', 'shop/production', :done,
                          'c1', :hash1);
INSERT INTO audit VALUES (2, '2026-01-01T11:00:00Z', 'ada', 'variables.redeployed', 'shop/production', NULL,
                          'A', :hash2);
