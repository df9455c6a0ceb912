INSERT INTO server_group (id, application, engine, name, variant, version, settings, origin, is_primary,
                          declared, is_protected, replicates_from, backups)
VALUES (6, 'shop/production', 'postgresql', 'copy', 'postgresql', '16.15', '{}', 'manifest', 0, 0, 1,
        'shop/production/postgresql/main', NULL);
INSERT INTO server (id, group_id, name, settings, host, port)
VALUES (10, 6, 'copy-1', '{}', '127.0.0.1', 20010);
