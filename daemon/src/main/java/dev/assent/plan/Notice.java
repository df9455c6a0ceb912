package dev.assent.plan;

import dev.assent.model.GroupName;
import dev.assent.model.Place;
import java.util.Optional;

/// Something that a plan says and will not do.
///
/// @param group the group that it is about; empty where it is about the whole application
/// @param place where the manifest says what the notice is about
public record Notice(Code code, Optional<GroupName> group, String message, Optional<Place> place) {

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
        /// A setting that counts from the next redeploy on, and now differs from what is in force.
        APPLIES_ON_REDEPLOY("applies-on-redeploy"),
        /// The primary server of a group with replicas is gone from the manifest.
        PROMOTE_FIRST("promote-first"),
        /// All groups are gone from the manifest: an accident until somebody asks for it.
        MANIFEST_GONE("manifest-gone"),
        /// A declared fact that this version reads but does not yet act on.
        NOT_ACTED_ON("not-acted-on");

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
