package dev.assent.doctor;

import dev.assent.manifest.Problem;
import dev.assent.manifest.Problem.Severity;
import java.util.List;

/// Whether the configuration is valid.
record ConfigurationCheck(Premises premises) implements Check {

    @Override
    public String subject() {
        return "configuration";
    }

    @Override
    public Finding look() {
        var problems = premises.checked().problems();
        var errors = problems.stream().filter(it -> it.severity() == Severity.ERROR).count();
        var more = "assent config check " + premises.file();
        if (errors > 0) {
            return Finding.trouble(
                    "%s has %s; the first is %s"
                            .formatted(premises.file(), counted(errors), first(problems)),
                    more + " shows all of them; what depends on it was not looked at");
        }
        if (!problems.isEmpty()) {
            return Finding.warning(
                    "%s is valid, but %s".formatted(premises.file(), first(problems)), more);
        }
        return Finding.fine(premises.file() + " is valid");
    }

    private static String first(List<Problem> problems) {
        var first = problems.getFirst();
        return "%s: %s".formatted(first.where(), first.message());
    }

    private static String counted(long errors) {
        return errors == 1 ? "1 error" : errors + " errors";
    }
}
