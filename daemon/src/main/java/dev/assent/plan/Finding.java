package dev.assent.plan;

import dev.assent.model.GroupName;
import dev.assent.model.ServerName;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// One way in which a server is not as it is recorded.
///
/// @param seen what there is in the place of what should be, where the kind does not say it: the
///   version that it runs, whom it follows, the files that were edited; else empty
/// @param message what was found, in a sentence without its full stop
public record Finding(GroupName group, ServerName server, Kind kind, String seen, String message) {

    /// The ways in which a server can be other than it is recorded.
    public enum Kind {
        /// Nothing of it is there.
        MISSING,
        /// It is there and does not run, and nobody starts it any more.
        STOPPED,
        /// It runs and does not answer.
        UNREACHABLE,
        /// It is held back from running, as during a promotion, and no promotion is under way.
        FENCED,
        /// It is the primary server and follows somebody.
        DEMOTED,
        /// It should follow and takes writes.
        WRITABLE,
        /// It follows somebody else than it should.
        WRONG_SOURCE,
        /// It should follow, is set up to, and does not.
        NOT_FOLLOWING,
        /// It is of another version.
        WRONG_VERSION,
        /// Its configuration was edited by hand.
        EDITED;

        /// The word in SQL, JSON and metrics: `wrong-source`.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public static Optional<Kind> of(String word) {
            return Arrays.stream(values()).filter(it -> it.word().equals(word)).findFirst();
        }
    }

    /// What makes two findings the same one, however it is worded today.
    public record Subject(GroupName group, ServerName server, Kind kind) {}

    public Subject subject() {
        return new Subject(group, server, kind);
    }
}
