package dev.assent.cli;

import dev.assent.model.ApplicationName;
import dev.assent.model.GroupName;
import picocli.CommandLine.Parameters;

/// Which group of which application is meant.
final class ExternalParameters {

    @Parameters(index = "0", paramLabel = "APP/ENV", description = "The application.")
    String application = "";

    @Parameters(
            index = "1",
            paramLabel = "ENGINE/GROUP",
            description = "The group, which its manifest declares external.")
    String group = "";

    ApplicationName application() {
        return EnvCommand.application(application);
    }

    GroupName group() {
        return GroupName.parse(group)
                .orElseThrow(() ->
                        Stop.couldNotRun(
                                "`%s` is not a group; write ENGINE/GROUP, for instance mysql/legacy"
                                        .formatted(group)));
    }
}
