package dev.assent.provider.local;

import dev.assent.model.Sizes;
import java.nio.file.Path;
import java.util.Optional;

/// How a local provider is to work.
///
/// @param servers the folder in which every server gets its own
/// @param cache the folder for unpacked programs; several daemons may share it
/// @param firstPort the first port that a server may get
/// @param lastPort the last one
/// @param host the address that servers listen on
/// @param runAs the user that servers run as, if this process is root's; absent: `assent` or else
///   `postgres`, whichever there is
/// @param archives whether programs may be had as archives from Maven repositories
/// @param mavenRepository the local Maven repository; absent: the user's
/// @param keeper who keeps the servers' processes; absent: systemd where it can
/// @param sizes what a server's `size` means
public record LocalSettings(
        Path servers,
        Path cache,
        int firstPort,
        int lastPort,
        String host,
        Optional<String> runAs,
        boolean archives,
        Optional<Path> mavenRepository,
        Optional<Keeper> keeper,
        Sizes sizes) {

    /// Below the ports that Linux gives to outgoing connections.
    public static final int FIRST_PORT = 20_000;

    public static final int LAST_PORT = 29_999;
    public static final String HOST = "127.0.0.1";

    public LocalSettings {
        servers = servers.toAbsolutePath().normalize();
        cache = cache.toAbsolutePath().normalize();
        if (firstPort < 1 || lastPort > 65_535 || lastPort < firstPort) {
            throw new IllegalArgumentException("no range of ports: " + firstPort + "-" + lastPort);
        }
    }

    /// The usual settings with two folders.
    public static LocalSettings in(Path servers, Path cache) {
        return new LocalSettings(
                servers,
                cache,
                FIRST_PORT,
                LAST_PORT,
                HOST,
                Optional.empty(),
                true,
                Optional.empty(),
                Optional.empty(),
                Sizes.NONE);
    }

    public LocalSettings withPorts(int first, int last) {
        return new LocalSettings(
                servers, cache, first, last, host, runAs, archives, mavenRepository, keeper, sizes);
    }

    public LocalSettings withRunAs(String user) {
        return new LocalSettings(
                servers,
                cache,
                firstPort,
                lastPort,
                host,
                Optional.of(user),
                archives,
                mavenRepository,
                keeper,
                sizes);
    }

    public LocalSettings withArchives(boolean allowed) {
        return new LocalSettings(
                servers,
                cache,
                firstPort,
                lastPort,
                host,
                runAs,
                allowed,
                mavenRepository,
                keeper,
                sizes);
    }

    public LocalSettings withMavenRepository(Path repository) {
        return new LocalSettings(
                servers,
                cache,
                firstPort,
                lastPort,
                host,
                runAs,
                archives,
                Optional.of(repository),
                keeper,
                sizes);
    }

    public LocalSettings withKeeper(Keeper chosen) {
        return new LocalSettings(
                servers,
                cache,
                firstPort,
                lastPort,
                host,
                runAs,
                archives,
                mavenRepository,
                Optional.of(chosen),
                sizes);
    }

    public LocalSettings withSizes(Sizes known) {
        return new LocalSettings(
                servers,
                cache,
                firstPort,
                lastPort,
                host,
                runAs,
                archives,
                mavenRepository,
                keeper,
                known);
    }
}
