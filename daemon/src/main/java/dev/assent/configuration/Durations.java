package dev.assent.configuration;

import dev.assent.approval.Lengths;
import dev.assent.manifest.CheckedTree;
import dev.assent.manifest.Tree;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads how long something takes.
record Durations(CheckedTree tree) {

    private static final Pattern NEARLY =
            Pattern.compile(
                    "([1-9][0-9]{0,5})\\s*(s|sec|secs|seconds?|m|min|mins|minutes?|h|hrs?|hours?|d|days?|w|weeks?)");

    /// The length; a wrong one is reported, and the other returned.
    Duration read(Tree value, Duration otherwise) {
        var text = value.text().orElse("");
        var length = Lengths.read(text);
        if (length.isEmpty()) {
            tree.refuse(
                    value,
                    "a time is a number and `s`, `m`, `h` or `d`: `30s`",
                    Optional.of(text).flatMap(Durations::meant));
        }
        return length.orElse(otherwise);
    }

    /// The length that somebody probably meant.
    private static Optional<String> meant(String text) {
        var nearly = NEARLY.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!nearly.matches()) return Optional.empty();
        var unit = nearly.group(2).substring(0, 1);
        return Optional.of(
                unit.equals("w")
                        ? 7 * Long.parseLong(nearly.group(1)) + "d"
                        : nearly.group(1) + unit);
    }
}
