package dev.assent.cli;

import dev.assent.model.GroupAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/// A group, in one word or in two, and perhaps one of its servers behind it.
final class GroupAndServer {

    private static final String GROUP = "APP/ENV/ENGINE/GROUP";

    @Parameters(
            arity = "1..3",
            paramLabel = GROUP + " SERVER",
            description = "The group, and the server of it: shop/production/mysql/main mysql-2.")
    List<String> words = new ArrayList<>();

    GroupAddress address() {
        return GroupAddress.parse(group())
                .orElseThrow(() ->
                        Stop.couldNotRun(
                                "`%s` is not a group of an application; write %s, for instance shop/production/mysql/main"
                                        .formatted(group(), GROUP)));
    }

    Optional<String> server() {
        var rest = words.subList(inOneWord() ? 1 : Math.min(2, words.size()), words.size());
        if (rest.size() > 1) {
            throw Stop.couldNotRun(
                    "`%s` is one word too many; write %s SERVER".formatted(rest.getLast(), GROUP));
        }
        return rest.stream().findFirst();
    }

    private String group() {
        return inOneWord()
                ? words.getFirst()
                : String.join("/", words.subList(0, Math.min(2, words.size())));
    }

    private boolean inOneWord() {
        return GroupAddress.parse(words.getFirst()).isPresent();
    }
}
