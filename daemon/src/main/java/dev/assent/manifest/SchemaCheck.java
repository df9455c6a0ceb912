package dev.assent.manifest;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.path.NodePath;
import java.util.HashSet;
import java.util.Optional;
import java.util.function.Predicate;

/// Checks a tree against a schema that is compiled once. What the schema finds is told by
/// [SchemaWords].
final class SchemaCheck {

    private final SchemaFile file;
    private final Schema schema;

    SchemaCheck(SchemaFile file) {
        this.file = file;
        schema = SchemaRegistry.withDefaultDialect(withAnnotations()).getSchema(file.json());
        schema.initializeValidators();
    }

    /// The schema, to be gone through.
    SchemaPart part() {
        return SchemaPart.of(file);
    }

    /// Draft 2020-12 with the annotations that our schemas add to it.
    private static Dialect withAnnotations() {
        return Dialect.builder(Dialects.getDraft202012())
                .keyword(new NonValidationKeyword(SchemaFile.EXPECTED))
                .keyword(new NonValidationKeyword(SchemaFile.INSTEAD))
                .keyword(new NonValidationKeyword(AppliedOn.ANNOTATION))
                .keyword(new NonValidationKeyword(GroupReader.ONLY_OF))
                .keyword(new NonValidationKeyword(SchemaPart.FILE))
                .keyword(new NonValidationKeyword(SchemaPart.SECRET))
                .build();
    }

    /// Reports everything that the schema does not allow; one problem for each value or key.
    ///
    /// @param concerns whether a value is any of our business
    void check(Tree root, Problems problems, Predicate<Pointer> concerns) {
        var words = new SchemaWords(file, problems);
        var told = new HashSet<String>();
        for (var error : schema.validate(TreeJson.of(root))) {
            if (problems.overflow()) break;
            var finding = new Located(root, error);
            if (finding.tree().filter(it -> concerns.test(it.pointer())).isEmpty()) continue;
            if (!told.add(error.getInstanceLocation() + " " + error.getProperty())) continue;
            words.report(error, finding);
        }
    }

    /// What a finding is about: a value, and the entry that it stands in if it stands in one.
    record Located(Optional<Tree> tree, Optional<Tree.Entry> entry) {

        private Located(Tree root, Error error) {
            this(find(root, error.getInstanceLocation()));
        }

        private Located(Located other) {
            this(other.tree, other.entry);
        }

        private static Located find(Tree root, NodePath path) {
            var found = new Located(Optional.of(root), Optional.empty());
            for (var i = 0; i < path.getNameCount(); i++) {
                found = found.child(path.getElement(i));
            }
            return found;
        }

        private Located child(Object step) {
            return switch (tree.orElse(null)) {
                case Tree.Mapping mapping -> {
                    var entry = mapping.entry(step.toString());
                    yield new Located(entry.map(Tree.Entry::value), entry);
                }
                case Tree.Sequence sequence ->
                        new Located(
                                Optional.of(sequence.items().get(((Number) step).intValue())),
                                Optional.empty());
                case Tree.Scalar _ -> new Located(Optional.empty(), Optional.empty());
                case null -> this;
            };
        }
    }
}
