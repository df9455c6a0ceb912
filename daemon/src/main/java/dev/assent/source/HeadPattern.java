package dev.assent.source;

import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;

/// Which refs beside the branch are planned: `refs/pull/*/head`, `refs/merge-requests/*/head`, or a
/// branch's name, `feature/*`. A `*`, of which there may be one, stands for any text, as in Git's
/// own refspecs.
public final class HeadPattern {

    private static final Pattern OURS = Pattern.compile("refs/(assent|tags)/.*");

    private final String text;
    private final String ref;
    private final Pattern regex;

    /// Reads a pattern as it is written in the configuration.
    ///
    /// @throws IllegalArgumentException if it fits no ref
    public HeadPattern(String text) {
        this.text = text;
        this.ref = text.startsWith(Constants.R_REFS) ? text : Constants.R_HEADS + text;
        var example = ref.replaceFirst("\\*", "x");
        if (!Repository.isValidRefName(example)) {
            throw new IllegalArgumentException(
                    "`%s` fits no ref; write a branch's name or a whole ref, with one `*` at most: `feature/*`, `refs/pull/*/head`"
                            .formatted(text));
        }
        if (OURS.matcher(ref).matches()) {
            throw new IllegalArgumentException(
                    "`%s` are no branches; name some of refs/heads, or pull requests' heads"
                            .formatted(text));
        }
        this.regex =
                Pattern.compile(
                        ref.contains("*")
                                ? Pattern.quote(ref.substring(0, ref.indexOf('*')))
                                        + ".+"
                                        + Pattern.quote(ref.substring(ref.indexOf('*') + 1))
                                : Pattern.quote(ref));
    }

    /// Exactly one ref.
    public static HeadPattern exactly(String ref) {
        if (ref.contains("*")) throw new IllegalArgumentException("not one ref: " + ref);
        return new HeadPattern(ref);
    }

    boolean matches(String name) {
        return regex.matcher(name).matches();
    }

    /// The ref, perhaps with a `*` in it.
    String ref() {
        return ref;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeadPattern that && ref.equals(that.ref);
    }

    @Override
    public int hashCode() {
        return ref.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
