package dev.assent.plan;

import dev.assent.plan.Finding.Kind;
import dev.assent.plan.Finding.Subject;
import java.util.List;
import java.util.Map;

/// What to do about servers that Assent did not build, and that it never touches.
record AdoptedAdvice(List<Finding> found, Map<Subject, String> advice) {

    void give() {
        found.stream()
                .filter(it -> it.kind() != Kind.WRONG_VERSION)
                .forEach(it ->
                        advice.put(
                                it.subject(),
                                "the server was adopted, and whoever runs it has to mend it"));
    }
}
