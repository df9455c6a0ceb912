package dev.assent.state;

import dev.assent.model.ApplicationName;
import dev.assent.plan.Digest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a head comes to for one application that it touches.
///
/// @param path the manifest's
/// @param digest its plan, where there is one
/// @param remarks warnings, errors, and what the plan notices, as text
/// @param applied the last plan of this head that was applied before the head was merged
public record HeadPlan(
        ApplicationName application,
        String path,
        Condition condition,
        Optional<Digest> digest,
        List<String> remarks,
        Optional<Digest> applied) {

    public enum Condition {
        /// It has a plan.
        PLANNED,
        /// Nothing is to be done.
        NOTHING,
        /// Its manifest has errors.
        INVALID,
        /// The application belongs to another repository.
        ELSEWHERE,
        /// A plan is being applied to the application; it is planned when that ends.
        WAITING;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public HeadPlan {
        remarks = List.copyOf(remarks);
    }
}
