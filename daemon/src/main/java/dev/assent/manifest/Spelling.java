package dev.assent.manifest;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds the word that somebody probably meant.
public final class Spelling {

    private static final int LONGEST = 100;

    private Spelling() {}

    /// The known word nearest to a text; empty when none is near, or the text is one of them.
    public static Optional<String> near(String text, Collection<String> known) {
        if (known.contains(text) || text.length() > LONGEST) return Optional.empty();
        var plain = plain(text);
        return known.stream()
                .filter(word -> isNear(plain, plain(word)))
                .min(
                        Comparator.<String>comparingInt(word -> distance(plain, plain(word)))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /// A third of the shorter word may differ, and never more than two letters: `mysq` is near
    /// `mysql`, `web` is not near `db`.
    private static boolean isNear(String text, String word) {
        var tolerance = Math.min(2, Math.min(text.length(), word.length()) / 3);
        return Math.abs(text.length() - word.length()) <= tolerance
                && distance(text, word) <= tolerance;
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }

    /// How many letters must be put in, taken out, changed, or swapped with the next one.
    static int distance(String from, String to) {
        var rows = new int[from.length() + 1][to.length() + 1];
        for (var i = 0; i <= from.length(); i++) {
            for (var j = 0; j <= to.length(); j++) {
                rows[i][j] = i == 0 || j == 0 ? i + j : nearest(rows, from, to, i, j);
            }
        }
        return rows[from.length()][to.length()];
    }

    private static int nearest(int[][] rows, String from, String to, int i, int j) {
        var same = from.charAt(i - 1) == to.charAt(j - 1);
        var best =
                Math.min(
                        rows[i - 1][j - 1] + (same ? 0 : 1),
                        Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
        var swapped =
                i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, rows[i - 2][j - 2] + 1) : best;
    }
}
