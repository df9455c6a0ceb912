package dev.assent.crash;

import dev.assent.http.RefusedException;
import dev.assent.http.UnreachableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// One workload on one lane, disturbed once: what came of it.
///
/// @param reached the points that were reached from the push to the redeploy
/// @param ended whether the daemon ended meanwhile
/// @param violations what did not hold afterwards
record Round(List<String> reached, boolean ended, List<String> violations) {

    private static final int HALTED = 86;
    private static final int KILLED = 137;

    /// @param applied how many plans the lane has carried out, this one among them
    static Round of(Lane lane, Workload workload, Disturbance disturbance, int applied)
            throws IOException {
        try {
            disturbance.prepare(lane);
            lane.push("shop", workload.manifest(lane.stack()));
            if (drive(lane, workload)) redeploy(lane);
            lane.untilDisturbed();
            var reached = lane.reached();
            var violations = new ArrayList<String>();
            disturbance.end(lane);
            var ended = !lane.lives();
            if (ended) {
                var code = lane.process().exitValue();
                if (code != HALTED && code != KILLED)
                    violations.add("the daemon ended with " + code);
                lane.start();
            }
            if (!drive(lane, workload)) throw lane.stuck("the daemon ended once more");
            // As a person would whose redeploy has come to nothing.
            redeploy(lane);
            violations.addAll(new Invariants(lane, workload, applied).violations());
            return new Round(reached, ended, violations);
        } catch (Lane.StuckException e) {
            return new Round(
                    lane.reached(), !lane.lives(), List.of(String.valueOf(e.getMessage())));
        }
    }

    private static boolean drive(Lane lane, Workload workload) {
        return lane.drive(
                workload.destroyed(lane.stack()),
                () -> {
                    var work =
                            lane.record().servers().keySet().stream()
                                    .filter(it -> it.contains("/" + Workload.GROUP + "/"))
                                    .count();
                    return work == workload.servers() && lane.plans().isEmpty();
                });
    }

    private static void redeploy(Lane lane) {
        try {
            var _ = lane.client().redeploy(Lane.SHOP);
        } catch (RefusedException e) {
            // It is done again when all is over.
        } catch (UnreachableException e) {
            lane.untilEnded();
        }
    }
}
