INSERT INTO finding VALUES ('shop/production', 'postgresql', 'main', 'main-b', 'missing', '', 'main-b is gone',
                            '2026-02-01T00:00:00Z');
