package dev.assent.state;

import java.lang.reflect.Type;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;

/// What is true or false is 1 or 0 in the record. SQLite's driver does that by itself; PostgreSQL
/// does not take the one for the other.
final class OneOrZero implements ArgumentFactory.Preparable {

    @Override
    public Optional<Function<Object, Argument>> prepare(Type type, ConfigRegistry config) {
        return type == boolean.class || type == Boolean.class
                ? Optional.of(value ->
                        (place, statement, _) ->
                                statement.setInt(place, value.equals(true) ? 1 : 0))
                : Optional.empty();
    }
}
