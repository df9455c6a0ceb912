package dev.assent;

import dev.assent.forge.fake.FakeGitHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// How a daemon is told of a forge: with a token in a file, and a policy by which everybody who may
/// write there may say yes.
final class ForgeConfiguration {

    /// To be said beside the repositories.
    static final String POLICY = "policy: policy.yml\n";

    private ForgeConfiguration() {}

    /// Writes token and policy into the folder of the configuration.
    ///
    /// @return what is to be said of the repository
    static String of(FakeGitHub forge, Path folder) throws IOException {
        var token = Files.writeString(folder.resolve("forge.token"), forge.token());
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(
                folder.resolve("policy.yml"),
                """
                rules:
                - {name: everything, match: "*/*", by: [forge-write]}
                """);
        return """
        forge:
          type: github
          api: %s
          project: acme/platform
          token_file: %s
        """
                .formatted(forge.api(), token);
    }
}
