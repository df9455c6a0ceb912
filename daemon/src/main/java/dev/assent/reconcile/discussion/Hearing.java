package dev.assent.reconcile.discussion;

import dev.assent.approval.Channel;
import dev.assent.approval.Consent;
import dev.assent.approval.Speaker;
import dev.assent.forge.Comment;
import dev.assent.forge.Forge;
import dev.assent.forge.ForgeException;
import dev.assent.forge.ForgeSettings;
import dev.assent.forge.PullRequest;
import dev.assent.forge.Reaction;
import dev.assent.forge.Review;
import dev.assent.forge.Right;
import dev.assent.forge.command.Command;
import dev.assent.log.Complaints;
import dev.assent.plan.render.Inert;
import dev.assent.plan.render.PlanMarkdown;
import dev.assent.reconcile.ApplicationSettings;
import dev.assent.reconcile.Decider;
import dev.assent.reconcile.Inquiry;
import dev.assent.reconcile.Yes;
import dev.assent.source.Repository;
import dev.assent.state.Decision;
import dev.assent.state.HeadState;
import dev.assent.state.PlanState;
import dev.assent.state.Store;
import dev.assent.state.StoredPlan;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is heard in the discussions of one repository's pull requests: new comments that hold
/// commands, and reviews where the policy lets them count. Each is heard once; what was edited is
/// not heard at all, since others may have read it otherwise.
final class Hearing {

    private static final Logger LOG = LoggerFactory.getLogger(Hearing.class);

    /// More commands in one comment are nobody's.
    private static final int MOST = 10;

    /// As many characters as an answer may have, with something around it.
    private static final int LONGEST = PlanMarkdown.LIMIT + 1_000;

    private static final String BEGINNING = "beginning";

    private static final String CLOSED =
            "This is no longer open, so nothing was done of what you wrote. A plan that the branch wants is decided on with `assent approve` and `assent reject`; `assent plans` lists them.";

    private static final String BROKEN =
            "That could not be done, or not all of it; the daemon's log says why. See how things stand, then write it anew.";

    private final Repository repository;
    private final Forge forge;
    private final ForgeSettings.Kind kind;
    private final Store store;
    private final Complaints complaints = new Complaints();
    private final ApplicationSettings settings;
    private final Inquiry inquiry;
    private final Talk talk;
    private final Function<String, List<Command>> commands;
    private final InstantSource clock;

    /// When something about each pull request had changed last when its reviews were read.
    private final Map<Long, Instant> reviewed = new HashMap<>();

    Hearing(
            Repository repository,
            Forge forge,
            ForgeSettings.Kind kind,
            Store store,
            ApplicationSettings settings,
            Inquiry inquiry,
            Talk talk,
            Function<String, List<Command>> commands,
            InstantSource clock) {
        this.repository = repository;
        this.forge = forge;
        this.kind = kind;
        this.store = store;
        this.settings = settings;
        this.inquiry = inquiry;
        this.talk = talk;
        this.commands = commands;
        this.clock = clock;
    }

    /// @param closed those that were open at the last look: what was written under them since then
    ///   is answered, too
    void listen(List<PullRequest> open, List<PullRequest> closed, Decider decider) {
        comments(Stream.concat(open.stream(), closed.stream()).toList(), decider);
        if (!reviewsCount()) return;
        for (var request : open) {
            try {
                reviews(request, decider);
                complaints.isOver(request.ref());
            } catch (RuntimeException e) {
                if (e instanceof ForgeException it && it.passing()) throw it;
                if (complaints.isDue(request.ref(), e.toString())) unheard(request, e);
            }
        }
    }

    private static void unheard(PullRequest request, RuntimeException e) {
        if (e instanceof ForgeException) {
            LOG.warn("the reviews of {} are not heard: {}", request.ref(), e.getMessage());
        } else {
            LOG.error("the reviews of {} are not heard: {}", request.ref(), e.getMessage(), e);
        }
    }

    private void comments(List<PullRequest> open, Decider decider) {
        var since = store.discussed().lastHeard(repository.name());
        if (since.isEmpty()) {
            // What was written before anybody listened was written to nobody.
            store.discussed().heard(repository.name(), BEGINNING, clock.instant());
            return;
        }
        for (var comment : forge.comments(open, since.get())) {
            var id = "comment:" + comment.id();
            if (store.discussed().isHeard(repository.name(), id)) continue;
            try {
                hear(comment, decider);
            } catch (ForgeException e) {
                if (e.passing()) throw e;
                LOG.warn("a comment in {} is not answered: {}", repository.name(), e.getMessage());
            } catch (RuntimeException e) {
                // Heard all the same: else nobody would be heard after it any more.
                LOG.error("{} could not be obeyed: {}", comment.url(), e.getMessage(), e);
                answer(comment, new Orders.Answer(Reaction.PUZZLED, BROKEN));
            }
            store.discussed().heard(repository.name(), id, comment.writtenAt());
        }
    }

