INSERT INTO head VALUES ('platform', 'refs/pull/7/head', '#7', 'b1', 'a3', 'main', 'planned', NULL, 1, 7,
                         'A title', 'dora', 'https://git.example.org/7', '2026-02-01T00:00:00Z'),
                        ('platform', 'feature/x', 'feature/x', 'b2', 'a3', 'main', 'merged', NULL, 0, NULL,
                         '', 'dora', '', '2026-02-01T00:00:00Z');
INSERT INTO head_plan VALUES ('platform', 'refs/pull/7/head', 'shop/production', 'apps/shop/manifest.yml',
                              'planned', :waiting, '["a remark"]', :done, 'b0');
INSERT INTO plan_author VALUES (:waiting, 'email:dora@example.org');
INSERT INTO discussed VALUES ('platform', 7, :waiting, 'b1', '2026-02-01T00:00:00Z');
INSERT INTO unsettled VALUES ('platform', 'b1', 'assent/production');
INSERT INTO heard VALUES ('platform', 'comment-1', '2026-02-01T00:00:00Z');
