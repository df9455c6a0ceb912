package dev.assent.provider.local;

import dev.assent.engine.Workbench;
import dev.assent.failpoint.Failpoint;
import dev.assent.log.Redaction;
import dev.assent.provider.ProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Predicate;

/// An adapter's hands on this machine.
///
/// @param folder where programs are run
record LocalWorkbench(Path folder, ServersUser user) implements Workbench {

    private static final String OWNER_ALONE = "rwx------";

    @Override
    public void run(List<String> argv) {
        run(argv, () -> Commands.run(user.as(argv), folder));
    }

    @Override
    public void run(List<String> argv, Path output) {
        write(output, "");
        var whole = false;
        try {
            run(argv, () -> Commands.run(user.as(argv), folder, output));
            whole = true;
        } finally {
            if (!whole) delete(output);
        }
    }

    @Override
    public void run(List<String> argv, String until) {
        run(argv, () -> Commands.run(user.as(argv), folder, until));
    }

    private interface Running {
        Commands.Ended toItsEnd() throws IOException;
    }

    private static void run(List<String> argv, Running running) {
        var program = Path.of(argv.getFirst()).getFileName();
        doing(
                "run " + program,
                () -> {
                    Failpoint.LOCAL_BEFORE_PROGRAM.reached(IOException::new);
                    var ended = running.toItsEnd();
                    Failpoint.LOCAL_AFTER_PROGRAM.reached(IOException::new);
                    if (ended.code() == 0) return;
                    throw new ProviderException(
                            "%s ended with exit code %d:%n%s"
                                    .formatted(
                                            program,
                                            ended.code(),
                                            Redaction.of(ended.printed().strip())));
                });
    }

    @Override
    public void write(Path file, String text) {
        doing("write " + file, () -> Durable.replace(file, text, user));
    }

    @Override
    public void delete(Path path) {
        doing("delete " + path, () -> Trees.delete(path));
    }

    @Override
    public void makeFolder(Path made) {
        doing(
                "make " + made,
                () -> {
                    Failpoint.FOLDER_BEFORE_MAKE.reached(IOException::new);
                    Files.createDirectory(
                            made,
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString(OWNER_ALONE)));
                    Failpoint.FOLDER_AFTER_MAKE.reached(IOException::new);
                    user.own(made);
                });
    }

    @Override
    public void copy(Path from, Path to, Predicate<Path> wanted) {
        if (!Files.isDirectory(to, LinkOption.NOFOLLOW_LINKS)) makeFolder(to);
        doing(
                "copy " + from,
                () -> {
                    Trees.copy(from, to, wanted, this::giveAway);
                    Durable.flushAll(to);
                });
    }

    private void giveAway(Path copied) throws IOException {
        Files.setPosixFilePermissions(
                copied,
                PosixFilePermissions.fromString(
                        Files.isDirectory(copied) ? OWNER_ALONE : "rw-------"));
        user.own(copied);
    }

    private interface Deed {
        void go() throws IOException;
    }

    private static void doing(String what, Deed deed) {
        try {
            deed.go();
        } catch (IOException e) {
            throw new ProviderException("could not " + what + ": " + Trouble.of(e), e);
        }
    }
}
