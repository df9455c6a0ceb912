package dev.assent.manifest;

import dev.assent.manifest.Tree.Entry;
import dev.assent.manifest.Tree.Kind;
import dev.assent.manifest.VariableTargets.Target;
import dev.assent.model.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Puts what variables give in the place of what a file says. A variable that gives nothing is a
/// mistake as any other, and its name is the place where it was made.
final class Overrides {

    private final SchemaPart schema;
    private final Overriding overriding;
    private final Problems problems;

    Overrides(SchemaPart schema, Overriding overriding, Problems problems) {
        this.schema = schema;
        this.overriding = overriding;
        this.problems = problems;
    }

    /// The file's tree with what the variables give.
    Tree over(Tree root) {
        var given = new TreeMap<>(overriding.variables());
        given.keySet().removeIf(it -> !overriding.concerns(it));
        if (given.isEmpty()) return root;
        var targets = VariableTargets.of(overriding.prefix(), schema, root);
        var tree = root;
        for (var it : given.entrySet()) {
            var found = targets.of(it.getKey());
            if (found.size() == 1) {
                var value = value(it.getKey(), it.getValue(), found.getFirst());
                if (value.isPresent()) tree = with(tree, found.getFirst().steps(), value.get());
            } else {
                refuse(it.getKey(), found, targets);
            }
        }
        return tree;
    }

    private void refuse(String variable, List<Target> found, VariableTargets targets) {
        var spot = problems.unseen(variable);
        var file = variable + "_FILE";
        if (!found.isEmpty()) {
            problems.add(
                    Code.UNCLEAR_VARIABLE,
                    spot,
                    "this could be "
                            + Words.listed(found.stream().map(Target::words).toList(), "or"),
                    Remedy.suggest("write it into the file; a variable can't tell them apart"));
        } else if (!targets.of(file).isEmpty()) {
            problems.add(
                    Code.SECRET_IN_VARIABLE,
                    spot,
                    "a secret is never given by a variable, which other programs can see",
                    Remedy.suggest(
                            "put it into a file that only the service can read, and name that: %s"
                                    .formatted(file)));
        } else if (Secrets.isNamedBy(variable) && near(variable, targets).isEmpty()) {
            problems.add(
                    Code.SECRET_IN_VARIABLE,
                    spot,
                    "there is no such setting, and a secret is never given by a variable",
                    Remedy.suggest(
                            "put it into a file that only the service can read; the settings"
                                    + " that name one end with `_FILE` or `_KEY`"));
        } else {
            problems.add(
                    Code.UNKNOWN_VARIABLE,
                    spot,
                    "there is no such setting in this configuration",
                    near(variable, targets)
                            .map(Remedy::didYouMean)
                            .orElseGet(() ->
                                    Remedy.suggest(
                                            "`assent config show` shows what there is; unset the"
                                                    + " variable if it is not meant for Assent")));
        }
    }

    private static Optional<String> near(String variable, VariableTargets targets) {
        return Spelling.near(variable, targets.names());
    }

    /// What a variable says: a text as it is, several texts with commas between them, and all else
    /// as YAML.
    private Optional<Tree> value(String variable, String text, Target target) {
        var source = problems.variable(variable, text);
        var pointer = target.steps().stream().reduce(Pointer.ROOT, Pointer::child, (a, _) -> a);
        var all = source.place(0, text.codePointCount(0, text.length()));
        if (text.isBlank()) return Optional.of(new Tree.Scalar(all, pointer, "", Kind.EMPTY));
        if (target.part().isText() && !target.part().takes("integer")) {
            return Optional.of(new Tree.Scalar(all, pointer, text.strip(), Kind.TEXT));
        }
        if (target.part().takes("array")
                && !text.stripLeading().startsWith("[")
                && target.part().items().filter(SchemaPart::isText).isPresent()) {
            return Optional.of(list(source, text, all, pointer));
        }
        return yaml(source, pointer);
    }

