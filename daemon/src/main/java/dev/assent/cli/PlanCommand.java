package dev.assent.cli;

import dev.assent.cli.ManifestPlanning.Outcome;
import dev.assent.http.UnreachableException;
import dev.assent.manifest.Look;
import dev.assent.manifest.ManifestReader;
import dev.assent.manifest.Problem;
import dev.assent.manifest.ProblemText;
import dev.assent.model.ApplicationName;
import dev.assent.model.Catalogue;
import dev.assent.model.Recorded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Gatherers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "plan",
        description = "Plan a manifest, or all below a folder, before it is pushed.")
final class PlanCommand implements Callable<Integer> {

    /// As Terraform's users expect of `-detailed-exitcode`.
    private static final int CHANGES = 2;

    /// How many manifests are planned at once, by all cores; their plans are kept until printed.
    private static final int AT_ONCE = 128 * Runtime.getRuntime().availableProcessors();

    private final Terminal terminal;
    private final Supplier<ManifestReader> readers;
    private final Supplier<Catalogue> catalogue;

    @Mixin PlanPrintOptions print = new PlanPrintOptions();
    @Mixin AppOption app = new AppOption();

    @Parameters(paramLabel = "PATH", description = "A manifest, a folder, or - for standard input.")
    Path path = Path.of(".");

    @Option(
            names = {"-e", "--environment"},
            paramLabel = "ENV",
            description = "The environment (default: ${DEFAULT-VALUE}).")
    String environment = "production";

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description =
                    "Plan against what exists as FILE says, which `assent record` printed (default:"
                            + " nothing exists).")
    Optional<Path> record = Optional.empty();

    @Option(
            names = "--against-daemon",
            description =
                    "Plan against what the daemon has recorded of each application. It answers with"
                            + " the plan that it would propose, and stores nothing.")
    boolean againstDaemon;

    @Mixin ServerOptions server = new ServerOptions();

    @Option(
            names = "--detailed-exitcode",
            description = "End with 0 for no changes, 2 for changes, 1 for an error.")
    boolean detailed;

    private boolean invalid;
    private boolean unreadable;
    private boolean changes;

    PlanCommand(
            Terminal terminal, Supplier<ManifestReader> readers, Supplier<Catalogue> catalogue) {
        this.terminal = terminal;
        this.readers = readers;
        this.catalogue = catalogue;
    }

    @Override
    public Integer call() {
        try (var basis = basis()) {
            plan(basis.basis());
            if (unreadable && !detailed) return Stop.COULD_NOT_RUN;
            if (invalid || unreadable) return Stop.NO;
            return detailed && changes ? CHANGES : 0;
        } catch (Stop | UnreachableException e) {
            if (detailed) throw Stop.no(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private OpenBasis basis() {
        if (againstDaemon && record.isPresent()) {
            throw Stop.couldNotRun("--record and --against-daemon exclude each other; choose one");
        }
        if (!againstDaemon && server.isGiven()) {
            throw Stop.couldNotRun(
                    "--server and --run say where the daemon is; to plan against what it has"
                            + " recorded, add --against-daemon");
        }
        if (!againstDaemon) {
            var available = catalogue.get();
            return new OpenBasis(
                    record.map(it -> PlanBasis.record(it, available))
                            .orElseGet(() -> PlanBasis.nothing(available)),
                    () -> {});
        }
        var client = server.connect(terminal);
        return new OpenBasis(PlanBasis.daemon(client, terminal), client::close);
    }

    /// What is planned against, as long as it is needed.
    private record OpenBasis(PlanBasis basis, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }

    private void plan(PlanBasis basis) {
        var found = ManifestFiles.at(path, terminal.in());
        found.unreadable().forEach(this::unreadable);
        var files = found.files();
        app.isFor(files);
        if (files.size() > 1 && record.isPresent()) {
            throw Stop.couldNotRun(
                    "--record is for one manifest, and there are %d below %s"
                            .formatted(files.size(), path));
        }
        // What has no name is found before anything is printed.
        files.forEach(it -> app.of(it, environment));
        var look = print.look(terminal.besides());
        var planning = new ManifestPlanning(readers.get(), basis, environment);
        var report = report();
        for (var some : files.stream().gather(Gatherers.windowFixed(AT_ONCE)).toList()) {
            var plans =
                    some.parallelStream()
                            .map(it -> planning.plan(it, app.of(it, environment), report))
                            .toList();
            plans.forEach(it -> say(it, look));
            plans.forEach(it -> it.print().run());
        }
        report.end();
        terminal.out().flush();
    }

    private PlanReport report() {
        return switch (print.format) {
            case TEXT -> PlanReports.text(terminal.out(), print.look(terminal));
            case JSON ->
                    Files.isDirectory(path)
                            ? PlanReports.jsonList(terminal.out())
                            : PlanReports.json(terminal.out());
            case MARKDOWN -> PlanReports.markdown(terminal.out(), this::recorded);
        };
    }

    /// What a plan was made against, where it is at hand.
    private Optional<Recorded> recorded(ApplicationName application) {
        if (againstDaemon) return Optional.empty();
        return record.map(it -> RecordFile.read(it, application).recorded())
                .or(() -> Optional.of(Recorded.nothing(application)));
    }

    /// What can't be read or planned keeps nothing else from being planned.
    private void say(Outcome outcome, Look look) {
        switch (outcome) {
            case Outcome.Planned(var problems, var silence, var changing, _) -> {
                complain(problems, look);
                silence.ifPresent(terminal::remark);
                changes |= changing;
            }
            case Outcome.Invalid(var problems) -> {
                complain(problems, look);
                invalid = true;
            }
            case Outcome.Unreadable(var sentence) -> unreadable(sentence);
        }
    }

    private void unreadable(String sentence) {
        terminal.remark(sentence);
        unreadable = true;
    }

    private void complain(List<Problem> problems, Look look) {
        problems.forEach(it -> terminal.err().println(ProblemText.of(it, it.severity(), look)));
    }
}
