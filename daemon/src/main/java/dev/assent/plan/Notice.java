package dev.assent.plan;

import dev.assent.model.GroupName;
import dev.assent.model.Place;
import java.util.List;
import java.util.Optional;

/// Something that a plan says and will not do.
///
/// @param group the group that it is about; empty where it is about the whole application
/// @param place where the manifest says what the notice is about
/// @param steps what to do to get there, in order: commands ready to be copied, and what else in
///   words behind a `#`
/// @param rule what forbids it, for `assent explain`; empty where no rule does
public record Notice(
        Code code,
        Optional<GroupName> group,
        String message,
        Optional<Place> place,
        List<String> steps,
        Optional<dev.assent.manifest.Code> rule) {

    public Notice {
        steps = List.copyOf(steps);
    }

    /// One that comes from no rule.
    public Notice(
            Code code,
            Optional<GroupName> group,
            String message,
            Optional<Place> place,
            List<String> steps) {
        this(code, group, message, place, steps, Optional.empty());
    }

    /// The kinds of notice (the rows of the domain's table that are no change).
    public enum Code {
        /// A declared group of an application that has no record yet, or that the provider cannot
        /// build: which server lacks what.
        NOT_BUILT("not-built"),
        /// A declared group without servers: a later request to add it will use its specification.
        DECLARED("declared"),
        /// A group that exists and that no manifest ever declared.
        UNMANAGED("unmanaged"),
        /// A setting that counts only when a server is built, and now differs from what was built.
        APPLIES_ON_BUILD("applies-on-build"),
        /// The primary server of a group with replicas is gone from the manifest.
        PROMOTE_FIRST("promote-first"),
        /// All groups are gone from the manifest: an accident until somebody asks for it.
        MANIFEST_GONE("manifest-gone"),
        /// What the manifest wants would destroy the data of a protected group.
        PROTECTED("protected"),
        /// A replication that a rule forbids, or that the provider cannot set up.
        NOT_REPLICATED("not-replicated"),
        /// A group that was built and is declared external now.
        NOW_EXTERNAL("now-external"),
        /// A declared fact that cannot come true yet.
        NOT_YET("not-yet");

        private final String word;

        Code(String word) {
            this.word = word;
        }

        /// The word in JSON and on pages.
        public String word() {
            return word;
        }
    }
}
