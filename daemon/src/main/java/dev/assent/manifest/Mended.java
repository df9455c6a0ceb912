package dev.assent.manifest;

import java.util.List;

/// Repaired lines of a file.
///
/// @param firstLine the first line that they replace, by its number
/// @param lastLine the last one
/// @param lines what stands there instead; none where nothing is mended
public record Mended(int firstLine, int lastLine, List<String> lines) {

    static final Mended NOTHING = new Mended(0, 0, List.of());

    public Mended {
        lines = List.copyOf(lines);
    }

    static Mended line(int number, String line) {
        return new Mended(number, number, List.of(line));
    }

    public boolean isEmpty() {
        return lines.isEmpty();
    }
}
