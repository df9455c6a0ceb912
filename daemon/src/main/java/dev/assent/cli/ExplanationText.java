package dev.assent.cli;

import dev.assent.manifest.Code;
import dev.assent.manifest.Colour;
import dev.assent.manifest.Explanation;
import dev.assent.manifest.Look;
import dev.assent.manifest.Problem.Severity;
import dev.assent.manifest.Visible;

/// Codes and what they mean, laid out for a person.
final class ExplanationText {

    private static final String FENCE = "```";
    private static final int INDENTATION = 4;

    private final Look look;
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder paragraph = new StringBuilder();

    private ExplanationText(Look look) {
        this.look = look;
    }

    /// All codes, those of one kind together.
    static String list(Look look) {
        var text = new ExplanationText(look);
        var heading = "";
        for (var code : Code.values()) {
            if (!heading.equals(heading(code))) {
                if (!heading.isEmpty()) text.line("");
                heading = heading(code);
                text.line(look.paint(Colour.BOLD, heading));
            }
            text.line(
                    "  %s  %s  %s"
                            .formatted(
                                    code.id(),
                                    look.paint(
                                            colour(code),
                                            "%-7s".formatted(CheckedFile.level(code.severity()))),
                                    code.title()));
        }
        return text.out.toString();
    }

    /// A code's page: its Markdown without the marks.
    static String of(Code code, Look look) {
        var text = new ExplanationText(look);
        var title =
                "%s  %s: %s".formatted(code.id(), CheckedFile.level(code.severity()), code.title());
        text.line(look.paint(Colour.BOLD, title));
        text.page(Explanation.of(code));
        return text.out.toString();
    }

    private static String heading(Code code) {
        return switch (code.id().substring(0, 5)) {
            case "ASN11" -> "The text and its YAML";
            case "ASN12" -> "What stands where";
            case "ASN13" -> "What it means";
            case "ASN14" -> "The configuration of the server";
            case "ASN15" -> "Which group may follow which";
            default -> "Others";
        };
    }

    private static Colour colour(Code code) {
        return code.severity() == Severity.ERROR ? Colour.RED : Colour.YELLOW;
    }

    private void page(String markdown) {
        var inExample = false;
        for (var line : markdown.lines().skip(1).toList()) {
            if (line.startsWith(FENCE)) {
                inExample = !inExample;
            } else if (inExample) {
                line(" ".repeat(INDENTATION) + Visible.columns(line));
            } else if (line.isEmpty()) {
                endParagraph();
                line("");
            } else {
                paragraph.append(paragraph.isEmpty() ? "" : " ").append(line);
            }
        }
        endParagraph();
    }

    private void endParagraph() {
        if (paragraph.isEmpty()) return;
        var text = paragraph.toString();
        line(
                switch (text) {
                    case "Wrong:" -> look.paint(Colour.RED, text);
                    case "Right:" -> look.paint(Colour.GREEN, text);
                    default -> look.wrapped(text, 0, 0);
                });
        paragraph.setLength(0);
    }

    private void line(String line) {
        out.append(line).append('\n');
    }
}
