package dev.assent.reconcile;

import dev.assent.approval.Channel;
import dev.assent.approval.Consent;
import dev.assent.approval.Speaker;
import dev.assent.plan.Digest;
import dev.assent.source.Repository;
import dev.assent.source.SignedSource;
import dev.assent.source.SignedYes;
import dev.assent.source.SignedYes.Kind;
import dev.assent.source.signature.Signature;
import dev.assent.state.Decision;
import dev.assent.state.PlanState;
import dev.assent.state.SignedWord;
import dev.assent.state.SignedWord.Outcome;
import dev.assent.state.Store;
import dev.assent.state.StoredPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Yeses and noes that are pushed instead of said: in signed commits and tags. Each object speaks
/// once to each plan; whatever does not count is in the audit trail, once, with the reason.
final class SignedYeses {

    private static final Logger LOG = LoggerFactory.getLogger(SignedYeses.class);

    /// How long a yes waits for its plan: it may be pushed before the manifest.
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final Store store;
    private final SignedSource objects;
    private final Decider ear;
    private final Announcer announcer;
    private final InstantSource clock;

    /// The heads beside each branch that this daemon has heard.
    private final Map<String, Map<String, String>> looked = new ConcurrentHashMap<>();

    SignedYeses(
            Store store,
            SignedSource objects,
            Decider ear,
            Announcer announcer,
            InstantSource clock) {
        this.store = store;
        this.objects = objects;
        this.ear = ear;
        this.announcer = announcer;
        this.clock = clock;
    }

    /// Takes up what new commits say. To be called once their plans are made, and before they count
    /// as read.
    ///
    /// @param since where the branch stood; empty where that is not known
    /// @param ref what messages call the branch
    void commits(Repository repository, Optional<String> since, String head, String ref) {
        var known = store.signedWords().objects(word(Kind.COMMIT));
        for (var it : objects.approvalsIn(repository, since, head, ref)) {
            if (!known.contains(it.object())) note(repository, it);
        }
        hear(repository);
    }

    /// Takes up what the commits of heads beside the branch say that are new since the last time.
    /// To be called once their plans are made.
    ///
    /// @param branch where the branch stands
    /// @param heads the commit of each, by ref
    void beside(Repository repository, String branch, Map<String, String> heads) {
        var last = looked.getOrDefault(repository.name(), Map.of());
        heads.forEach((ref, commit) -> {
            if (!commit.equals(last.get(ref))) {
                commits(repository, Optional.of(branch), commit, ref);
            }
        });
        looked.put(repository.name(), Map.copyOf(heads));
    }

    /// Takes up what tags say, and what waited for its plan.
    void tags(Repository repository) {
        var known = store.signedWords().objects(word(Kind.TAG));
        objects.tags(repository, known::contains).forEach(it -> note(repository, it));
        hear(repository);
    }

    private void note(Repository repository, SignedYes yes) {
        switch (yes.signature()) {
            case Signature.Good(var person, _) -> {
                var whole = word(repository, yes, Optional.empty(), Optional.of(person));
                if (!yes.wrong().isEmpty()) {
                    refuse(whole, Optional.empty(), "says it wrongly: " + yes.wrong().getFirst());
                } else {
                    store.signedWords().found(words(repository, yes, person));
                }
            }
            case Signature.Unsigned none -> nobody(repository, yes, none);
            case Signature.Unknown unknown -> nobody(repository, yes, unknown);
            case Signature.Bad bad -> nobody(repository, yes, bad);
        }
    }

    private List<SignedWord> words(Repository repository, SignedYes yes, String person) {
        var digests = new ArrayList<>(yes.approves());
        digests.addAll(yes.rejects());
        return digests.stream()
                .map(it -> word(repository, yes, Optional.of(it), Optional.of(person)))
                .toList();
    }

    private void nobody(Repository repository, SignedYes yes, Signature signature) {
        var plan = yes.approves().stream().findFirst().flatMap(this::plan);
        refuse(word(repository, yes, Optional.empty(), Optional.empty()), plan, signature.words());
    }

