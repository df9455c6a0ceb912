package dev.assent.provider.local;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// A process beyond doubt: its id, and when it started. Ids come round again, and after a restart
/// of the machine even quickly.
///
/// @param started clock ticks since the machine started, and which start of it that was
record ServerProcess(long pid, String started) {

    private static final Path PROC = Path.of("/proc");

    /// Which start of the machine this is; none that this process lives to see is another one.
    private static final String BOOT = boot();

    /// Fields of `stat` after the command, which stands in brackets and may hold anything.
    private static final int STATE = 0;

    private static final int PARENT = 1;
    private static final int TICKS = 19;

    /// 52 numbers and a name of 64 characters at most.
    private static final int LONGEST = 1_536;

    /// The living process with an id; one that has ended and is only not yet buried does not live.
    static Optional<ServerProcess> of(long pid) {
        return fields(pid)
                .filter(fields -> !fields[STATE].equals("Z") && !fields[STATE].equals("X"))
                .map(fields -> new ServerProcess(pid, fields[TICKS] + "@" + BOOT));
    }

    boolean lives() {
        return of(pid).filter(this::equals).isPresent();
    }

    /// Whether it lives and does nothing, since it was told to stop (`SIGSTOP`).
    boolean isStopped() {
        return lives() && fields(pid).filter(it -> it[STATE].equals("T")).isPresent();
    }

    /// The process that started it; 0 where it has ended.
    long parent() {
        return fields(pid).map(fields -> Long.parseLong(fields[PARENT])).orElse(0L);
    }

    /// Orders processes of one start of the machine: a smaller number started earlier.
    long ticks() {
        return Long.parseLong(started.substring(0, started.indexOf('@')));
    }

    Optional<Instant> since() {
        return ProcessHandle.of(pid).flatMap(it -> it.info().startInstant());
    }

    private static Optional<String[]> fields(long pid) {
        // Every process of ours is asked every second, so this takes one read.
        try (var in = new FileInputStream("/proc/" + pid + "/stat")) {
            var bytes = new byte[LONGEST];
            var length = in.read(bytes);
            if (length <= 0) return Optional.empty();
            var line = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
            return Optional.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String boot() {
        try {
            return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
