package dev.assent.state;

/// Something in the record that was written by somebody else than this program.
///
/// @param from the first entry of the audit trail that it is about; 0 where it is about none
/// @param to the last one
/// @param said in a sentence without full stop
public record Tampering(Kind kind, long from, long to, String said) {

    /// What was done to it.
    public enum Kind {
        MISSING,
        EDITED,
        FORGED,
        CUT_OFF,
        ADDED,
        CUT_BEFORE,
        HEAD,
        PUBLISHED,
        PLAN,
        ASSENT
    }

    static Tampering entries(Kind kind, long from, long to) {
        var one = from == to;
        var which = one ? "entry " + from : "entries %d to %d".formatted(from, to);
        return new Tampering(
                kind,
                from,
                to,
                switch (kind) {
                    case MISSING ->
                            one ? which + " is missing: it was removed" : which + " are missing";
                    case EDITED ->
                            one
                                    ? which
                                            + " was edited or moved: it has not the hash by which it is chained"
                                    : which
                                            + " were edited or moved: they have not the hashes by which they are chained";
                    case FORGED ->
                            "%s %s written without the record's key"
                                    .formatted(which, one ? "was" : "were");
                    case CUT_OFF -> "%s %s missing at the end".formatted(which, one ? "is" : "are");
                    case ADDED -> "%s %s put in at the end".formatted(which, one ? "was" : "were");
                    case CUT_BEFORE ->
                            "%s was missing or not as it had been when a later one was written"
                                    .formatted(which);
                    case HEAD -> "the mark of where the trail ends was edited or removed";
                    case PUBLISHED, PLAN, ASSENT -> throw new IllegalArgumentException(kind.name());
                });
    }

    static Tampering published(long number, String what) {
        return new Tampering(Kind.PUBLISHED, number, number, "entry %d %s".formatted(number, what));
    }
}
