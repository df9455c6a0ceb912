package dev.assent.cli;

import dev.assent.state.StepStanding;
import java.util.List;

/// Where the steps of a plan stand, a line each.
final class StepLines {

    private StepLines() {}

    static String of(List<StepStanding> steps) {
        if (steps.isEmpty()) return "";
        var table = new Table(2);
        steps.forEach(it -> table.row(it.step(), words(it), Terminal.harmless(it.what())));
        return "\nSteps\n" + table;
    }

    private static String words(StepStanding step) {
        return step.state().word().replace('-', ' ');
    }
}
