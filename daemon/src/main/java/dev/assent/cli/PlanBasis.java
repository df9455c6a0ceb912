package dev.assent.cli;

import dev.assent.http.Client;
import dev.assent.model.ApplicationName;
import dev.assent.model.Catalogue;
import dev.assent.model.Desired;
import dev.assent.model.Recorded;
import dev.assent.plan.Plan;
import dev.assent.plan.Planner;
import java.nio.file.Path;
import java.util.Optional;

/// What a local manifest is planned against. Can be used by several threads.
@FunctionalInterface
interface PlanBasis {

    /// Plans a manifest that was found to be valid.
    ///
    /// @param file what messages call it
    /// @param bytes what it says, as it was read
    /// @param desired what that declares
    Plan plan(String file, byte[] bytes, Desired desired);

    /// As if nothing existed.
    static PlanBasis nothing(Catalogue catalogue) {
        return (_, _, desired) ->
                Planner.plan(
                        desired,
                        Recorded.nothing(desired.application()),
                        catalogue,
                        Optional.empty());
    }

    /// What a file says that exists.
    static PlanBasis record(Path file, Catalogue catalogue) {
        return (_, _, desired) -> {
            var record = RecordFile.read(file, desired.application());
            return Planner.plan(
                    desired, record.recorded(), record.neighbours(), catalogue, Optional.empty());
        };
    }

    /// What the daemon has recorded. It plans itself, so that the plan is the very one that it
    /// would propose: with what its provider can build, and with the groups of other applications.
    static PlanBasis daemon(Client client, Terminal terminal) {
        return (file, bytes, desired) -> {
            var plan = client.plan(desired.application(), file, bytes);
            if (plan.baseSerial() == 0) nothingBuilt(desired.application(), terminal);
            return plan;
        };
    }

    private static void nothingBuilt(ApplicationName application, Terminal terminal) {
        terminal.remark("the daemon has not built anything of %s yet".formatted(application));
    }
}
