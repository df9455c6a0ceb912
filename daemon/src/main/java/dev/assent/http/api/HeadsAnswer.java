package dev.assent.http.api;

import dev.assent.model.GroupName;
import dev.assent.reconcile.Overlaps.Overlap;
import dev.assent.state.HeadPlan;
import dev.assent.state.HeadState;
import dev.assent.state.StoredPlan;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is proposed beside the repositories' branches.
public record HeadsAnswer(List<Head> heads) {

    /// A pull request's head, or another branch.
    ///
    /// @param name what people call it: `#7`, `feature/x`
    /// @param condition `planned`, `conflict`, `merged`
    /// @param detail why it can't be merged, where that is so
    public record Head(
            String repository,
            String ref,
            String name,
            String commit,
            String branchCommit,
            String condition,
            Optional<String> detail,
            boolean foreign,
            Optional<Long> number,
            String title,
            String author,
            Optional<URI> url,
            Instant lookedAt,
            List<Part> applications) {

        public static Head of(HeadState head, List<Part> parts) {
            return new Head(
                    head.repository(),
                    head.ref(),
                    head.name(),
                    head.commit(),
                    head.branchCommit(),
                    head.condition().word(),
                    head.detail(),
                    head.foreign(),
                    head.number().isPresent()
                            ? Optional.of(head.number().getAsLong())
                            : Optional.empty(),
                    head.title(),
                    head.author(),
                    head.url(),
                    head.lookedAt(),
                    parts);
        }
    }

    /// What it comes to for one application.
    ///
    /// @param condition `planned`, `nothing`, `invalid`, `elsewhere`, `waiting`
    /// @param remarks warnings, errors, and what the plan notices
    public record Part(
            String application,
            String environment,
            String path,
            String condition,
            Optional<PlanSummary> plan,
            List<String> remarks,
            List<Also> overlaps) {

        public static Part of(HeadPlan said, Optional<StoredPlan> plan, List<Overlap> overlaps) {
            return new Part(
                    said.application().app(),
                    said.application().environment(),
                    said.path(),
                    said.condition().word(),
                    plan.map(PlanSummary::of),
                    said.remarks(),
                    overlaps.stream().map(Also::of).toList());
        }
    }

    /// Another head that touches some of the same groups.
    ///
    /// @param head what people call it
    /// @param plan the id of its plan
    public record Also(String head, String plan, List<String> groups) {

        public static Also of(Overlap overlap) {
            return new Also(
                    overlap.head(),
                    overlap.plan(),
                    overlap.groups().stream().map(GroupName::toString).toList());
        }
    }
}
