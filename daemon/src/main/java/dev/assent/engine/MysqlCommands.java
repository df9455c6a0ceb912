package dev.assent.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The command lines of the family's programs.
final class MysqlCommands {

    private MysqlCommands() {}

    /// Nothing but the server's own file says how it runs: no file of the machine's, no variable.
    static List<String> run(Site site, String program) {
        return List.of(
                site.program(program),
                "--defaults-file=" + MysqlConfiguration.file(site),
                "--datadir=" + site.data());
    }

    /// A program that some installations have in another folder than the server's own: packages put
    /// the server into `sbin` or `libexec`, and archives have scripts apart.
    static String beside(Site site, String program) {
        return Stream.of(site.programs(), root(site).resolve("bin"), root(site).resolve("scripts"))
                .map(it -> it.resolve(program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() ->
                        new EngineException(
                                "there is no %s with the %s %s in %s; install it, or let archives be used"
                                        .formatted(
                                                program,
                                                site.specification().variant(),
                                                site.version(),
                                                site.programs())))
                .toString();
    }

    /// The folder that holds the programs' folder and what they share.
    static Path root(Site site) {
        var root = site.programs().getParent();
        return root == null ? site.programs() : root;
    }
}
