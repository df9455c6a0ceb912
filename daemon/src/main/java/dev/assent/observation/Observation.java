package dev.assent.observation;

import java.time.Duration;
import java.util.OptionalLong;

/// One thing that the daemon did, and how long that took. It names only what there are few of
/// (repositories, kinds, outcomes, routes), never an application, a plan or a commit: each of these
/// would be a series of its own, for ever.
public sealed interface Observation {

    /// A repository was looked at, and what changed was taken through the pipeline.
    ///
    /// @param result how that ended: the repository's condition, or `error`
    record Polled(String repository, String result, Duration time) implements Observation {}

    /// A remote was asked where its branches stand, and what moved was fetched.
    record Fetched(String repository, Duration time) implements Observation {}

    /// A plan was approved or rejected, by as many as that needs.
    ///
    /// @param waited since it was proposed
    record Decided(boolean approved, Duration waited) implements Observation {}

    /// A step of a plan was done, or failed.
    ///
    /// @param action the change that it belongs to: `create-group`
    record Stepped(String action, boolean succeeded, Duration time) implements Observation {}

    /// Applying a plan ended.
    record Applied(Outcome outcome, Duration time) implements Observation {}

    /// How an apply ended.
    enum Outcome {
        APPLIED,
        FAILED,
        /// Somebody asked that it stops.
        CANCELLED,
        /// It stands still until a person says what became of a step.
        UNCLEAR,
        /// The daemon was told to end; it goes on after the next start.
        INTERRUPTED
    }

    /// A forge was sent a request.
    ///
    /// @param code the status of its answer; empty where none came
    /// @param remaining how many more requests it says that it takes for now
    record ForgeAsked(
            String repository,
            String forge,
            OptionalLong code,
            OptionalLong remaining,
            Duration time)
            implements Observation {}

    /// The record was read or written.
    ///
    /// @param waited for those who wrote before
    record StoreUsed(Use use, Duration waited, Duration time) implements Observation {}

    /// What was done with the record.
    enum Use {
        READ,
        WRITE,
        /// Many decisions at one stroke.
        BATCH
    }

    /// A request over HTTP was answered.
    ///
    /// @param route the template of its path; empty for a path that there is not
    record Answered(String method, String route, int code, Duration time) implements Observation {}
}
