package dev.assent.provider.local;

import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import dev.assent.model.Variant;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/// An application, as little of one as every engine can serve: it keeps rows and reads them.
sealed interface Client {

    /// Writes a row; when it returns, the server has acknowledged it.
    void write(Endpoint server, GroupCredentials credentials, String row) throws Exception;

    Set<String> rows(Endpoint server, GroupCredentials credentials) throws Exception;

    static Client of(Variant variant) {
        return switch (variant) {
            case POSTGRESQL -> new Sql("postgresql", "sslMode=disable");
            case MYSQL, PERCONA, MARIADB -> new Sql("mariadb", "sslMode=disable");
            case REDIS, VALKEY -> new Keys();
            case MONGODB, ELASTICSEARCH, MEMCACHED, INFLUXDB ->
                    throw new IllegalArgumentException(variant + " has no replicas here");
        };
    }

    record Sql(String driver, String options) implements Client {

        @Override
        public void write(Endpoint server, GroupCredentials credentials, String row)
                throws SQLException {
            try (var connection = connect(server, credentials);
                    var statement = connection.createStatement()) {
                statement.execute(
                        "CREATE TABLE IF NOT EXISTS note (line VARCHAR(100) PRIMARY KEY)");
                try (var insert =
                        connection.prepareStatement("INSERT INTO note (line) VALUES (?)")) {
                    insert.setString(1, row);
                    insert.executeUpdate();
                }
            }
        }

        @Override
        public Set<String> rows(Endpoint server, GroupCredentials credentials) throws SQLException {
            var rows = new TreeSet<String>();
            try (var connection = connect(server, credentials);
                    var statement = connection.createStatement();
                    var all = statement.executeQuery("SELECT line FROM note")) {
                while (all.next()) rows.add(all.getString(1));
            }
            return rows;
        }

        private Connection connect(Endpoint server, GroupCredentials credentials)
                throws SQLException {
            var properties = new Properties();
            properties.setProperty("user", credentials.username());
            properties.setProperty("password", credentials.password().reveal());
            return DriverManager.getConnection(
                    "jdbc:%s://%s/%s?%s".formatted(driver, server, credentials.database(), options),
                    properties);
        }
    }

    record Keys() implements Client {

        private static final String NOTES = "notes";

        @Override
        public void write(Endpoint server, GroupCredentials credentials, String row) {
            try (var redis = connect(server, credentials)) {
                redis.sadd(NOTES, row);
            }
        }

        @Override
        public Set<String> rows(Endpoint server, GroupCredentials credentials) {
            try (var redis = connect(server, credentials)) {
                return new TreeSet<>(redis.smembers(NOTES));
            }
        }

        private static Jedis connect(Endpoint server, GroupCredentials credentials) {
            return new Jedis(
                    new HostAndPort(server.host(), server.port()),
                    DefaultJedisClientConfig.builder()
                            .autoNegotiateProtocol(false)
                            .password(credentials.password().reveal())
                            .build());
        }
    }
}
