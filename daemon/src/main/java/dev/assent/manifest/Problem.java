package dev.assent.manifest;

import dev.assent.model.Place;
import java.util.List;
import java.util.Optional;

/// Something that is wrong with a file, in its author's words.
///
/// @param pointer JSON pointer to the value in question; empty for the whole file
/// @param lines the source lines to show, the first with its number `firstLine`
/// @param suggestion what to write instead, or what to do; in a few words
/// @param mend the repaired lines, where the mend is mechanical
/// @param variable the environment variable that it stands in, where that is no file
public record Problem(
        Code code,
        String message,
        Place place,
        String pointer,
        int firstLine,
        List<String> lines,
        Optional<String> suggestion,
        Mended mend,
        Optional<String> variable) {

    /// An error means that the file cannot mean what it says; a warning, that it works, but not as
    /// its author probably thinks.
    public enum Severity {
        ERROR,
        WARNING
    }

    public Problem {
        lines = List.copyOf(lines);
    }

    /// The repaired lines; none where the mend is not mechanical.
    public List<String> mended() {
        return mend.lines();
    }

    /// Where it stands, for people: the file with line and column, or a variable.
    public String where() {
        return variable.orElseGet(place::toString);
    }

    public Severity severity() {
        return code.severity();
    }
}