    private SignedWord word(
            Repository repository,
            SignedYes yes,
            Optional<Digest> digest,
            Optional<String> person) {
        return new SignedWord(
                yes.object(),
                digest,
                repository.name(),
                yes.ref(),
                word(yes.kind()),
                yes.content(),
                person,
                Outcome.WAITING,
                "",
                clock.instant());
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private void hear(Repository repository) {
        for (var word : store.signedWords().open(repository.name())) {
            try {
                hear(repository, word);
            } catch (RuntimeException e) {
                LOG.error("{} could not be heard: {}", name(word), e.getMessage(), e);
            }
        }
        for (var word : store.signedWords().outlived(repository.name())) {
            var id = word.digest().orElseThrow().id();
            var why =
                    "spoke to an earlier proposal of %s, and counts once; sign anew: assent approve %s --git"
                            .formatted(id, id);
            end(word, Outcome.REPLAYED, word.digest().flatMap(this::plan), why);
        }
    }

    private void hear(Repository repository, SignedWord word) {
        var digest = word.digest().orElseThrow();
        var plan = plan(digest);
        var kind = Kind.valueOf(word.kind().toUpperCase(Locale.ROOT));
        var yes = objects.again(repository, kind, word.object(), word.ref());
        if (yes.isEmpty()) {
            refuse(word, plan, "was taken away before it could count");
            return;
        }
        if (!(yes.get().signature() instanceof Signature.Good(var person, _))) {
            refuse(word, plan, yes.get().signature().words());
            return;
        }
        var original = store.signedWords().original(word);
        if (original.isPresent()) {
            refuse(word, plan, "is a copy of " + original.get() + ", which counts once");
        } else if (plan.isPresent()) {
            say(word, yes.get(), plan.get(), person);
        } else if (clock.instant().isAfter(word.at().plus(PATIENCE))) {
            refuse(
                    word,
                    plan,
                    "speaks to %s, and there is no such plan; the ones that wait are listed by: assent plans"
                            .formatted(digest));
        }
    }

    private void say(SignedWord word, SignedYes yes, StoredPlan plan, String person) {
        var digest = plan.digest();
        var since = clock.instant();
        if (word.outcome() == Outcome.ASKED) {
            // The daemon was stopped in between: perhaps it was heard.
            if (wasHeard(digest, yes, person, word.at())) {
                counted(word);
                return;
            }
        } else {
            store.signedWords().became(word.became(Outcome.ASKED, "", since));
        }
        var speaker = speaker(yes, digest, person);
        var decision =
                yes.approves().contains(digest)
                        ? ear.approve(new Yes(digest.toString(), speaker, consent(yes, digest)))
                        : ear.reject(digest.toString(), speaker, "in " + place(word));
        switch (decision) {
            case Decision.Decided _, Decision.Noted _ -> counted(word);
            case Decision.Refused(var why) -> {
                // An approved plan may have to wait before it can start, which is said in the same
                // way.
                if (wasHeard(digest, yes, person, since)) counted(word);
                else refuse(word, Optional.of(plan), "does not count: " + why);
            }
        }
    }

    private boolean wasHeard(Digest digest, SignedYes yes, String person, Instant since) {
        var plan = plan(digest);
        if (yes.rejects().contains(digest)) {
            return plan.filter(it -> it.state() == PlanState.REJECTED)
                    .filter(it -> !it.changedAt().isBefore(since))
                    .flatMap(StoredPlan::reason)
                    .filter(it -> it.startsWith("rejected by " + person + ": "))
                    .isPresent();
        }
        return plan.stream()
                .flatMap(it -> it.assents().stream())
                .anyMatch(it ->
                        it.who().equals(person)
                                && it.channel().equals(channel(yes.kind()).word())
                                && !it.at().isBefore(since));
    }

    /// An object counts once for each plan that it names.
    private static Speaker speaker(SignedYes yes, Digest digest, String person) {
        return new Speaker(
                person,
                person,
                new TreeSet<>(),
                channel(yes.kind()),
                Optional.of(yes.object() + " " + digest.id()));
    }

    private static Channel channel(Kind kind) {
        return switch (kind) {
            case COMMIT -> Channel.COMMIT;
            case TAG -> Channel.TAG;
        };
    }

    private static Consent consent(SignedYes yes, Digest digest) {
        return new Consent(Optional.of(digest), yes.destroy(), yes.hold());
    }

    private void counted(SignedWord word) {
        store.signedWords().became(word.became(Outcome.COUNTED, "", clock.instant()));
    }

    private void refuse(SignedWord word, Optional<StoredPlan> plan, String why) {
        end(word, Outcome.REFUSED, plan, why);
    }

    private void end(SignedWord word, Outcome outcome, Optional<StoredPlan> plan, String why) {
        var ended = word.became(outcome, name(word) + " " + why, word.at());
        var isNew =
                store.signedWords()
                        .refused(
                                ended,
                                plan.map(StoredPlan::digest),
                                plan.map(it -> it.plan().application()));
        if (isNew) announcer.refused(ended.detail());
    }

    private static String name(SignedWord word) {
        return "%s of repository %s".formatted(place(word), word.repository());
    }

    private static String place(SignedWord word) {
        return "%s %s (%s)"
                .formatted(
                        word.kind(),
                        word.object().substring(0, 10),
                        word.ref().replaceFirst("refs/(tags|heads)/", ""));
    }

    private Optional<StoredPlan> plan(Digest digest) {
        return store.plans().find(digest.toString());
    }
}
