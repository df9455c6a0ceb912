package dev.assent.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.manifest.Problem;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// What makes a problem of one file the same when lines are put in above it.
final class SarifFingerprints {

    private final String path;
    private final Map<String, Integer> seen = new HashMap<>();

    SarifFingerprints(String path) {
        this.path = path;
    }

    /// Of code, file, pointer and the line itself; those that share all of that are counted.
    String of(Problem problem) {
        var index = problem.place().line() - problem.firstLine();
        var line = index < problem.lines().size() ? problem.lines().get(index).strip() : "";
        var all = String.join("\n", problem.code().id(), path, problem.pointer(), line);
        var hash = UUID.nameUUIDFromBytes(all.getBytes(UTF_8)).toString();
        return hash + ":" + seen.merge(hash, 1, Integer::sum);
    }
}
