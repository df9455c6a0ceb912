package dev.assent.manifest;

import java.util.OptionalInt;

/// How a text is shown to whoever reads it.
///
/// @param width how many columns a line may have; empty where lines may be as long as they are
public record Look(boolean colour, OptionalInt width) {

    /// For files, pipes and other programs.
    public static final Look PLAIN = new Look(false, OptionalInt.empty());

    public String paint(Colour colour, String text) {
        return colour.paint(text, this.colour);
    }

    /// A sentence broken between its words, so that it fits.
    ///
    /// @param taken how many columns of the first line are taken already
    /// @param hanging how far all further lines are indented
    public String wrapped(String sentence, int taken, int hanging) {
        if (width.isEmpty()) return sentence;
        var out = new StringBuilder();
        var column = taken;
        for (var word : sentence.split(" ")) {
            var length = Visible.width(word);
            var gap = out.isEmpty() ? 0 : 1;
            if (column + gap + length > width.getAsInt() && column > hanging) {
                out.append('\n').append(" ".repeat(hanging)).append(word);
                column = hanging + length;
            } else {
                out.append(" ".repeat(gap)).append(word);
                column += gap + length;
            }
        }
        return out.toString();
    }
}
