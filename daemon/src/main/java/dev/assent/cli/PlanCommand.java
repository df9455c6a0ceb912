package dev.assent.cli;

import dev.assent.manifest.Look;
import dev.assent.manifest.Manifest;
import dev.assent.manifest.ManifestReader;
import dev.assent.manifest.Problem;
import dev.assent.manifest.ProblemText;
import dev.assent.manifest.Reading;
import dev.assent.model.ApplicationName;
import dev.assent.model.Catalogue;
import dev.assent.model.Recorded;
import dev.assent.plan.Plan;
import dev.assent.plan.Planner;
import dev.assent.plan.render.Estimates;
import dev.assent.plan.render.PlanJson;
import dev.assent.plan.render.PlanMarkdown;
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

@Command(name = "plan", description = "Plan a manifest, or all below a folder, without a daemon.")
final class PlanCommand implements Callable<Integer> {

    /// As Terraform's users expect of `-detailed-exitcode`.
    private static final int CHANGES = 2;

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
            description = "What exists, as JSON (default: nothing exists).")
    Optional<Path> record = Optional.empty();

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
        try {
            var plans = plans();
            print(plans);
            if (unreadable && !detailed) return Stop.COULD_NOT_RUN;
            if (invalid || unreadable) return Stop.NO;
            return detailed && !plans.stream().allMatch(Plan::isEmpty) ? CHANGES : 0;
        } catch (Stop stop) {
            throw detailed ? Stop.no(String.valueOf(stop.getMessage())) : stop;
        }
    }

    private List<Plan> plans() {
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
        var available = catalogue.get();
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
                    plans.add(
                            Planner.plan(
                                    desired, recorded(application), available, Optional.empty()));
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

    private Recorded recorded(ApplicationName application) {
        return record.map(it -> RecordFile.read(it, application))
                .orElseGet(() -> Recorded.nothing(application));
    }

    private void complain(List<Problem> problems, Look look) {
        problems.forEach(it -> terminal.err().println(ProblemText.of(it, it.severity(), look)));
    }

    private void remark(ManifestFile file, Manifest manifest) {
        Declaration.silence(manifest, environment)
                .ifPresent(it -> terminal.remark(file.name() + " " + it));
    }

    private void print(List<Plan> plans) {
        terminal.out()
                .print(
                        switch (print.format) {
                            case TEXT ->
                                    plans.stream()
                                            .map(it ->
                                                    PlanText.of(
                                                            it,
                                                            print.look(terminal),
                                                            Estimates.NONE))
                                            .collect(Collectors.joining("\n"));
                            case JSON -> json(plans);
                            case MARKDOWN -> markdown(plans);
                        });
    }

    private String json(List<Plan> plans) {
        if (!Files.isDirectory(path)) {
            return plans.stream()
                    .map(it -> PrintOptions.json(PlanJson.write(it)))
                    .collect(Collectors.joining());
        }
        var json = JsonNodeFactory.instance.objectNode().put("version", 1);
        var all = json.putArray("plans");
        plans.forEach(it -> all.add(PlanJson.write(it)));
        return PrintOptions.json(json);
    }

    private String markdown(List<Plan> plans) {
        if (plans.size() != 1) {
            return PlanMarkdown.of(plans, it -> Optional.of(recorded(it.application())));
        }
        var plan = plans.getFirst();
        return PlanMarkdown.of(plan, Optional.of(recorded(plan.application())), Estimates.NONE);
    }
}
