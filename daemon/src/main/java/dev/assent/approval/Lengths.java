package dev.assent.approval;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// How long something takes, as people write it: `30s`, `90m`, `4h`, `2d`.
public final class Lengths {

    private static final Pattern LENGTH = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

    private Lengths() {}

    /// The length; empty where the text is none.
    public static Optional<Duration> read(String text) {
        var matcher = LENGTH.matcher(text);
        if (!matcher.matches()) return Optional.empty();
        var number = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                });
    }

    static String words(Duration length) {
        if (length.toSecondsPart() > 0) return length.toSeconds() + "s";
        if (length.toMinutesPart() > 0) return length.toMinutes() + "m";
        return length.toHoursPart() > 0 ? length.toHours() + "h" : length.toDays() + "d";
    }
}
