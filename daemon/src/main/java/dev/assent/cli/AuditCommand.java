package dev.assent.cli;

import dev.assent.http.api.AuditVerification;
import dev.assent.manifest.Colour;
import dev.assent.manifest.Look;
import dev.assent.manifest.Visible;
import dev.assent.source.PublishedHead;
import dev.assent.state.AuditFile;
import dev.assent.state.HeadNote;
import dev.assent.state.SecretKeyFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "audit",
        description =
                "Check that nobody has written in the audit trail, or take it away: --verify|--export.",
        footer = {
            "",
            "Each entry is chained to the one before by SHA-256, and sealed with the record's key, as",
            "every plan and every yes is. What is read is what `assent history` shows.",
            "Exit code 1: something was edited, removed, put in or moved."
        })
final class AuditCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin ServerOptions server = new ServerOptions();
    @Mixin PrintOptions print = new PrintOptions();

    @Option(
            names = "--verify",
            description = "Check the daemon's trail and its seals, or those of a FILE.")
    boolean verify;

    @Option(
            names = "--export",
            paramLabel = "FILE",
            description = "Write the trail into a file that can be checked elsewhere.")
    Optional<Path> export = Optional.empty();

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "With --verify FILE: the secret key, so that seals are checked too.")
    Optional<Path> key = Optional.empty();

    @Option(
            names = "--published",
            description =
                    "With --verify: compare it with what was published of it (`audit: publish` in"
                            + " the configuration); with a FILE, as --clone has it.")
    boolean published;

    @Option(
            names = "--clone",
            paramLabel = "DIR",
            description = "A clone of the repository where the trail's head is published.")
    Optional<Path> clone = Optional.empty();

    @Option(
            names = "--ref",
            paramLabel = "REF",
            description = "The ref where it is published (default: ${DEFAULT-VALUE}).")
    String ref = "refs/assent/audit";

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "An exported trail to check.")
    Optional<Path> file = Optional.empty();

    AuditCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (verify == export.isPresent() || (file.isPresent() && !verify)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "say which: audit --verify, audit --verify FILE or audit --export FILE");
        }
        if (export.isPresent()) {
            FetchedFile.into(
                    export.get(),
                    it -> {
                        try (var client = server.connect(terminal)) {
                            client.exportAudit(it);
                        }
                        AuditFile.verify(it, Optional.empty(), List.of());
                    });
            terminal.remark("the audit trail is in " + export.get());
            return 0;
        }
        var found = file.map(this::offline).orElseGet(this::online);
        terminal.out().print(print.json() ? PrintOptions.json(found) : text(found));
        return found.whole() ? 0 : Stop.NO;
    }

    private AuditVerification offline(Path exported) {
        var notes =
                clone.stream()
                        .flatMap(it -> PublishedHead.inClone(it, ref).stream())
                        .map(HeadNote::parse)
                        .toList();
        return AuditVerification.of(
                AuditFile.verify(exported, key.map(SecretKeyFile::read), notes));
    }

    private AuditVerification online() {
        try (var client = server.connect(terminal)) {
            return client.verifyAudit(published);
        }
    }

    private String text(AuditVerification it) {
        var look = print.look(terminal);
        return it.whole() ? whole(it, look) : broken(it, look);
    }

    private String whole(AuditVerification it, Look look) {
        var seals =
                it.sealedFrom()
                        .map(from ->
                                from > it.entries()
                                        ? ", none of them sealed yet"
                                        : " and their seals from entry %d on".formatted(from))
                        .orElse("; seals were not looked at");
        var also =
                file.isPresent()
                        ? ""
                        : "%s %d plans and %d assents are as they were written.%n"
                                .formatted(look.paint(Colour.GREEN, "✓"), it.plans(), it.assents());
        return "%s %d entries fit%s; the last has the hash %s.%n%s"
                .formatted(look.paint(Colour.GREEN, "✓"), it.entries(), seals, it.head(), also);
    }

    private static String broken(AuditVerification it, Look look) {
        var text = new StringBuilder();
        for (var found : it.found()) {
            text.append(look.paint(Colour.RED, "✗"))
                    .append(' ')
                    .append(Visible.of(found.said()))
                    .append(".\n");
        }
        text.append(
                it.lastWhole()
                        .map(last ->
                                "The trail is whole up to entry %d, of %s; whatever was changed was changed later than that entry was written."
                                        .formatted(last, it.lastWholeAt().orElseThrow()))
                        .orElse("No entry can be trusted."));
        return text.append("\nCompare it with a backup: assent state verify FILE\n").toString();
    }
}
