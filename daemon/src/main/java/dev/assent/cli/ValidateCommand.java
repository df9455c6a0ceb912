package dev.assent.cli;

import dev.assent.manifest.ManifestReader;
import dev.assent.manifest.Reading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Gatherers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Checks manifests and changes nothing.
@Command(
        name = "validate",
        description = "Check manifests.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:All manifests are valid.",
            "1:A manifest is not valid.",
            "2:A path could not be read, or the command line is wrong."
        })
final class ValidateCommand implements Callable<Integer> {

    /// How many files are checked at once, by all cores: enough that none of these waits for long,
    /// few enough to be forgotten soon.
    private static final int AT_ONCE = 128 * Runtime.getRuntime().availableProcessors();

    private final Terminal terminal;
    private final ManifestReader reader;
    private final Queue<String> unreadable = new ConcurrentLinkedQueue<>();

    @Mixin ColourOption colour = new ColourOption();
    @Mixin AppOption app = new AppOption();

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description =
                    "Manifests, folders (every YAML file below with `manifest` in its name), or"
                            + " - for standard input.")
    List<Path> paths = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "What to print: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    ValidateFormat format = ValidateFormat.TEXT;

    @Option(names = "--strict", description = "Take warnings for errors.")
    boolean strict;

    @Option(
            names = "--show",
            description =
                    "Show the groups that each valid manifest declares, as text or JSON: in every"
                            + " environment that it speaks for, or in those given with -e.")
    boolean show;

    @Option(
            names = {"-e", "--environment"},
            paramLabel = "ENV",
            description =
                    "A configured environment: a top-level key of this name is one, whatever it"
                            + " holds. Can be given several times.")
    List<String> environments = List.of();

    ValidateCommand(Terminal terminal, ManifestReader reader) {
        this.terminal = terminal;
        this.reader = reader;
    }

    @Override
    public Integer call() {
        refuseWhatDoesNotGoTogether();
        var files = files();
        if (show) app.isFor(files);
        var report = format.report(terminal.out(), colour.look(terminal));
        var allValid = true;
        for (var some : files.stream().gather(Gatherers.windowFixed(AT_ONCE)).toList()) {
            for (var it : some.parallelStream().map(this::check).toList()) {
                it.ifPresent(report::add);
                allValid &= it.map(CheckedFile::valid).orElse(false);
            }
        }
        report.end();
        terminal.out().flush();
        unreadable.stream().sorted().forEach(terminal::remark);
        if (!unreadable.isEmpty()) return Stop.COULD_NOT_RUN;
        return allValid ? 0 : Stop.NO;
    }

    private List<ManifestFile> files() {
        var files = new ArrayList<ManifestFile>();
        for (var path : paths) {
            attempt(() -> ManifestFiles.at(path, terminal.in()))
                    .ifPresent(it -> {
                        files.addAll(it.files());
                        unreadable.addAll(it.unreadable());
                    });
        }
        return files;
    }

    private void refuseWhatDoesNotGoTogether() {
        if (paths.stream().filter(ManifestFiles::isStandardInput).count() > 1) {
            throw Stop.couldNotRun("standard input can be read only once; name it once");
        }
        if (!show && app.isGiven()) {
            throw Stop.couldNotRun("--app goes with --show; nothing else shows a name");
        }
        if (show && format != ValidateFormat.TEXT && format != ValidateFormat.JSON) {
            throw Stop.couldNotRun(
                    "--show goes with --format text or json; "
                            + format
                            + " has no place for groups");
        }
    }

    private Optional<CheckedFile> check(ManifestFile file) {
        return attempt(file::bytes)
                .map(bytes -> checked(file, reader.read(file.name(), bytes, environments)));
    }

    /// Of a manifest only what is printed is kept.
    private CheckedFile checked(ManifestFile file, Reading reading) {
        return switch (reading) {
            case Reading.Valid(var manifest, var warnings) -> {
                var valid = new CheckedFile(file.name(), warnings, strict, Optional.empty());
                yield show && valid.valid()
                        ? valid.showing(Declaration.of(manifest, app.of(file), environments))
                        : valid;
            }
            case Reading.Invalid(var problems) ->
                    new CheckedFile(file.name(), problems, strict, Optional.empty());
        };
    }

    /// What can't be read keeps nothing else from being checked.
    private <T> Optional<T> attempt(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (Stop e) {
            unreadable.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
