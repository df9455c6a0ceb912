package dev.assent.log;

import dev.assent.model.ApplicationName;
import dev.assent.model.ServerKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.MDC;

/// What an entry of the log is about. Who goes to work on something enters it, and whatever is
/// logged by this thread until then, by whomever, is found under it:
///
/// ```java
/// try (var _ = About.application(application).plan(id).enter()) { … }
/// ```
///
/// @param fields by their names in the log
public record About(Map<String, String> fields) {

    public static final String REPOSITORY = "repository";
    public static final String COMMIT = "commit";
    public static final String APPLICATION = "application";
    public static final String PLAN = "plan";
    public static final String STEP = "step";
    public static final String SERVER = "server";
    public static final String EVENT = "event";

    /// Nothing in particular.
    public static final About NOTHING = new About(Map.of());

    public About {
        fields = Map.copyOf(fields);
    }

    /// It stays so until this is closed.
    public interface Scope extends AutoCloseable {

        @Override
        void close();
    }

    public static About repository(String name) {
        return new About(Map.of(REPOSITORY, name));
    }

    public static About application(ApplicationName application) {
        return new About(Map.of(APPLICATION, application.toString()));
    }

    public static About server(ServerKey server) {
        return application(server.application()).and(SERVER, server.toString());
    }

    public About inRepository(String name) {
        return name.isEmpty() ? this : and(REPOSITORY, name);
    }

    public About commit(String commit) {
        return commit.isEmpty() ? this : and(COMMIT, commit);
    }

    public About plan(String id) {
        return and(PLAN, id);
    }

    /// The same, and what kind of event it is: a word by which one finds all of its kind.
    public About event(String word) {
        return and(EVENT, word);
    }

    /// The same, and something else besides.
    public About and(String field, String value) {
        var all = new LinkedHashMap<>(fields);
        all.put(field, value);
        return new About(all);
    }

    /// From now on this thread is at it; what it was about before counts again at the end.
    public Scope enter() {
        var before = new LinkedHashMap<String, Optional<String>>();
        fields.forEach((field, value) -> {
            before.put(field, Optional.ofNullable(MDC.get(field)));
            MDC.put(field, value);
        });
        return () ->
                before.forEach((field, value) ->
                        value.ifPresentOrElse(it -> MDC.put(field, it), () -> MDC.remove(field)));
    }
}
