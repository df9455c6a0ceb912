package dev.assent.cli;

import dev.assent.approval.PolicyReader;
import dev.assent.approval.PolicyReading;
import dev.assent.configuration.CheckedConfiguration;
import dev.assent.manifest.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        description =
                "Check the configuration, the policy and the files that it names, with the"
                        + " ASSENT_CONFIG_ variables of this process.")
final class ConfigCheckCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin ColourOption colour = new ColourOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "The file (default: ASSENT_CONFIG, or /etc/assent/assent.yml).")
    Optional<Path> file = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "What to print: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    ValidateFormat format = ValidateFormat.TEXT;

    @Option(names = "--strict", description = "Take warnings for errors.")
    boolean strict;

    ConfigCheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var path = ConfigurationFile.path(file, terminal);
        var checked = ConfigurationFile.read(path, terminal);
        var policy = policy(path, checked);
        var configuration =
                new CheckedFile(
                        path.toString(), checked.tree().problems(), strict, Optional.empty());
        var report = format.report(terminal.out(), colour.look(terminal), "file");
        report.add(configuration);
        policy.ifPresent(report::add);
        report.end();
        var valid = configuration.valid() && policy.map(CheckedFile::valid).orElse(true);
        return valid ? 0 : Stop.NO;
    }

    /// The policy that it names; one that can't be read is wrong in the configuration.
    private Optional<CheckedFile> policy(Path path, CheckedConfiguration checked) {
        var named = checked.tree().root().value("policy");
        var text = named.flatMap(it -> it.text());
        if (text.isEmpty()) return Optional.empty();
        try {
            var file = path.resolveSibling(text.get());
            var reading = new PolicyReader().read(file.toString(), Files.readAllBytes(file));
            var problems =
                    switch (reading) {
                        case PolicyReading.Valid(_, var warnings) -> warnings;
                        case PolicyReading.Invalid(var wrong) -> wrong;
                    };
            return Optional.of(
                    new CheckedFile(file.toString(), problems, strict, Optional.empty()));
        } catch (IOException | IllegalArgumentException _) {
            checked.tree()
                    .report(
                            Code.NOT_ALLOWED,
                            named.get().spot(),
                            "the policy can't be read, and without it the daemon does not start",
                            Optional.of("put it there, readable for the service's user"));
            return Optional.empty();
        }
    }
}
