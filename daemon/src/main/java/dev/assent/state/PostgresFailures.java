package dev.assent.state;

import java.sql.SQLException;
import java.util.Optional;

/// Says in a sentence why the record's PostgreSQL server could not be used, and what to do.
/// Statements and their values stay out of it.
final class PostgresFailures {

    private PostgresFailures() {}

    static StateException describe(RecordServer server, String tried, Throwable failure) {
        var what = "cannot %s the record in %s: ".formatted(tried, server);
        var why = reason(failure);
        return new StateException(
                what
                        + switch (state(failure)) {
                            case "28P01", "28000" ->
                                    "`%s` is not let in (%s). Give the right password in `password_file`, and see pg_hba.conf on the server"
                                            .formatted(server.user(), why);
                            case "3D000" ->
                                    "there is no such database. Make it: CREATE DATABASE \"%s\" OWNER \"%s\""
                                            .formatted(server.database(), server.user());
                            case "08001" ->
                                    "nobody answers (%s). Start PostgreSQL there, or mend `record.url`"
                                            .formatted(why);
                            case "08003", "08006", "08007", "57P01", "57P02", "25P03" ->
                                    "the connection was lost (%s). Nothing was written; it is connected to anew at the next try"
                                            .formatted(why);
                            case "57P03" ->
                                    "PostgreSQL is starting or stopping (%s); try again in a moment"
                                            .formatted(why);
                            case "53100" ->
                                    "the server's disk is full; nothing was lost. Make room there and try again";
                            case "53200" ->
                                    "the server is out of memory; see its log, and try again";
                            case "53300" ->
                                    "the server takes no more connections (%s). Raise max_connections there; a node needs 6"
                                            .formatted(why);
                            case "25006" ->
                                    "this server can only be read: it is a standby. Name the primary in `record.url`, or all of them, separated by commas";
                            case "42501" ->
                                    "`%s` may not do that (%s). Let it own what is in there: ALTER DATABASE \"%s\" OWNER TO \"%s\""
                                            .formatted(
                                                    server.user(),
                                                    why,
                                                    server.database(),
                                                    server.user());
                            case "55P03" ->
                                    "another node has been writing for longer than 10 s. See which in pg_stat_activity; it is cut off when it does nothing for 5 s";
                            case "57014" ->
                                    "it took longer than 15 s; see what the server is busy with";
                            case "40001", "40P01" ->
                                    "it met another transaction (%s). Nothing was written; try again"
                                            .formatted(why);
                            case "58030", "XX001", "XX002" ->
                                    "the database is damaged or its disk failed (%s). Nothing was changed; see the server's log, and put a backup in its place if need be"
                                            .formatted(why);
                            default -> why;
                        },
                failure);
    }

    /// Whether the connection broke, so that nobody heard how what was being done ended.
    static boolean isLost(Throwable failure) {
        var state = state(failure);
        return state.startsWith("08") || state.startsWith("57P0") || state.equals("25P03");
    }

    private static String state(Throwable failure) {
        return sql(failure).map(SQLException::getSQLState).orElse("");
    }

    private static String reason(Throwable failure) {
        var said = sql(failure).map(Throwable::getMessage).orElse(failure.getMessage());
        return said == null ? failure.getClass().getSimpleName() : said.replaceAll("\\s+", " ");
    }

    /// The driver's own exception: the innermost one that says what it is. What wraps it quotes
    /// statement and values.
    private static Optional<SQLException> sql(Throwable failure) {
        var found = Optional.<SQLException>empty();
        for (var it = failure; it != null; it = it.getCause()) {
            if (it instanceof SQLException e && (e.getSQLState() != null || found.isEmpty())) {
                found = Optional.of(e);
            }
        }
        return found;
    }
}
