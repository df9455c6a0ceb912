package dev.assent.reconcile;

import dev.assent.log.About;
import dev.assent.model.ApplicationName;
import dev.assent.model.Recorded;
import dev.assent.model.ServerKey;
import dev.assent.plan.Finding;
import dev.assent.plan.Finding.Subject;
import dev.assent.plan.RepairPlanner;
import dev.assent.provider.Health;
import dev.assent.state.OpenFinding;
import dev.assent.state.Plans.Proposal;
import dev.assent.state.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes findings of what is seen of the servers, and plans that would mend them. It mends nothing.
///
/// What was seen once may be a server that is just being started again: a finding counts when it is
/// seen in every look for a while, with the same record and no plan being applied. It is over as
/// soon as it is not seen.
final class DriftWatch {

    private static final Logger LOG = LoggerFactory.getLogger(DriftWatch.class);

    /// Longer than a start takes, and shorter than from one look to the next.
    private static final Duration A_WHILE = Duration.ofSeconds(30);

    private final Store store;
    private final Announcer announcer;

    /// What was seen in the look before.
    private Map<ApplicationName, Glimpse> before = Map.of();

    /// The record against which what counts of an application was found, or found again, last.
    private final Map<ApplicationName, Long> serials = new ConcurrentHashMap<>();

    /// What was seen of an application.
    ///
    /// @param since when it was seen first, and then in every look
    private record Glimpse(long serial, Map<Subject, Instant> since) {}

    DriftWatch(Store store, Announcer announcer) {
        this.store = store;
        this.announcer = announcer;
    }

    synchronized void seen(Lookout.View view) {
        var records =
                view.records().stream().collect(Collectors.toMap(Recorded::application, it -> it));
        var healths = new HashMap<ServerKey, Health>();
        view.servers().forEach(it -> healths.put(it.key(), it.health()));
        var drift = new Drift(records, healths);
        var open =
                store.findings().all().stream()
                        .collect(Collectors.groupingBy(OpenFinding::application));
        // Also those of which nothing exists any more, and something was found.
        var applications = new TreeSet<>(records.keySet());
        applications.addAll(open.keySet());
        var mending = store.plans().mending();
        applications.addAll(mending);
        var now = new HashMap<ApplicationName, Glimpse>();
        for (var application : applications) {
            var found = drift.findings(application);
            var known = open.getOrDefault(application, List.of());
            // Most are as they should be: of them nothing is read or written.
            if (found.isEmpty() && known.isEmpty() && !mending.contains(application)) continue;
            var recorded =
                    Optional.ofNullable(records.get(application))
                            .orElseGet(() -> store.records().of(application));
            try (var _ = About.application(application).enter()) {
                look(recorded, found, known, view.at()).ifPresent(it -> now.put(application, it));
            } catch (RuntimeException e) {
                LOG.error(
                        "what was seen of {} came to nothing: {}", application, e.getMessage(), e);
            }
        }
        before = Map.copyOf(now);
    }

    /// @param found what is otherwise than it is recorded in this look
    /// @param open what was so before, and counts
    /// @return what the next look is to know; empty where it begins anew
    private Optional<Glimpse> look(
            Recorded recorded, List<Finding> found, List<OpenFinding> open, Instant at) {
        var counts = open.stream().map(it -> it.finding().subject()).collect(Collectors.toSet());
        var earlier =
                Optional.ofNullable(before.get(recorded.application()))
                        .filter(it -> it.serial() == recorded.serial())
                        .map(Glimpse::since)
                        .orElse(Map.of());
        var since = new HashMap<Subject, Instant>();
        for (var finding : found) {
            var subject = finding.subject();
            var first = earlier.getOrDefault(subject, at);
            since.put(subject, first);
            if (!first.plus(A_WHILE).isAfter(at)) counts.add(subject);
        }
        var counted = found.stream().filter(it -> counts.contains(it.subject())).toList();
        var settled = store.findings().settle(recorded, counted);
        if (settled.isEmpty()) return Optional.empty();
        serials.put(recorded.application(), recorded.serial());
        settled.get().began().forEach(announcer::found);
        settled.get().ended().forEach(announcer::ended);
        propose(recorded, settled.get().open());
        return Optional.of(new Glimpse(recorded.serial(), since));
    }

    private void propose(Recorded recorded, List<OpenFinding> open) {
        var plan = RepairPlanner.of(recorded, findings(open)).plan();
        var since =
                open.stream()
                        .map(OpenFinding::since)
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.EPOCH);
        if (store.plans().repair(plan, since) == Proposal.NEW) announcer.repair(plan);
    }

    /// Proposes what would mend the findings that are open, even where that was rejected or has
    /// expired. What was found against another record may have been mended since.
    ///
    /// @return whether there is such a plan
    boolean planOnceMore(ApplicationName application) {
        var open = store.findings().of(application);
        if (open.isEmpty()) return false;
        var recorded = store.records().of(application);
        var serial = recorded.serial();
        if (serials.getOrDefault(application, serial) != serial) return false;
        var plan = RepairPlanner.of(recorded, findings(open)).plan();
        if (plan.isEmpty()) return false;
        return switch (store.plans().repairAgain(plan, open)) {
            case NEW -> {
                announcer.repair(plan);
                yield true;
            }
            case KNOWN, BUSY -> true;
            // The servers were looked at meanwhile.
            case STALE -> planOnceMore(application);
            case EMPTY -> false;
        };
    }

    private static List<Finding> findings(List<OpenFinding> open) {
        return open.stream().map(OpenFinding::finding).toList();
    }
}
