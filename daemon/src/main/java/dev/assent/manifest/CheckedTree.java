package dev.assent.manifest;

import java.util.List;
import java.util.Optional;

/// A file whose structure is what its schema says: values to read, and a way to say what else is
/// wrong with them.
public final class CheckedTree {

    private final Tree.Mapping root;
    private final Problems problems;

    CheckedTree(Tree.Mapping root, Problems problems) {
        this.root = root;
        this.problems = problems;
    }

    /// The file's keys; none for an empty file.
    public Tree.Mapping root() {
        return root;
    }

    /// Says that something is wrong that a schema cannot know.
    ///
    /// @param suggestion what to write instead, or what to do; in a few words
    public void report(Code code, Spot spot, String message, Optional<String> suggestion) {
        problems.add(code, spot, message, Remedy.suggest(suggestion));
    }

    public boolean hasErrors() {
        return problems.hasErrors();
    }

    /// Everything that is wrong, the warnings too; most useful first.
    public List<Problem> problems() {
        return problems.sorted();
    }
}
