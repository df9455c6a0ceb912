package dev.assent;

import dev.assent.reconcile.Tenure;
import dev.assent.state.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/// One of the daemons that share a record. Whoever may no longer write there ends on the spot, as
/// after a crash: others go on with what it did.
final class Node {

    private static final int LOST = 75;

    private Node() {}

    /// The life of this process on a record, which begins when it is started.
    static Tenure life(Store store, String name) {
        var holder =
                "%s (process %d, life %08x)"
                        .formatted(
                                name, ProcessHandle.current().pid(), new SecureRandom().nextInt());
        return new Tenure(
                store.leases(), holder, System::nanoTime, () -> Runtime.getRuntime().halt(LOST));
    }

    /// What a node is called that nobody gave a name: as its machine.
    static String machine() throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    }
}
