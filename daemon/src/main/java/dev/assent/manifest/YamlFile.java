package dev.assent.manifest;

import java.util.List;

/// The front door for any YAML file that a schema describes: the same limits, places and messages
/// as for a manifest. One serves any number of threads.
///
/// ```java
/// var file = YamlFile.describedBy("/schema/config.schema.json").read(path, bytes);
/// if (!file.hasErrors()) file.root().list("repositories")…
/// ```
public final class YamlFile {

    private final SchemaCheck schema;

    private YamlFile(SchemaCheck schema) {
        this.schema = schema;
    }

    /// Reads files that a schema describes.
    ///
    /// @param schema its resource on the class path; `x-expected` beside a keyword is how messages
    ///   name what it wants
    public static YamlFile describedBy(String schema) {
        return new YamlFile(new SchemaCheck(SchemaFile.load(schema)));
    }

    /// Reads one file; all that is wrong with its text and structure in one go. With errors, the
    /// tree holds whatever could be read.
    public CheckedTree read(String path, byte[] bytes) {
        return read(path, bytes, Overriding.NONE);
    }

    /// The same, with what variables give in the place of what the file says.
    public CheckedTree read(String path, byte[] bytes, Overriding overriding) {
        var problems = Decoding.decode(path, bytes);
        var nothing = new Tree.Mapping(problems.source().start(), Pointer.ROOT, List.of(), false);
        if (problems.hasErrors()) return new CheckedTree(nothing, problems, schema.part());
        return TreeBuilder.build(problems, Budget.unlimited())
                .map(built -> {
                    built.oddities().forEach(it -> it.report(problems));
                    var whole =
                            new Overrides(schema.part(), overriding, problems).over(built.root());
                    schema.check(whole, problems, _ -> true);
                    var root = whole instanceof Tree.Mapping it ? it : nothing;
                    return new CheckedTree(root, problems, schema.part());
                })
                .orElseGet(() -> new CheckedTree(nothing, problems, schema.part()));
    }
}
