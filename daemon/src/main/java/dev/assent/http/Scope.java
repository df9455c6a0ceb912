package dev.assent.http;

import dev.assent.model.ApplicationName;
import java.util.Optional;

/// What a list is narrowed to: an app in all its environments, or in one.
record Scope(String app, Optional<String> environment) {

    /// Reads `APP` or `APP/ENVIRONMENT`; empty when the text is neither.
    static Optional<Scope> parse(String text) {
        if (ApplicationName.isPart(text)) return Optional.of(new Scope(text, Optional.empty()));
        return ApplicationName.parse(text)
                .map(it -> new Scope(it.app(), Optional.of(it.environment())));
    }

    boolean holds(ApplicationName application) {
        return application.app().equals(app)
                && environment.map(application.environment()::equals).orElse(true);
    }

    /// The application, where it is exactly one.
    Optional<ApplicationName> application() {
        return environment.map(it -> new ApplicationName(app, it));
    }

    @Override
    public String toString() {
        return app + environment.map(it -> "/" + it).orElse("");
    }
}
