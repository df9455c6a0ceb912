package dev.assent.failpoint;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What happens at which point, when it is reached for which time.
///
/// @param onward whether it happens each time from then on
record Trap(Failpoint point, int time, boolean onward, Action action) {

    private static final Pattern FORM =
            Pattern.compile(
                    "(?<point>[a-zA-Z.]+)(#(?<time>[1-9]\\d{0,8})(?<onward>\\+)?)?=(?<action>\\w+)");

    /// Reads `apply.afterStep=halt`, `apply.afterStep#3=halt` or `file.beforeWrite#3+=fail`.
    ///
    /// @throws IllegalArgumentException if it is none of these
    static Trap parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "`%s` is no failpoint; write POINT=ACTION, POINT#TIME=ACTION or POINT#TIME+=ACTION"
                            .formatted(text));
        }
        var point = matcher.group("point");
        var action = matcher.group("action");
        var time = matcher.group("time");
        return new Trap(
                Failpoint.of(point)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "there is no failpoint `%s`; there are: %s"
                                                .formatted(point, points()))),
                time == null ? 1 : Integer.parseInt(time),
                matcher.group("onward") != null,
                Action.of(action)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "a failpoint cannot `%s`; it can halt, fail and pause"
                                                .formatted(action))));
    }

    private static String points() {
        return Arrays.stream(Failpoint.values())
                .map(Failpoint::word)
                .collect(Collectors.joining(", "));
    }

    boolean springs(Failpoint reached, int times) {
        return point == reached && (onward ? times >= time : times == time);
    }
}
