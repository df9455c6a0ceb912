package dev.assent.cli;

import dev.assent.model.GroupAddress;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/// The group that a command is about, in one word or in two.
final class GroupParameter {

    @Parameters(
            arity = "1..2",
            paramLabel = "APP/ENV/ENGINE/GROUP",
            description = "The group, for instance shop/production/mysql/main.")
    List<String> words = new ArrayList<>();

    GroupAddress address() {
        var text = String.join("/", words);
        return GroupAddress.parse(text)
                .orElseThrow(() ->
                        Stop.couldNotRun(
                                "`%s` is not a group of an application; write APP/ENV/ENGINE/GROUP, for instance shop/production/mysql/main"
                                        .formatted(text)));
    }
}
