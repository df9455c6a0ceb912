package dev.assent.provider.local;

import dev.assent.provider.ProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// The user that servers run as: this process's own, or, where that is root, one without rights,
/// since PostgreSQL refuses to run as root and nothing else should.
///
/// `nobody` is never chosen by itself: other programs that run as it could read the databases.
///
/// @param another whether it is another user than this process's own
record ServersUser(String name, int uid, int gid, boolean another) {

    private static final int ROOT = 0;
    private static final List<String> USUAL = List.of("assent", "postgres");

    /// @param runAs the configured user's name
    static ServersUser choose(Optional<String> runAs) throws IOException {
        var own = number(List.of("id", "-u")).orElseThrow();
        if (own == ROOT) return unprivileged(runAs);
        var ourselves = new ServersUser(System.getProperty("user.name"), own, ownGroup(), false);
        if (runAs.isPresent() && uid(runAs.get()).orElse(-1) != own) {
            throw new ProviderException(
                    "servers shall run as the user `%s`, but only root can start them as somebody else and Assent runs as `%s`; start it as root, or leave the user out"
                            .formatted(runAs.get(), ourselves.name));
        }
        return ourselves;
    }

    private static ServersUser unprivileged(Optional<String> runAs) throws IOException {
        var names = runAs.map(Stream::of).orElseGet(USUAL::stream).toList();
        for (var name : names) {
            var uid = uid(name);
            var gid = gid(name);
            if (uid.isEmpty() || gid.isEmpty()) continue;
            if (uid.getAsInt() == ROOT) {
                throw new ProviderException(
                        "database servers do not run as root, and the user `" + name + "` is root");
            }
            return new ServersUser(name, uid.getAsInt(), gid.getAsInt(), true);
        }
        throw new ProviderException(
                "database servers do not run as root, and there is no user `%s` to run them as; make one with `useradd --system --user-group assent`, or configure another one"
                        .formatted(String.join("` or `", names)));
    }

    private static int ownGroup() throws IOException {
        return number(List.of("id", "-g")).orElseThrow();
    }

    private static OptionalInt uid(String name) throws IOException {
        return number(List.of("id", "-u", "--", name));
    }

    private static OptionalInt gid(String name) throws IOException {
        return number(List.of("id", "-g", "--", name));
    }

    /// `id` asks whatever the machine keeps its users in; it fails for a user that is not there.
    private static OptionalInt number(List<String> id) throws IOException {
        var ended = Commands.run(id, Path.of("/"));
        return ended.code() == 0
                ? OptionalInt.of(Integer.parseInt(ended.printed().strip()))
                : OptionalInt.empty();
    }

    /// The command that runs a command as this user, with no way back.
    List<String> as(List<String> argv) {
        if (!another) return argv;
        var drop =
                List.of(
                        "setpriv",
                        "--reuid=" + uid,
                        "--regid=" + gid,
                        "--clear-groups",
                        "--no-new-privs",
                        "--");
        return Stream.concat(drop.stream(), argv.stream()).toList();
    }

    /// Gives the user a file or folder.
    void own(Path path) throws IOException {
        if (!another) return;
        Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
    }

    /// The mode of our own folders on the way to what is the user's: to pass through, not to list.
    String passage() {
        return another ? "rwx--x--x" : "rwx------";
    }

    /// Refuses a folder that the user cannot get to, and says which folder is in the way.
    void refuseUnreachable(Path folder) throws IOException {
        for (var step = folder; step != null; step = step.getParent()) {
            if (!Files.exists(step) || passes(step)) continue;
            throw new ProviderException(
                    "the user `%s`, which database servers run as, cannot get to %s because %s does not let it pass; allow that with `chmod o+x %s`, or configure a folder elsewhere"
                            .formatted(name, folder, step, step));
        }
    }

    private boolean passes(Path folder) throws IOException {
        if (!another) return true;
        var attributes = Files.readAttributes(folder, "unix:mode,uid,gid");
        var mode = (int) Objects.requireNonNull(attributes.get("mode"));
        if (Objects.equals(attributes.get("uid"), uid)) return (mode & 0100) != 0;
        if (Objects.equals(attributes.get("gid"), gid)) return (mode & 0010) != 0;
        return (mode & 0001) != 0;
    }
}
