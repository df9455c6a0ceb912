package dev.assent.cli;

import dev.assent.http.api.BlameAnswer;
import dev.assent.http.api.BlameAnswer.Cause;
import dev.assent.http.api.BlameAnswer.Yes;
import dev.assent.model.GroupAddress;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "blame",
        description = "Show which commit, plan and assent made a group what it is.")
final class BlameCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin ServerOptions server = new ServerOptions();
    @Mixin PrintOptions print = new PrintOptions();

    @Parameters(
            paramLabel = "APP/ENV/ENGINE/GROUP[.SETTING]",
            description = "The group, or one thing that is recorded of it.")
    String subject = "";

    BlameCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        // Neither an engine nor a group has a dot in its name; apps, settings and servers may.
        var dot = subject.indexOf('.', subject.lastIndexOf('/') + 1);
        var setting = dot < 0 ? Optional.<String>empty() : Optional.of(subject.substring(dot + 1));
        var group =
                GroupAddress.parse(dot < 0 ? subject : subject.substring(0, dot))
                        .orElseThrow(() ->
                                Stop.couldNotRun(
                                        "`%s` is not a group; write APP/ENV/ENGINE/GROUP, for instance shop/production/mysql/main"
                                                .formatted(subject)));
        try (var client = server.connect(terminal)) {
            var blame = client.blame(group, setting.filter(it -> !it.isEmpty()));
            terminal.out().print(print.json() ? PrintOptions.json(blame) : text(blame));
        }
        return 0;
    }

    private String text(BlameAnswer blame) {
        var table = new Table(0);
        for (var line : blame.facts()) {
            var cause = line.cause();
            table.row(
                    cause.map(Cause::plan).orElse("-"),
                    cause.map(BlameCommand::who).orElse("-"),
                    cause.map(it -> Ago.of(it.at(), terminal.clock().instant())).orElse("-"),
                    cause.map(BlameCommand::origin).orElse("before what is recorded"),
                    line.name(),
                    line.value());
        }
        return table.toString();
    }

    private static String who(Cause cause) {
        return cause.assents().stream().map(Yes::who).distinct().collect(Collectors.joining(", "));
    }

    private static String origin(Cause cause) {
        return cause.path()
                .map(it ->
                        "%s:%d at %s"
                                .formatted(
                                        it,
                                        cause.line().orElse(1),
                                        cause.commit().map(StatusText::commit).orElse("-")))
                .or(() -> cause.found().map(it -> "found: " + it))
                .orElseGet(
                        () -> cause.who().orElse("-") + ": assent " + cause.request().orElse("-"));
    }
}
