package dev.assent.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.regex.Pattern;

/// A moment in the past, as people write it.
final class Since {

    private static final Pattern AGO = Pattern.compile("([0-9]{1,5})([mhd])");

    private Since() {}

    /// Reads `30m`, `12h`, `7d` (so long ago), a day in this machine's time zone, or a moment.
    static Instant read(String text, Instant now) {
        var ago = AGO.matcher(text);
        try {
            if (ago.matches()) return now.minus(length(ago.group(1), ago.group(2)));
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneId.systemDefault()).toInstant();
        } catch (DateTimeException _) {
            throw Stop.couldNotRun(
                    "`%s` is no moment; write 30m, 12h or 7d, a day such as 2026-11-23, or 2026-11-23T12:00:00Z"
                            .formatted(text));
        }
    }

    private static Duration length(String number, String unit) {
        var count = Long.parseLong(number);
        return switch (unit) {
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
