package dev.assent.cli;

import dev.assent.manifest.Problem;
import dev.assent.manifest.Visible;
import java.io.PrintWriter;
import java.util.List;

/// Problems as the workflow commands that GitHub turns into annotations of a pull request.
final class ValidateGitHub {

    private ValidateGitHub() {}

    static void print(List<CheckedFile> files, PrintWriter out) {
        for (var file : files) {
            file.problems().forEach(it -> out.println(annotation(it, file)));
        }
    }

    private static String annotation(Problem problem, CheckedFile file) {
        var place = problem.place();
        var message =
                problem.suggestion()
                        .map(it -> problem.message() + "; " + it)
                        .orElse(problem.message());
        // GitHub wants no columns where a place has several lines.
        var columns =
                place.line() == place.endLine()
                        ? ",col=%d,endColumn=%d".formatted(place.column(), place.endColumn())
                        : "";
        return "::%s file=%s,line=%d,endLine=%d%s,title=%s::%s"
                .formatted(
                        file.level(problem),
                        property(file.path()),
                        place.line(),
                        place.endLine(),
                        columns,
                        problem.code().id(),
                        text(Visible.lines(message)));
    }

    private static String text(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return text(text).replace(":", "%3A").replace(",", "%2C");
    }
}
