package dev.assent.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A place in a trace. The places of what comes of a commit follow from the commit, so that what
/// happens to its plan days later, after a restart even, can refer to them: nothing is stored.
///
/// @param trace 16 bytes in hex
/// @param span 8 bytes in hex
public record Place(String trace, String span) {

    private static final int TRACE = 32;
    private static final int SPAN = 16;

    /// Where a commit of a repository is looked at.
    static Place ofCommit(String repository, String commit) {
        return new Place(hash(repository, commit).substring(0, TRACE), of("poll", repository, commit));
    }

    /// Where an application is planned from it.
    static Place ofPlan(String repository, String commit, String application) {
        return new Place(
                ofCommit(repository, commit).trace, of("plan", repository, commit, application));
    }

    private static String of(String... parts) {
        return hash(parts).substring(0, SPAN);
    }

    /// No part holds a line break.
    private static String hash(String... parts) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            var digest = sha256.digest(String.join("\n", parts).getBytes(UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