    private void hear(Comment comment, Decider decider) {
        var found = commands.apply(comment.text());
        if (found.isEmpty()) return;
        var topic =
                head(comment.pullRequest())
                        .map(it -> Topic.of(store, it))
                        .or(() -> Topic.merged(store, repository.name(), comment.pullRequest()));
        if (topic.isEmpty()) {
            // Whoever says yes and merges at one stroke must not believe that it was heard.
            if (forge.right(comment.author()).compareTo(Right.WRITE) >= 0) {
                answer(comment, new Orders.Answer(Reaction.NO, CLOSED));
            }
            return;
        }
        if (comment.edited()) {
            answer(
                    comment,
                    new Orders.Answer(
                            Reaction.PUZZLED,
                            "An edited comment does not count, since others may have read it otherwise. Write a new one."));
            return;
        }
        var right = forge.right(comment.author());
        var speaker =
                Orders.speaker(
                        kind.word(),
                        comment.author(),
                        groups(right),
                        Channel.COMMENT,
                        comment.url().toString());
        if (!isKnown(speaker, right, topic.get())) {
            talk.sign(comment.pullRequest(), comment.id(), Reaction.NO);
            return;
        }
        var orders = new Orders(store, inquiry, decider, topic.get());
        var sign = Reaction.YES;
        var text = new StringBuilder();
        for (var command : found.subList(0, Math.min(MOST, found.size()))) {
            var answer = orders.carryOut(command, comment, speaker);
            if (answer.sign() != Reaction.YES) sign = answer.sign();
            if (text.length() + answer.text().length() > LONGEST) {
                text.append("The answer to another command has no room here.\n\n");
            } else if (!answer.text().isEmpty()) {
                text.append(answer.text()).append("\n\n");
            }
        }
        answer(comment, new Orders.Answer(sign, text.toString().strip()));
    }

    private void answer(Comment to, Orders.Answer answer) {
        talk.sign(to.pullRequest(), to.id(), answer.sign());
        if (answer.text().isEmpty()) return;
        var text =
                Inert.code(to.author()) + " wrote a command: " + to.url() + "\n\n" + answer.text();
        talk.answer(to.pullRequest(), to.id(), text);
    }

    /// Strangers get a sign and no answer: anybody can write under a public pull request, and
    /// nobody shall make us write as often as they like.
    private boolean isKnown(Speaker speaker, Right right, Topic topic) {
        return right.compareTo(Right.WRITE) >= 0
                || topic.head()
                        .filter(it -> it.author().equalsIgnoreCase(speaker.person()))
                        .isPresent()
                || settings.policy().people().withLogin(speaker.person()).isPresent();
    }

    /// A forge's rights as the policy calls them; the greater ones hold the lesser.
    private static Set<String> groups(Right right) {
        var groups = new TreeSet<String>();
        for (var it : Set.of(Right.READ, Right.WRITE, Right.MAINTAIN, Right.ADMIN)) {
            if (right.compareTo(it) >= 0) groups.add("forge-" + it.name().toLowerCase(Locale.ROOT));
        }
        return groups;
    }

    private Optional<HeadState> head(long number) {
        return store.heads().of(repository.name()).stream()
                .filter(it -> it.number().isPresent() && it.number().getAsLong() == number)
                .findFirst();
    }

    private boolean reviewsCount() {
        return settings.policy().rules().stream()
                .anyMatch(it -> it.channels().contains(Channel.REVIEW));
    }

    private void reviews(PullRequest request, Decider decider) {
        if (request.updatedAt().equals(reviewed.get(request.number()))) return;
        var head = head(request.number());
        if (head.isEmpty()) return;
        var waiting =
                store.heads().plans(head.get()).stream()
                        .flatMap(it -> it.digest().stream())
                        .flatMap(it -> store.plans().find(it.toString()).stream())
                        .filter(it -> it.state() == PlanState.PROPOSED)
                        .toList();
        for (var review : forge.reviews(request)) {
            if (!review.approves() || !review.commit().equals(head.get().commit())) continue;
            for (var plan : waiting) review(review, plan, head.get(), decider);
        }
        reviewed.put(request.number(), request.updatedAt());
    }

    private void review(Review review, StoredPlan plan, HeadState head, Decider decider) {
        var id = "review:%s:%s".formatted(review.id(), plan.digest());
        if (store.discussed().isHeard(repository.name(), id)) return;
        var number = head.number().orElseThrow();
        var shown = store.discussed().shownAt(repository.name(), number, plan.digest());
        // Who had not seen the plan has not reviewed it.
        if (shown.isEmpty() || review.at().isBefore(shown.get())) return;
        var right = forge.right(review.author());
        var speaker =
                Orders.speaker(
                        kind.word(),
                        review.author(),
                        groups(right),
                        Channel.REVIEW,
                        review.url().toString());
        var consent = new Consent(Optional.of(plan.digest()), Set.of(), false);
        var decision =
                decider.approve(
                        new Yes(plan.digest().toString(), Orders.about(speaker, plan), consent));
        if (decision instanceof Decision.Refused(var why)) {
            LOG.info("a review of {} in {} does not count: {}", plan.id(), repository.name(), why);
        }
        // Not the review's own time: what is said in comments meanwhile is still to be heard.
        store.discussed().heard(repository.name(), id, Instant.EPOCH);
    }
}
