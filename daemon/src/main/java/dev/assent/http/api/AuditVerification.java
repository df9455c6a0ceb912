package dev.assent.http.api;

import dev.assent.state.Tampering;
import dev.assent.state.Verification;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What came of checking the audit trail, and the seals of plans and assents.
///
/// @param entries how many entries there are
/// @param head the hash of the last one
/// @param sealedFrom the first entry that has to bear a seal; empty where none was looked at
/// @param plans how many plans were looked at
/// @param assents how many assents were
/// @param found what is wrong
/// @param lastWhole the last entry before the first that is wrong
/// @param lastWholeAt when it was written
public record AuditVerification(
        boolean whole,
        long entries,
        String head,
        Optional<Long> sealedFrom,
        long plans,
        long assents,
        List<Found> found,
        Optional<Long> lastWhole,
        Optional<Instant> lastWholeAt) {

    /// One thing that is wrong.
    ///
    /// @param from the first entry that it is about; empty where it is about none
    /// @param to the last one
    public record Found(String kind, Optional<Long> from, Optional<Long> to, String said) {

        static Found of(Tampering it) {
            return new Found(
                    it.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    Optional.of(it.from()).filter(number -> number > 0),
                    Optional.of(it.to()).filter(number -> number > 0),
                    it.said());
        }
    }

    public static AuditVerification of(Verification it) {
        return new AuditVerification(
                it.isWhole(),
                it.entries(),
                it.head(),
                it.sealedFrom(),
                it.plans(),
                it.assents(),
                it.found().stream().map(Found::of).toList(),
                it.lastWhole().map(Verification.Whole::number),
                it.lastWhole().map(Verification.Whole::at));
    }
}
