package dev.assent.crash;

import dev.assent.http.RefusedException;
import dev.assent.http.UnreachableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// One workload on one lane, disturbed once: what came of it.
///
/// @param reached the points that were reached from the push to the redeploy
/// @param ended whether the daemon ended meanwhile
/// @param violations what did not hold afterwards
record Round(List<String> reached, boolean ended, List<String> violations) {

    /// By a failpoint, and by `kill -9`.
    private static final Set<Integer> ENDS = Set.of(86, 137);

    static Round of(Lane lane, Workload workload, Disturbance disturbance) throws IOException {
        var ended = false;
        try {
            var errand = new Errand(lane, workload);
            errand.prepare();
            lane.reasons();
            disturbance.prepare(lane, workload.hindrance());
            try {
                errand.begin();
                if (errand.drive()) redeploy(lane);
            } catch (RefusedException e) {
                // Asked for again when all is over.
            } catch (UnreachableException e) {
                untilEnded(lane);
            }
            lane.untilDisturbed();
            var reached = lane.reached();
            var violations = new ArrayList<String>();
            disturbance.end(lane);
            ended = !lane.daemon().lives();
            if (ended) {
                var code = lane.daemon().exitValue();
                if (!ENDS.contains(code)) violations.add("the daemon ended with " + code);
                lane.start();
            }
            violations.addAll(disturbance.complaints(lane));
            if (!errand.drive()) throw lane.daemon().stuck("the daemon ended once more");
            if (workload == Workload.BEGIN) lane.settle();
            // As a person would whose redeploy has come to nothing.
            redeploy(lane);
            lane.stands(workload.to());
            violations.addAll(new Invariants(lane, workload, errand.applied()).violations());
            return new Round(reached, ended, violations);
        } catch (DaemonProcess.StuckException e) {
            return new Round(lane.reached(), ended, List.of(String.valueOf(e.getMessage())));
        }
    }

    private static void redeploy(Lane lane) {
        try {
            var _ = lane.client().redeploy(Lane.SHOP);
        } catch (RefusedException e) {
            // It is done again when all is over.
        } catch (UnreachableException e) {
            untilEnded(lane);
        }
    }

    /// It ends, or could not do what it was asked for.
    private static void untilEnded(Lane lane) {
        var end = System.nanoTime() + java.time.Duration.ofMinutes(1).toNanos();
        while (lane.daemon().lives() && !lane.daemon().answers()) {
            if (System.nanoTime() > end) {
                throw lane.daemon().stuck("the daemon answers no more and does not end");
            }
            DaemonProcess.pause();
        }
    }
}
