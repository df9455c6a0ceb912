package dev.assent.provider.local;

import dev.assent.model.ServerKey;
import dev.assent.plan.StepKey;
import dev.assent.provider.BuildOrder;
import dev.assent.provider.Settled;
import dev.assent.provider.Work;
import java.io.IOException;
import java.nio.file.Files;

/// What can be seen of the work of one step: the server's folder, what is recorded in it and by
/// which step, its role and its process. It changes nothing.
///
/// That a server is not there is evidence enough of its removal, and no tombstone is kept: nothing
/// else could have been left to do, and who removed it is told by the journal.
record StepEvidence(LocalServers servers, StepKey step) {

    Settled of(Work work) throws IOException {
        return switch (work) {
            case Work.Build(var order) -> built(order);
            case Work.Remove(var server) -> removed(server);
            case Work.Alter(var server) -> altered(server);
        };
    }

    private Settled built(BuildOrder order) throws IOException {
        var folder = servers.folder(order.key());
        var found = servers.find(order.key());
        if (found.isEmpty()) {
            return Files.exists(folder.content())
                    ? new Settled.Unclear(
                            "there is data in %s and no %s with it, so nobody can say whose it is"
                                    .formatted(folder.content(), ServerFolder.RECORD))
                    : nothing();
        }
        var record = found.get().record();
        if (!record.built()) {
            return new Settled.Repeatable("it is half built in " + folder.path());
        }
        if (!record.isOf(order, step) || record.fenced()) {
            return new Settled.Unclear(Ownership.occupant(found.get()));
        }
        if (!found.get().isThere()) {
            return new Settled.Unclear(
                    "it was built in %s, and its data are not there any more"
                            .formatted(folder.path()));
        }
        return new Settled.Done(
                "it is built in %s, listens on %s and %s"
                        .formatted(
                                folder.path(),
                                found.get().site().endpoint(),
                                process(found.get())));
    }

    private Settled removed(ServerKey server) throws IOException {
        var folder = servers.folder(server);
        if (!Files.exists(folder.path())) {
            return new Settled.Done("nothing of it is on this machine any more");
        }
        return StepMark.read(folder.path()).filter(it -> it.step().equals(step)).isPresent()
                ? new Settled.Repeatable("its removal has begun, and some of it is there")
                : new Settled.NotStarted("it is there, and nobody has begun to remove it");
    }

    private Settled altered(ServerKey server) throws IOException {
        var found = servers.find(server);
        if (found.isEmpty()) return nothing();
        var there = found.get();
        var mark = StepMark.read(there.folder().path()).filter(it -> it.step().equals(step));
        var stands = "it %s and %s".formatted(role(there.record()), process(there));
        if (mark.isPresent()) {
            return mark.get().done()
                    ? new Settled.Done(
                            "that it was done (%s) is noted in its folder; %s"
                                    .formatted(mark.get().what(), stands))
                    : new Settled.Repeatable(
                            "that it was begun (%s) is noted in its folder, and not that it was done; %s"
                                    .formatted(mark.get().what(), stands));
        }
        if (there.record().builder().filter(step::equals).isPresent()) {
            return there.record().built()
                    ? new Settled.Done("it was built anew by this step; " + stands)
                    : new Settled.Repeatable("this step has begun to build it anew");
        }
        return new Settled.NotStarted(
                "nothing of this step is noted in its folder; %s".formatted(stands));
    }

    private static Settled nothing() {
        return new Settled.NotStarted("nothing of it is on this machine");
    }

    private static String role(ServerRecord record) {
        if (record.before().isPresent()) return "is on the way into another role";
        if (record.fenced()) return "is fenced";
        return record.source().map(it -> "follows " + it).orElse("follows nobody");
    }

    private static String process(LocalServer server) {
        return server.process().map(it -> "runs as process " + it.pid()).orElse("does not run");
    }
}
