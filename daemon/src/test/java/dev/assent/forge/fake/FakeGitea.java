package dev.assent.forge.fake;

import dev.assent.forge.ForgeSettings;
import dev.assent.forge.PullRequest;
import dev.assent.forge.Right;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Gitea, as its own description says (Swagger of Gitea 1.23, as it is in the npm package
/// `gitea-js`). Some of its habits are in no description: lists end after 50 things, comments have
/// no link to a next page but say how many there are, and one on a pull request names no issue.
public final class FakeGitea extends FakeForge {

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
    private static final Set<String> ALLOWED_REACTIONS =
            Set.of("+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes");
    private static final int MOST = 50;

    private final OpenApi published;

    private FakeGitea(String project, OpenApi published) {
        super(project, "/api/v1", new Checks(published));
        this.published = published;
    }

    /// Starts one with an empty project: `acme/platform`.
    public static FakeGitea start(String project) {
        return new FakeGitea(project, OpenApi.of("/forge/gitea-1.23.json"));
    }

    @Override
    ForgeSettings.Kind kind() {
        return ForgeSettings.Kind.GITEA;
    }

    @Override
    Optional<Reply> stranger(Call call) {
        var shown = call.header("Authorization").orElse("");
        return shown.equals("token " + token) || shown.equals("Bearer " + token)
                ? Optional.empty()
                : Optional.of(refusal(Fault.TOKEN_REVOKED));
    }

    @Override
    Reply refusal(Fault fault) {
        return switch (fault) {
            case LIMITED -> Reply.error(429, "Too Many Requests").with("Retry-After", "30");
            case LIMITED_OTHERWISE -> new Reply(503, "<h1>busy</h1>", Map.of("Retry-After", "30"));
            case TOKEN_REVOKED -> Reply.error(401, "invalid username, password or token");
            case FORBIDDEN ->
                    Reply.error(403, "token does not have at least one of required scope(s)");
            default -> Reply.error(404, "The target couldn't be found.");
        };
    }

    @Override
    Reply answer(Call call) {
        if (call.matches("GET", USER).isPresent()) return Reply.of(200, user(login()));
        var named = Pattern.compile(REPOSITORY + "/.*").matcher(call.path());
        if (!named.matches() || !named.group(1).equals(project)) return refusal(Fault.HIDDEN);
        return call.matches("GET", PULLS)
                .map(_ -> counted(call, pulls(call), true))
                .or(() -> call.matches("GET", PULL).map(it -> pullRequest(it.number(2))))
                .or(() ->
                        call.matches("GET", REVIEWS)
                                .map(it -> counted(call, reviews(it.number(2)), true)))
                .or(() ->
                        call.matches("GET", ALL_COMMENTS)
                                .map(_ -> counted(call, since(call), false)))
                .or(() -> call.matches("GET", COMMENTS).map(it -> under(it.number(2))))
                .or(() -> call.matches("POST", COMMENTS).map(it -> say(call, it.number(2))))
                .or(() -> call.matches("PATCH", COMMENT).map(it -> edit(call, it.number(2))))
                .or(() -> call.matches("POST", REACTIONS).map(it -> react(call, it.number(2))))
                .or(() -> call.matches("GET", PERMISSION).map(it -> permission(it.text(2))))
                .or(() -> call.matches("POST", STATUSES).map(it -> status(call, it.text(2))))
                .orElseThrow();
    }

    private Reply counted(Call call, Reply reply, boolean linked) {
        if (reply.status() != 200) return reply;
        var total = JsonMapper.shared().readTree(reply.body()).size();
        // Gitea writes the address that it is configured to have, which need not be ours.
        var page = reply.page(call, "http://localhost:3000" + call.path(), "limit", 30, MOST);
        if (!linked) page = new Reply(page.status(), page.body(), Map.of());
        return page.with("X-Total-Count", Integer.toString(total));
    }

    private Reply pulls(Call call) {
        var wanted = call.query().getOrDefault("state", "open");
        return Reply.list(
                pulls.values().stream()
                        .filter(it ->
                                wanted.equals("all")
                                        || wanted.equals("open")
                                                == (it.state == PullRequest.State.OPEN))
                        .map(this::json)
                        .toList());
    }

    private Reply pullRequest(long number) {
        return Optional.ofNullable(pulls.get(number))
                .map(it -> Reply.of(200, json(it)))
                .orElseGet(() -> refusal(Fault.HIDDEN));
    }

    private JsonNode json(Pull it) {
        var json = published.sketch("PullRequest");
        json.put("id", 9_000 + it.number)
                .put("number", it.number)
                .put("title", it.title)
                .put("state", it.state == PullRequest.State.OPEN ? "open" : "closed")
                .put("merged", it.state == PullRequest.State.MERGED)
                .put("html_url", page(it.number))
                .put("created_at", zoned(it.at))
                .put("updated_at", zoned(it.updatedAt));
        json.set("user", user(it.author));
        json.set("head", end(it.head, it.commit, it.fork ? 2 : 1));
        json.set("base", end(it.base, "b".repeat(40), 1));
        return json;
    }

    /// Gitea writes times in the zone that it runs in.
    private static String zoned(Instant instant) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                instant.atOffset(ZoneOffset.ofHours(2)));
    }

    private JsonNode end(String ref, String commit, int repository) {
        var end = published.sketch("PRBranchInfo");
        end.put("label", ref).put("ref", ref).put("sha", commit).put("repo_id", repository);
        end.set("repo", published.sketch("Repository").put("id", repository));
        return end;
    }

    private ObjectNode user(String login) {
        return published.sketch("User").put("id", 1).put("login", login);
    }

    private String page(long number) {
        return "https://gitea.example/" + project + "/pulls/" + number;
    }

    private Reply reviews(long number) {
        if (!pulls.containsKey(number)) return refusal(Fault.HIDDEN);
        return Reply.list(
                pull(number).opinions.stream()
                        .map(it -> {
                            var dismissed = it.verdict().equals("DISMISSED");
                            var json = published.sketch("PullReview");
                            json.put("id", it.id())
                                    .put("state", dismissed ? "APPROVED" : verdict(it.verdict()))
                                    .put("dismissed", dismissed)
                                    .put("stale", !it.commit().equals(pull(number).commit))
                                    .put("commit_id", it.commit())
                                    .put("submitted_at", zoned(it.at()))
                                    .put("html_url", page(number) + "#issuecomment-" + it.id());
                            json.set("user", user(it.author()));
                            return json;
                        })
                        .toList());
    }

    private static String verdict(String word) {
        return switch (word) {
            case "CHANGES_REQUESTED" -> "REQUEST_CHANGES";
            case "COMMENTED" -> "COMMENT";
            default -> word;
        };
    }

    private Reply since(Call call) {
        var since = Instant.parse(call.query().getOrDefault("since", Instant.EPOCH.toString()));
        return Reply.list(
                comments.values().stream()
                        .filter(it -> !it.updatedAt.isBefore(since))
                        .map(this::json)
                        .toList());
    }

    private Reply under(long number) {
        if (!pulls.containsKey(number)) return refusal(Fault.HIDDEN);
        return Reply.list(comments(number).stream().map(this::json).toList());
    }

    private JsonNode json(Said it) {
        var json = published.sketch("Comment");
        json.put("id", it.id)
                .put("body", it.text)
                .put("html_url", page(it.pull) + "#issuecomment-" + it.id)
                .put("pull_request_url", page(it.pull))
                .put("issue_url", "")
                .put("created_at", zoned(it.at))
                .put("updated_at", zoned(it.updatedAt));
        json.set("user", user(it.author));
        return json;
    }

    private Reply say(Call call, long number) {
        if (!pulls.containsKey(number)) return refusal(Fault.HIDDEN);
        var id = comment(login(), number, call.json().path("body").asString());
        return Reply.of(201, json(said(Long.parseLong(id)).orElseThrow()));
    }

    private Reply edit(Call call, long id) {
        if (said(id).isEmpty()) return refusal(Fault.HIDDEN);
        editComment(Long.toString(id), call.json().path("body").asString());
        return Reply.of(200, json(said(id).orElseThrow()));
    }

    private Reply react(Call call, long id) {
        if (said(id).isEmpty()) return refusal(Fault.HIDDEN);
        var content = call.json().path("content").asString();
        if (!ALLOWED_REACTIONS.contains(content)) return Reply.error(403, "not allowed");
        var mark = login() + ":" + content;
        var reactions = said(id).orElseThrow().reactions;
        var known = reactions.contains(mark);
        if (!known) reactions.add(mark);
        var json = published.sketch("Reaction").put("content", content);
        json.set("user", user(login()));
        return Reply.of(known ? 200 : 201, json);
    }

    private Reply permission(String user) {
        if (!rights.containsKey(user)) return Reply.error(404, "user does not exist");
        var word =
                switch (rights.getOrDefault(user, Right.NONE)) {
                    case NONE -> "none";
                    case READ -> "read";
                    case WRITE, MAINTAIN -> "write";
                    case ADMIN -> "admin";
                };
        var json = published.sketch("RepoCollaboratorPermission").put("permission", word);
        json.put("role_name", word).set("user", user(user));
        return Reply.of(200, json);
    }

    private Reply status(Call call, String commit) {
        if (!commit.matches("[0-9a-f]{40}")) return refusal(Fault.HIDDEN);
        var said = call.json();
        var status =
                new Status(
                        nextId(),
                        said.path("context").asString("default"),
                        said.path("state").asString(),
                        said.path("description").asString(""),
                        said.path("target_url").asString(""));
        if (!Set.of("pending", "success", "error", "failure", "warning").contains(status.state())) {
            return Reply.error(400, "state is none");
        }
        statuses.computeIfAbsent(commit, _ -> new ArrayList<>()).add(status);
        return Reply.of(
                201,
                published
                        .sketch("CommitStatus")
                        .put("id", status.id())
                        .put("context", status.context())
                        .put("status", status.state())
                        .put("description", status.description()));
    }
}
