package dev.assent.cli;

import dev.assent.http.UnreachableException;
import dev.assent.manifest.Look;
import dev.assent.manifest.Manifest;
import dev.assent.manifest.ManifestReader;
import dev.assent.manifest.Problem;
import dev.assent.manifest.ProblemText;
import dev.assent.manifest.Reading;
import dev.assent.model.Catalogue;
import dev.assent.plan.Plan;
import dev.assent.plan.render.PlanJson;
import dev.assent.plan.render.PlanText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(
        name = "plan",
        description = "Plan a manifest, or all below a folder, before it is pushed.")
final class PlanCommand implements Callable<Integer> {

    /// As Terraform's users expect of `-detailed-exitcode`.
    private static final int CHANGES = 2;

    private final Terminal terminal;
    private final Supplier<ManifestReader> readers;
    private final Supplier<Catalogue> catalogue;

    @Mixin PrintOptions print = new PrintOptions();
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

    PlanCommand(
            Terminal terminal, Supplier<ManifestReader> readers, Supplier<Catalogue> catalogue) {
        this.terminal = terminal;
        this.readers = readers;
        this.catalogue = catalogue;
    }

    @Override
    public Integer call() {
        try (var basis = basis()) {
            var plans = plans(basis.basis());
            print(plans);
            if (unreadable && !detailed) return Stop.COULD_NOT_RUN;
            if (invalid || unreadable) return Stop.NO;
            return detailed && !plans.stream().allMatch(Plan::isEmpty) ? CHANGES : 0;
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

    private List<Plan> plans(PlanBasis basis) {
        var found = ManifestFiles.at(path, terminal.in());
        found.unreadable().forEach(this::unreadable);
        var files = found.files();
        app.isFor(files);
        if (files.size() > 1 && record.isPresent()) {
            throw Stop.couldNotRun(
                    "--record is for one manifest, and there are %d below %s"
                            .formatted(files.size(), path));
        }
        var look = print.look(terminal.besides());
        var reader = readers.get();
        var plans = new ArrayList<Plan>();
        for (var file : files) {
            var application = app.of(file, environment);
            var bytes = bytes(file);
            if (bytes.isEmpty()) continue;
            switch (reader.read(file.name(), bytes.get(), List.of(environment))) {
                case Reading.Valid(var manifest, var warnings) -> {
                    complain(warnings, look);
                    remark(file, manifest);
                    var desired = manifest.desired(application);
                    plans.add(basis.plan(file.name(), bytes.get(), desired));
                }
                case Reading.Invalid(var problems) -> {
                    complain(problems, look);
                    invalid = true;
                }
            }
        }
        return plans;
    }

    /// What can't be read keeps nothing else from being planned.
    private Optional<byte[]> bytes(ManifestFile file) {
        try {
            return Optional.of(file.bytes());
        } catch (Stop e) {
            unreadable(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void unreadable(String sentence) {
        terminal.remark(sentence);
        unreadable = true;
    }

    private void complain(List<Problem> problems, Look look) {
        problems.forEach(it -> terminal.err().println(ProblemText.of(it, it.severity(), look)));
    }

    private void remark(ManifestFile file, Manifest manifest) {
        Declaration.silence(manifest, environment)
                .ifPresent(it -> terminal.remark(file.name() + " " + it));
    }

    private void print(List<Plan> plans) {
        if (!print.json()) {
            terminal.out()
                    .print(
                            plans.stream()
                                    .map(it -> PlanText.of(it, print.colour(terminal)))
                                    .collect(Collectors.joining("\n")));
        } else if (Files.isDirectory(path)) {
            var json = JsonNodeFactory.instance.objectNode().put("version", 1);
            var all = json.putArray("plans");
            plans.forEach(it -> all.add(PlanJson.write(it)));
            terminal.out().print(PrintOptions.json(json));
        } else {
            plans.forEach(it -> terminal.out().print(PrintOptions.json(PlanJson.write(it))));
        }
    }
}
