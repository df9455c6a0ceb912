package dev.assent.failpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// What is to happen to this process, from two properties of the JVM and from nowhere else:
///
/// * `assent.failpoint`: traps between commas (see [Trap]), and `clock=PT24H` among them for a
///   clock that is a day fast. `@FILE` reads them from a file whenever a point is reached: while
///   there is none nothing happens, and with another text the counting begins anew.
/// * `assent.failpoint.trace`: a file that each point is appended to when it is reached, as
///   `POINT#TIME`.
final class Scenario {

    static final String TRAPS = "assent.failpoint";
    static final String TRACE = "assent.failpoint.trace";
    static final boolean ON =
            System.getProperty(TRAPS) != null || System.getProperty(TRACE) != null;

    /// By which whoever started the process knows that it ended here.
    static final int HALTED = 86;

    private static final Duration A_WHILE = Duration.ofMillis(5);
    private static final String CLOCK = "clock=";
    private static final Scenario PRESENT =
            new Scenario(
                    Optional.ofNullable(System.getProperty(TRAPS)).orElse(""),
                    Optional.ofNullable(System.getProperty(TRACE)).map(Path::of));

    private final String property;
    private final Optional<Path> trace;
    private final Map<Failpoint, Integer> times = new EnumMap<>(Failpoint.class);
    private Optional<String> text = Optional.empty();
    private List<Trap> traps = List.of();
    private Duration offset = Duration.ZERO;

    Scenario(String property, Optional<Path> trace) {
        this.property = property;
        this.trace = trace;
    }

    static boolean isToFail(Failpoint point) {
        return PRESENT.fails(point);
    }

    static Duration clockOffset() {
        return PRESENT.offset();
    }

    /// @throws IllegalArgumentException if it makes no sense
    static String checked() {
        PRESENT.refresh();
        return "%s=%s".formatted(TRAPS, PRESENT.property);
    }

    boolean fails(Failpoint point) {
        var action = next(point);
        if (action.isEmpty()) return false;
        return switch (action.get()) {
            case HALT -> {
                Runtime.getRuntime().halt(HALTED);
                yield false;
            }
            case FAIL -> true;
            case PAUSE -> {
                waitForAnother(currentText());
                yield false;
            }
        };
    }

    private synchronized Optional<Action> next(Failpoint point) {
        if (!refresh()) return Optional.empty();
        var time = times.merge(point, 1, Integer::sum);
        trace.ifPresent(it -> append(it, point.word() + "#" + time));
        return traps.stream().filter(it -> it.springs(point, time)).map(Trap::action).findFirst();
    }

    synchronized Duration offset() {
        refresh();
        return offset;
    }

    private synchronized Optional<String> currentText() {
        refresh();
        return text;
    }

    private void waitForAnother(Optional<String> paused) {
        while (currentText().equals(paused)) LockSupport.parkNanos(A_WHILE.toNanos());
    }

    /// @return whether there is a scenario now
    private synchronized boolean refresh() {
        var now =
                property.startsWith("@")
                        ? read(Path.of(property.substring(1)))
                        : Optional.of(property);
        if (now.equals(text)) return now.isPresent();
        text = now;
        times.clear();
        traps = List.of();
        offset = Duration.ZERO;
        now.ifPresent(this::take);
        return now.isPresent();
    }

    private void take(String items) {
        var read = new ArrayList<Trap>();
        for (var item : items.strip().split("[,\\s]+")) {
            if (item.startsWith(CLOCK)) offset = duration(item.substring(CLOCK.length()));
            else if (!item.isEmpty()) read.add(Trap.parse(item));
        }
        traps = List.copyOf(read);
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "the clock cannot be off by `%s`; write PT24H or -PT24H".formatted(text), e);
        }
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void append(Path file, String line) {
        try {
            Files.writeString(
                    file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
