INSERT INTO signed_word VALUES ('t1', :waiting, 'platform', 'refs/tags/yes', 'tag', 'content', 'dora',
                                'waiting', '', '2026-02-01T00:00:00Z');
