package dev.assent.doctor;

import dev.assent.approval.Policy;
import dev.assent.approval.PolicyReader;
import dev.assent.approval.PolicyReading;
import dev.assent.configuration.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether the policy can be read and is valid.
record PolicyCheck(Premises premises, Configuration configuration) implements Check {

    @Override
    public String subject() {
        return "policy";
    }

    @Override
    public Finding look() {
        if (configuration.policy().isEmpty()) {
            return Finding.fine("none: whoever holds a token with the scope `approve` may say yes");
        }
        var file = premises.file().resolveSibling(configuration.policy().get());
        try {
            return switch (new PolicyReader().read(file.toString(), Files.readAllBytes(file))) {
                case PolicyReading.Valid(var policy, _) -> Finding.fine(words(policy, file));
                case PolicyReading.Invalid(var problems) ->
                        Finding.trouble(
                                "%s is not valid: %s"
                                        .formatted(file, problems.getFirst().message()),
                                "assent policy check " + file);
            };
        } catch (IOException _) {
            return Finding.trouble(
                    file + " can't be read, and without it the daemon does not start",
                    "put it there, readable for the service's user");
        }
    }

    private static String words(Policy policy, Path file) {
        return "%s is valid: people: %d, rules: %d"
                .formatted(file, policy.people().all().size(), policy.rules().size());
    }
}
