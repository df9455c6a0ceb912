package dev.assent.cli;

import dev.assent.manifest.Problem;
import java.io.PrintWriter;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Problems for programs; version 1 of this form only ever gains keys.
final class ValidateJson {

    private static final JsonMapper JSON = JsonMapper.shared();

    private ValidateJson() {}

    static void print(List<CheckedFile> files, PrintWriter out) {
        var root = JSON.createObjectNode().put("version", 1);
        var list = root.putArray("files");
        for (var file : files) {
            var node = list.addObject().put("path", file.path()).put("valid", file.valid());
            var problems = node.putArray("problems");
            file.problems().forEach(it -> describe(it, file, problems.addObject()));
        }
        out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root));
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
        problem.suggestion().ifPresent(it -> node.put("suggestion", it));
        if (problem.mended().isEmpty()) return;
        var mended = node.putArray("mended");
        problem.mended().forEach(mended::add);
    }
}
