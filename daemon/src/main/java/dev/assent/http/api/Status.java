package dev.assent.http.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assent.model.ApplicationName;
import dev.assent.plan.Digest;
import dev.assent.reconcile.account.Diagnosis;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How everything stands.
///
/// @param notReady why the daemon is not ready, in a sentence; absent when it is
/// @param unsent what could not be told to others
/// @param nodes the daemons that share the record; none where it is one daemon's alone
public record Status(
        Optional<String> notReady,
        List<Repository> repositories,
        List<Application> applications,
        List<Unsent> unsent,
        List<Node> nodes) {

    public Status {
        // An older daemon does not send it.
        unsent = unsent == null ? List.of() : List.copyOf(unsent);
        nodes = nodes == null ? List.of() : List.copyOf(nodes);
    }

    /// A daemon that lives, of several that share the record.
    ///
    /// @param name what it is called, and which of its lives this is
    /// @param duties whether it does what one does for all
    /// @param answers whether it is the one that was asked
    public record Node(String name, boolean duties, boolean answers) {}

    /// Something that could not be told to others.
    ///
    /// @param recipient `notify:ops`, `forge:platform`
    /// @param state `waiting` (it is tried again), `given_up`
    /// @param uncertain whether it may have arrived all the same
    public record Unsent(
            String recipient,
            String kind,
            String about,
            String state,
            boolean uncertain,
            String why,
            Instant since) {}

    /// What the last look at a repository found.
    ///
    /// @param condition `ok`, `empty`, `branch-gone`, `unsigned`, `unreachable`
    /// @param detail what is wrong, in a sentence
    public record Repository(
            String name,
            String condition,
            Optional<String> detail,
            Optional<String> head,
            Instant since,
            Instant checkedAt) {}

    /// One application: its manifest, what exists of it, what of that is not as it is recorded, and
    /// the plans that wait for somebody.
    public record Application(
            String application,
            String environment,
            long serial,
            Optional<Manifest> manifest,
            List<Group> groups,
            List<Finding> findings,
            List<PlanSummary> plans) {

        public Application {
            // An older daemon does not send it.
            findings = findings == null ? List.of() : List.copyOf(findings);
        }
    }

    /// A server that is not as it is recorded.
    ///
    /// @param group `ENGINE/GROUP`
    /// @param kind `missing`, `stopped`, `unreachable`, `fenced`, `demoted`, `writable`,
    ///   `wrong-source`, `not-following`, `wrong-version`, `edited`
    /// @param plan the id of the plan that would mend it
    /// @param next what can be done about it, in a sentence
    public record Finding(
            String group,
            String server,
            String kind,
            String message,
            Instant since,
            Optional<String> plan,
            String next) {

        static Finding of(Diagnosis it) {
            var finding = it.found().finding();
            return new Finding(
                    finding.group().toString(),
                    finding.server().name(),
                    finding.kind().word(),
                    finding.message(),
                    it.found().since(),
                    it.plan().map(Digest::id),
                    it.next());
        }

        /// Of one application.
        public static List<Finding> of(List<Diagnosis> all, ApplicationName application) {
            return all.stream()
                    .filter(it -> it.found().application().equals(application))
                    .map(Finding::of)
                    .toList();
        }
    }

    /// How its newest manifest was read.
    ///
    /// @param condition `valid`, `invalid`, `gone`
    /// @param problems as text, one element each
    public record Manifest(
            String repository,
            String path,
            String commit,
            String condition,
            List<String> problems,
            Instant readAt) {}

    /// A group that exists.
    ///
    /// @param group `ENGINE/GROUP`
    /// @param primary whether root-level environment variables point to it
    /// @param isProtected whether nothing may destroy its data
    /// @param origin `manifest`, `request`, `adopted`
    /// @param replicatesFrom `APP/ENVIRONMENT/ENGINE/GROUP`
    /// @param backups when they are due, in words
    public record Group(
            String group,
            String variant,
            Optional<String> version,
            boolean primary,
            @JsonProperty("protected") boolean isProtected,
            String origin,
            Optional<String> replicatesFrom,
            Optional<String> backups,
            List<Server> servers) {}

    /// A server that exists, and what can be seen of it.
    ///
    /// @param role `primary`, `replica`: as it is recorded
    /// @param observedRole what it says itself, where that is something else
    /// @param version what it runs, where that is not what is recorded of its group
    /// @param state `running`, `unreachable`, `stopped`, `fenced`, `missing`
    /// @param lagMilliseconds how far a replica is behind, where the engine tells and it follows
    /// @param freeBytes what is left on its disk
    /// @param edited its configuration files that were edited by hand
    /// @param detail what is wrong, in a sentence
    public record Server(
            String name,
            String role,
            Optional<String> observedRole,
            String address,
            Optional<String> version,
            String state,
            Optional<Long> pid,
            Optional<Instant> since,
            Optional<Long> lagMilliseconds,
            Optional<Long> freeBytes,
            List<String> edited,
            Optional<String> detail) {

        public Server {
            // An older daemon does not send it.
            edited = edited == null ? List.of() : List.copyOf(edited);
        }
    }
}
