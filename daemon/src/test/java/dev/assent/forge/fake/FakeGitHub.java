package dev.assent.forge.fake;

import dev.assent.forge.ForgeSettings;
import dev.assent.forge.PullRequest;
import dev.assent.forge.Right;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// GitHub, as its own description says (`@octokit/openapi`, github.com's REST API). Answers have an
/// `ETag`, and one that did not change costs nothing of the 5,000 an hour.
public final class FakeGitHub extends FakeForge {

    private static final String REPOSITORY = "/repos/([^/]+/[^/]+)";
    private static final Pattern PULLS = Pattern.compile(REPOSITORY + "/pulls");
    private static final Pattern PULL = Pattern.compile(REPOSITORY + "/pulls/([0-9]+)");
    private static final Pattern REVIEWS = Pattern.compile(PULL.pattern() + "/reviews");
    private static final Pattern ALL_COMMENTS = Pattern.compile(REPOSITORY + "/issues/comments");
    private static final Pattern COMMENTS =
            Pattern.compile(REPOSITORY + "/issues/([0-9]+)/comments");
    private static final Pattern COMMENT = Pattern.compile(ALL_COMMENTS.pattern() + "/([0-9]+)");
    private static final Pattern REACTIONS = Pattern.compile(COMMENT.pattern() + "/reactions");
    private static final Pattern PERMISSION =
            Pattern.compile(REPOSITORY + "/collaborators/([^/]+)/permission");
    private static final Pattern STATUSES = Pattern.compile(REPOSITORY + "/statuses/([^/]+)");
    private static final Pattern USER = Pattern.compile("/user");
    private static final int LIMIT = 5_000;

    private final OpenApi published;
    private final FakeGitHubApp app;
    private int used;

    private FakeGitHub(String project, OpenApi published) {
        super(project, "/api/v3", new Checks(published));
        this.published = published;
        this.app = new FakeGitHubApp(project, published, this::now);
    }

    /// Starts one with an empty project: `acme/platform`.
    public static FakeGitHub start(String project) {
        return new FakeGitHub(project, OpenApi.of("/forge/github-23.0.2.json"));
    }

    /// The App that is installed for the project.
    public FakeGitHubApp app() {
        return app;
    }

    @Override
    ForgeSettings.Kind kind() {
        return ForgeSettings.Kind.GITHUB;
    }

    @Override
    Optional<Reply> stranger(Call call) {
        var shown = call.header("Authorization").orElse("");
        if (app.answers(call)) return app.stranger(shown);
        return shown.equals("Bearer " + token) || app.hasIssued(shown)
                ? Optional.empty()
                : Optional.of(refusal(Fault.TOKEN_REVOKED));
    }

    @Override
    Reply refusal(Fault fault) {
        return switch (fault) {
            case LIMITED ->
                    error(403, "API rate limit exceeded for user ID 1.")
                            .with("X-RateLimit-Remaining", "0")
                            .with(
                                    "X-RateLimit-Reset",
                                    Long.toString(Instant.now().getEpochSecond() + 30));
            case LIMITED_OTHERWISE ->
                    error(403, "You have exceeded a secondary rate limit. Please wait.");
            case TOKEN_REVOKED -> error(401, "Bad credentials");
            case FORBIDDEN -> error(403, "Resource not accessible by personal access token");
            default -> error(404, "Not Found");
        };
    }

    private Reply error(int status, String message) {
        return Reply.of(status, published.sketch("basic-error").put("message", message));
    }

    @Override
    Reply answer(Call call) {
        var reply = app.answers(call) ? app.answer(call) : routed(call);
        var paged =
                reply.page(call, api() + call.path(), "per_page", 30, 100)
                        .with("X-RateLimit-Limit", Integer.toString(LIMIT))
                        .with(
                                "X-RateLimit-Reset",
                                Long.toString(now().plusSeconds(3_600).getEpochSecond()));
        return tagged(call, paged).with("X-RateLimit-Remaining", Integer.toString(LIMIT - used));
    }

