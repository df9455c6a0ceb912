package dev.assent.doctor;

import dev.assent.state.RecordInspection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How many files the daemon may have open; where none runs, how many this process may.
record DescriptorsCheck(Premises premises) implements Check {

    private static final Pattern LIMIT = Pattern.compile("Max open files +([0-9]+|unlimited) .*");
    private static final long FEW = 4_096;

    @Override
    public String subject() {
        return "open files";
    }

    @Override
    public Finding look() throws IOException {
        var daemon = RecordInspection.holder(premises.database());
        var whose = daemon.isPresent() ? "the daemon" : "a process that is started here";
        var process = daemon.isPresent() ? Long.toString(daemon.getAsLong()) : "self";
        try (var lines = Files.lines(Path.of("/proc", process, "limits"))) {
            var limit =
                    lines.map(LIMIT::matcher)
                            .filter(Matcher::matches)
                            .map(it -> it.group(1))
                            .findFirst()
                            .orElse("unlimited");
            var words = "%s may have %s".formatted(whose, limit);
            return !limit.equals("unlimited") && Long.parseLong(limit) < FEW
                    ? Finding.warning(
                            words,
                            "raise it: LimitNOFILE=%d in the unit, or `ulimit -n %d`"
                                    .formatted(2 * FEW, 2 * FEW))
                    : Finding.fine(words);
        }
    }
}
