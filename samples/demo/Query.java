import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import redis.clients.jedis.Jedis;

/// An application of the demo: it knows nothing but its environment variables.
class Query {

    static void main(String[] groups) throws SQLException {
        for (var group : groups) {
            var url = URI.create(System.getenv(group + "_URL"));
            System.out.println(group + ": " + visit(group, url));
        }
    }

    private static String visit(String group, URI url) throws SQLException {
        return switch (url.getScheme()) {
            case "postgresql" -> {
                var visits =
                        count(
                                "postgresql",
                                url,
                                url.getAuthority().split("@")[1],
                                "CREATE TABLE IF NOT EXISTS visit (id serial)",
                                "INSERT INTO visit DEFAULT VALUES");
                yield visits + replica(group, url);
            }
            case "mysql" ->
                    count(
                            "mariadb",
                            url,
                            url.getAuthority().split("@")[1],
                            "CREATE TABLE IF NOT EXISTS visit (id serial)",
                            "INSERT INTO visit VALUES ()");
            case "redis" -> {
                try (var redis = new Jedis(url)) {
                    yield "visit " + redis.incr("visits") + " of a Redis";
                }
            }
            default -> throw new IllegalArgumentException(url.getScheme());
        };
    }

    /// Does what is to be done first, then counts the visits.
    private static String count(String driver, URI url, String address, String... first)
            throws SQLException {
        var login = url.getUserInfo().split(":", 2);
        // MariaDB's driver wants encryption unless it is told otherwise; here nobody is in between.
        var plain = driver.equals("mariadb") ? "?sslMode=disable" : "";
        var jdbc = "jdbc:" + driver + "://" + address + url.getPath() + plain;
        try (var connection = DriverManager.getConnection(jdbc, login[0], login[1]);
                var statement = connection.createStatement()) {
            for (var sql : first) statement.execute(sql);
            try (var row = statement.executeQuery("SELECT count(*) FROM visit")) {
                row.next();
                return "visit " + row.getInt(1) + server(connection);
            }
        }
    }

    private static String server(Connection connection) throws SQLException {
        var about = connection.getMetaData();
        return " of a " + about.getDatabaseProductName() + " " + about.getDatabaseProductVersion();
    }

    /// What can be read from the group's replica, where it has one; the visit may be on its way.
    private static String replica(String group, URI url) throws SQLException {
        var address = System.getenv(group + "_REPLICA_ADDRESS");
        if (address == null) return "";
        return "; on its replica: " + count("postgresql", url, address);
    }
}
