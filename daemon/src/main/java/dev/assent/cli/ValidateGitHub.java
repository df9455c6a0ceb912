package dev.assent.cli;

import dev.assent.manifest.Problem;
import dev.assent.manifest.Visible;
import java.io.PrintWriter;

/// Problems as the workflow commands that GitHub turns into annotations of a pull request, and
/// nothing else.
final class ValidateGitHub implements ValidateReport {

    private final PrintWriter out;

    ValidateGitHub(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void add(CheckedFile file) {
        file.problems().forEach(it -> out.println(annotation(it, file)));
    }

    @Override
    public void end() {}

    private static String annotation(Problem problem, CheckedFile file) {
        var place = problem.place();
        if (problem.variable().isPresent()) {
            return "::%s title=%s::%s: %s"
                    .formatted(
                            file.level(problem),
                            problem.code().id(),
                            problem.variable().get(),
                            text(CheckedFile.sentence(problem)));
        }
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
                        text(CheckedFile.sentence(problem)));
    }

    private static String text(String text) {
        return Visible.lines(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return text(text).replace(":", "%3A").replace(",", "%2C");
    }
}
