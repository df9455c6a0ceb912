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
    BEGIN(Standing.NOTHING),
    /// Builds a group of a primary server and a replica.
    CREATE(Standing.TWO),
    /// The same, of which a daemon before this one has built one server and half of the other.
    RECOVER(Standing.TWO),
    /// The same, where the building of the second server fails at first, so that all is undone.
    UNDO(Standing.TWO),
    /// The same with programs that have to be unpacked.
    UNPACK(Standing.TWO),
    /// Adds a second replica.
    SCALE(Standing.THREE),
    /// The same with a record restored from a backup, which knows nothing of that replica: somebody
    /// decides that it is taken over.
    ADOPT(Standing.THREE),
    /// Makes a replica the primary server; nothing that was acknowledged is lost.
    PROMOTE(Standing.THREE),
    /// Copies a replica again, which fails at first, so that the old one is brought back.
    RESYNC(Standing.THREE),
    /// Gives the primary server up for a replica.
    FORSAKE(Standing.THREE),
    /// Starts a server that has died.
    REVIVE(Standing.THREE),
    /// Writes a configuration anew that somebody has edited.
    MEND(Standing.THREE),
    /// Builds a second group.
    COPY(Standing.PAIR),
    /// Has the second group follow the first.
    REPLICATE(Standing.FOLLOWED),
    /// Gives new passwords to servers that others follow.
    ROTATE(Standing.FOLLOWED),
    /// Makes a replica the primary server of a group that another one follows.
    SUCCEED(Standing.FOLLOWED),
    /// Has the second group follow nobody.
    DETACH(Standing.PAIR),
    /// Removes all of it, and has a backup made of the record before and after.
    REMOVE(Standing.NOTHING);

    /// Those of which there is time for a few rounds in every build.
    static final Set<Workload> FEW = EnumSet.of(CREATE, SCALE, REMOVE);

    private final Standing to;

    Workload(Standing to) {
        this.to = to;
    }

    static Optional<Workload> of(String word) {
        return Arrays.stream(values()).filter(it -> it.word().equals(word)).findFirst();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean canBegin(Standing standing) {
        return switch (this) {
            // Nobody begins twice in the same place.
            case BEGIN -> false;
            case CREATE, RECOVER, UNDO, UNPACK -> standing == Standing.NOTHING;
            case SCALE, ADOPT -> standing == Standing.TWO;
            case PROMOTE, RESYNC, FORSAKE, REVIVE, MEND, COPY -> standing == Standing.THREE;
            case REPLICATE -> standing == Standing.PAIR;
            case ROTATE, SUCCEED, DETACH -> standing == Standing.FOLLOWED;
            case REMOVE -> standing == Standing.THREE || standing == Standing.PAIR;
        };
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
