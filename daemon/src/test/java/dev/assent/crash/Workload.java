package dev.assent.crash;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What a lane's daemon is asked to do while it is disturbed; each begins where another has left
/// off.
enum Workload {
    /// A daemon on an empty folder builds one group of each application.
    BEGIN(Set.of(), Standing.NOTHING),
    /// Builds a group of a primary server and a replica.
    CREATE(Set.of(Standing.NOTHING), Standing.TWO),
    /// The same, of which a daemon before this one has built one server and half of the other.
    RECOVER(Set.of(Standing.NOTHING), Standing.TWO),
    /// The same, where the building of the second server fails at first, so that all is undone.
    UNDO(Set.of(Standing.NOTHING), Standing.TWO),
    /// The same with programs that have to be unpacked.
    UNPACK(Set.of(Standing.NOTHING), Standing.TWO),
    /// Adds a second replica.
    SCALE(Set.of(Standing.TWO), Standing.THREE),
    /// The same with a record restored from a backup, which knows nothing of that replica: somebody
    /// decides that it is taken over.
    ADOPT(Set.of(Standing.TWO), Standing.THREE),
    /// Makes a replica the primary server; nothing that was acknowledged is lost.
    PROMOTE(Set.of(Standing.THREE), Standing.THREE),
    /// Copies a replica again, which fails at first, so that the old one is brought back.
    RESYNC(Set.of(Standing.THREE), Standing.THREE),
    /// Gives the primary server up for a replica.
    FORSAKE(Set.of(Standing.THREE), Standing.THREE),
    /// Starts a server that has died.
    REVIVE(Set.of(Standing.THREE), Standing.THREE),
    /// Writes a configuration anew that somebody has edited.
    MEND(Set.of(Standing.THREE), Standing.THREE),
    /// Builds a second group.
    COPY(Set.of(Standing.THREE), Standing.PAIR),
    /// Has the second group follow the first.
    REPLICATE(Set.of(Standing.PAIR), Standing.FOLLOWED),
    /// Gives new passwords to servers that others follow.
    ROTATE(Set.of(Standing.FOLLOWED), Standing.FOLLOWED),
    /// Makes a replica the primary server of a group that another one follows.
    SUCCEED(Set.of(Standing.FOLLOWED), Standing.FOLLOWED),
    /// Has the second group follow nobody.
    DETACH(Set.of(Standing.FOLLOWED), Standing.PAIR),
    /// Removes all of it, and has a backup made of the record before and after.
    REMOVE(Set.of(Standing.THREE, Standing.PAIR), Standing.NOTHING);

    /// Those of which there is time for a few rounds in every build.
    static final Set<Workload> FEW = EnumSet.of(CREATE, SCALE, REMOVE);

    private final Set<Standing> from;
    private final Standing to;

    Workload(Set<Standing> from, Standing to) {
        this.from = from;
        this.to = to;
    }

    static Optional<Workload> of(String word) {
        return Arrays.stream(values()).filter(it -> it.word().equals(word)).findFirst();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean canBegin(Standing standing) {
        return from.contains(standing);
    }

    Standing to() {
        return to;
    }

    /// Whether a plan is carried out.
    boolean applies() {
        return this != REVIVE;
    }

    /// Whether the engine is chosen by it and not by those before.
    boolean isFirst() {
        return canBegin(Standing.NOTHING);
    }

    /// What hinders it beside all that is done to the daemon, in the words of `assent.failpoint`.
    String hindrance() {
        return switch (this) {
            case UNDO -> "provider.afterBuild#2=fail,";
            case RESYNC -> "local.afterKeep#2=fail,";
            default -> "";
        };
    }
}