    private Reply tagged(Call call, Reply reply) {
        var tagged = Tags.tagged(call, reply);
        if (tagged.status() != 304) used++;
        return tagged;
    }

    private Reply routed(Call call) {
        if (call.matches("GET", USER).isPresent()) {
            return Reply.of(200, published.sketch("public-user").put("login", login()));
        }
        var named = Pattern.compile(REPOSITORY + "/.*").matcher(call.path());
        if (!named.matches() || !named.group(1).equals(project)) return error(404, "Not Found");
        return call.matches("GET", PULLS)
                .map(_ -> pulls(call))
                .or(() -> call.matches("GET", PULL).map(it -> pullRequest(it.number(2))))
                .or(() -> call.matches("GET", REVIEWS).map(it -> reviews(it.number(2))))
                .or(() -> call.matches("GET", ALL_COMMENTS).map(_ -> since(call)))
                .or(() -> call.matches("GET", COMMENTS).map(it -> under(it.number(2))))
                .or(() -> call.matches("POST", COMMENTS).map(it -> say(call, it.number(2))))
                .or(() -> call.matches("PATCH", COMMENT).map(it -> edit(call, it.number(2))))
                .or(() -> call.matches("POST", REACTIONS).map(it -> react(call, it.number(2))))
                .or(() -> call.matches("GET", PERMISSION).map(it -> permission(it.text(2))))
                .or(() -> call.matches("POST", STATUSES).map(it -> status(call, it.text(2))))
                .orElseThrow();
    }

    private Reply pulls(Call call) {
        var wanted = call.query().getOrDefault("state", "open");
        var base = call.query().get("base");
        var found =
                pulls.values().stream()
                        .filter(it ->
                                wanted.equals("all")
                                        || wanted.equals("open")
                                                == (it.state == PullRequest.State.OPEN))
                        .filter(it -> base == null || it.base.equals(base))
                        .map(it -> json(it, "pull-request-simple"))
                        .toList();
        return Reply.list(
                call.query().getOrDefault("direction", "desc").equals("asc")
                        ? found
                        : found.reversed());
    }

    private Reply pullRequest(long number) {
        return Optional.ofNullable(pulls.get(number))
                .map(it -> Reply.of(200, json(it, "pull-request")))
                .orElseGet(() -> error(404, "Not Found"));
    }

    private JsonNode json(Pull it, String form) {
        var json = published.sketch(form);
        json.put("number", it.number)
                .put("title", it.title)
                .put("state", it.state == PullRequest.State.OPEN ? "open" : "closed")
                .put("html_url", page(it.number))
                .put("created_at", it.at.toString())
                .put("updated_at", it.updatedAt.toString());
        if (it.state == PullRequest.State.MERGED) json.put("merged_at", it.updatedAt.toString());
        json.set("user", user(it.author));
        json.set("head", end(json.path("head"), it.head, it.commit, it.fork ? 2 : 1));
        json.set("base", end(json.path("base"), it.base, "b".repeat(40), 1));
        return json;
    }

    private JsonNode end(JsonNode sketch, String ref, String commit, int repository) {
        var end = ((ObjectNode) sketch).put("ref", ref).put("sha", commit);
        end.set("repo", published.sketch("repository").put("id", repository));
        return end;
    }

    private JsonNode user(String login) {
        return published.sketch("simple-user").put("login", login);
    }

    private String page(long number) {
        return "https://github.example/" + project + "/pull/" + number;
    }

    private Reply reviews(long number) {
        if (!pulls.containsKey(number)) return error(404, "Not Found");
        return Reply.list(
                pull(number).opinions.stream()
                        .map(it -> {
                            var json = published.sketch("pull-request-review");
                            json.put("id", it.id())
                                    .put("state", it.verdict())
                                    .put("commit_id", it.commit())
                                    .put("submitted_at", it.at().toString())
                                    .put(
                                            "html_url",
                                            page(number) + "#pullrequestreview-" + it.id());
                            json.set("user", user(it.author()));
                            return json;
                        })
                        .toList());
    }

