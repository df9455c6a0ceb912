package dev.assent.forge;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// GitLab, be it gitlab.com or a server of one's own. Its pull requests are merge requests, its
/// comments notes.
final class GitLab implements Forge {

    private static final Deed LIST = new Deed("listing the open merge requests", "api");
    private static final Deed LOOK = new Deed("reading a merge request", "api");
    private static final Deed READ = new Deed("reading comments", "api");
    private static final Deed REVIEWS = new Deed("reading approvals", "api");
    private static final Deed RIGHTS = new Deed("asking for a member's role", "api");
    private static final Deed WRITE = new Deed("writing a comment", "api, role Reporter");
    private static final Deed EDIT = new Deed("editing a comment", "api, role Reporter");
    private static final Deed REACT = new Deed("reacting to a comment", "api, role Reporter");
    private static final Deed STATUS = new Deed("setting a commit's status", "api, role Developer");

    private final Rest rest;
    private final Supplier<String> me;
    private final String project;
    private final GitLabNotes notes = new GitLabNotes();

    /// @param me the login that our comments have
    GitLab(Rest rest, Supplier<String> me, String project) {
        this.rest = rest;
        this.me = me;
        this.project = "/projects/" + Query.segment(project);
    }

    @Override
    public List<PullRequest> open(String branch) {
        var query =
                Query.of(
                        "state",
                        "opened",
                        "target_branch",
                        branch,
                        "order_by",
                        "created_at",
                        "sort",
                        "asc",
                        "per_page",
                        "100");
        return rest.all(project + "/merge_requests" + query, LIST, GitLab::pullRequest).stream()
                .collect(
                        Collectors.toMap(
                                PullRequest::number, it -> it, (_, b) -> b, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    @Override
    public Optional<PullRequest> pullRequest(long number) {
        return rest.find(mergeRequest(number), LOOK, GitLab::pullRequest);
    }

    private String mergeRequest(long number) {
        return project + "/merge_requests/" + number;
    }

    private static PullRequest pullRequest(JsonNode json) {
        var it = new Told("a merge request", json);
        return new PullRequest(
                it.number("iid"),
                it.text("title"),
                it.login("author", "username"),
                "refs/merge-requests/" + it.number("iid") + "/head",
                it.text("source_branch"),
                it.maybe("sha").orElse(""),
                !it.has("source_project_id")
                        || it.number("source_project_id") != it.number("target_project_id"),
                state(it),
                it.url("web_url"),
                it.instant("updated_at"));
    }

    /// One that is locked is being merged at this moment.
    private static PullRequest.State state(Told it) {
        return switch (it.text("state")) {
            case "opened", "locked" -> PullRequest.State.OPEN;
            case "merged" -> PullRequest.State.MERGED;
            default -> PullRequest.State.CLOSED;
        };
    }

    /// GitLab has no list of all comments of a project: those of a merge request are read when
    /// anything about it changed.
    @Override
    public List<Comment> comments(List<PullRequest> of, Instant since) {
        var from = since.truncatedTo(ChronoUnit.SECONDS);
        notes.forgetAllBut(of);
        return of.stream()
                .filter(it -> !it.updatedAt().isBefore(from))
                .flatMap(it -> notes.of(it, this::read).stream())
                .filter(it -> !it.writtenAt().isBefore(from))
                .filter(it -> !Marker.isOurs(it, me))
                .sorted(Comparator.comparing(Comment::writtenAt))
                .toList();
    }

    /// What GitLab itself notes down (`system`) and remarks to lines of code are no conversation.
    private List<Comment> read(PullRequest of) {
        var query = Query.of("sort", "asc", "order_by", "created_at", "per_page", "100");
        return rest
                .all(
                        mergeRequest(of.number()) + "/notes" + query,
                        READ,
                        json -> new Told("a comment", json))
                .stream()
                .filter(it -> !it.is("system"))
                .filter(it -> !it.maybe("type").equals(Optional.of("DiffNote")))
                .map(it -> comment(it, of))
                .toList();
    }

    private static Comment comment(Told it, PullRequest of) {
        return new Comment(
                it.id(),
                of.number(),
                it.login("author", "username"),
                it.maybe("body").orElse(""),
                it.instant("created_at"),
                !it.instant("created_at").equals(it.instant("updated_at")),
                of.url().resolve("#note_" + it.id()));
    }

    /// GitLab tells who approves, and neither which head was seen nor, in older versions, when. An
    /// approval is another one once it was taken back and given again.
    @Override
    public List<Review> reviews(PullRequest of) {
        return rest
                .read(
                        mergeRequest(of.number()) + "/approvals",
                        REVIEWS,
                        json -> json.path("approved_by").valueStream().toList())
                .stream()
                .map(it -> new Told("an approval", it))
                .filter(it -> !it.login("user", "username").isEmpty())
                .map(it -> review(it, of))
                .toList();
    }

    private static Review review(Told it, PullRequest of) {
        var author = it.login("user", "username");
        var at = it.has("approved_at") ? it.instant("approved_at") : of.updatedAt();
        var id = author + "@" + (it.has("approved_at") ? at.toString() : of.commit());
        return new Review(id, author, true, "", at, of.url());
    }

    /// Members of the groups above count, too; whoever is one several times over has the highest
    /// role.
    @Override
    public Right right(String user) {
        var query = Query.of("query", user, "per_page", "100");
        return rest
                .all(project + "/members/all" + query, RIGHTS, json -> new Told("a member", json))
                .stream()
                .filter(it -> it.text("username").equalsIgnoreCase(user))
                .filter(it -> it.maybe("state").orElse("active").equals("active"))
                .map(it -> right(it.number("access_level")))
                .max(Comparator.naturalOrder())
                .orElse(Right.NONE);
    }

    private static Right right(long level) {
        if (level >= 50) return Right.ADMIN;
        if (level >= 40) return Right.MAINTAIN;
        if (level >= 30) return Right.WRITE;
        return level >= 10 ? Right.READ : Right.NONE;
    }

    @Override
    public Written comment(long pullRequest, String markdown) {
        return rest.write(
                "POST",
                mergeRequest(pullRequest) + "/notes",
                body(markdown),
                WRITE,
                GitLab::written);
    }

    @Override
    public Optional<Written> edit(long pullRequest, String comment, String markdown) {
        return rest.replace(
                "PUT",
                mergeRequest(pullRequest) + "/notes/" + Query.segment(comment),
                body(markdown),
                EDIT,
                GitLab::written);
    }

    private static Written written(JsonNode json) {
        var told = new Told("a comment", json);
        return new Written(told.id(), told.instant("updated_at"));
    }

    @Override
    public Optional<String> find(long pullRequest, String marker) {
        return pullRequest(pullRequest).stream()
                .flatMap(it -> read(it).stream())
                .filter(it -> it.text().contains(marker) && Marker.isOurs(it, me))
                .map(Comment::id)
                .findFirst();
    }

    /// GitLab says 404 of a reaction that is there already.
    @Override
    public void react(Comment to, Reaction reaction) {
        var name =
                switch (reaction) {
                    case SEEN -> "eyes";
                    case YES -> "thumbsup";
                    case NO -> "thumbsdown";
                    case PUZZLED -> "confused";
                };
        rest.change(
                "POST",
                mergeRequest(to.pullRequest())
                        + "/notes/"
                        + Query.segment(to.id())
                        + "/award_emoji",
                JsonMapper.shared().createObjectNode().put("name", name),
                REACT);
    }

    /// GitLab refuses to say once more of a commit what it says already.
    @Override
    public void status(String commit, CommitStatus status) {
        var body =
                JsonMapper.shared()
                        .createObjectNode()
                        .put("state", word(status.state()))
                        .put("name", status.context().word())
                        .put("description", status.shortDescription());
        status.target().ifPresent(it -> body.put("target_url", it.toString()));
        rest.settle(
                "POST",
                project + "/statuses/" + Query.segment(commit),
                body,
                STATUS,
                it -> saysSoAlready(it, word(status.state())));
    }

    private static boolean saysSoAlready(Answer answer, String state) {
        return answer.status() == 400
                && answer.body().contains("Cannot transition status")
                && answer.body().contains("from :" + state);
    }

    private static String word(CommitStatus.State state) {
        return switch (state) {
            case PENDING -> "pending";
            case SUCCESS -> "success";
            case FAILURE -> "failed";
        };
    }

    private static JsonNode body(String markdown) {
        return JsonMapper.shared().createObjectNode().put("body", QuickActions.disarmed(markdown));
    }

    @Override
    public void close() {
        rest.close();
    }
}
