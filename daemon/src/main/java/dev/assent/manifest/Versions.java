package dev.assent.manifest;

import dev.assent.manifest.Tree.Entry;
import dev.assent.manifest.Tree.Kind;
import dev.assent.model.Version;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads versions from what was written, never from the number that YAML makes of it.
final class Versions {

    /// A version with something before or behind it: `v17`, `8.0-rc1`, `17.x`.
    private static final Pattern AROUND =
            Pattern.compile(
                    "(?:[^0-9A-Za-z.]*[vV]?|[A-Za-z]+[ :@-])([0-9]{1,6}(?:\\.[0-9]{1,6}){0,3})"
                            + "(?:[-+~][A-Za-z].*| .*|\\.[xX*]|[^0-9A-Za-z._-]+)?");

    private Versions() {}

    /// The version of an entry; empty when none is written, or a problem when it is none.
    static Optional<Version> read(Entry entry, Problems problems) {
        if (!(entry.value() instanceof Tree.Scalar scalar) || scalar.kind() == Kind.BOOLEAN) {
            return Optional.empty();
        }
        var text = scalar.text().map(String::strip);
        if (text.isEmpty()) return Optional.empty();
        if (!Version.isVersion(text.get())) {
            reportBad(scalar, text.get(), problems);
            return Optional.empty();
        }
        if (isChanged(scalar)) warnOfNumber(scalar, problems);
        return text.map(Version::new);
    }

    private static void reportBad(Tree.Scalar scalar, String text, Problems problems) {
        var around = AROUND.matcher(text);
        var near = around.matches() ? Optional.of(around.group(1)) : Optional.<String>empty();
        problems.add(
                Code.BAD_VERSION,
                scalar.spot(),
                "%s is no version; a version is dotted numbers, such as `17` or `8.0`"
                        .formatted(Words.quoted(text)),
                near.isPresent()
                        ? Remedy.didYouMean(near)
                                .mended(
                                        Mending.replaced(
                                                scalar, Quoting.quoted(near.get()), problems))
                        : Remedy.suggest("leave `version` out for the newest one"));
    }

    /// Whether a reader that takes the version for a number writes it differently: 5.10 as 5.1, 010
    /// as 8.
    private static boolean isChanged(Tree.Scalar scalar) {
        var written = scalar.written();
        return switch (scalar.kind()) {
            case FLOAT -> !Double.toString(Double.parseDouble(written)).equals(written);
            case INTEGER -> written.length() > 1 && written.startsWith("0");
            case TEXT, BOOLEAN, EMPTY -> false;
        };
    }

    private static void warnOfNumber(Tree.Scalar scalar, Problems problems) {
        problems.add(
                Code.VERSION_AS_NUMBER,
                scalar.spot(),
                "other readers of YAML take %s for a number and lose a digit of it"
                        .formatted(Words.quoted(scalar.written())),
                Remedy.suggest("quote the version").mended(Mending.quoted(scalar, problems)));
    }
}
