package dev.assent;

import dev.assent.approval.Policy;
import dev.assent.approval.PolicyReader;
import dev.assent.approval.PolicyReading;
import dev.assent.configuration.Configuration;
import dev.assent.configuration.ConfigurationReader;
import dev.assent.configuration.ConfigurationReading;
import dev.assent.manifest.Problem;
import dev.assent.source.SourceException;
import dev.assent.source.signature.Signer;
import dev.assent.source.signature.Signers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What the configuration and the policy that it names say.
///
/// @param signers those whose signatures count: the people whom the policy knows
record Loaded(Configuration configuration, Policy policy, Signers signers) {

    /// What loading them gives.
    sealed interface Loading {

        record Good(Loaded loaded) implements Loading {}

        /// They cannot mean what they say.
        record Bad(List<Problem> problems) implements Loading {}
    }

    /// Reads both files.
    ///
    /// @param environment the process's variables, some of which stand above the configuration
    /// @throws IOException if one of them cannot be read
    /// @throws SourceException if a key of the policy's people is none
    static Loading from(Path file, Map<String, String> environment) throws IOException {
        var reading =
                new ConfigurationReader()
                        .read(file.toString(), Files.readAllBytes(file), environment);
        return switch (reading) {
            case ConfigurationReading.Valid(var configuration) -> with(file, configuration);
            case ConfigurationReading.Invalid(var problems) -> new Loading.Bad(problems);
        };
    }

    /// Whether the record may be kept elsewhere than in the state folder; where not, nobody has to
    /// wait for the configuration to be read. A key can be written otherwise only with a `\`.
    static boolean mayNameRecord(Path file, Map<String, String> environment) throws IOException {
        var text = Files.readString(file, StandardCharsets.ISO_8859_1);
        return text.contains("record")
                || text.contains("\\")
                || environment.keySet().stream()
                        .anyMatch(it -> it.startsWith(ConfigurationReader.VARIABLES + "RECORD"));
    }

    private static Loading with(Path file, Configuration configuration) throws IOException {
        return switch (policy(file, configuration)) {
            case PolicyReading.Valid(var policy, _) ->
                    new Loading.Good(new Loaded(configuration, policy, signers(policy)));
            case PolicyReading.Invalid(var problems) -> new Loading.Bad(problems);
        };
    }

    /// The policy that the configuration names, beside it where it is no whole path; never one that
    /// stands in a repository.
    private static PolicyReading policy(Path file, Configuration configuration) throws IOException {
        if (configuration.policy().isEmpty()) {
            return new PolicyReading.Valid(Policy.BUILT_IN, List.of());
        }
        var policy = file.resolveSibling(configuration.policy().get());
        return new PolicyReader().read(policy.toString(), Files.readAllBytes(policy));
    }

    private static Signers signers(Policy policy) {
        try {
            return Signers.of(
                    policy.people().all().stream()
                            .map(it -> new Signer(it.name(), it.sshKeys(), it.pgpKeys()))
                            .toList());
        } catch (IllegalArgumentException e) {
            throw new SourceException("the keys of the policy's people: " + e.getMessage(), e);
        }
    }
}
