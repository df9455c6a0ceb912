package dev.assent.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.approval.Policy;
import dev.assent.approval.PolicyReader;
import dev.assent.approval.PolicyReading;
import java.util.List;
import java.util.Set;

/// Who may say yes, in the words of a policy and in those of the model.
///
/// @param needed how many have to
record Rules(int needed, Set<String> voters, Policy policy) {

    static final List<Rules> ALL =
            List.of(of(1, "ada", "bo"), of(2, "ada", "bo", "cleo"), of(1, "cleo"));

    private static Rules of(int needed, String... voters) {
        var text =
                """
                people: {ada: {}, bo: {}, cleo: {}}
                rules: [{match: "*/*", approvals: %d, by: [%s], author: true}]
                """
                        .formatted(needed, String.join(", ", voters));
        return switch (new PolicyReader().read("policy.yml", text.getBytes(UTF_8))) {
            case PolicyReading.Valid(var policy, _) -> new Rules(needed, Set.of(voters), policy);
            case PolicyReading.Invalid(var problems) -> throw new AssertionError(problems);
        };
    }
}