    private static Tree list(Source source, String text, Place all, Pointer pointer) {
        var items = new ArrayList<Tree>();
        var from = 0;
        for (var part : text.split(",", -1)) {
            var lead = part.length() - part.stripLeading().length();
            var start = text.codePointCount(0, from + lead);
            var word = part.strip();
            var place = source.place(start, start + word.codePointCount(0, word.length()));
            items.add(
                    new Tree.Scalar(
                            place,
                            pointer.child(items.size()),
                            word,
                            word.isEmpty() ? Kind.EMPTY : Kind.TEXT));
            from += part.length() + 1;
        }
        return new Tree.Sequence(all, pointer, items);
    }

    private Optional<Tree> yaml(Source source, Pointer pointer) {
        var own = new Problems(source);
        var built = TreeBuilder.build(own, Budget.unlimited());
        built.ifPresent(it -> it.oddities().forEach(oddity -> oddity.report(own)));
        problems.take(own);
        return built.filter(_ -> !own.hasErrors()).map(it -> at(it.root(), pointer));
    }

    /// The same value at another place of the tree.
    private static Tree at(Tree tree, Pointer pointer) {
        return switch (tree) {
            case Tree.Scalar it -> new Tree.Scalar(it.place(), pointer, it.written(), it.kind());
            case Tree.Sequence it -> {
                var items = new ArrayList<Tree>();
                it.items().forEach(item -> items.add(at(item, pointer.child(items.size()))));
                yield new Tree.Sequence(it.place(), pointer, items);
            }
            case Tree.Mapping it ->
                    new Tree.Mapping(
                            it.place(),
                            pointer,
                            it.entries().stream()
                                    .map(entry ->
                                            new Entry(
                                                    entry.key(),
                                                    entry.keyPlace(),
                                                    at(entry.value(), pointer.child(entry.key()))))
                                    .toList(),
                            it.repeated());
        };
    }

    private Tree with(Tree tree, List<String> steps, Tree value) {
        return with(Optional.of(tree), schema, steps, Pointer.ROOT, value);
    }

    private static Tree with(
            Optional<Tree> tree, SchemaPart part, List<String> steps, Pointer pointer, Tree value) {
        if (steps.isEmpty()) return value;
        var step = steps.getFirst();
        var rest = steps.subList(1, steps.size());
        var here = pointer.child(step);
        if (tree.orElse(null) instanceof Tree.Sequence list) {
            var items = new ArrayList<>(list.items());
            var index = Integer.parseInt(step);
            var below = part.items().orElse(part);
            items.set(index, with(Optional.of(items.get(index)), below, rest, here, value));
            return new Tree.Sequence(list.place(), pointer, items);
        }
        var mapping =
                tree.orElse(null) instanceof Tree.Mapping it
                        ? it
                        : new Tree.Mapping(
                                value.place(), pointer, usual(part, pointer, value.place()), false);
        var below = part.at(step).orElse(part);
        var entry = mapping.entry(step);
        var changed = with(entry.map(Entry::value), below, rest, here, value);
        var entries = new ArrayList<>(mapping.entries());
        entries.removeIf(it -> it.key().equals(step));
        var place = rest.isEmpty() ? value.place() : changed.place();
        var key = entry.filter(_ -> !rest.isEmpty()).map(Entry::keyPlace).orElse(place);
        entries.add(new Entry(step, key, changed));
        return new Tree.Mapping(mapping.place(), mapping.pointer(), entries, mapping.repeated());
    }

    /// What counts where the file says nothing, for names that variables add to.
    private static List<Entry> usual(SchemaPart part, Pointer pointer, Place place) {
        if (part.named().isEmpty()) return List.of();
        return part.otherwise().stream()
                .flatMap(it -> it.propertyStream())
                .map(it ->
                        new Entry(
                                it.getKey(),
                                place,
                                JsonTree.of(it.getValue(), pointer.child(it.getKey()), place)))
                .toList();
    }
}
