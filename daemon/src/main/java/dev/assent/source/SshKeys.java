package dev.assent.source;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.transport.SshConfigStore;
import org.eclipse.jgit.transport.SshConstants;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.sshd.KeyPasswordProvider;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;
import org.jspecify.annotations.Nullable;

/// How to sign in over SSH: by key alone, to hosts whose key is known. Nobody is asked anything, no
/// agent is used, and `~/.ssh/config` is not read, as it could weaken either.
final class SshKeys {

    private static final Path HOSTS_OF_THE_MACHINE = Path.of("/etc/ssh/ssh_known_hosts");
    private static final String HOSTS = "known_hosts";
    private static final String TIME_TO_SIGN_IN = "org.apache.sshd.config.auth-timeout";

    private SshKeys() {}

    /// Opens sessions with the given key, or with those that lie in the folder.
    static SshdSessionFactory sessions(Path folder, Optional<Path> key, Duration timeout) {
        // JGit gives its own timeout to all but signing in, for which this is the only way.
        System.setProperty(TIME_TO_SIGN_IN, Long.toString(timeout.toMillis()));
        var hosts =
                Stream.concat(
                                key.stream().map(it -> it.toAbsolutePath().resolveSibling(HOSTS)),
                                Stream.of(folder.resolve(HOSTS), HOSTS_OF_THE_MACHINE))
                        .distinct()
                        .filter(Files::isReadable)
                        .toList();
        var builder =
                new SshdSessionFactoryBuilder()
                        .setHomeDirectory(folder.toFile())
                        .setSshDirectory(folder.toFile())
                        .setPreferredAuthentications("publickey")
                        .setConfigStoreFactory((_, _, _) -> new Strict())
                        .setDefaultKnownHostsFiles(_ -> hosts)
                        .setKeyPasswordProvider(_ -> new NoPassphrase())
                        .setConnectorFactory(null);
        key.ifPresent(it -> builder.setDefaultIdentities((File _) -> List.of(it)));
        return builder.build(null);
    }

    /// The same for every host: its key must be known.
    private static final class Strict implements SshConfigStore, SshConfigStore.HostConfig {

        private static final Map<String, String> OPTIONS =
                Map.of(SshConstants.STRICT_HOST_KEY_CHECKING, SshConstants.YES);

        @Override
        public HostConfig lookup(String host, int port, @Nullable String user) {
            return this;
        }

        @Override
        public HostConfig lookupDefault(String host, int port, @Nullable String user) {
            return this;
        }

        @Override
        public @Nullable String getValue(String key) {
            return OPTIONS.get(key);
        }

        @Override
        public List<String> getValues(String key) {
            return List.of();
        }

        @Override
        public Map<String, String> getOptions() {
            return OPTIONS;
        }

        @Override
        public Map<String, List<String>> getMultiValuedOptions() {
            return Map.of();
        }
    }

    /// A key with a passphrase is passed over.
    private static final class NoPassphrase implements KeyPasswordProvider {

        @Override
        public char @Nullable [] getPassphrase(URIish key, int attempt) {
            return null;
        }

        @Override
        public void setAttempts(int attempts) {}

        @Override
        public boolean keyLoaded(URIish key, int attempt, @Nullable Exception error) {
            return false;
        }
    }
}
