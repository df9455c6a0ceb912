package dev.assent.manifest;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Spoils a text the way that hands and editors do.
final class Mutations {

    private static final String ODD = "\t:-#&*!|>'\"{}[],?%@`\n \u00e9";
    private static final int MOST = 3;

    private final Random random;

    /// @param seed the same one spoils a text the same way
    Mutations(long seed) {
        random = new Random(seed);
    }

    /// The text after one mutation, or a few.
    String of(String text) {
        var mutant = text;
        for (var left = 1 + random.nextInt(MOST); left > 0; left--) mutant = once(mutant);
        return mutant;
    }

    private String once(String text) {
        return switch (random.nextInt(9)) {
            case 0 -> replaced(text, "");
            case 1 -> replaced(text, String.valueOf(odd()));
            case 2 -> inserted(text);
            case 3 -> duplicated(text);
            case 4 -> swapped(text);
            case 5 -> shifted(text, " ".repeat(1 + random.nextInt(3)), 0);
            case 6 -> shifted(text, "", 1 + random.nextInt(3));
            case 7 -> withLine(text, true);
            default -> withLine(text, false);
        };
    }

    private char odd() {
        return ODD.charAt(random.nextInt(ODD.length()));
    }

    private String replaced(String text, String by) {
        var from = random.nextInt(text.length() + 1);
        return text.substring(0, from) + by + text.substring(end(text, from));
    }

    private String inserted(String text) {
        var at = random.nextInt(text.length() + 1);
        return text.substring(0, at) + odd() + text.substring(at);
    }

    private String duplicated(String text) {
        var from = random.nextInt(text.length() + 1);
        var to = end(text, from);
        return text.substring(0, to) + text.substring(from, to) + text.substring(to);
    }

    private int end(String text, int from) {
        return Math.min(text.length(), from + random.nextInt(12));
    }

    private String swapped(String text) {
        if (text.length() < 2) return text;
        var at = random.nextInt(text.length() - 1);
        return text.substring(0, at)
                + text.charAt(at + 1)
                + text.charAt(at)
                + text.substring(at + 2);
    }

    /// Lines moved to the right or to the left: one, or a block of a few.
    private String shifted(String text, String by, int fewer) {
        var lines = lines(text);
        var from = random.nextInt(lines.size());
        var to = Math.min(lines.size(), from + 1 + (random.nextBoolean() ? random.nextInt(6) : 0));
        for (var at = from; at < to; at++) {
            var line = lines.get(at);
            var spaces = line.length() - line.stripLeading().length();
            lines.set(at, by + line.substring(Math.min(spaces, fewer)));
        }
        return lines.stream().collect(joining("\n"));
    }

    /// A line twice, or not at all.
    private String withLine(String text, boolean twice) {
        var lines = lines(text);
        var at = random.nextInt(lines.size());
        if (twice) lines.add(at, lines.get(at));
        else lines.remove(at);
        return lines.stream().collect(joining("\n"));
    }

    private static List<String> lines(String text) {
        return new ArrayList<>(List.of(text.split("\n", -1)));
    }
}
