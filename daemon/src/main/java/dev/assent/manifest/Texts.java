package dev.assent.manifest;

import dev.assent.model.Place;
import java.util.HashMap;
import java.util.Map;

/// Which parts of a file are the inside of a text, where every character counts.
final class Texts {

    private final Map<Integer, Place> byLine = new HashMap<>();
    private final Map<Place, Boolean> seen = new HashMap<>();

    Texts(Tree root) {
        collect(root);
    }

    private void collect(Tree tree) {
        switch (tree) {
            case Tree.Mapping mapping -> mapping.entries().forEach(entry -> collect(entry.value()));
            case Tree.Sequence sequence -> sequence.items().forEach(this::collect);
            case Tree.Scalar scalar -> add(scalar.place());
        }
    }

    private void add(Place place) {
        if (seen.put(place, true) != null) return;
        for (var line = place.line(); line <= place.endLine(); line++) byLine.put(line, place);
    }

    /// Whether a place of one line begins inside a text.
    boolean contain(Place place) {
        var text = byLine.get(place.line());
        if (text == null) return false;
        var afterStart = text.line() < place.line() || text.column() < place.column();
        var beforeEnd = text.endLine() > place.line() || text.endColumn() > place.column();
        return afterStart && beforeEnd;
    }
}
