package dev.assent.approval;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Where a yes is said. What two of them have in common is how it is known who speaks.
public enum Channel {
    CLI(Proof.TOKEN),
    API(Proof.TOKEN),
    DASHBOARD(Proof.TOKEN),
    COMMENT(Proof.FORGE),
    REVIEW(Proof.FORGE),
    COMMIT(Proof.SIGNATURE),
    TAG(Proof.SIGNATURE);

    /// How it is known who speaks.
    public enum Proof {
        TOKEN,
        FORGE,
        SIGNATURE
    }

    /// Where a yes counts unless a policy says otherwise. Who approves the code of a pull request
    /// may not mean its plan.
    static final Set<Channel> USUAL =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(REVIEW)));

    private final Proof proof;

    Channel(Proof proof) {
        this.proof = proof;
    }

    public Proof proof() {
        return proof;
    }

    /// The channel of a word; empty where it is none.
    public static Optional<Channel> of(String word) {
        return Arrays.stream(values()).filter(it -> it.word().equals(word)).findFirst();
    }

    /// The word in the record, in JSON and in policies.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
