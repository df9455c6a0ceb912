package dev.assent.apply;

import dev.assent.model.Engine;
import dev.assent.model.GroupName;
import dev.assent.model.ServerKey;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a provider is asked to do to one server: the steps that take their time. Their words stand
/// in the journal, and are known again there.
enum ServerWork {
    BUILD,
    REMOVE;

    private static final Pattern WORDS =
            Pattern.compile("(build|remove) server \\S{1,100} of (\\S{1,100})");

    /// Work of one kind on servers of one engine, which takes about as long each time.
    record Kind(ServerWork work, Engine engine) {

        /// The kind of a step that was described by [#on]; empty for every other step.
        static Optional<Kind> of(String step) {
            var words = WORDS.matcher(step);
            if (!words.matches()) return Optional.empty();
            var work = valueOf(words.group(1).toUpperCase(Locale.ROOT));
            return GroupName.parse(words.group(2)).map(it -> new Kind(work, it.engine()));
        }
    }

    /// The step in words.
    String on(ServerKey key) {
        return "%s server %s of %s"
                .formatted(name().toLowerCase(Locale.ROOT), key.server(), key.group());
    }
}
