package dev.assent.reconcile.discussion;

import dev.assent.apply.Beginning;
import dev.assent.approval.Matter;
import dev.assent.forge.CommitStatus;
import dev.assent.forge.CommitStatus.Context;
import dev.assent.forge.Reaction;
import dev.assent.plan.Digest;
import dev.assent.plan.Plan.PlannedChange;
import dev.assent.reconcile.ApplicationSettings;
import dev.assent.reconcile.Overlaps;
import dev.assent.reconcile.discussion.Letters.Marks;
import dev.assent.reconcile.discussion.Letters.Says;
import dev.assent.source.Repository;
import dev.assent.state.HeadPlan;
import dev.assent.state.HeadState;
import dev.assent.state.PlanState;
import dev.assent.state.Store;
import dev.assent.state.StoredPlan;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is said in the discussions of one repository's pull requests: put into the outbox, which
/// says nothing twice.
final class Talk {

    private static final Logger LOG = LoggerFactory.getLogger(Talk.class);

    /// What ended before is told already, or nobody waits for it.
    private static final Duration LATELY = Duration.ofDays(3);

    private final Repository repository;
    private final Store store;
    private final ApplicationSettings settings;
    private final InstantSource clock;
    private final String to;

    Talk(Repository repository, Store store, ApplicationSettings settings, InstantSource clock) {
        this.repository = repository;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.to = "forge:" + repository.name();
    }

    /// Says how things stand, in every pull request.
    void tell() {
        var heads =
                store.heads().of(repository.name()).stream()
                        .filter(it -> it.number().isPresent())
                        .toList();
        heads.forEach(it -> told(it.name(), () -> tell(it)));
        var commits = heads.stream().map(HeadState::commit).collect(Collectors.toSet());
        for (var context : Context.values()) settle(context, commits);
        results();
    }

    /// Tells at one stroke. What can't be told keeps nobody from being told the rest.
    private void told(String what, Runnable telling) {
        try {
            store.together(telling);
        } catch (RuntimeException e) {
            LOG.error("how {} stands cannot be told: {}", what, e.getMessage(), e);
        }
    }

    private void tell(HeadState head) {
        var parts = parts(head);
        var number = head.number().orElseThrow();
        var digests = parts.stream().flatMap(it -> it.said().digest().stream()).toList();
        store.discussed().show(repository.name(), number, head.commit(), digests);
        var marker = marker("plan");
        var text = PlanComment.of(marker, repository.branch(), head, parts);
        put("plan:" + number, new Says(number, marker, text, Optional.of(digests)));
        mark(head.commit(), Standing.plan(head, parts));
        mark(head.commit(), Standing.apply(head, parts));
    }

    List<Part> parts(HeadState head) {
        return store.heads().plans(head).stream().map(this::part).toList();
    }

    private Part part(HeadPlan said) {
        var plan = said.digest().flatMap(this::plan);
        var judgement =
                plan.filter(it -> it.state() == PlanState.PROPOSED)
                        .map(it ->
                                settings.policy().judge(Matter.of(it), it.assents(), changes(it)));
        var afterMerge =
                settings.beginning(said.application()) == Beginning.AFTER_MERGE
                        && plan.filter(it -> !Matter.of(it).isMerged()).isPresent();
        return new Part(
                said,
                plan,
                said.applied().flatMap(this::plan),
                judgement.flatMap(it -> it.missing()),
                judgement.flatMap(it -> it.never()),
                afterMerge,
                plan.map(it -> Overlaps.of(it, store)).orElse(List.of()));
    }

    private Optional<StoredPlan> plan(Digest digest) {
        return store.plans().find(digest.toString());
    }

    private static Set<String> changes(StoredPlan plan) {
        return plan.plan().changes().stream().map(PlannedChange::id).collect(Collectors.toSet());
    }

    /// A commit that is no head any more must not be left waiting for ever.
    private void settle(Context context, Set<String> heads) {
        for (var commit : store.discussed().unsettled(repository.name(), context.word())) {
            if (heads.contains(commit)) continue;
            told(commit, () -> mark(commit, settled(context, commit)));
        }
    }

    private CommitStatus settled(Context context, String commit) {
        var plans =
                store.discussed().ofCommit(repository.name(), commit).stream()
                        .flatMap(it -> store.plans().readable(it.digest()).stream())
                        .toList();
        return context == Context.APPLY && !plans.isEmpty()
                ? Standing.apply(plans)
                : Standing.gone(context);
    }

    private void results() {
        var told = new HashSet<String>();
        var lately = clock.instant().minus(LATELY);
        for (var showing : store.discussed().lately(repository.name(), lately)) {
            store.plans()
                    .readable(showing.digest())
                    .filter(it -> it.state() == PlanState.APPLIED || it.state() == PlanState.FAILED)
                    .filter(it -> told.add(showing.number() + " " + it.digest()))
                    .ifPresent(it -> result(showing.number(), it));
        }
    }

    private void result(long number, StoredPlan plan) {
        var which = "%s:%s:%s".formatted(plan.id(), plan.state().word(), plan.changedAt());
        var marker = marker("result:" + which);
        put(
                "result:%d:%s".formatted(number, which),
                new Says(number, marker, ResultComment.of(marker, plan), Optional.empty()));
    }

    /// Answers in a discussion.
    ///
    /// @param about what is answered, by which the answer is known again
    void answer(long number, String about, String text) {
        var marker = marker("answer:" + about);
        var said = marker + "\n" + text;
        put("answer:" + about, new Says(number, marker, said, Optional.empty()));
    }

    void sign(long number, String comment, Reaction reaction) {
        put("sign:" + comment, new Letters.Signs(number, comment, reaction));
    }

    private void mark(String commit, CommitStatus status) {
        var context = status.context().word();
        store.discussed().settled(repository.name(), commit, context, Standing.isSettled(status));
        put("status:%s:%s".formatted(commit, context), new Marks(commit, status));
    }

    private void put(String slot, Letters letter) {
        store.outbox().put(to, slot, letter.kind(), letter.body());
    }

    private String marker(String what) {
        return "<!-- assent:%s:%s -->".formatted(repository.name(), what);
    }
}
