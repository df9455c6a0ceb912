package dev.assent.manifest;

/// The few colours and weights that texts for a terminal use. (picocli has more, but stands on the
/// top floor.)
public enum Colour {
    BOLD("1"),
    FAINT("2"),
    RED("31"),
    GREEN("32"),
    YELLOW("33"),
    CYAN("36");

    private final String code;

    Colour(String code) {
        this.code = code;
    }

    /// The text in this colour, where colours are wanted.
    public String paint(String text, boolean wanted) {
        return wanted && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
