package dev.assent.crash;

import dev.assent.failpoint.Failpoint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which of the points that a workload reaches are worth a round. Between two points nothing may
/// have happened that outlives the process: to end at the one is to end at the other.
final class Instants {

    /// The points right after something that outlives the process.
    private static final Set<String> NEWS =
            Stream.of(
                            Failpoint.KEY_AFTER_LINK,
                            Failpoint.STATE_AFTER_COMMIT,
                            Failpoint.SOURCE_AFTER_FETCH,
                            Failpoint.SOURCE_AFTER_RENAME,
                            Failpoint.FILE_BEFORE_FLUSH,
                            Failpoint.FILE_AFTER_RENAME,
                            Failpoint.FOLDER_AFTER_MAKE,
                            Failpoint.FOLDER_BEFORE_TIDY,
                            Failpoint.TREE_AFTER_COPY,
                            Failpoint.TREE_HALF_DELETED,
                            Failpoint.TREE_AFTER_DELETE,
                            Failpoint.LOCAL_AFTER_SET_ASIDE,
                            Failpoint.LOCAL_AFTER_KEEP,
                            Failpoint.LOCAL_AFTER_BRING_BACK,
                            Failpoint.LOCAL_AFTER_LAUNCH,
                            Failpoint.LOCAL_AFTER_STOP,
                            Failpoint.LOCAL_AFTER_END,
                            Failpoint.LOCAL_AFTER_PROGRAM,
                            Failpoint.LOCAL_AFTER_ADMIT,
                            Failpoint.LOCAL_AFTER_UNPACK,
                            Failpoint.PROVIDER_AFTER_BUILD,
                            Failpoint.PROVIDER_AFTER_START,
                            Failpoint.PROVIDER_AFTER_REBUILD,
                            Failpoint.PROVIDER_AFTER_FOLLOW,
                            Failpoint.PROVIDER_AFTER_FENCE,
                            Failpoint.PROVIDER_AFTER_PROMOTE,
                            Failpoint.PROVIDER_AFTER_REKEY,
                            Failpoint.DELIVERY_BEFORE_FLUSH,
                            Failpoint.DELIVERY_AFTER_RENAME,
                            Failpoint.DELIVERY_AFTER_HOOK)
                    .map(Failpoint::word)
                    .collect(Collectors.toUnmodifiableSet());

    private Instants() {}

    /// The point of `apply.afterStep#3`.
    static String point(String reached) {
        return reached.substring(0, reached.indexOf('#'));
    }

    /// One of each instant, and each point at least once.
    static List<String> worthTrying(List<String> reached) {
        var chosen = new ArrayList<String>();
        var seen = new HashSet<String>();
        for (var instant : instants(reached)) {
            var fresh = instant.stream().filter(it -> !seen.contains(point(it))).findFirst();
            var one = fresh.orElseGet(instant::getFirst);
            chosen.add(one);
            seen.add(point(one));
        }
        for (var it : reached) {
            if (seen.add(point(it))) chosen.add(it);
        }
        return chosen;
    }

    /// Each point once, at one of its times.
    static List<String> onePerPoint(List<String> reached, long seed) {
        var random = new Random(seed);
        var times = new LinkedHashMap<String, List<String>>();
        for (var it : reached) {
            times.computeIfAbsent(point(it), _ -> new ArrayList<>()).add(it);
        }
        return times.values().stream().map(it -> it.get(random.nextInt(it.size()))).toList();
    }

    private static List<List<String>> instants(List<String> reached) {
        var instants = new ArrayList<List<String>>();
        Optional<List<String>> now = Optional.empty();
        for (var it : reached) {
            if (now.isEmpty() || NEWS.contains(point(it))) {
                now = Optional.of(new ArrayList<>());
                instants.add(now.get());
            }
            now.get().add(it);
        }
        return instants;
    }
}