    /// `since` is about the last edit, and includes the very second.
    private Reply since(Call call) {
        var since = Instant.parse(call.query().getOrDefault("since", Instant.EPOCH.toString()));
        var found =
                comments.values().stream()
                        .filter(it -> !it.updatedAt.isBefore(since))
                        .map(this::json)
                        .toList();
        return Reply.list(
                call.query().getOrDefault("direction", "asc").equals("asc")
                        ? found
                        : found.reversed());
    }

    private Reply under(long number) {
        if (!pulls.containsKey(number)) return error(404, "Not Found");
        return Reply.list(comments(number).stream().map(this::json).toList());
    }

    private JsonNode json(Said it) {
        var json = published.sketch("issue-comment");
        json.put("id", it.id)
                .put("body", it.text)
                .put("html_url", page(it.pull) + "#issuecomment-" + it.id)
                .put("issue_url", api() + "/repos/" + project + "/issues/" + it.pull)
                .put("created_at", it.at.toString())
                .put("updated_at", it.updatedAt.toString());
        json.set("user", user(it.author));
        return json;
    }

    private Reply say(Call call, long number) {
        if (!pulls.containsKey(number)) return error(404, "Not Found");
        var text = call.json().path("body").asString();
        if (text.isBlank() || text.length() > 65_536) return error(422, "Validation Failed");
        return Reply.of(
                201, json(said(Long.parseLong(comment(writer(call), number, text))).orElseThrow()));
    }

    private String writer(Call call) {
        return app.hasIssued(call.header("Authorization").orElse("")) ? app.login() : login();
    }

    private Reply edit(Call call, long id) {
        if (said(id).isEmpty()) return error(404, "Not Found");
        editComment(Long.toString(id), call.json().path("body").asString());
        return Reply.of(200, json(said(id).orElseThrow()));
    }

    private Reply react(Call call, long id) {
        if (said(id).isEmpty()) return error(404, "Not Found");
        var content = call.json().path("content").asString();
        var mark = writer(call) + ":" + content;
        var reactions = said(id).orElseThrow().reactions;
        var known = reactions.contains(mark);
        if (!known) reactions.add(mark);
        return Reply.of(known ? 200 : 201, published.sketch("reaction").put("content", content));
    }

    private Reply permission(String user) {
        var right = rights.getOrDefault(user, Right.NONE);
        var json = published.sketch("repository-collaborator-permission");
        json.put("permission", coarse(right))
                .put("role_name", right.name().toLowerCase(Locale.ROOT));
        return Reply.of(200, json);
    }

    private static String coarse(Right right) {
        return switch (right) {
            case NONE -> "none";
            case READ -> "read";
            case WRITE, MAINTAIN -> "write";
            case ADMIN -> "admin";
        };
    }

    private Reply status(Call call, String commit) {
        if (!commit.matches("[0-9a-f]{40}"))
            return error(422, "No commit found for SHA: " + commit);
        var said = call.json();
        if (said.path("description").asString("").length() > 140) {
            return error(422, "Validation Failed");
        }
        var status =
                new Status(
                        nextId(),
                        said.path("context").asString("default"),
                        said.path("state").asString(),
                        said.path("description").asString(""),
                        said.path("target_url").asString(""));
        statuses.computeIfAbsent(commit, _ -> new ArrayList<>()).add(status);
        var json = published.sketch("status");
        json.put("id", status.id())
                .put("context", status.context())
                .put("state", status.state())
                .put("description", status.description());
        return Reply.of(201, json);
    }

    /// The comments that are ours, whoever signed in.
    @Override
    public synchronized List<Said> ours(long number) {
        return comments(number).stream()
                .filter(it -> it.author.equals(login()) || it.author.equals(app.login()))
                .toList();
    }
}
