package dev.assent.reconcile.account;

import dev.assent.model.GroupName;
import dev.assent.model.Place;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One thing that keeps groups from being as they are declared, or that says why they are as they
/// are.
///
/// @param groups those that it is about; empty where it is about the whole application
/// @param message one sentence
/// @param details further texts, which may have several lines: what is wrong with a manifest
/// @param place where the manifest says what the fact is about
/// @param steps what clears it, in order: commands ready to be copied, and what else in words
///   behind a `#`
public record Fact(
        Code code,
        List<GroupName> groups,
        String message,
        List<String> details,
        Optional<Place> place,
        List<String> steps) {

    public Fact {
        groups = List.copyOf(groups);
        details = List.copyOf(details);
        steps = List.copyOf(steps);
    }

    static Fact of(Code code, String message, String... steps) {
        return new Fact(code, List.of(), message, List.of(), Optional.empty(), List.of(steps));
    }

    Fact about(List<GroupName> groups) {
        return new Fact(code, groups, message, details, place, steps);
    }

    Fact about(GroupName group) {
        return about(List.of(group));
    }

    Fact at(Optional<Place> place) {
        return new Fact(code, groups, message, details, place, steps);
    }

    Fact with(List<String> details) {
        return new Fact(code, groups, message, details, place, steps);
    }

    /// Whether it says something of a group.
    boolean concerns(GroupName group) {
        return groups.isEmpty() || groups.contains(group);
    }

    /// The kinds of fact, in the order in which they have to be cleared: what is read comes before
    /// what it says, that before its plan, and that before what merely is so.
    public enum Code {
        REPOSITORY(true),
        NOT_READ(true),
        MANIFEST_UNKNOWN(true),
        MANIFEST_GONE(true),
        MANIFEST_INVALID(true),
        MANIFEST_LOST(true),
        NOT_DECLARED(true),
        PLAN_APPLYING(true),
        PLAN_NEEDS_DECISION(true),
        NO_SERVERS(true),
        NOT_DEFINED(true),
        NOT_AVAILABLE(true),
        PROMOTE_FIRST(true),
        PROTECTED(true),
        NOT_REPLICATED(true),
        NOT_YET(true),
        DRIFTED(true),
        PLAN_FAILED(true),
        PLAN_PROPOSED(true),
        PLAN_APPROVED(true),
        HELD_BACK(true),
        PLAN_REJECTED(true),
        PLAN_EXPIRED(true),
        PLAN_SUPERSEDED(true),
        NOT_PLANNED(true),
        APPLIES_ON_BUILD(true),
        NOW_EXTERNAL(false),
        EXTERNAL(false),
        UNMANAGED(false),
        ADOPTED(false),
        IS_PROTECTED(false),
        RECORDED(false),
        AS_DECLARED(false);

        private final boolean blocks;

        Code(boolean blocks) {
            this.blocks = blocks;
        }

        /// Whether it keeps something from being as it is declared.
        public boolean blocks() {
            return blocks;
        }

        /// The word in JSON: `plan-proposed`.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
