package dev.assent.forge;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// GitHub, be it github.com or a server of its Enterprise edition.
final class GitHub implements Forge {

    private static final Deed LIST =
            new Deed("listing the open pull requests", "Pull requests: read");
    private static final Deed LOOK = new Deed("reading a pull request", "Pull requests: read");
    private static final Deed READ = new Deed("reading comments", "Pull requests: read");
    private static final Deed REVIEWS = new Deed("reading reviews", "Pull requests: read");
    private static final Deed RIGHTS = new Deed("asking for a user's rights", "Metadata: read");
    private static final Deed WRITE = new Deed("writing a comment", "Pull requests: write");
    private static final Deed EDIT = new Deed("editing a comment", "Pull requests: write");
    private static final Deed REACT = new Deed("reacting to a comment", "Pull requests: write");
    private static final Deed STATUS =
            new Deed("setting a commit's status", "Commit statuses: write");

    /// Those that say what somebody thinks; a mere comment leaves what was said before.
    private static final Set<String> VERDICTS =
            Set.of("APPROVED", "CHANGES_REQUESTED", "DISMISSED");

    private final Rest rest;
    private final Supplier<String> me;
    private final GitHubForms forms;
    private final String repository;

    /// @param me the login that our comments have
    GitHub(Rest rest, Supplier<String> me, String project) {
        this.rest = rest;
        this.me = me;
        this.repository = "/repos/" + Query.path(project);
        this.forms = new GitHubForms(rest, repository);
    }

    @Override
    public List<PullRequest> open(String branch) {
        var query =
                Query.of("state", "open", "base", branch, "direction", "asc", "per_page", "100");
        // While pages are read others may be closed, so that one may come on two pages.
        return rest.all(repository + "/pulls" + query, LIST, GitHub::pullRequest).stream()
                .collect(
                        Collectors.toMap(
                                PullRequest::number, it -> it, (_, b) -> b, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    @Override
    public Optional<PullRequest> pullRequest(long number) {
        return rest.find(repository + "/pulls/" + number, LOOK, GitHub::pullRequest);
    }

    private static PullRequest pullRequest(JsonNode json) {
        var it = new Told("a pull request", json);
        var head = it.in("head");
        return new PullRequest(
                it.number("number"),
                it.text("title"),
                it.login("user", "login"),
                "refs/pull/" + it.number("number") + "/head",
                head.text("ref"),
                head.text("sha"),
                isFork(head, it.in("base")),
                state(it),
                it.url("html_url"),
                it.instant("updated_at"));
    }

    /// A fork that is gone is still one.
    private static boolean isFork(Told head, Told base) {
        return !head.has("repo") || head.in("repo").number("id") != base.in("repo").number("id");
    }

    private static PullRequest.State state(Told it) {
        if (it.text("state").equals("open")) return PullRequest.State.OPEN;
        return it.has("merged_at") ? PullRequest.State.MERGED : PullRequest.State.CLOSED;
    }

    /// One question for the whole repository; while nobody writes, its answer costs nothing. GitHub
    /// counts in seconds.
    @Override
    public List<Comment> comments(List<PullRequest> of, Instant since) {
        if (of.isEmpty()) return List.of();
        var from = since.truncatedTo(ChronoUnit.SECONDS);
        var wanted = of.stream().map(PullRequest::number).collect(Collectors.toSet());
        var query =
                Query.of(
                        "since",
                        from.toString(),
                        "sort",
                        "created",
                        "direction",
                        "asc",
                        "per_page",
                        "100");
        return rest.all(repository + "/issues/comments" + query, READ, GitHub::comment).stream()
                .filter(it -> wanted.contains(it.pullRequest()))
                .filter(it -> !it.writtenAt().isBefore(from))
                .filter(it -> !Marker.isOurs(it, me))
                .sorted(Comparator.comparing(Comment::writtenAt))
                .toList();
    }

    private static Comment comment(JsonNode json) {
        var it = new Told("a comment", json);
        return new Comment(
                it.id(),
                number(it),
                it.login("user", "login"),
                it.maybe("body").orElse(""),
                it.instant("created_at"),
                !it.instant("created_at").equals(it.instant("updated_at")),
                it.url("html_url"));
    }

    private static long number(Told comment) {
        var issue = comment.text("issue_url");
        try {
            return Long.parseLong(issue.substring(issue.lastIndexOf('/') + 1));
        } catch (NumberFormatException _) {
            throw comment.lacks("issue_url");
        }
    }

    @Override
    public List<Review> reviews(PullRequest of) {
        var last = new LinkedHashMap<String, Review>();
        rest
                .all(
                        repository
                                + "/pulls/"
                                + of.number()
                                + "/reviews"
                                + Query.of("per_page", "100"),
                        REVIEWS,
                        json -> new Told("a review", json))
                .stream()
                .filter(it -> VERDICTS.contains(it.text("state")))
                .filter(it -> !it.login("user", "login").isEmpty())
                .map(GitHub::review)
                .forEach(it -> last.put(it.author(), it));
        return List.copyOf(last.values());
    }

    private static Review review(Told it) {
        return new Review(
                it.id(),
                it.login("user", "login"),
                it.text("state").equals("APPROVED"),
                it.maybe("commit_id").orElse(""),
                it.instant("submitted_at"),
                it.url("html_url"));
    }

    /// A role that an organisation made up is as good as the right that it is built upon.
    @Override
    public Right right(String user) {
        return rest.find(
                        repository + "/collaborators/" + Query.segment(user) + "/permission",
                        RIGHTS,
                        json -> new Told("a right", json))
                .map(it ->
                        it.maybe("role_name").equals(Optional.of("maintain"))
                                ? Right.MAINTAIN
                                : right(it))
                .orElse(Right.NONE);
    }

    private static Right right(Told it) {
        return switch (it.text("permission")) {
            case "admin" -> Right.ADMIN;
            case "write", "maintain" -> Right.WRITE;
            case "read", "triage" -> Right.READ;
            default -> Right.NONE;
        };
    }

    @Override
    public Written comment(long pullRequest, String markdown) {
        return rest.write(
                "POST",
                repository + "/issues/" + pullRequest + "/comments",
                GitHubForms.body("body", markdown),
                WRITE,
                GitHubForms::written);
    }

    @Override
    public Optional<Written> edit(long pullRequest, String comment, String markdown) {
        return forms.edit(comment, markdown, EDIT);
    }

    @Override
    public Optional<String> find(long pullRequest, String marker) {
        var query = Query.of("per_page", "100");
        return rest
                .all(
                        repository + "/issues/" + pullRequest + "/comments" + query,
                        READ,
                        GitHub::comment)
                .stream()
                .filter(it -> it.text().contains(marker) && Marker.isOurs(it, me))
                .map(Comment::id)
                .findFirst();
    }

    @Override
    public void react(Comment to, Reaction reaction) {
        forms.react(to, reaction, REACT);
    }

    @Override
    public void status(String commit, CommitStatus status) {
        forms.status(commit, status, STATUS);
    }

    @Override
    public void close() {
        rest.close();
    }
}
