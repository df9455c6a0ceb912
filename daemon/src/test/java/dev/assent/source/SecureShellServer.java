package dev.assent.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.UploadPack;
import org.jspecify.annotations.Nullable;

/// A real Git server over SSH that knows one client's key.
public final class SecureShellServer implements AutoCloseable {

    private final SshServer server = SshServer.setUpDefaultServer();
    private final KeyPair hostKey;

    public SecureShellServer(KeyPair hostKey, KeyPair client) throws IOException {
        this.hostKey = hostKey;
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(KeyPairProvider.wrap(List.of(hostKey)));
        server.setPublickeyAuthenticator((user, key, _) ->
                user.equals("git") && KeyUtils.compareKeys(key, client.getPublic()));
        server.setCommandFactory((_, line) -> new Serve(line));
        server.start();
    }

    public String url(Path repository) {
        return "ssh://git@127.0.0.1:" + server.getPort() + repository;
    }

    /// The line by which a client knows this server.
    public String knownHost() {
        return "[127.0.0.1]:"
                + server.getPort()
                + " "
                + PublicKeyEntry.toString(hostKey.getPublic())
                + "\n";
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }

    /// `git-upload-pack 'FOLDER'`
    private static final class Serve implements Command {

        private final Path repository;
        private @Nullable InputStream in;
        private @Nullable OutputStream out;
        private @Nullable ExitCallback exit;

        Serve(String line) {
            repository = Path.of(line.substring(line.indexOf('\'') + 1, line.lastIndexOf('\'')));
        }

        @Override
        public void setInputStream(InputStream in) {
            this.in = in;
        }

        @Override
        public void setOutputStream(OutputStream out) {
            this.out = out;
        }

        @Override
        public void setErrorStream(OutputStream errors) {}

        @Override
        public void setExitCallback(ExitCallback exit) {
            this.exit = exit;
        }

        @Override
        public void start(ChannelSession channel, Environment environment) {
            Thread.ofVirtual().start(this::serve);
        }

        @SuppressWarnings("NullAway") // set before start
        private void serve() {
            try (var git =
                    new FileRepositoryBuilder()
                            .setGitDir(repository.toFile())
                            .setMustExist(true)
                            .build()) {
                new UploadPack(git).upload(in, out, null);
                exit.onExit(0);
            } catch (IOException e) {
                exit.onExit(1, "no repository");
            }
        }

        @Override
        public void destroy(ChannelSession channel) {}
    }
}
