package dev.assent.model;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/// An application in one environment, written `shop/production`: the unit that is planned, locked,
/// approved and applied.
public record ApplicationName(String app, String environment)
        implements Comparable<ApplicationName> {

    private static final Pattern PART = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,99}");

    public ApplicationName {
        if (!isPart(app) || !isPart(environment)) {
            throw new IllegalArgumentException(
                    "not an application in an environment: " + app + "/" + environment);
        }
    }

    /// Whether a text can name an app or an environment: letters, digits, `.`, `_`, `-`; at most
    /// 100 characters; no path can hide in it.
    public static boolean isPart(String text) {
        return PART.matcher(text).matches();
    }

    /// Reads `APP/ENVIRONMENT`; empty when the text is none.
    public static Optional<ApplicationName> parse(String text) {
        var slash = text.indexOf('/');
        if (slash < 0) return Optional.empty();
        var app = text.substring(0, slash);
        var environment = text.substring(slash + 1);
        return isPart(app) && isPart(environment)
                ? Optional.of(new ApplicationName(app, environment))
                : Optional.empty();
    }

    @Override
    public int compareTo(ApplicationName other) {
        return Comparator.comparing(ApplicationName::app)
                .thenComparing(ApplicationName::environment)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return app + "/" + environment;
    }
}
