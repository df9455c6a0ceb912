package dev.assent.bench;

import dev.assent.http.Client;
import dev.assent.http.Connection;
import dev.assent.http.api.ApproveRequest;
import dev.assent.http.api.PlanSummary;
import dev.assent.model.ApplicationName;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Says yes to the open plans of some applications at once, waits until the database of each has
/// answered a first query of its application's user, and prints the seconds from the first yes to
/// the last answer, and for which share of them the machine's processors were busy. The first
/// application goes before and is not counted, so that the program that asks is warm.
///
/// `java -cp 'lib/*' Engines.java ENGINE NOT-COUNTED APPLICATION...` with `ASSENT_RUN` naming the
/// daemon.
public final class Engines {

    private static final int ROUNDS_BEFORE = 10;

    private static final Duration AFTERWARDS = Duration.ofSeconds(1);

    private static final long PATIENCE = Duration.ofMinutes(2).toNanos();

    private Engines() {}

    /// How an application finds its database, and what it asks there first.
    private enum Engine {
        POSTGRESQL("POSTGRESQL_URL") {
            @Override
            void query(URI url) throws SQLException {
                sql("jdbc:postgresql://", url, "");
            }
        },
        MARIADB("MYSQL_URL") {
            @Override
            void query(URI url) throws SQLException {
                // This driver wants encryption unless it is told otherwise.
                sql("jdbc:mariadb://", url, "?sslMode=disable");
            }
        },
        REDIS("REDIS_URL") {
            @Override
            void query(URI url) throws IOException {
                var login = login(url);
                try (var socket = new Socket(url.getHost(), url.getPort())) {
                    if (login[0].isEmpty()) ask(socket, "AUTH", login[1]);
                    else ask(socket, "AUTH", login[0], login[1]);
                    ask(socket, "SET", "first", "query");
                }
            }
        };

        private final String variable;

        Engine(String variable) {
            this.variable = variable;
        }

        abstract void query(URI url) throws SQLException, IOException;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 3) {
            System.err.println("usage: java Engines.java ENGINE NOT-COUNTED APPLICATION...");
            System.exit(2);
        }
        var engine = Engine.valueOf(arguments[0]);
        var applications = List.of(arguments).subList(1, arguments.length);
        var connection = Connection.find(Optional.empty(), Optional.empty(), System.getenv());
        try (var client = new Client(connection, Optional.of("bench"));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var before = plans(client, applications.subList(0, 1));
            var counted = plans(client, applications.subList(1, applications.size()));
            // Drivers, connections and this program itself are warm before it counts.
            var _ = seconds(client, threads, engine, before);
            for (var i = 0; i < ROUNDS_BEFORE; i++) {
                threads.invokeAll(
                        counted.stream()
                                .map(it -> (Callable<?>) () -> client.variables(application(it)))
                                .toList());
            }
            // Nor is what the daemon does after that one a part of what is counted.
            Thread.sleep(AFTERWARDS);
            var rested = Processors.now();
            var seconds = seconds(client, threads, engine, counted);
            System.out.println(seconds + " " + Processors.now().busySince(rested));
        }
    }

    /// What the machine's processors have done since it was started, in whatever unit the kernel
    /// counts in.
    private record Processors(long busy, long idle) {

        static Processors now() throws IOException {
            try (var lines = Files.lines(Path.of("/proc/stat"))) {
                // cpu, user, nice, system, idle, waiting for a disk, interrupts of two kinds, and
                // what other machines on the same processors took.
                var counts =
                        Stream.of(lines.findFirst().orElseThrow().split(" +"))
                                .skip(1)
                                .mapToLong(Long::parseLong)
                                .limit(8)
                                .toArray();
                var idle = counts[3] + counts[4];
                return new Processors(LongStream.of(counts).sum() - idle, idle);
            }
        }

        double busySince(Processors before) {
            var more = (double) busy - before.busy;
            return more / Math.max(1, more + idle - before.idle);
        }
    }

    private static double seconds(
            Client client, ExecutorService threads, Engine engine, List<PlanSummary> plans)
            throws Exception {
        var work = new ArrayList<Callable<Long>>();
        var applied = new HashMap<String, CompletableFuture<Void>>();
        for (var plan : plans) {
            var ended = new CompletableFuture<Void>();
            applied.put(plan.id(), ended);
            work.add(() -> toFirstAnswer(client, engine, plan, ended));
        }
        var begun = System.nanoTime();
        var last = begun;
        var watching =
                threads.submit(() -> {
                    watch(client, applied);
                    return true;
                });
        for (var answered : threads.invokeAll(work)) last = Math.max(last, answered.get());
        watching.get();
        return (last - begun) / 1e9;
    }

    private static List<PlanSummary> plans(Client client, List<String> applications)
            throws InterruptedException {
        var begun = System.nanoTime();
        while (true) {
            var open =
                    client.plans(Optional.empty(), false).plans().stream()
                            .filter(it -> applications.contains(it.application()))
                            .toList();
            if (open.size() == applications.size()) return open;
            giveUpAfter(begun, "there are plans for " + open.size() + " applications only");
            Thread.sleep(50);
        }
    }

    private static long toFirstAnswer(
            Client client, Engine engine, PlanSummary plan, Future<?> applied) throws Exception {
        var _ =
                client.approve(
                        plan.id(),
                        new ApproveRequest(
                                Optional.of(plan.digest()), Optional.empty(), Optional.empty()));
        applied.get();
        Map<String, String> pending = client.variables(application(plan)).pending();
        var url = pending.get(engine.variable);
        if (url == null) {
            throw new IllegalStateException(plan.application() + " has no " + engine.variable);
        }
        engine.query(URI.create(url));
        return System.nanoTime();
    }

    /// Watches all plans at once: asking for each by itself would be most of what the daemon does
    /// meanwhile.
    private static void watch(Client client, Map<String, CompletableFuture<Void>> applied)
            throws InterruptedException {
        var begun = System.nanoTime();
        while (true) {
            var open =
                    client.plans(Optional.empty(), false).plans().stream()
                            .map(PlanSummary::id)
                            .collect(Collectors.toSet());
            applied.forEach((id, it) -> {
                if (!open.contains(id)) it.complete(null);
            });
            if (open.stream().noneMatch(applied::containsKey)) return;
            giveUpAfter(begun, "the plans " + open + " are not applied");
            Thread.sleep(Math.max(10, 5 * open.size()));
        }
    }

    private static ApplicationName application(PlanSummary plan) {
        return new ApplicationName(plan.application(), plan.environment());
    }

    private static void giveUpAfter(long begun, String why) {
        if (System.nanoTime() - begun > PATIENCE) throw new IllegalStateException(why);
    }

    private static String[] login(URI url) {
        return url.getUserInfo().split(":", 2);
    }

    private static void sql(String scheme, URI url, String options) throws SQLException {
        var login = login(url);
        var jdbc = scheme + url.getHost() + ":" + url.getPort() + url.getPath() + options;
        try (var connection = DriverManager.getConnection(jdbc, login[0], login[1]);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE first (query int)");
        }
    }

    private static void ask(Socket server, String... words) throws IOException {
        var text = new StringBuilder("*" + words.length + "\r\n");
        for (var word : words) text.append("$%d\r\n%s\r\n".formatted(word.length(), word));
        server.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
        var answer = new byte[512];
        var length = server.getInputStream().read(answer);
        var said = new String(answer, 0, Math.max(0, length), StandardCharsets.UTF_8);
        if (said.startsWith("+OK")) return;
        throw new IOException("Redis says to " + words[0] + ": " + said);
    }
}
