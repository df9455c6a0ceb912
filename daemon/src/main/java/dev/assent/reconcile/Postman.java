package dev.assent.reconcile;

import dev.assent.log.Complaints;
import dev.assent.state.Outbox;
import dev.assent.state.Outbox.Letter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the letters of the outbox carried: to one recipient one at a time and in order, to different
/// ones in parallel. A recipient that fails is left alone for a while, longer each time; what it
/// has not taken after three days is given up.
public final class Postman implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Postman.class);

    private static final Duration PACE = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    /// Not even the other side itself makes us wait longer.
    private static final Duration LONGEST_ASKED_FOR = Duration.ofHours(1);

    private static final Duration GIVE_UP = Duration.ofDays(3);
    private static final Duration TIDY = Duration.ofHours(6);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int AT_ONCE = 64;

    private final Outbox outbox;
    private final Complaints complaints = new Complaints();
    private final Map<String, Function<String, Optional<Carrier>>> carriers;
    private final InstantSource clock;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofPlatform().daemon().name("post-", 1).factory());
    private final Rounds rounds = new Rounds("postman", PACE, this::goRound);
    private boolean tookUp;
    private Instant tidied = Instant.EPOCH;
    private volatile boolean stopping;

    /// @param carriers by the word before the `:` of a letter's recipient: given the name behind
    ///   it, who carries for it
    public Postman(
            Outbox outbox,
            Map<String, Function<String, Optional<Carrier>>> carriers,
            InstantSource clock) {
        this.outbox = outbox;
        this.carriers = Map.copyOf(carriers);
        this.clock = clock;
    }

    /// Has letters sent only while this node does it for all.
    public void onlyWhile(BooleanSupplier duty) {
        rounds.onlyWhile(duty);
    }

    /// Somebody else has put letters into the outbox.
    public void wake() {
        rounds.wake();
    }

    /// Sends what an earlier life of the daemon left, and from now on whatever is put into the
    /// outbox.
    public void start() {
        outbox.whenPut(rounds::wake);
        rounds.start();
    }

    private void goRound() {
        if (Duration.between(tidied, clock.instant()).compareTo(TIDY) >= 0) {
            outbox.tidy();
            tidied = clock.instant();
        }
        var _ = round();
    }

    /// Begins to send what is due to recipients that are not being served already.
    ///
    /// @return done when all that was due is sent or has failed
    CompletableFuture<Void> round() {
        if (!tookUp) outbox.takeUp();
        tookUp = true;
        var recipients = outbox.due(AT_ONCE).stream().map(Letter::to).collect(Collectors.toSet());
        var served =
                recipients.stream()
                        .filter(busy::add)
                        .map(it -> CompletableFuture.runAsync(() -> serve(it), threads))
                        .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(served);
    }

    private void serve(String to) {
        var well = false;
        try {
            for (var it = outbox.next(to); it.isPresent() && !stopping; it = outbox.next(to)) {
                if (outbox.sending(it.get())) send(it.get());
            }
            well = true;
            complaints.isOver(to);
        } catch (RuntimeException e) {
            if (complaints.isDue(to, e.toString())) {
                LOG.error("what is to be sent to {} could not be looked after", to, e);
            }
        } finally {
            busy.remove(to);
            // For what was put after the last look, and before anybody else could serve it.
            if (well) rounds.wake();
        }
    }

    private void send(Letter letter) {
        var carrier = carrier(letter.to());
        if (carrier.isEmpty()) {
            giveUp(letter, "the configuration no longer says who carries it");
            return;
        }
        Optional<String> remote;
        try {
            remote = carrier.get().carry(letter);
        } catch (CarryException e) {
            failed(letter, e);
            return;
        } catch (RuntimeException e) {
            // Its message could hold anything.
            LOG.error("a letter to {} met {}", letter.to(), e.getClass().getName());
            LOG.debug("a letter to {}", letter.to(), e);
            failed(letter, CarryException.uncertain("an error in this program"));
            return;
        }
        outbox.sent(letter, remote);
    }

    private Optional<Carrier> carrier(String to) {
        var colon = to.indexOf(':');
        var kind = colon < 0 ? to : to.substring(0, colon);
        return Optional.ofNullable(carriers.get(kind))
                .flatMap(it -> it.apply(to.substring(colon + 1)));
    }

    private void failed(Letter letter, CarryException failure) {
        if (!failure.isPassing()) {
            giveUp(letter, failure.words());
            return;
        }
        var failures = outbox.failures(letter.to()) + 1;
        var pause =
                failure.pause()
                        .map(it -> it.compareTo(LONGEST_ASKED_FOR) < 0 ? it : LONGEST_ASKED_FOR)
                        .orElseGet(() -> Backoff.after(failures, FIRST_PAUSE, LONGEST_PAUSE));
        if (failures == 1) {
            LOG.warn("{} takes no letters: {}; tried again", letter.to(), failure.words());
        }
        outbox.failed(letter, pause, failure.isUncertain(), failure.words());
        var since = outbox.failingSince(letter);
        if (Duration.between(since, clock.instant()).compareTo(GIVE_UP) >= 0) {
            giveUp(letter, failure.words());
        }
    }

    private void giveUp(Letter letter, String why) {
        LOG.error("{} ({}) for {} is given up: {}", letter.kind(), letter.slot(), letter.to(), why);
        outbox.givenUp(letter, why);
    }

    /// Lets what is being sent arrive, for a while. What has not by then is sent after the next
    /// start, marked as uncertain.
    @Override
    public void close() {
        stopping = true;
        rounds.close();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                threads.shutdownNow();
                threads.awaitTermination(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
