package dev.assent.cli;

import dev.assent.manifest.Problem;
import java.io.PrintWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Problems for programs; version 1 of this form only ever gains keys.
final class ValidateJson implements ValidateReport {

    private final PrintWriter out;
    private final JsonGenerator json;

    ValidateJson(PrintWriter out) {
        this.out = out;
        json = generator(out);
        json.writeStartObject();
        json.writeNumberProperty("version", 1);
        json.writeArrayPropertyStart("files");
    }

    /// Writes indented JSON piece by piece, and leaves the writer open.
    static JsonGenerator generator(PrintWriter out) {
        return JsonMapper.shared()
                .writerWithDefaultPrettyPrinter()
                .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .createGenerator(out);
    }

    @Override
    public void add(CheckedFile file) {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("path", file.path()).put("valid", file.valid());
        var problems = node.putArray("problems");
        file.problems().forEach(it -> describe(it, file, problems.addObject()));
        file.declaration().ifPresent(it -> DeclarationJson.write(it, node));
        json.writeTree(node);
    }

    @Override
    public void end() {
        json.close();
        out.println();
    }

    private static void describe(Problem problem, CheckedFile file, ObjectNode node) {
        var place = problem.place();
        node.put("code", problem.code().id())
                .put("severity", file.level(problem))
                .put("message", problem.message())
                .put("line", place.line())
                .put("column", place.column())
                .put("endLine", place.endLine())
                .put("endColumn", place.endColumn())
                .put("pointer", problem.pointer());
        problem.variable().ifPresent(it -> node.put("variable", it));
        problem.suggestion().ifPresent(it -> node.put("suggestion", it));
        if (problem.mend().isEmpty()) return;
        var mended = node.putObject("mended");
        mended.put("firstLine", problem.mend().firstLine());
        mended.put("lastLine", problem.mend().lastLine());
        var lines = mended.putArray("lines");
        problem.mended().forEach(lines::add);
    }
}
