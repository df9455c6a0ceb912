package dev.assent.forge;

import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Gitea, and Forgejo, which went its own way and kept the API.
final class Gitea implements Forge {

    private static final Deed LIST = new Deed("listing the open pull requests", "read:repository");
    private static final Deed LOOK = new Deed("reading a pull request", "read:repository");
    private static final Deed READ = new Deed("reading comments", "read:issue");
    private static final Deed REVIEWS = new Deed("reading reviews", "read:repository");
    private static final Deed RIGHTS =
            new Deed(
                    "asking for a user's rights",
                    "read:repository, of a user who administers the repository");
    private static final Deed WRITE = new Deed("writing a comment", "write:issue");
    private static final Deed EDIT = new Deed("editing a comment", "write:issue");
    private static final Deed REACT = new Deed("reacting to a comment", "write:issue");
    private static final Deed STATUS = new Deed("setting a commit's status", "write:repository");

    /// Gitea gives no more at once.
    private static final String PAGE = "50";

    private static final Set<String> VERDICTS = Set.of("APPROVED", "REQUEST_CHANGES");

    private final Rest rest;
    private final Supplier<String> me;
    private final GitHubForms forms;
    private final String repository;

    /// @param me the login that our comments have
    Gitea(Rest rest, Supplier<String> me, String project) {
        this.rest = rest;
        this.me = me;
        this.repository = "/repos/" + Query.path(project);
        this.forms = new GitHubForms(rest, repository);
    }

    /// Older versions do not know how to ask for one branch alone.
    @Override
    public List<PullRequest> open(String branch) {
        var query = Query.of("state", "open", "sort", "oldest", "limit", PAGE, "page", "1");
        return rest
                .all(repository + "/pulls" + query, LIST, json -> new Told("a pull request", json))
                .stream()
                .filter(it -> it.in("base").text("ref").equals(branch))
                .map(Gitea::pullRequest)
                .collect(
                        Collectors.toMap(
                                PullRequest::number, it -> it, (_, b) -> b, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    @Override
    public Optional<PullRequest> pullRequest(long number) {
        return rest.find(
                repository + "/pulls/" + number,
                LOOK,
                json -> pullRequest(new Told("a pull request", json)));
    }

    /// A head whose branch is gone has a ref for a name; its label still is the branch.
    private static PullRequest pullRequest(Told it) {
        var head = it.in("head");
        return new PullRequest(
                it.number("number"),
                it.text("title"),
                it.login("user", "login"),
                "refs/pull/" + it.number("number") + "/head",
                head.maybe("label").filter(name -> !name.isEmpty()).orElse(head.text("ref")),
                head.text("sha"),
                isFork(head, it.in("base")),
                state(it),
                it.url("html_url"),
                it.instant("updated_at"));
    }

    private static boolean isFork(Told head, Told base) {
        return !head.has("repo") || head.in("repo").number("id") != base.in("repo").number("id");
    }

    private static PullRequest.State state(Told it) {
        if (it.is("merged")) return PullRequest.State.MERGED;
        return it.text("state").equals("open") ? PullRequest.State.OPEN : PullRequest.State.CLOSED;
    }

    /// One question for the whole repository, whose comments on issues come along.
    @Override
    public List<Comment> comments(List<PullRequest> of, Instant since) {
        if (of.isEmpty()) return List.of();
        var from = since.truncatedTo(ChronoUnit.SECONDS);
        var wanted = of.stream().map(PullRequest::number).collect(Collectors.toSet());
        var query = Query.of("since", from.toString(), "limit", PAGE, "page", "1");
        return rest
                .all(
                        repository + "/issues/comments" + query,
                        READ,
                        json -> new Told("a comment", json))
                .stream()
                .filter(it -> !it.maybe("pull_request_url").orElse("").isEmpty())
                .map(it -> comment(it, number(it)))
                .filter(it -> wanted.contains(it.pullRequest()))
                .filter(it -> !it.writtenAt().isBefore(from))
                .filter(it -> !Marker.isOurs(it, me))
                .sorted(Comparator.comparing(Comment::writtenAt))
                .toList();
    }

    private static Comment comment(Told it, long pullRequest) {
        return new Comment(
                it.id(),
                pullRequest,
                it.login("user", "login"),
                it.maybe("body").orElse(""),
                it.instant("created_at"),
                !it.instant("created_at").equals(it.instant("updated_at")),
                it.url("html_url"));
    }

    private static long number(Told comment) {
        var page = comment.text("pull_request_url");
        try {
            return Long.parseLong(page.substring(page.lastIndexOf('/') + 1));
        } catch (NumberFormatException _) {
            throw comment.lacks("pull_request_url");
        }
    }

    /// A team that was asked for a review is no person.
    @Override
    public List<Review> reviews(PullRequest of) {
        var last = new LinkedHashMap<String, Review>();
        var query = Query.of("limit", PAGE, "page", "1");
        rest
                .all(
                        repository + "/pulls/" + of.number() + "/reviews" + query,
                        REVIEWS,
                        json -> new Told("a review", json))
                .stream()
                .filter(it -> VERDICTS.contains(it.text("state")))
                .filter(it -> !it.login("user", "login").isEmpty())
                .map(it -> review(it, of.url()))
                .sorted(Comparator.comparing(Review::at))
                .forEach(it -> last.put(it.author(), it));
        return List.copyOf(last.values());
    }

    private static Review review(Told it, URI otherwise) {
        return new Review(
                it.id(),
                it.login("user", "login"),
                it.text("state").equals("APPROVED") && !it.is("dismissed"),
                it.maybe("commit_id").orElse(""),
                it.instant("submitted_at"),
                it.has("html_url") ? it.url("html_url") : otherwise);
    }

    @Override
    public Right right(String user) {
        return rest.find(
                        repository + "/collaborators/" + Query.segment(user) + "/permission",
                        RIGHTS,
                        json -> new Told("a right", json).text("permission"))
                .map(it ->
                        switch (it) {
                            case "owner", "admin" -> Right.ADMIN;
                            case "write" -> Right.WRITE;
                            case "read" -> Right.READ;
                            default -> Right.NONE;
                        })
                .orElse(Right.NONE);
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
        return rest
                .all(
                        repository + "/issues/" + pullRequest + "/comments",
                        READ,
                        json -> comment(new Told("a comment", json), pullRequest))
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
