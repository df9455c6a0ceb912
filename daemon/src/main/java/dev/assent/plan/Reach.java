package dev.assent.plan;

import dev.assent.model.GroupName;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.plan.Change.AcceptVersion;
import dev.assent.plan.Change.AddServer;
import dev.assent.plan.Change.AdoptGroup;
import dev.assent.plan.Change.ChangeSetting;
import dev.assent.plan.Change.CreateGroup;
import dev.assent.plan.Change.PromoteServer;
import dev.assent.plan.Change.ReleaseGroup;
import dev.assent.plan.Change.RemoveGroup;
import dev.assent.plan.Change.RemoveServer;
import dev.assent.plan.Change.RepairServer;
import dev.assent.plan.Change.ResyncServer;
import dev.assent.plan.Change.RotateCredentials;
import dev.assent.plan.Change.SetBackups;
import dev.assent.plan.Change.SetPrimary;
import dev.assent.plan.Change.SetProtection;
import dev.assent.plan.Change.StartReplication;
import dev.assent.plan.Change.StopReplication;

/// Says in words how far a change reaches: what it touches beside itself, and what is lost by it.
final class Reach {

    private Reach() {}

    /// One sentence without its full stop.
    ///
    /// @param before as the changes before it leave it
    /// @param after as it leaves it itself
    /// @param behind who follows its group, where that matters to it
    static String of(Change change, Moment before, Moment after, Behind behind) {
        return switch (change) {
            case CreateGroup _ -> "touches nothing that exists" + newPrimary(change, after);
            case AdoptGroup _ -> "the server itself is not touched" + newPrimary(change, after);
            case AddServer it ->
                    "%s goes on while it is copied"
                            .formatted(
                                    before.group()
                                            .map(group -> group.primaryServer().name().toString())
                                            .orElse("the primary server"));
            case ChangeSetting _ -> "counts from the next redeploy on";
            case SetBackups it ->
                    it.to().isPresent()
                            ? "it is recorded; this version of Assent takes no backups yet"
                            : "no further copy of the data is taken; those that exist stay";
            case SetProtection it ->
                    it.isProtected()
                            ? "nothing can destroy its data until it is unprotected"
                            : "what would destroy its data is only held back by a missing yes from"
                                    + " then on";
            case StopReplication it ->
                    "it keeps its data and the application's user with its password; what %s writes no longer reaches it"
                            .formatted(it.source());
            case StartReplication it ->
                    "deletes what %s holds now and puts a copy of %s in its place%s"
                            .formatted(
                                    it.group(),
                                    it.source(),
                                    too(behind, "the same goes for %s behind it"));
            case SetPrimary it ->
                    "from the next redeploy on, what reads %s_… speaks to %s"
                            .formatted(it.group().engine().prefix(), it.group());
            case PromoteServer it ->
                    it.forsaken()
                            ? "what %s has and %s lacks is lost; the application finds %s after its next redeploy"
                                    .formatted(it.from(), it.server(), it.server())
                            : "%s takes no more writes, and %s takes them once it has caught up; the application finds it after its next redeploy"
                                    .formatted(it.from(), it.server());
            case ResyncServer it ->
                    "%s cannot be read from while it is copied%s"
                            .formatted(
                                    it.server(),
                                    it.diverged() ? "; what it alone holds is lost" : "");
            case RotateCredentials it ->
                    (it.application()
                                    ? "the application's old password is refused at once; redeploy it right after"
                                    : "the application notices nothing")
                            + too(behind, "the same passwords hold in %s");
            case RepairServer it ->
                    it.repair() == Change.Repair.START
                            ? "its data is not touched"
                            : "its clients are cut off while it starts again; its data is not"
                                    + " touched";
            case AcceptVersion _ -> "only the record changes";
            case RemoveServer it -> removed(it, before);
            case RemoveGroup it -> removed(it, before, after);
            case ReleaseGroup it ->
                    "its servers go on running and keep their data; Assent no longer knows them"
                            + heir(it.group(), before, after);
        };
    }

    private static String too(Behind behind, String what) {
        return behind.isNobody() ? "" : "; " + what.formatted(behind);
    }

    private static String newPrimary(Change change, Moment after) {
        return after.group().map(RecordedGroup::primary).orElse(false)
                ? "; it becomes the primary group of " + change.group().engine()
                : "";
    }

    private static String removed(RemoveServer remove, Moment before) {
        var left = before.group().map(it -> it.servers().size() - 1).orElse(0);
        return "removes one of %d copies of %s".formatted(left + 1, remove.group());
    }

    /// That no backup is taken before is the truth until backups are.
    private static String removed(RemoveGroup remove, Moment before, Moment after) {
        var count = remove.servers().size();
        return "removes the last copy of %s (%s); no backup of it is known%s"
                .formatted(
                        remove.group(),
                        count == 1 ? "1 server" : count + " servers",
                        heir(remove.group(), before, after));
    }

    private static String heir(GroupName gone, Moment before, Moment after) {
        if (!before.group().map(RecordedGroup::primary).orElse(false)) return "";
        return after.primary()
                .map(it ->
                        "; %s becomes the primary group of %s".formatted(it.name(), gone.engine()))
                .orElse("; " + gone.engine().prefix() + "_… points to nothing any more");
    }
}
