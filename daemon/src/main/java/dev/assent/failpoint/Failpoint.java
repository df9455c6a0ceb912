package dev.assent.failpoint;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A place before or after something that must not be lost: a write, a commit, a call to a
/// provider. `-Dassent.failpoint=apply.afterStep#3=halt` has the process end when it gets there for
/// the third time, as if the machine had lost its power; see [Scenario].
public enum Failpoint {
    KEY_BEFORE_LINK,
    KEY_AFTER_LINK,

    STATE_BEFORE_WRITE,
    STATE_BEFORE_COMMIT,
    STATE_AFTER_COMMIT,

    SOURCE_BEFORE_FETCH,
    SOURCE_AFTER_FETCH,
    SOURCE_BEFORE_RENAME,
    SOURCE_AFTER_RENAME,

    APPLY_BEFORE_PLAN,
    APPLY_BEFORE_STEP,
    APPLY_AFTER_STEP,
    APPLY_BEFORE_UNDO,
    APPLY_AFTER_UNDO,
    APPLY_BEFORE_END,
    APPLY_AFTER_END,
    JOURNAL_AFTER_STARTED,
    JOURNAL_AFTER_UNKNOWN,
    JOURNAL_AFTER_DONE,

    PROVIDER_BEFORE_BUILD,
    PROVIDER_AFTER_BUILD,
    PROVIDER_BEFORE_REBUILD,
    PROVIDER_AFTER_REBUILD,
    PROVIDER_BEFORE_FOLLOW,
    PROVIDER_AFTER_FOLLOW,
    PROVIDER_BEFORE_FENCE,
    PROVIDER_AFTER_FENCE,
    PROVIDER_BEFORE_FORSAKE,
    PROVIDER_AFTER_FORSAKE,
    PROVIDER_BEFORE_PROMOTE,
    PROVIDER_AFTER_PROMOTE,
    PROVIDER_BEFORE_REKEY,
    PROVIDER_AFTER_REKEY,
    PROVIDER_BEFORE_CONFIGURE,
    PROVIDER_AFTER_CONFIGURE,
    PROVIDER_BEFORE_REMOVE,
    PROVIDER_AFTER_REMOVE,
    PROVIDER_BEFORE_DISCARD,
    PROVIDER_AFTER_DISCARD,
    PROVIDER_BEFORE_PROBE,
    PROVIDER_AFTER_PROBE,
    PROVIDER_BEFORE_ADOPT,
    PROVIDER_AFTER_ADOPT,
    PROVIDER_BEFORE_START,
    PROVIDER_AFTER_START,
    PROVIDER_BEFORE_TRIM,
    PROVIDER_AFTER_TRIM,

    /// Also of a file that is flushed with others later.
    FILE_BEFORE_WRITE,
    FILE_BEFORE_FLUSH,
    FILE_BEFORE_RENAME,
    FILE_AFTER_RENAME,
    FOLDER_BEFORE_FLUSH,
    FOLDER_AFTER_FLUSH,
    FOLDER_BEFORE_MAKE,
    FOLDER_AFTER_MAKE,
    FOLDER_BEFORE_TIDY,
    TREE_BEFORE_COPY,
    TREE_AFTER_COPY,
    TREE_BEFORE_FLUSH,
    TREE_AFTER_FLUSH,
    TREE_BEFORE_DELETE,
    TREE_HALF_DELETED,
    TREE_AFTER_DELETE,

    LOCAL_BEFORE_SET_ASIDE,
    LOCAL_AFTER_SET_ASIDE,
    LOCAL_BEFORE_KEEP,
    LOCAL_AFTER_KEEP,
    LOCAL_BEFORE_BRING_BACK,
    LOCAL_AFTER_BRING_BACK,
    LOCAL_BEFORE_LAUNCH,
    LOCAL_AFTER_LAUNCH,
    LOCAL_BEFORE_STOP,
    LOCAL_AFTER_STOP,
    LOCAL_BEFORE_END,
    LOCAL_AFTER_END,
    LOCAL_BEFORE_PROGRAM,
    LOCAL_AFTER_PROGRAM,
    LOCAL_BEFORE_ADMIT,
    LOCAL_AFTER_ADMIT,
    LOCAL_BEFORE_UNPACK,
    LOCAL_AFTER_UNPACK,

    DELIVERY_BEFORE_WRITE,
    DELIVERY_BEFORE_FLUSH,
    DELIVERY_BEFORE_RENAME,
    DELIVERY_AFTER_RENAME,
    DELIVERY_BEFORE_HOOK,
    DELIVERY_AFTER_HOOK;

    private final String word;

    Failpoint() {
        var words = name().toLowerCase(Locale.ROOT).split("_");
        this.word =
                words[0]
                        + "."
                        + words[1]
                        + Arrays.stream(words, 2, words.length)
                                .map(it ->
                                        it.substring(0, 1).toUpperCase(Locale.ROOT)
                                                + it.substring(1))
                                .collect(Collectors.joining());
    }

    /// What it is called: `apply.afterStep`.
    public String word() {
        return word;
    }

    static Optional<Failpoint> of(String word) {
        return Arrays.stream(values()).filter(it -> it.word.equals(word)).findFirst();
    }

    /// Whether the process was started with any of this.
    public static boolean areOn() {
        return Scenario.ON;
    }

    /// What the process was started with, for a warning; empty where it is off.
    ///
    /// @throws IllegalArgumentException if that makes no sense
    public static Optional<String> inForce() {
        return Scenario.ON ? Optional.of(Scenario.checked()) : Optional.empty();
    }

    /// Says that the process has got here.
    public void reached() {
        reached(IllegalStateException::new);
    }

    /// The same where the world outside can fail.
    ///
    /// @param failure what is thrown then, of why
    public <X extends Exception> void reached(Function<String, X> failure) throws X {
        if (Scenario.ON && Scenario.isToFail(this)) {
            throw failure.apply("No space left on device (failpoint " + word + ")");
        }
    }
}
