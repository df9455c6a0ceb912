package dev.assent.forge;

/// The hidden line by which a comment of ours is known again. People quote comments: in a quotation
/// the line begins with `>` and does not count.
final class Marker {

    static final String BEGINNING = "<!-- assent:";

    private Marker() {}

    static boolean isOn(String text) {
        return text.lines().anyMatch(it -> it.startsWith(BEGINNING));
    }
}
