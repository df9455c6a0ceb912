package dev.assent.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.model.ApplicationName;
import dev.assent.model.Desired;
import dev.assent.model.Desired.DesiredGroup;
import java.lang.management.ManagementFactory;
import java.util.List;

/// Manifests as texts.
final class Manifests {

    /// Not stopped by whatever else the machine does.
    static final ManifestReader READER =
            new ManifestReader(ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime);

    private Manifests() {}

    static Reading read(String yaml, String... environments) {
        return READER.read("manifest.yml", yaml.getBytes(UTF_8), List.of(environments));
    }

    static List<Problem> problems(String yaml, String... environments) {
        return switch (read(yaml, environments)) {
            case Reading.Valid(var _, var warnings) -> warnings;
            case Reading.Invalid(var problems) -> problems;
        };
    }

    static List<Code> codes(String yaml, String... environments) {
        return problems(yaml, environments).stream().map(Problem::code).toList();
    }

    /// The only problem of a text.
    static Problem problem(String yaml, String... environments) {
        var problems = problems(yaml, environments);
        if (problems.size() != 1) throw new AssertionError("not one problem: " + problems);
        return problems.getFirst();
    }

    static Manifest valid(String yaml, String... environments) {
        return switch (read(yaml, environments)) {
            case Reading.Valid(var manifest, var _) -> manifest;
            case Reading.Invalid(var problems) ->
                    throw new AssertionError(
                            String.join("\n", problems.stream().map(ProblemText::of).toList()));
        };
    }

    static Desired desired(String yaml, String environment) {
        return valid(yaml, environment).desired(new ApplicationName("shop", environment));
    }

    /// The only group that a text declares for production.
    static DesiredGroup group(String yaml) {
        var groups = desired(yaml, "production").groups();
        if (groups.size() != 1) throw new AssertionError("not one group: " + groups);
        return groups.getFirst();
    }
}
