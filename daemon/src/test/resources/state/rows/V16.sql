INSERT INTO audit_head (one, number, hash, sealed_from, cut_at, seal)
VALUES (1, 2, :hash2, 3, NULL, 'of another key');
