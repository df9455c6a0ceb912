package dev.assent.forge.fake;

import dev.assent.forge.ForgeSettings;
import dev.assent.forge.PullRequest;
import dev.assent.forge.Right;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// GitLab. No package carries GitLab's own description of its API: answers are held against the
/// types of `@gitbeaker/core`, a client that many use; paths and parameters are written down by us
/// and held against nothing. Its habits are kept: quick actions are carried out, a status that is
/// pending can't become pending, a reaction that is there already is a 404.
public final class FakeGitLab extends FakeForge {

    private static final String PROJECT = "/projects/([^/]+)";
    private static final Pattern REQUESTS = Pattern.compile(PROJECT + "/merge_requests");
    private static final Pattern REQUEST = Pattern.compile(REQUESTS.pattern() + "/([0-9]+)");
    private static final Pattern APPROVALS = Pattern.compile(REQUEST.pattern() + "/approvals");
    private static final Pattern NOTES = Pattern.compile(REQUEST.pattern() + "/notes");
    private static final Pattern NOTE = Pattern.compile(NOTES.pattern() + "/([0-9]+)");
    private static final Pattern AWARDS = Pattern.compile(NOTE.pattern() + "/award_emoji");
    private static final Pattern MEMBERS = Pattern.compile(PROJECT + "/members/all");
    private static final Pattern STATUSES = Pattern.compile(PROJECT + "/statuses/([^/]+)");
    private static final Pattern USER = Pattern.compile("/user");
    private static final Pattern OWN_TOKEN = Pattern.compile("/personal_access_tokens/self");
    private static final Pattern QUICK_ACTION =
            Pattern.compile("(?m)^/(merge|approve|close|assign|label|lock)\\b");
    private static final Set<String> UNFINISHED = Set.of("pending", "running");

    private final OpenApi published;
    private final List<String> actions = new ArrayList<>();
    private Optional<LocalDate> expires = Optional.empty();

    private FakeGitLab(String project, OpenApi published) {
        super(project, "/api/v4", new Checks(published));
        this.published = published;
    }

    /// Starts one with an empty project: `acme/platform`, `group/subgroup/name`.
    public static FakeGitLab start(String project) {
        return new FakeGitLab(project, OpenApi.of("/forge/gitlab-gitbeaker-43.8.0.json"));
    }

    /// The quick actions that were carried out because they stood in what came with our token.
    public synchronized List<String> actions() {
        return List.copyOf(actions);
    }

    @Override
    ForgeSettings.Kind kind() {
        return ForgeSettings.Kind.GITLAB;
    }

    @Override
    Optional<Reply> stranger(Call call) {
        return call.header("Private-token").equals(Optional.of(token))
                ? Optional.empty()
                : Optional.of(refusal(Fault.TOKEN_REVOKED));
    }

    @Override
    Reply refusal(Fault fault) {
        return switch (fault) {
            case LIMITED ->
                    new Reply(429, "Retry later", Map.of("Retry-After", "30"))
                            .with("Content-Type", "text/plain");
            case LIMITED_OTHERWISE ->
                    Reply.error(429, "This endpoint has been requested too many times.")
                            .with("RateLimit-Remaining", "0")
                            .with(
                                    "RateLimit-Reset",
                                    Long.toString(Instant.now().getEpochSecond() + 30));
            case TOKEN_REVOKED -> Reply.error(401, "401 Unauthorized");
            case FORBIDDEN -> Reply.error(403, "403 Forbidden");
            default -> Reply.error(404, "404 Project Not Found");
        };
    }

    @Override
    Reply answer(Call call) {
        return Tags.tagged(call, routed(call).page(call, api() + call.path(), "per_page", 20, 100));
    }

    /// The day on which our token ends.
    public synchronized void tokenExpires(LocalDate day) {
        expires = Optional.of(day);
    }

