package dev.assent.forge.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.assent.forge.ForgeSettings;
import dev.assent.forge.PullRequest;
import dev.assent.forge.Right;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A forge with one project: a real HTTP server with a state. The methods that are public here are
/// what people do there, and what they see.
public abstract class FakeForge implements AutoCloseable {

    /// The login under which what comes with our token appears.
    public static final String BOT = "assent-bot";

    final String project;
    volatile String token = newToken();
    final Map<Long, Pull> pulls = new LinkedHashMap<>();
    final Map<Long, Said> comments = new LinkedHashMap<>();
    final Map<String, Right> rights = new HashMap<>();
    final Map<String, List<Status>> statuses = new HashMap<>();

    private final String prefix;
    private final Checks checks;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Asked> requests = new ArrayList<>();
    private volatile InstantSource clock = InstantSource.system();
    private volatile String login = BOT;
    private Optional<Fault> fault = Optional.empty();
    private int faultsLeft;
    private Set<String> faultyMethods = Set.of();
    private long lastId = 1_000;

    FakeForge(String project, String prefix, Checks checks) {
        this.project = project;
        this.prefix = prefix;
        this.checks = checks;
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /// Where its API begins.
    public URI api() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + prefix);
    }

    /// How to sign in to it; writes the token into a file of a folder.
    public ForgeSettings settings(Path folder) {
        return new ForgeSettings(
                kind(), api(), project, Optional.of(tokenFile(folder)), Optional.empty());
    }

    Path tokenFile(Path folder) {
        try {
            return Files.writeString(folder.resolve("token-of-" + kind().word()), token + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The token that it accepts, for tests that look for it where it must not be.
    public String token() {
        return token;
    }

    public synchronized void clock(InstantSource other) {
        clock = other;
    }

    private static String newToken() {
        return "token-" + UUID.randomUUID();
    }

    /// Another user's token takes the place of ours, in the file too.
    public void tokenIsReplaced(Path folder, String user) {
        token = newToken();
        login = user;
        tokenFile(folder);
    }

    /// From now on what comes with our token appears under another login.
    public void tokenOf(String user) {
        login = user;
    }

    String login() {
        return login;
    }

    public long openPullRequest(
            String author, String title, String head, String base, String commit) {
        return open(author, title, head, base, commit, false);
    }

    public long openPullRequestFromFork(
            String author, String title, String head, String base, String commit) {
        return open(author, title, head, base, commit, true);
    }

    private synchronized long open(
            String author, String title, String head, String base, String commit, boolean fork) {
        long number = pulls.size() + 1L;
        pulls.put(number, new Pull(number, author, title, head, base, commit, fork, now()));
        return number;
    }

    /// A push to the pull request's branch.
    public synchronized void push(long number, String commit) {
        var pull = pull(number);
        pull.commit = commit;
        pull.updatedAt = now();
    }

    public synchronized void retitle(long number, String title) {
        var pull = pull(number);
        pull.title = title;
        pull.updatedAt = now();
    }

    public synchronized void merge(long number) {
        end(number, PullRequest.State.MERGED);
    }

    public synchronized void shut(long number) {
        end(number, PullRequest.State.CLOSED);
    }

    private void end(long number, PullRequest.State state) {
        var pull = pull(number);
        pull.state = state;
        pull.updatedAt = now();
    }

    /// Somebody writes under a pull request.
    ///
    /// @return the comment's id
    public synchronized String comment(String user, long number, String text) {
        var pull = pull(number);
        var said = new Said(nextId(), number, user, text, now());
        comments.put(said.id, said);
        pull.updatedAt = said.at;
        return said.id();
    }

    /// Somebody edits a comment.
    public synchronized void editComment(String id, String text) {
        var said = said(Long.parseLong(id)).orElseThrow();
        said.text = text;
        said.edits++;
        var now = now();
        said.updatedAt = now.isAfter(said.at) ? now : said.at.plusSeconds(1);
        pull(said.pull).updatedAt = said.updatedAt;
    }

    public synchronized void deleteComment(String id) {
        comments.remove(Long.parseLong(id));
    }

    /// Somebody reviews a pull request.
    ///
    /// @param verdict in the words of GitHub: `APPROVED`, `CHANGES_REQUESTED`, `COMMENTED`
    public synchronized void review(String user, long number, String verdict) {
        var pull = pull(number);
        pull.opinions.add(new Pull.Opinion(nextId(), user, verdict, pull.commit, now()));
        pull.updatedAt = now();
    }

    /// What somebody said in reviews of a pull request counts no more.
    public synchronized void dismiss(String user, long number) {
        pull(number)
                .opinions
                .replaceAll(it ->
                        it.author().equals(user) && !it.verdict().equals("COMMENTED")
                                ? new Pull.Opinion(it.id(), user, "DISMISSED", it.commit(), it.at())
                                : it);
    }

    public synchronized void permission(String user, Right right) {
        rights.put(user, right);
    }

    /// The comments under a pull request, oldest first.
    public synchronized List<Said> comments(long number) {
        return comments.values().stream().filter(it -> it.pull == number).toList();
    }

    /// Those of them that came with our token.
    public synchronized List<Said> ours(long number) {
        return comments(number).stream().filter(it -> it.author.equals(login)).toList();
    }

    /// The last status of a commit in each context.
    public synchronized Map<String, Status> statuses(String commit) {
        var last = new LinkedHashMap<String, Status>();
        statuses.getOrDefault(commit, List.of()).forEach(it -> last.put(it.context(), it));
        return last;
    }

    /// The last status of a commit in a context, where it must have one.
    public Status status(String commit, String context) {
        return Optional.ofNullable(statuses(commit).get(context)).orElseThrow();
    }

    /// All statuses that a commit ever had, oldest first.
    public synchronized List<Status> statusHistory(String commit) {
        return List.copyOf(statuses.getOrDefault(commit, List.of()));
    }

    /// What was asked since the last time this was called.
    public synchronized List<Asked> requests() {
        var all = List.copyOf(requests);
        requests.clear();
        return all;
    }

    /// From now on everything goes wrong, until [#works].
    public synchronized void fails(Fault how) {
        fails(how, Integer.MAX_VALUE);
    }

    /// The next requests go wrong.
    public synchronized void fails(Fault how, int times) {
        fault = Optional.of(how);
        faultsLeft = times;
        faultyMethods = Set.of();
    }

    /// The next requests of one method (`POST`) go wrong; all others are answered.
    public synchronized void failsAt(String method, Fault how, int times) {
        fails(how, times);
        faultyMethods = Set.of(method);
    }

    public synchronized void works() {
        fault = Optional.empty();
    }

    private Optional<Fault> nextFault(String method) {
        var concerned = faultyMethods.isEmpty() || faultyMethods.contains(method);
        if (fault.isEmpty() || faultsLeft == 0 || !concerned) return Optional.empty();
        faultsLeft--;
        return fault;
    }

    abstract ForgeSettings.Kind kind();

    /// Why a request is not signed in; empty where it is.
    abstract Optional<Reply> stranger(Call call);

    abstract Reply answer(Call call);

    /// What it says when it is to go wrong in a way that is its own.
    abstract Reply refusal(Fault fault);

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var call = Call.of(exchange, prefix);
            var conditional = call.header("If-none-match").isPresent();
            var path = exchange.getRequestURI().toString();
            var reply = reply(call);
            synchronized (this) {
                var status = reply.map(Reply::status).orElse(0);
                requests.add(new Asked(call.method(), path, conditional, status));
            }
            if (reply.isPresent()) send(exchange, reply.get());
        }
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        var bytes = reply.body().getBytes(UTF_8);
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        if (bytes.length == 0) {
            exchange.sendResponseHeaders(reply.status(), -1);
            return;
        }
        exchange.getResponseHeaders().putIfAbsent("Content-Type", List.of("application/json"));
        exchange.sendResponseHeaders(reply.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private Optional<Reply> reply(Call call) {
        Optional<Fault> now;
        synchronized (this) {
            now = nextFault(call.method());
        }
        if (now.isEmpty()) return Optional.of(checked(call));
        return switch (now.get()) {
            case DOWN -> Optional.of(new Reply(503, "<h1>unavailable</h1>", Map.of()));
            case PAGE ->
                    Optional.of(
                            new Reply(
                                    200, "<h1>sign in</h1>", Map.of("Content-Type", "text/html")));
            case SILENT -> {
                untilClosing();
                yield Optional.empty();
            }
            case HANGS_UP -> Optional.empty();
            case HANGS_UP_AFTERWARDS -> {
                checked(call);
                yield Optional.empty();
            }
            case LIMITED, LIMITED_OTHERWISE, TOKEN_REVOKED, FORBIDDEN, HIDDEN ->
                    Optional.of(refusal(now.get()));
        };
    }

    private synchronized Reply checked(Call call) {
        var stranger = stranger(call);
        if (stranger.isPresent()) return stranger.get();
        if (!checks.request(call)) return Reply.error(400, "see what the fake complains of");
        try {
            var reply = answer(call);
            checks.answer(call, reply);
            return reply;
        } catch (RuntimeException e) {
            checks.complain(call, "the fake itself failed: " + e);
            return Reply.error(500, "see what the fake complains of");
        }
    }

    private void untilClosing() {
        try {
            closing.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Forges count in seconds, or show no more of it.
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    long nextId() {
        return ++lastId;
    }

    Pull pull(long number) {
        return Optional.ofNullable(pulls.get(number)).orElseThrow();
    }

    Optional<Said> said(long id) {
        return Optional.ofNullable(comments.get(id));
    }

    /// Stops it, and fails if a request or an answer was not as the forge's own description says.
    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
        checks.complain();
    }
}
