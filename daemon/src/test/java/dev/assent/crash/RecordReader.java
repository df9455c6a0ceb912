package dev.assent.crash;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The record, read past the daemons, whichever database keeps it.
interface RecordReader {

    /// A connection of its own for each question.
    Connection connect() throws SQLException;

    /// What a query finds, each value as text.
    default List<List<String>> rows(String sql) {
        try (var connection = connect();
                var statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            var rows = new ArrayList<List<String>>();
            while (found.next()) {
                var row = new ArrayList<String>();
                for (var column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                    row.add(String.valueOf(found.getString(column)));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Each server that is recorded with its port: `shop/production/redis/work/work-1` → `21000`.
    default Map<String, Integer> servers() {
        var servers = new TreeMap<String, Integer>();
        for (var row :
                rows(
                        """
                        SELECT application || '/' || engine || '/' || g.name || '/' || s.name, s.port
                          FROM server_group g
                          JOIN server s ON s.group_id = g.id\
                        """)) {
            servers.put(row.getFirst(), Integer.parseInt(row.getLast()));
        }
        return servers;
    }

    /// How many plans of an application were carried out.
    default int applied(String application) {
        return rows("SELECT digest FROM plan WHERE state = 'applied' AND application = '%s'"
                        .formatted(application))
                .size();
    }

    /// What was done more often than it may be, a sentence each.
    default List<String> doneTwice() {
        var twice = new ArrayList<String>();
        var done = new TreeMap<String, Boolean>();
        for (var row :
                rows(
                        """
                        SELECT digest || ' proposal ' || proposal || ' step ' || step, event
                          FROM journal
                         WHERE event IN ('done', 'failed')
                         ORDER BY number\
                        """)) {
            var isDone = row.getLast().equals("done");
            if (isDone && done.getOrDefault(row.getFirst(), false)) {
                twice.add("journal: " + row.getFirst() + " is done twice");
            }
            done.put(row.getFirst(), isDone);
        }
        for (var row :
                rows(
                        """
                        SELECT plan, what, count(*)
                          FROM audit
                         WHERE what IN ('plan.started', 'plan.applied')
                         GROUP BY plan, what
                        HAVING count(*) > 1\
                        """)) {
            twice.add(
                    "audit: %s of %s stands there %s times"
                            .formatted(row.get(1), row.get(0), row.get(2)));
        }
        for (var row :
                rows(
                        """
                        SELECT digest, attempt, state,
                               (SELECT count(*) FROM audit
                                 WHERE plan = digest AND what IN ('plan.started', 'plan.resumed',
                                                    'plan.taken-up', 'plan.resolved'))
                          FROM plan
                         WHERE attempt > 0\
                        """)) {
            if (row.get(1).equals(row.get(3))) continue;
            twice.add(
                    "audit: %s was tried %s times and started %s times"
                            .formatted(row.get(0), row.get(1), row.get(3)));
        }
        for (var row :
                rows(
                        """
                        SELECT DISTINCT started.digest, started.step
                          FROM journal started
                          JOIN plan ON plan.digest = started.digest AND plan.state = 'applied'
                         WHERE started.event = 'started'
                           AND NOT EXISTS (SELECT 1 FROM journal ended
                                            WHERE ended.digest = started.digest
                                              AND ended.proposal = started.proposal
                                              AND ended.step = started.step
                                              AND ended.event = 'done')\
                        """)) {
            twice.add(
                    "journal: %s is applied, and its step %s was never done"
                            .formatted(row.get(0), row.get(1)));
        }
        for (var row :
                rows(
                        """
                        SELECT DISTINCT digest, step
                          FROM journal done
                         WHERE event = 'done'
                           AND NOT EXISTS (SELECT 1 FROM journal began
                                            WHERE began.digest = done.digest
                                              AND began.proposal = done.proposal
                                              AND began.step = done.step
                                              AND began.event = 'started'
                                              AND began.number < done.number)\
                        """)) {
            twice.add(
                    "journal: step %s of %s is done, and nobody wrote down that it was begun"
                            .formatted(row.getLast(), row.getFirst()));
        }
        for (var row :
                rows(
                        """
                        SELECT digest
                          FROM plan
                         WHERE state = 'applied'
                           AND NOT EXISTS (SELECT 1 FROM journal
                                            WHERE journal.digest = plan.digest AND event = 'started')\
                        """)) {
            twice.add(
                    "journal: %s is applied, and no step of it was ever started"
                            .formatted(row.get(0)));
        }
        return twice;
    }
}
