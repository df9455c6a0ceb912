package dev.assent.manifest;

import dev.assent.manifest.Attempt.Failed;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/// What other readers of YAML take and ours does not is read as they do.
final class Tolerance {

    /// Escaped as JSON allows it, the backslash itself not escaped.
    private static final Pattern SLASH = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*+)\\\\/");

    private Tolerance() {}

    /// The text of a failure parsed again, for as long as there is something to tolerate.
    static Attempt of(Attempt first, Budget budget) {
        var attempt = first;
        while (attempt instanceof Failed failed) {
            var lines = lines(failed);
            if (lines.isEmpty()) break;
            attempt = Attempt.at(failed.source().reading(lines), budget);
        }
        return attempt;
    }

    private static SortedMap<Integer, String> lines(Failed failed) {
        var source = failed.source();
        var spaces = Tabs.harmlessAsSpaces(source);
        if (!spaces.isEmpty()) return spaces;
        var lines = new TreeMap<Integer, String>();
        if (failed.failure() instanceof MarkedYAMLException marked
                && String.valueOf(marked.getProblem()).contains("escape character /")) {
            for (var number = 1; number <= source.linesRead().size(); number++) {
                var text = source.lineRead(number);
                if (!text.contains("\\/") || !text.contains("\"")) continue;
                lines.put(number, SLASH.matcher(text).replaceAll("$1/"));
            }
        }
        return lines;
    }
}
