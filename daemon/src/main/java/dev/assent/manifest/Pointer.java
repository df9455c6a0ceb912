package dev.assent.manifest;

import java.util.ArrayDeque;
import java.util.Optional;

/// Where a value stands in the tree: the keys and list positions that lead to it. Written as a JSON
/// pointer only when somebody wants to read it; until then, pointers share their beginnings.
public record Pointer(Optional<Pointer> parent, String key) {

    /// The whole file.
    public static final Pointer ROOT = new Pointer(Optional.empty(), "");

    public Pointer child(String key) {
        return new Pointer(Optional.of(this), key);
    }

    public Pointer child(int index) {
        return child(Integer.toString(index));
    }

    @Override
    public String toString() {
        var steps = new ArrayDeque<String>();
        for (var step = this; step.parent.isPresent(); step = step.parent.get()) {
            steps.addFirst(step.key.replace("~", "~0").replace("/", "~1"));
        }
        return steps.isEmpty() ? "" : "/" + String.join("/", steps);
    }
}
