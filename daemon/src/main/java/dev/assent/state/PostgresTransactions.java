package dev.assent.state;

import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.DelegatingTransactionHandler;
import org.jdbi.v3.core.transaction.LocalTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionHandler;

/// Gives each connection that writes its [PostgresTransaction].
final class PostgresTransactions extends DelegatingTransactionHandler {

    private final PostgresMedium medium;
    private final Jdbi jdbi;
    private final Supplier<Optional<String>> life;

    PostgresTransactions(PostgresMedium medium, Jdbi jdbi, Supplier<Optional<String>> life) {
        super(new LocalTransactionHandler());
        this.medium = medium;
        this.jdbi = jdbi;
        this.life = life;
    }

    @Override
    public TransactionHandler specialize(Handle handle) {
        return new PostgresTransaction(medium, jdbi, life.get());
    }
}
