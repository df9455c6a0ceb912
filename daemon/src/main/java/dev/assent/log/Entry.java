package dev.assent.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.event.Level;

/// One event, as it may be written. There is no other way to one than [#of], and whoever writes takes
/// nothing else: what is in it is free of secrets.
final class Entry {

    /// A longer text is cut: with it the whole still fits into a datagram of the journal.
    static final int LONGEST = 32 * 1024;

    private static final int LONGEST_FIELD = 1024;
    private static final String CUT = "… (cut)";

    private final Instant at;
    private final Level level;
    private final String logger;
    private final String message;
    private final SortedMap<String, String> fields;
    private final Optional<String> trace;

    private Entry(
            Instant at,
            Level level,
            String logger,
            String message,
            SortedMap<String, String> fields,
            Optional<String> trace) {
        this.at = at;
        this.level = level;
        this.logger = logger;
        this.message = message;
        this.fields = fields;
        this.trace = trace;
    }

    static Entry of(ILoggingEvent event) {
        return new Entry(
                event.getInstant(),
                Level.valueOf(event.getLevel().toString()),
                event.getLoggerName(),
                safe(String.valueOf(event.getFormattedMessage()), LONGEST),
                fields(event),
                Optional.ofNullable(event.getThrowableProxy())
                        .map(ThrowableProxyUtil::asString)
                        .map(it -> safe(it.stripTrailing(), LONGEST)));
    }

    private static SortedMap<String, String> fields(ILoggingEvent event) {
        var fields = new TreeMap<String, String>();
        event.getMDCPropertyMap().forEach((name, it) -> fields.put(name, safe(it, LONGEST_FIELD)));
        var pairs = Optional.ofNullable(event.getKeyValuePairs());
        pairs.ifPresent(all ->
                all.forEach(it ->
                        fields.put(it.key, safe(String.valueOf(it.value), LONGEST_FIELD))));
        return fields;
    }

    /// Cut at the end only, and well after what is looked at: half a secret is not known any more.
    private static String safe(String text, int longest) {
        var within = text.length() > 4 * longest ? text.substring(0, 4 * longest) : text;
        var safe = Redaction.of(within);
        if (safe.length() <= longest) return safe;
        var end = Character.isHighSurrogate(safe.charAt(longest - 1)) ? longest - 1 : longest;
        return safe.substring(0, end) + CUT;
    }

    Instant at() {
        return at;
    }

    Level level() {
        return level;
    }

    String logger() {
        return logger;
    }

    String message() {
        return message;
    }

    /// What it is about, and what kind of event it is.
    SortedMap<String, String> fields() {
        return fields;
    }

    /// Where in the program it came about; only for what should not have been possible.
    Optional<String> trace() {
        return trace;
    }

    /// The message with all that belongs to it, for people.
    String told() {
        return trace.map(it -> message + "\n" + it).orElse(message);
    }

    @Override
    public String toString() {
        return fields.entrySet().stream()
                .map(it -> " " + it.getKey() + "=" + it.getValue())
                .collect(Collectors.joining("", level + " " + told(), ""));
    }
}
