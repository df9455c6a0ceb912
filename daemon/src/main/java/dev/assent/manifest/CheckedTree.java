package dev.assent.manifest;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// A file whose structure is what its schema says: values to read, and a way to say what else is
/// wrong with them.
public final class CheckedTree {

    private final Tree.Mapping root;
    private final Problems problems;

    private final SchemaPart schema;

    /// What the schema finds wrong: nothing that follows from it is worth saying.
    private final List<String> wrong;

    CheckedTree(Tree.Mapping root, Problems problems, SchemaPart schema) {
        this.root = root;
        this.problems = problems;
        this.schema = schema;
        this.wrong =
                problems.sorted().stream()
                        .filter(it -> it.severity() == Problem.Severity.ERROR)
                        .map(Problem::pointer)
                        .toList();
    }

    /// What the file's schema says, to be gone through beside its values.
    public SchemaPart schema() {
        return schema;
    }

    /// Whether the schema finds something wrong with a value, or with what stands in it.
    public boolean isWrong(Tree value) {
        var here = value.pointer() + "/";
        return wrong.stream().anyMatch(it -> (it + "/").startsWith(here));
    }

    /// Says that a value can't be meant, unless the schema has said so already.
    public void refuse(Tree value, String message) {
        if (!isWrong(value)) report(Code.NOT_ALLOWED, value.spot(), message, Optional.empty());
    }

    /// The same, where one of these words is meant; the nearest is what is suggested.
    public void refuse(Tree value, String message, Collection<String> known) {
        refuse(value, message, Spelling.near(value.text().orElse(""), known));
    }

    /// What counts: what the file and variables say, and the schema's defaults where they say
    /// nothing. Secrets are not in it.
    public Tree.Mapping effective() {
        return (Tree.Mapping) new Defaults(schema).around(root);
    }

    /// Where a value of what counts comes from: `line 4`, the name of a variable, or `default`.
    public String origin(Tree value) {
        if (Defaults.isOne(value)) return "default";
        return variableOf(value).orElseGet(() -> "line " + value.place().line());
    }

    /// The variable that gave a value; empty for what stands in the file.
    public Optional<String> variableOf(Tree value) {
        return problems.variableAt(value.place());
    }

    /// The file's keys; none for an empty file.
    public Tree.Mapping root() {
        return root;
    }

    /// Goes through all values that the schema describes, each with what it says of them.
    public void each(BiConsumer<SchemaPart, Tree> visitor) {
        each(schema, root, visitor);
    }

    private static void each(SchemaPart part, Tree tree, BiConsumer<SchemaPart, Tree> visitor) {
        visitor.accept(part, tree);
        switch (tree) {
            case Tree.Mapping mapping ->
                    mapping.lastOfEach()
                            .forEach(it ->
                                    part.at(it.key())
                                            .ifPresent(at -> each(at, it.value(), visitor)));
            case Tree.Sequence list ->
                    part.items()
                            .ifPresent(
                                    items -> list.items().forEach(it -> each(items, it, visitor)));
            case Tree.Scalar _ -> {}
        }
    }

    /// The same where at most one word could be meant.
    public void refuse(Tree value, String message, Optional<String> meant) {
        if (isWrong(value)) return;
        problems.add(
                Code.NOT_ALLOWED, value.spot(), message, Mending.nearest(value, meant, problems));
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
