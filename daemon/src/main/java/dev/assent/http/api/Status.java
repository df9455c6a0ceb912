package dev.assent.http.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How everything stands.
///
/// @param notReady why the daemon is not ready, in a sentence; absent when it is
/// @param unsent what could not be told to others
public record Status(
        Optional<String> notReady,
        List<Repository> repositories,
        List<Application> applications,
        List<Unsent> unsent) {

    public Status {
        // An older daemon does not send it.
        unsent = unsent == null ? List.of() : List.copyOf(unsent);
    }

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

    /// One application: its manifest, what exists of it, and the plans that wait for somebody.
    public record Application(
            String application,
            String environment,
            long serial,
            Optional<Manifest> manifest,
            List<Group> groups,
            List<PlanSummary> plans) {}

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
    /// @param role `primary`, `replica`
    /// @param state `running`, `unreachable`, `stopped`, `missing`
    /// @param detail what is wrong, in a sentence
    public record Server(
            String name,
            String role,
            String address,
            String state,
            Optional<Long> pid,
            Optional<Instant> since,
            Optional<String> detail) {}
}
