INSERT INTO external_group VALUES ('shop/production', 'mysql', 'far', 'db.example.org', 3306, 'shop', 'shop',
                                   :external, 1);
INSERT INTO hook_run VALUES (2, 'shop/production', '["systemctl","restart","shop"]', 1, 'exit code 0', 'fine');
