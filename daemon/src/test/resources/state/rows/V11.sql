INSERT INTO manifest_author VALUES ('shop/production', 'email:dora@example.org');
