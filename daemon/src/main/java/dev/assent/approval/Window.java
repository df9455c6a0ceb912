package dev.assent.approval;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/// A maintenance window that opens again and again.
///
/// @param cron when it opens, as Quartz reads it: seconds, minutes, hours, day of the month, month,
///   day of the week and, where wanted, the year
/// @param length how long it stays open
/// @param zone whose clocks are meant
public record Window(String cron, Duration length, ZoneId zone) implements Hours {

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /// A window that can be asked.
    ///
    /// @throws IllegalArgumentException if that is no cron expression, with a sentence
    public Window {
        parsed(cron, zone);
    }

    @Override
    public Optional<Instant> from(Instant moment) {
        // What opened since then is still open.
        var opened = opens(moment.minus(length));
        return opened.isPresent() && !opened.get().isAfter(moment)
                ? Optional.of(moment)
                : opened.filter(it -> it.isAfter(moment)).or(() -> opens(moment));
    }

    /// The first opening after a moment.
    private Optional<Instant> opens(Instant after) {
        // A new one each time: whether it may be asked by several threads at once is said nowhere.
        return Optional.ofNullable(parsed(cron, zone).getNextValidTimeAfter(Date.from(after)))
                .map(Date::toInstant);
    }

    @Override
    public String closed() {
        return "the window is closed (%s)".formatted(this);
    }

    @Override
    public String toString() {
        return "`%s` for %s, %s".formatted(cron, Lengths.words(length), zone);
    }

    private static CronExpression parsed(String cron, ZoneId zone) {
        if (BLANKS.split(cron.strip(), -1).length == 5) {
            throw new IllegalArgumentException(
                    "a cron expression begins with the seconds here, and one of the two kinds of day is `?`: `0 0 22 ? * SAT` is every Saturday at 22:00");
        }
        try {
            var expression = new CronExpression(cron);
            expression.setTimeZone(TimeZone.getTimeZone(zone));
            return expression;
        } catch (ParseException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "`%s` is no cron expression as Quartz reads them: %s; `0 0 22 ? * SAT` is every Saturday at 22:00"
                            .formatted(cron, e.getMessage()),
                    e);
        }
    }
}
