package dev.assent.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What stands at the end of a commit's or tag's message as `Key: value`, found by Git's own rules:
/// in the last paragraph, if that is not the first and is made of such lines, or has one that Git
/// writes itself and no more than three quarters of others.
final class Trailers {

    /// A line of them.
    ///
    /// @param key in lower case: Git does not tell the cases apart either
    record Trailer(String key, String value) {}

    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9-]+)[ \\t]*:(.*)");
    private static final List<String> OF_GIT =
            List.of("Signed-off-by: ", "(cherry picked from commit ");

    private Trailers() {}

    static List<Trailer> in(String message) {
        var lines = lastParagraph(message);
        var trailers = new ArrayList<Trailer>();
        int good = 0;
        int other = 0;
        var ofGit = false;
        var inside = false;
        for (var line : lines) {
            if (line.startsWith("#")) continue;
            var trailer = LINE.matcher(line);
            if (OF_GIT.stream().anyMatch(line::startsWith)) {
                ofGit = true;
                inside = false;
                good++;
            } else if (line.startsWith(" ") || line.startsWith("\t")) {
                if (inside) append(trailers, line.strip());
                else other++;
            } else if (trailer.matches()) {
                inside = true;
                good++;
                trailers.add(
                        new Trailer(
                                trailer.group(1).toLowerCase(Locale.ROOT),
                                trailer.group(2).strip()));
            } else {
                inside = false;
                other++;
            }
        }
        var are = ofGit ? good * 3 >= other : good > 0 && other == 0;
        return are ? List.copyOf(trailers) : List.of();
    }

    private static void append(List<Trailer> trailers, String more) {
        var last = trailers.removeLast();
        trailers.add(new Trailer(last.key(), (last.value() + " " + more).strip()));
    }

    /// Empty where that is the first one, which is the title.
    private static List<String> lastParagraph(String message) {
        var lines = message.stripTrailing().lines().toList();
        int from = lines.size();
        while (from > 0 && !lines.get(from - 1).isBlank()) from--;
        var before = lines.subList(0, from);
        return before.stream().allMatch(String::isBlank)
                ? List.of()
                : lines.subList(from, lines.size());
    }
}
