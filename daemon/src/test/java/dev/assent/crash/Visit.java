package dev.assent.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.sql.DriverManager;
import java.sql.SQLException;

/// An application at its database, with nothing but the URL from its variables.
record Visit(URI url) {

    private static final int PATIENCE = 10_000;

    /// Leaves a word there, for later visits.
    void leave(String word) throws IOException {
        if (url.getScheme().startsWith("redis")) {
            ask("SET canary " + word);
        } else {
            query("CREATE TABLE IF NOT EXISTS canary (word text)");
            query("DELETE FROM canary; INSERT INTO canary VALUES ('%s')".formatted(word));
        }
    }

    /// The word that was left; nothing where none was.
    String word() throws IOException {
        if (url.getScheme().startsWith("redis")) return ask("GET canary");
        return query("SELECT max(word) FROM canary");
    }

    private String ask(String command) throws IOException {
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(PATIENCE);
            var login = url.getUserInfo().split(":", 2);
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            var lines = "AUTH %s %s\r\n%s\r\n".formatted(login[0], login[1], command);
            socket.getOutputStream().write(lines.getBytes(UTF_8));
            var signedIn = in.readLine();
            if (!"+OK".equals(signedIn)) throw new IOException("cannot sign in: " + signedIn);
            var answer = in.readLine();
            if (answer == null || answer.startsWith("-")) throw new IOException("says " + answer);
            if (answer.equals("$-1")) return "";
            return answer.startsWith("$") ? String.valueOf(in.readLine()) : answer;
        }
    }

    private String query(String sql) throws IOException {
        var login = url.getUserInfo().split(":", 2);
        var jdbc =
                "jdbc:postgresql://%s:%d%s".formatted(url.getHost(), url.getPort(), url.getPath());
        try (var connection = DriverManager.getConnection(jdbc, login[0], login[1]);
                var statement = connection.createStatement()) {
            if (!statement.execute(sql)) return "";
            var row = statement.getResultSet();
            return row.next() ? String.valueOf(row.getString(1)) : "";
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
