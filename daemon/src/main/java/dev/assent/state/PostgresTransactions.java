package dev.assent.state;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.DelegatingTransactionHandler;
import org.jdbi.v3.core.transaction.LocalTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionHandler;

/// Gives each connection that writes its [PostgresTransaction].
final class PostgresTransactions extends DelegatingTransactionHandler {

    private final PostgresMedium medium;
    private final Jdbi jdbi;

    PostgresTransactions(PostgresMedium medium, Jdbi jdbi) {
        super(new LocalTransactionHandler());
        this.medium = medium;
        this.jdbi = jdbi;
    }

    @Override
    public TransactionHandler specialize(Handle handle) {
        return new PostgresTransaction(medium, jdbi);
    }
}
