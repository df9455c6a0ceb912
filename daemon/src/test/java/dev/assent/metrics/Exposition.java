package dev.assent.metrics;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What a scrape was answered with, read as Prometheus reads it.
public record Exposition(String text) {

    private static final Pattern SERIES =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{.*})? (\\S+)");

    public static Exposition of(Page page) {
        return new Exposition(page.text());
    }

    /// The lines that are no comments: one a series.
    public List<String> series() {
        return text.lines().filter(it -> !it.startsWith("#")).toList();
    }

    /// The names of all series: `assent_poll_seconds_count`.
    public Set<String> names() {
        var names = new TreeSet<String>();
        for (var line : series()) {
            var matcher = SERIES.matcher(line);
            if (!matcher.matches()) throw new AssertionError("no series: " + line);
            names.add(matcher.group(1));
        }
        return names;
    }

    /// The value of one series, named with all its labels in alphabetical order.
    public OptionalDouble value(String series) {
        return series().stream()
                .filter(it -> it.startsWith(series + " "))
                .mapToDouble(it -> Double.parseDouble(it.substring(series.length() + 1)))
                .findFirst();
    }
}
