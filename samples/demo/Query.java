import java.net.URI;
import java.sql.DriverManager;
import java.sql.SQLException;

/// An application of the demo: it knows nothing but its environment variables.
class Query {

    static void main(String[] groups) throws SQLException {
        for (var group : groups) {
            var url = URI.create(System.getenv("POSTGRESQL_" + group + "_URL"));
            var login = url.getUserInfo().split(":", 2);
            var jdbc = "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath();
            try (var connection = DriverManager.getConnection(jdbc, login[0], login[1]);
                    var statement = connection.createStatement()) {
                statement.execute("CREATE TABLE IF NOT EXISTS visit (id serial, at timestamptz)");
                statement.execute("INSERT INTO visit (at) VALUES (now())");
                try (var row =
                        statement.executeQuery(
                                "SELECT (SELECT count(*) FROM visit), current_database(), split_part(version(), ' ', 2)")) {
                    row.next();
                    System.out.printf(
                            "%s: visit %d, in database %s of a PostgreSQL %s%n",
                            group, row.getInt(1), row.getString(2), row.getString(3));
                }
            }
        }
    }
}
