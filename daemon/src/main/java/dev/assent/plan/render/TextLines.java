package dev.assent.plan.render;

import dev.assent.manifest.Colour;
import dev.assent.manifest.Look;
import dev.assent.manifest.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Writes lines that fit: what is too long goes on beneath its own beginning.
final class TextLines {

    /// Where nobody says how wide the lines may be.
    private static final int USUAL_WIDTH = 100;

    private static final int NARROWEST = 20;
    private static final int LABEL = 11;
    private static final Pattern BREAKS = Pattern.compile("(?<= )|(?<=,)(?! )");

    private final StringBuilder out = new StringBuilder();
    private final boolean colour;
    private final int width;

    TextLines(Look look) {
        this.colour = look.colour();
        this.width = look.width().orElse(USUAL_WIDTH);
    }

    /// A line as it is, however long: what is to be copied is never broken.
    void line(String line) {
        out.append(line.stripTrailing()).append('\n');
    }

    /// A text in lines that all begin at the same column.
    void text(int indent, String text) {
        broken(text, width - indent).forEach(it -> line(" ".repeat(indent) + it));
    }

    /// A text behind something that its further lines are indented past.
    ///
    /// @param indent how many columns that takes
    void behind(String head, int indent, String text) {
        var lines = broken(text, width - indent);
        line(head + lines.getFirst());
        lines.stream().skip(1).forEach(it -> line(" ".repeat(indent) + it));
    }

    /// Texts beside the word that says what they are.
    void labelled(int indent, String label, List<String> texts) {
        var head = label;
        for (var text : texts) {
            var gap = " ".repeat(LABEL - head.length());
            behind(
                    " ".repeat(indent) + Colour.FAINT.paint(head, colour) + gap,
                    indent + LABEL,
                    text);
            head = "";
        }
    }

    /// Two columns: what is too long for the first is broken there.
    ///
    /// @param indent how many columns the head takes
    /// @param first how wide the first column is
    void columns(String head, int indent, int first, String text, String beside) {
        var lines = broken(text, first);
        var top = lines.getFirst();
        line(head + top + " ".repeat(first - Visible.width(top) + 2) + beside);
        lines.stream().skip(1).forEach(it -> line(" ".repeat(indent) + it));
    }

    int width() {
        return width;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    /// Broken between words and behind commas; a word that is longer than a line is cut.
    private static List<String> broken(String text, int wanted) {
        var room = Math.max(NARROWEST, wanted);
        if (Visible.width(text) <= room) return List.of(text.stripTrailing());
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        var column = 0;
        for (var word : BREAKS.split(text)) {
            if (column > 0 && column + Visible.width(word.stripTrailing()) > room) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
                column = 0;
            }
            var width = Visible.width(word);
            if (column + width <= room) {
                line.append(word);
                column += width;
                continue;
            }
            for (var character : word.codePoints().toArray()) {
                var taken = Visible.width(Character.toString(character));
                if (column + taken > room && character != ' ') {
                    lines.add(line.toString());
                    line.setLength(0);
                    column = 0;
                }
                line.appendCodePoint(character);
                column += taken;
            }
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }
}
