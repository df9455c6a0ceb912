INSERT INTO next_credential VALUES ('shop/production', 'postgresql', 'main', 'shop_main', 'shop_main',
                                    :admin, :password, :replication);
INSERT INTO previous_credential VALUES ('shop/production', 'postgresql', 'main', 'shop_main', 'shop_main',
                                        :admin, :password, :replication);
INSERT INTO server (id, group_id, name, settings, host, port, position)
VALUES (11, 1, 'main-c', '{}', '127.0.0.1', 20011, -1);