    private Reply routed(Call call) {
        if (call.matches("GET", OWN_TOKEN).isPresent()) {
            var token = published.sketch("PersonalAccessTokenSchema");
            expires.ifPresent(it -> token.put("expires_at", it.toString()));
            return Reply.of(200, token);
        }
        if (call.matches("GET", USER).isPresent()) {
            return Reply.of(200, published.sketch("ExpandedUserSchema").put("username", login()));
        }
        var named = Pattern.compile(PROJECT + "/.*").matcher(call.path());
        if (!named.matches() || !new Call.Parts(named.toMatchResult()).text(1).equals(project)) {
            return refusal(Fault.HIDDEN);
        }
        return call.matches("GET", REQUESTS)
                .map(_ -> requests(call))
                .or(() -> call.matches("GET", REQUEST).map(it -> request(it.number(2))))
                .or(() -> call.matches("GET", APPROVALS).map(it -> approvals(it.number(2))))
                .or(() -> call.matches("GET", NOTES).map(it -> notes(it.number(2))))
                .or(() -> call.matches("POST", NOTES).map(it -> say(call, it.number(2))))
                .or(() -> call.matches("PUT", NOTE).map(it -> edit(call, it.number(3))))
                .or(() -> call.matches("POST", AWARDS).map(it -> react(call, it.number(3))))
                .or(() -> call.matches("GET", MEMBERS).map(_ -> members(call)))
                .or(() -> call.matches("POST", STATUSES).map(it -> status(call, it.text(2))))
                .orElseThrow();
    }

    private Reply requests(Call call) {
        var state = call.query().getOrDefault("state", "all");
        var target = call.query().get("target_branch");
        var found =
                pulls.values().stream()
                        .filter(it -> state.equals("all") || state.equals(word(it.state)))
                        .filter(it -> target == null || it.base.equals(target))
                        .map(it -> json(it, "MergeRequestSchema"))
                        .toList();
        return Reply.list(
                call.query().getOrDefault("sort", "desc").equals("asc") ? found : found.reversed());
    }

    private Reply request(long number) {
        return Optional.ofNullable(pulls.get(number))
                .map(it -> Reply.of(200, json(it, "ExpandedMergeRequestSchema")))
                .orElseGet(() -> Reply.error(404, "404 Not found"));
    }

    private static String word(PullRequest.State state) {
        return switch (state) {
            case OPEN -> "opened";
            case MERGED -> "merged";
            case CLOSED -> "closed";
        };
    }

    private JsonNode json(Pull it, String form) {
        var json = published.sketch(form);
        json.put("iid", it.number)
                .put("title", it.title)
                .put("state", word(it.state))
                .put("source_branch", it.head)
                .put("target_branch", it.base)
                .put("sha", it.commit)
                .put("source_project_id", it.fork ? 2 : 1)
                .put("target_project_id", 1)
                .put("web_url", page(it.number))
                .put("created_at", it.at.toString())
                .put("updated_at", it.updatedAt.toString());
        name(json, it.author);
        return json;
    }

    private static void name(ObjectNode json, String user) {
        ((ObjectNode) json.path("author")).put("username", user);
    }

    private String page(long number) {
        return "https://gitlab.example/" + project + "/-/merge_requests/" + number;
    }

    /// Only approvals are told, and not of which commit.
    private Reply approvals(long number) {
        if (!pulls.containsKey(number)) return Reply.error(404, "404 Not found");
        var json = published.sketch("MergeRequestLevelMergeRequestApprovalSchema");
        var approvedBy = json.putArray("approved_by");
        for (var it : standing(number)) {
            var user = published.sketch("MergeRequestNoteSchema").path("author");
            approvedBy.addObject().set("user", ((ObjectNode) user).put("username", it));
        }
        return Reply.of(200, json);
    }

    private List<String> standing(long number) {
        var standing = new ArrayList<String>();
        for (var it : pull(number).opinions) {
            if (it.verdict().equals("COMMENTED")) continue;
            standing.remove(it.author());
            if (it.verdict().equals("APPROVED")) standing.add(it.author());
        }
        return standing;
    }

