package dev.assent.cli;

import dev.assent.approval.Policy;
import dev.assent.approval.PolicyReader;
import dev.assent.approval.PolicyReading;
import dev.assent.manifest.Look;
import dev.assent.manifest.ProblemText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A policy in a file.
final class PolicyFile {

    private PolicyFile() {}

    static PolicyReading reading(Path file) {
        try {
            return new PolicyReader().read(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw Stop.couldNotRun("could not read the policy " + ManifestFile.why(file, e));
        }
    }

    /// The policy; where it is none, what is wrong with it is said on the side.
    static Policy read(Path file, Terminal terminal, Look look) {
        return switch (reading(file)) {
            case PolicyReading.Valid(var policy, _) -> policy;
            case PolicyReading.Invalid(var problems) -> {
                for (var it : problems) {
                    terminal.err().println(ProblemText.of(it, it.severity(), look));
                }
                throw Stop.couldNotRun(file + " is no policy that could be tried");
            }
        };
    }
}
