package dev.assent.cli;

import dev.assent.manifest.Code;
import dev.assent.manifest.Explanation;
import dev.assent.manifest.Problem;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Problems as SARIF 2.1.0, which code hosts and editors show beside the lines.
final class ValidateSarif {

    private static final JsonMapper JSON = JsonMapper.shared();

    private ValidateSarif() {}

    static void print(List<CheckedFile> files, PrintWriter out) {
        var root = JSON.createObjectNode().put("version", "2.1.0");
        var run = root.putArray("runs").addObject();
        run.put("columnKind", "unicodeCodePoints");
        var driver = run.putObject("tool").putObject("driver").put("name", "assent");
        var rules = driver.putArray("rules");
        var used =
                files.stream()
                        .flatMap(it -> it.problems().stream())
                        .map(Problem::code)
                        .distinct()
                        .sorted()
                        .toList();
        used.forEach(it -> rule(it, rules.addObject()));
        var results = run.putArray("results");
        for (var file : files) {
            file.problems().forEach(it -> result(it, file, used, results.addObject()));
        }
        out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root));
    }

    private static void rule(Code code, ObjectNode rule) {
        rule.put("id", code.id()).put("name", code.name());
        rule.putObject("shortDescription").put("text", code.title());
        rule.putObject("help")
                .put("text", "assent explain " + code.id())
                .put("markdown", Explanation.of(code));
    }

    private static void result(
            Problem problem, CheckedFile file, List<Code> rules, ObjectNode result) {
        result.put("ruleId", problem.code().id())
                .put("ruleIndex", rules.indexOf(problem.code()))
                .put("level", file.level(problem));
        result.putObject("message").put("text", message(problem));
        var location = result.putArray("locations").addObject().putObject("physicalLocation");
        location.putObject("artifactLocation").put("uri", uri(file.path()));
        location.putObject("region")
                .put("startLine", problem.place().line())
                .put("startColumn", problem.place().column())
                .put("endLine", problem.place().endLine())
                .put("endColumn", problem.place().endColumn());
    }

    private static String message(Problem problem) {
        return problem.suggestion()
                .map(it -> problem.message() + "; " + it)
                .orElse(problem.message());
    }

    private static String uri(String path) {
        try {
            return new URI(null, null, path, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a path: " + path, e);
        }
    }
}
