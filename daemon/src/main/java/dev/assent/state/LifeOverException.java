package dev.assent.state;

/// This process's life on a record that others share is over: they go on with what it did, and
/// nothing that it would still write is written.
public final class LifeOverException extends StateException {

    private static final long serialVersionUID = 1;

    LifeOverException(String holder, Object record) {
        super(
                "the lease of node %s on the record in %s is over, so that others go on with what it did; nothing was written"
                        .formatted(holder, record));
    }
}
