package dev.assent.simulation;

import java.util.ArrayList;
import java.util.List;

/// Something that happens. How exactly is left to chance by a seed of its own, so that it stays
/// what it is when others are left out.
record Operation(Kind kind, long seed) {

    private static final int FEW = 8;
    private static final int MANY = 36;

    /// What can happen, and how often.
    enum Kind {
        PUSH(12),
        PUSH_INVALID(1),
        FORCE_PUSH(1),
        POLL(16),
        YES(18),
        NO(2),
        COMMENT(8),
        APPLY(5),
        WORK(16),
        RESOLVE(2),
        CANCEL(2),
        ASK(7),
        LOOK_AFTER_PLANS(5),
        TIME(4),
        CRASH(2),
        SETTINGS(2),
        REPLAN(2),
        PULL_REQUEST(6),
        SERVER_DIES(2),
        LOOK_AT_SERVERS(4);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    /// Those of a seed.
    static List<Operation> of(long seed) {
        var chance = new Chance(seed);
        var number = FEW + chance.below(MANY - FEW);
        var kinds = new ArrayList<Kind>();
        for (var kind : Kind.values()) {
            for (var i = 0; i < kind.weight; i++) kinds.add(kind);
        }
        var operations = new ArrayList<Operation>();
        for (var i = 0; i < number; i++) {
            operations.add(new Operation(chance.of(kinds), chance.seed()));
        }
        return operations;
    }
}
