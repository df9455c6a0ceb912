package dev.assent.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a look at the whole audit trail, and at the seals of plans and assents, came to.
///
/// @param entries how many entries there are
/// @param head the hash of the last one; zeros where there is none
/// @param sealedFrom the first entry whose seal was looked at; empty where none was
/// @param plans how many plans were looked at
/// @param assents how many assents were
/// @param found what is wrong, the first in the trail first
/// @param lastWhole the last entry before the first that is wrong; empty where none is wrong or the
///   very first one is
public record Verification(
        long entries,
        String head,
        Optional<Long> sealedFrom,
        long plans,
        long assents,
        List<Tampering> found,
        Optional<Whole> lastWhole) {

    /// An entry up to which nothing is wrong.
    public record Whole(long number, Instant at) {}

    public Verification {
        found = List.copyOf(found);
    }

    public boolean isWhole() {
        return found.isEmpty();
    }

    Verification and(Verification other) {
        var all = new ArrayList<>(found);
        all.addAll(other.found());
        return new Verification(
                entries,
                head,
                sealedFrom,
                plans + other.plans(),
                assents + other.assents(),
                all,
                lastWhole);
    }
}