    private Reply notes(long number) {
        if (!pulls.containsKey(number)) return Reply.error(404, "404 Not found");
        var notes = new ArrayList<JsonNode>();
        notes.add(
                published
                        .sketch("MergeRequestNoteSchema")
                        .put("body", "changed the description")
                        .put("system", true));
        comments(number).forEach(it -> notes.add(json(it)));
        return Reply.list(notes);
    }

    private ObjectNode json(Said it) {
        var json = published.sketch("MergeRequestNoteSchema");
        json.put("id", it.id)
                .put("body", it.text)
                .put("noteable_iid", it.pull)
                .put("created_at", it.at.toString())
                .put("updated_at", it.updatedAt.toString());
        name(json, it.author);
        return json;
    }

    private Reply say(Call call, long number) {
        if (!pulls.containsKey(number)) return Reply.error(404, "404 Not found");
        var text = call.json().path("body").asString();
        carryOut(text);
        var id = Long.parseLong(comment(login(), number, text));
        return Reply.of(201, json(said(id).orElseThrow()));
    }

    private void carryOut(String text) {
        QUICK_ACTION.matcher(text).results().forEach(it -> actions.add(it.group()));
    }

    private Reply edit(Call call, long id) {
        if (said(id).isEmpty()) return Reply.error(404, "404 Note Not Found");
        var text = call.json().path("body").asString();
        carryOut(text);
        editComment(Long.toString(id), text);
        return Reply.of(200, json(said(id).orElseThrow()));
    }

    private Reply react(Call call, long id) {
        var name = call.json().path("name").asString();
        var mark = login() + ":" + name;
        if (said(id).isEmpty()) return Reply.error(404, "404 Note Not Found");
        var reactions = said(id).orElseThrow().reactions;
        if (reactions.contains(mark)) {
            return Reply.error(404, "404 Award Emoji Name has already been taken Not Found");
        }
        reactions.add(mark);
        return Reply.of(201, published.sketch("AwardEmojiSchema").put("name", name));
    }

    private Reply members(Call call) {
        var query = call.query().getOrDefault("query", "").toLowerCase(Locale.ROOT);
        return Reply.list(
                rights.entrySet().stream()
                        .filter(it -> it.getValue() != Right.NONE)
                        .filter(it -> it.getKey().toLowerCase(Locale.ROOT).contains(query))
                        .map(it ->
                                published
                                        .sketch("MemberSchema")
                                        .put("username", it.getKey())
                                        .put("state", "active")
                                        .put("access_level", level(it.getValue())))
                        .toList());
    }

    private static int level(Right right) {
        return switch (right) {
            case NONE -> 0;
            case READ -> 20;
            case WRITE -> 30;
            case MAINTAIN -> 40;
            case ADMIN -> 50;
        };
    }

    private Reply status(Call call, String commit) {
        if (!commit.matches("[0-9a-f]{40}")) return Reply.error(404, "404 Commit Not Found");
        var said = call.json();
        var status =
                new Status(
                        nextId(),
                        said.path("name").asString("default"),
                        said.path("state").asString(),
                        said.path("description").asString(""),
                        said.path("target_url").asString(""));
        var last = Optional.ofNullable(statuses(commit).get(status.context()));
        if (last.filter(it -> it.state().equals(status.state()))
                .filter(it -> UNFINISHED.contains(it.state()))
                .isPresent()) {
            return Reply.error(
                    400, "Cannot transition status via :enqueue from :pending (Reason(s): …)");
        }
        statuses.computeIfAbsent(commit, _ -> new ArrayList<>()).add(status);
        var json = published.sketch("CommitStatusSchema");
        json.put("id", status.id())
                .put("sha", commit)
                .put("name", status.context())
                .put("status", status.state())
                .put("description", status.description());
        return Reply.of(201, json);
    }
}
