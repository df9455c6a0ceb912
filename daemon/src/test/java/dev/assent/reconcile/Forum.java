package dev.assent.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.approval.Policy;
import dev.assent.approval.PolicyReader;
import dev.assent.approval.PolicyReading;
import dev.assent.forge.Forges;
import dev.assent.forge.Right;
import dev.assent.forge.command.Commands;
import dev.assent.forge.fake.FakeForge;
import dev.assent.forge.fake.FakeGitHub;
import dev.assent.forge.fake.FakeGitLab;
import dev.assent.forge.fake.FakeGitea;
import dev.assent.forge.fake.Said;
import dev.assent.manifest.ManifestReader;
import dev.assent.reconcile.discussion.Discussions;
import dev.assent.source.GitSource;
import dev.assent.source.Watched;
import dev.assent.state.PlanState;
import dev.assent.state.StoredPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The whole pipeline over a real repository whose pull requests are discussed at a forge.
final class Forum implements AutoCloseable {

    /// The three forges' shapes.
    enum Kind {
        GITHUB,
        GITEA,
        GITLAB;

        FakeForge start() {
            return switch (this) {
                case GITHUB -> FakeGitHub.start("acme/platform");
                case GITEA -> FakeGitea.start("acme/platform");
                case GITLAB -> FakeGitLab.start("acme/platform");
            };
        }

        String ref(long number) {
            return this == GITLAB
                    ? "refs/merge-requests/" + number + "/head"
                    : "refs/pull/" + number + "/head";
        }
    }

    final Pipeline pipeline;
    final FakeForge forge;
    private final Path folder;
    private final Kind kind;
    private Discussions discussions;
    private Postman postman;

    Forum(Kind kind, Path folder, String policy) throws Exception {
        this.kind = kind;
        this.folder = folder;
        pipeline = new Pipeline(folder);
        pipeline.settings.policy = policy(policy);
        forge = kind.start();
        forge.clock(pipeline);
        forge.permission("bo", Right.WRITE);
        forge.permission("eve", Right.READ);
        discussions = discussions();
        postman = postman();
        pipeline.discuss(discussions);
    }

    static Policy policy(String text) {
        return switch (new PolicyReader().read("policy.yml", text.getBytes(UTF_8))) {
            case PolicyReading.Valid(var policy, _) -> policy;
            case PolicyReading.Invalid(var problems) -> throw new AssertionError(problems);
        };
    }

    private Discussions discussions() {
        var source = new GitSource(folder.resolve("mirrors"));
        var manifests = new ManifestReader(System::nanoTime);
        var repositories = List.of(pipeline.repository());
        var declarations =
                new Declarations(pipeline.store, source, manifests, Watched.only(repositories));
        var settings = forge.settings(folder);
        return new Discussions(
                pipeline.store,
                pipeline.settings,
                new Inquiry(pipeline.store, declarations, manifests, pipeline.settings),
                repositories,
                Map.of("platform", settings),
                (_, it) -> Forges.of(it),
                Commands::in,
                pipeline);
    }

    private Postman postman() {
        return new Postman(
                pipeline.store.outbox(), Map.of("forge", discussions::carrier), pipeline);
    }

    /// What a daemon sees that starts after this one ended.
    void restart() {
        postman.close();
        pipeline.restart();
        discussions = discussions();
        postman = postman();
        pipeline.discuss(discussions);
    }

    /// Pushes a branch.
    ///
    /// @return its commit
    String push(String branch, String... groups) throws Exception {
        return pipeline.git.pushTo(branch, Pipeline.MANIFEST, Pipeline.manifest(groups));
    }

    /// Pushes a branch and opens a pull request of it.
    long open(String author, String title, String branch, String... groups) throws Exception {
        var commit = push(branch, groups);
        var number = forge.openPullRequest(author, title, branch, "main", commit);
        pipeline.git.setRef(kind.ref(number), commit);
        return number;
    }

    /// Pushes to a pull request's branch.
    String pushAgain(long number, String branch, String... groups) throws Exception {
        var commit = push(branch, groups);
        forge.push(number, commit);
        pipeline.git.setRef(kind.ref(number), commit);
        return commit;
    }

    void merge(long number, String branch) throws Exception {
        pipeline.git.merge(branch);
        forge.merge(number);
    }

    /// Polls, and sends what is to be said.
    void turn() {
        pipeline.later(Duration.ofSeconds(10));
        pipeline.poll();
        send();
    }

    void send() {
        pipeline.reconciler.lookAfterPlans();
        // Each round may leave a pause or a letter that came meanwhile.
        for (var i = 0; i < 3; i++) postman.round().join();
    }

    /// Somebody writes a comment; it is heard.
    String say(String user, long number, String text) {
        pipeline.later(Duration.ofSeconds(10));
        var id = forge.comment(user, number, text);
        turn();
        return id;
    }

    /// What was said in a pull request by us, oldest first.
    List<String> ours(long number) {
        return forge.ours(number).stream().map(Said::text).toList();
    }

    Said planComment(long number) {
        var all =
                forge.ours(number).stream()
                        .filter(it -> it.text().startsWith("<!-- assent:platform:plan -->"))
                        .toList();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    List<String> results(long number) {
        return ours(number).stream().filter(it -> it.contains("assent:platform:result")).toList();
    }

    StoredPlan only(PlanState state) {
        assertThat(pipeline.plans(state)).hasSize(1);
        return pipeline.plans(state).getFirst();
    }

    /// The state of a commit in a context, in our words.
    String status(String commit, String context) {
        var word = forge.status(commit, context).state();
        return switch (word) {
            case "success" -> "success";
            case "failure", "error", "failed" -> "failure";
            case "pending", "running" -> "pending";
            default -> throw new AssertionError(word);
        };
    }

    @Override
    public void close() {
        postman.close();
        pipeline.close();
        discussions.close();
        forge.close();
    }
}
