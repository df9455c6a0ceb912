package dev.assent.cli;

import dev.assent.http.api.AskRequest;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "replicate",
        description =
                "Ask that a group follows another one, which replaces its data; or no longer.")
final class ReplicateCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin GroupParameter group = new GroupParameter();
    @Mixin Asking asking = new Asking();

    @ArgGroup(multiplicity = "1")
    What what = new What();

    /// One of the two.
    static final class What {

        @Option(
                names = "--from",
                paramLabel = "APP/ENV/ENGINE/GROUP",
                description = "The group to follow, of this or another application.")
        Optional<String> source = Optional.empty();

        @Option(names = "--stop", description = "Follow nobody any more, and keep the data.")
        boolean stop;
    }

    ReplicateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var address = group.address();
        return asking.ask(terminal, address, request(address.group()));
    }

    private AskRequest request(GroupName name) {
        if (what.source.isEmpty()) return AskRequest.of("stop-replicating", name);
        var text = what.source.get();
        var source =
                GroupAddress.parse(text)
                        .orElseThrow(() ->
                                Stop.couldNotRun(
                                        "`%s` is not a group of an application; write APP/ENV/ENGINE/GROUP, for instance shop/production/mysql/main"
                                                .formatted(text)));
        return AskRequest.replication(name, source);
    }
}
