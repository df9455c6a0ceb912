package dev.assent.cli;

import dev.assent.manifest.ManifestReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
public final class ValidateCommand implements Callable<Integer> {

    private final InputStream in;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description =
                    "Manifests, folders (every YAML file below with `manifest` in its name), or"
                            + " - for standard input.")
    private List<String> paths = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = ValidateFormat.Word.class,
            description = "text (default), json, sarif or github.")
    private ValidateFormat format = ValidateFormat.TEXT;

    @Option(names = "--strict", description = "Take warnings for errors.")
    private boolean strict;

    @Option(
            names = {"-e", "--environment"},
            paramLabel = "ENV",
            description =
                    "A configured environment: a top-level key of this name is one, whatever it"
                            + " holds. Can be given several times.")
    private List<String> environments = List.of();

    /// Checks what the command line names.
    ///
    /// @param in what `-` reads
    public ValidateCommand(InputStream in) {
        this.in = in;
    }

    @Override
    public Integer call() {
        var unreadable = new ConcurrentLinkedQueue<String>();
        var reader = new ManifestReader(System::nanoTime);
        var checked =
                inputs(unreadable).parallelStream()
                        .flatMap(it -> check(it, reader, unreadable))
                        .toList();
        format.print(checked, spec.commandLine().getOut());
        spec.commandLine().getOut().flush();
        unreadable.stream()
                .sorted()
                .map(Terminal::harmless)
                .forEach(spec.commandLine().getErr()::println);
        spec.commandLine().getErr().flush();
        if (!unreadable.isEmpty()) return 2;
        return checked.stream().allMatch(CheckedFile::valid) ? 0 : 1;
    }

    private List<ManifestInput> inputs(ConcurrentLinkedQueue<String> unreadable) {
        var inputs = new ArrayList<ManifestInput>();
        for (var path : paths) {
            try {
                inputs.addAll(ManifestInput.of(path, in));
            } catch (IOException | InvalidPathException e) {
                unreadable.add("cannot read %s: %s".formatted(path, e.getMessage()));
            }
        }
        return inputs;
    }

    private Stream<CheckedFile> check(
            ManifestInput input, ManifestReader reader, ConcurrentLinkedQueue<String> unreadable) {
        try {
            var reading = reader.read(input.name(), input.read(), environments);
            return Stream.of(CheckedFile.of(input.name(), reading, strict));
        } catch (IOException e) {
            unreadable.add("cannot read %s: %s".formatted(input.name(), e.getMessage()));
            return Stream.empty();
        }
    }
}
