package dev.assent.crash;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What is done to one node of several while the others go on.
enum Blow {
    /// `kill -9`.
    KILL,
    /// `kill -STOP`, and `kill -CONT` when its lease is long over.
    PAUSE,
    /// No packet gets from it to the record or back, until its lease is long over.
    PARTITION;

    /// Nearly twice a lease.
    private static final Duration LENGTH = Duration.ofSeconds(15);

    static Optional<Blow> of(String word) {
        return Arrays.stream(values()).filter(it -> it.word().equals(word)).findFirst();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Deals it, and returns when it is over.
    void deal(Cluster cluster, Node node) {
        var process = node.pid();
        switch (this) {
            case KILL -> node.kill();
            case PAUSE -> {
                node.disturb(true);
                node.signal(process, "STOP");
                Cluster.pause(LENGTH);
                node.signal(process, "CONT");
                node.mustEnd(process);
                node.disturb(false);
            }
            case PARTITION -> {
                node.disturb(true);
                cluster.unplug(node);
                Cluster.pause(LENGTH);
                cluster.plug(node);
                node.mustEnd(process);
                node.disturb(false);
            }
        }
    }
}
