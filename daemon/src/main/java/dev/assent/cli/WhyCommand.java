package dev.assent.cli;

import dev.assent.model.ApplicationName;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "why", description = "Show why a group is not as it is declared, and what to do.")
final class WhyCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin ServerOptions server = new ServerOptions();
    @Mixin PrintOptions print = new PrintOptions();

    @Parameters(
            index = "0",
            paramLabel = "APP/ENV[/ENGINE/GROUP]",
            description = "The application, or one group of it.")
    String subject = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ENGINE/GROUP",
            description = "The group (default: all of the application).")
    Optional<String> group = Optional.empty();

    WhyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var address = GroupAddress.parse(subject);
        var name = group.map(WhyCommand::group).or(() -> address.map(GroupAddress::group));
        var application = address.map(GroupAddress::application).orElseGet(this::application);
        if (address.isPresent() && group.isPresent()) {
            throw Stop.couldNotRun("the group is named twice; write it once");
        }
        try (var client = server.connect(terminal)) {
            var why = client.why(application, name);
            terminal.out()
                    .print(
                            print.json()
                                    ? PrintOptions.json(why)
                                    : WhyText.of(why, print.look(terminal)));
        }
        return 0;
    }

    private ApplicationName application() {
        return EnvCommand.application(subject);
    }

    private static GroupName group(String text) {
        return GroupName.parse(text)
                .orElseThrow(() ->
                        Stop.couldNotRun(
                                "`%s` is not a group; write ENGINE/GROUP, for instance mysql/main"
                                        .formatted(text)));
    }
}
