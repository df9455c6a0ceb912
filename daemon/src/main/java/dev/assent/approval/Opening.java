package dev.assent.approval;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// When an apply may begin.
public sealed interface Opening {

    record Now() implements Opening {}

    /// Later.
    ///
    /// @param why why not now, as the end of a sentence
    record Later(Instant at, String why) implements Opening {}

    /// Never again, as far as can be seen.
    ///
    /// @param why as the end of a sentence
    record Never(String why) implements Opening {}

    /// So many times all of them are asked; windows that have met by then by no chance never will.
    int PATIENCE = 2_000;

    /// The first moment at which all allow it.
    static Opening of(List<Hours> all, Instant now) {
        var why = new LinkedHashSet<String>();
        var moment = now;
        for (var round = 0; round < PATIENCE; round++) {
            var before = moment;
            for (var hours : all) {
                var next = hours.from(moment);
                if (next.isEmpty()) return new Never("no window opens any more: " + hours.closed());
                if (next.get().isAfter(moment) && round == 0) why.add(hours.closed());
                moment = next.get();
            }
            if (moment.equals(before)) {
                return moment.equals(now) ? new Now() : new Later(moment, words(why));
            }
        }
        return new Never("these are never open together: " + words(why));
    }

    private static String words(Set<String> why) {
        return String.join(" and ", why);
    }
}
