package dev.assent.cli;

import dev.assent.doctor.Checks;
import dev.assent.doctor.Diagnosis;
import dev.assent.doctor.Doctor;
import dev.assent.doctor.Finding.Verdict;
import dev.assent.doctor.Premises;
import dev.assent.manifest.Colour;
import dev.assent.manifest.Look;
import dev.assent.manifest.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "doctor",
        description = "Check this installation, and say what to do about what is wrong.")
final class DoctorCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin PrintOptions print = new PrintOptions();

    @Mixin InstallationOptions installation = new InstallationOptions();

    DoctorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /// All that is found, as JSON.
    record Report(int version, boolean healthy, List<Found> checks) {}

    /// One check's finding, as JSON.
    record Found(String subject, String verdict, String found, Optional<String> wayOut) {

        private static Found of(Diagnosis it) {
            return new Found(
                    it.subject(),
                    it.finding().verdict().name().toLowerCase(Locale.ROOT),
                    it.finding().found(),
                    it.finding().wayOut());
        }
    }

    @Override
    public Integer call() {
        var file = installation.configuration(terminal);
        var premises =
                new Premises(
                        file,
                        ConfigurationFile.read(file, terminal),
                        installation.state,
                        installation.runFolder(terminal),
                        terminal.environment());
        var all = new ArrayList<Diagnosis>();
        new Doctor(Doctor.PATIENCE)
                .examine(
                        Checks.of(premises),
                        it -> {
                            all.add(it);
                            if (!print.json()) show(it);
                        });
        var troubles = count(all, Verdict.TROUBLE);
        if (print.json()) {
            var found = all.stream().map(Found::of).toList();
            terminal.out().print(PrintOptions.json(new Report(1, troubles == 0, found)));
        } else {
            terminal.out()
                    .printf(
                            "%n%s, %s, %s.%n",
                            counted(troubles, "trouble"),
                            counted(count(all, Verdict.WARNING), "warning"),
                            counted(all.size(), "check"));
        }
        return troubles == 0 ? 0 : Stop.NO;
    }

    private void show(Diagnosis it) {
        var look = print.look(terminal);
        var finding = it.finding();
        var subject = "%-22s".formatted(it.subject());
        terminal.out()
                .println(
                        "%s %s %s"
                                .formatted(
                                        sign(finding.verdict(), look),
                                        Visible.of(subject),
                                        look.wrapped(Visible.of(finding.found()), 25, 25)));
        finding.wayOut()
                .ifPresent(way ->
                        terminal.out()
                                .println(
                                        " ".repeat(25)
                                                + look.paint(Colour.CYAN, "→ ")
                                                + look.wrapped(Visible.of(way), 27, 27)));
        terminal.out().flush();
    }

    private static String sign(Verdict verdict, Look look) {
        return switch (verdict) {
            case FINE -> look.paint(Colour.GREEN, "✓");
            case WARNING -> look.paint(Colour.YELLOW, "!");
            case TROUBLE -> look.paint(Colour.RED, "✗");
        };
    }

    private static long count(List<Diagnosis> all, Verdict verdict) {
        return all.stream().filter(it -> it.finding().verdict() == verdict).count();
    }

    private static String counted(long count, String word) {
        return count + " " + word + (count == 1 ? "" : "s");
    }
}
