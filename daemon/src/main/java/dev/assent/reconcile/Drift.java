package dev.assent.reconcile;

import dev.assent.engine.Answer;
import dev.assent.log.Redaction;
import dev.assent.model.ApplicationName;
import dev.assent.model.Endpoint;
import dev.assent.model.GroupAddress;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Recorded.RecordedServer;
import dev.assent.model.ServerKey;
import dev.assent.model.Version;
import dev.assent.plan.Finding;
import dev.assent.plan.Finding.Kind;
import dev.assent.provider.Health;
import dev.assent.provider.Health.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What was seen of the servers, against what is recorded of them. The same record and the same
/// looks always give the same findings.
final class Drift {

    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "::1");

    private final Map<ApplicationName, Recorded> records;
    private final Map<ServerKey, Health> seen;

    /// @param records of all applications: a group can follow one of another
    /// @param seen what was seen of their servers; of one that is missing nothing is said
    Drift(Map<ApplicationName, Recorded> records, Map<ServerKey, Health> seen) {
        this.records = Map.copyOf(records);
        this.seen = Map.copyOf(seen);
    }

    /// In the order of the record, and of each server in that of the kinds.
    List<Finding> findings(ApplicationName application) {
        return Optional.ofNullable(records.get(application)).stream()
                .flatMap(recorded -> recorded.groups().stream())
                .flatMap(group ->
                        group.servers().stream().flatMap(it -> of(application, group, it).stream()))
                .toList();
    }

    /// One server, with what is recorded of it.
    private record Server(
            RecordedGroup group, RecordedServer recorded, Optional<RecordedServer> source) {

        Finding is(Kind kind, String seen, String what) {
            var message = "%s of %s %s".formatted(recorded.name(), group.name(), what);
            return new Finding(group.name(), recorded.name(), kind, seen, message);
        }

        Finding is(Kind kind, String what, Optional<String> detail) {
            return is(kind, "", what + detail.map(it -> ": " + line(it)).orElse(""));
        }
    }

    /// What a server says may be long, and hold what nobody is to read.
    private static String line(String detail) {
        return Redaction.of(detail).lines().map(String::strip).collect(Collectors.joining(" "));
    }

    private List<Finding> of(
            ApplicationName application, RecordedGroup group, RecordedServer server) {
        var health = seen.get(new ServerKey(application, group.name(), server.name()));
        if (health == null) return List.of();
        var of = new Server(group, server, source(group, server));
        var findings = new ArrayList<Finding>();
        switch (health.state()) {
            case MISSING -> findings.add(of.is(Kind.MISSING, "is gone", health.detail()));
            case STOPPED -> findings.add(of.is(Kind.STOPPED, "is stopped", health.detail()));
            case UNREACHABLE ->
                    findings.add(of.is(Kind.UNREACHABLE, "does not answer", health.detail()));
            case FENCED ->
                    findings.add(
                            of.is(
                                    Kind.FENCED,
                                    "is held back, as if a promotion was under way",
                                    Optional.empty()));
            case RUNNING ->
                    health.answer().ifPresent(it -> answered(application, of, it, findings));
        }
        if (!health.edited().isEmpty()) {
            var files = String.join(", ", health.edited());
            findings.add(
                    of.is(Kind.EDITED, files, "has a configuration that was edited: " + files));
        }
        return findings;
    }

    /// Whom a server should follow. What follows what in a group that was adopted, nobody here
    /// knows.
    private Optional<RecordedServer> source(RecordedGroup group, RecordedServer server) {
        if (group.origin() == Origin.ADOPTED) return Optional.empty();
        if (!server.equals(group.primaryServer())) return Optional.of(group.primaryServer());
        return group.standing().replicatesFrom().flatMap(this::primaryOf);
    }

    private Optional<RecordedServer> primaryOf(GroupAddress address) {
        return Optional.ofNullable(records.get(address.application()))
                .flatMap(it -> it.group(address.group()))
                .map(RecordedGroup::primaryServer);
    }

    private void answered(
            ApplicationName application, Server of, Answer answer, List<Finding> findings) {
        if (of.group().origin() != Origin.ADOPTED) {
            role(application, of, answer).ifPresent(findings::add);
        }
        var version = of.group().version();
        if (!agree(answer.version(), version)) {
            findings.add(
                    of.is(
                            Kind.WRONG_VERSION,
                            answer.version().text(),
                            "runs %s, and %s is recorded".formatted(answer.version(), version)));
        }
    }

    private Optional<Finding> role(ApplicationName application, Server of, Answer answer) {
        var follows = answer.source().map(it -> "follows " + it).orElse("follows another server");
        if (of.source().isEmpty()) {
            // That it follows a group which is not recorded any more is for the next plan to end.
            if (!answer.replica() || of.group().standing().replicatesFrom().isPresent()) {
                return Optional.empty();
            }
            var whom = answer.source().map(Endpoint::toString).orElse("");
            return Optional.of(
                    of.is(Kind.DEMOTED, whom, "is recorded as primary server, and " + follows));
        }
        var source = of.source().get();
        if (!answer.replica()) {
            return Optional.of(
                    of.is(
                            Kind.WRITABLE,
                            "",
                            "is recorded as a replica of %s, and takes writes"
                                    .formatted(source.name())));
        }
        var other = answer.source().filter(it -> !isSame(it, source.endpoint()));
        if (other.isPresent()) {
            return Optional.of(
                    of.is(
                            Kind.WRONG_SOURCE,
                            other.get().toString(),
                            "follows %s, and should follow %s at %s"
                                    .formatted(other.get(), source.name(), source.endpoint())));
        }
        // What can be wrong with one that follows, following once more does not mend.
        return answer.trouble()
                .filter(_ -> answer.lag().isEmpty())
                // Nobody can follow what does not run, and that is told of the source itself.
                .filter(_ -> runs(application, of))
                .map(it -> of.is(Kind.NOT_FOLLOWING, "does not follow", Optional.of(it)));
    }

    private boolean runs(ApplicationName application, Server of) {
        var source =
                of.recorded().equals(of.group().primaryServer())
                        ? of.group().standing().replicatesFrom()
                        : Optional.of(new GroupAddress(application, of.group().name()));
        return source.stream()
                .flatMap(it -> primaryOf(it).stream().map(server -> key(it, server)))
                .flatMap(it -> Stream.ofNullable(seen.get(it)))
                .anyMatch(it -> it.state() == State.RUNNING);
    }

    private static ServerKey key(GroupAddress group, RecordedServer server) {
        return new ServerKey(group.application(), group.group(), server.name());
    }

    /// One may be more precise than the other: `16` and `16.15`.
    private static boolean agree(Version one, Version other) {
        return one.satisfies(other) || other.satisfies(one);
    }

    /// Which of its names this machine is called by is all the same.
    private static boolean isSame(Endpoint one, Endpoint other) {
        return one.port() == other.port() && host(one).equalsIgnoreCase(host(other));
    }

    private static String host(Endpoint endpoint) {
        return HERE.contains(endpoint.host()) ? "localhost" : endpoint.host();
    }
}
