package dev.assent.source.signature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A commit's or tag's bytes, taken apart as Git does: what was signed, and the signature. Bytes
/// and characters are the same here, so that nothing is lost on the way.
///
/// @param signed exactly the object's bytes without its signature
/// @param signature as text; empty where there is none
/// @param odd whether it is signed in a way that Git's own programs could understand otherwise
@SuppressWarnings("ArrayRecordComponent") // nobody compares two
public record SignedBytes(byte[] signed, Optional<String> signature, boolean odd) {

    private static final String HEADER = "gpgsig ";
    private static final String OTHER_HEADER = "gpgsig-sha256 ";
    private static final List<String> BEGINS =
            List.of(
                    SshSignature.BEGIN,
                    "-----BEGIN PGP SIGNATURE-----",
                    "-----BEGIN PGP MESSAGE-----",
                    "-----BEGIN SIGNED MESSAGE-----");

    /// A commit carries its signature as a header of several lines, each of which begins with a
    /// blank.
    public static SignedBytes ofCommit(byte[] object) {
        var text = new String(object, ISO_8859_1);
        int end = text.indexOf("\n\n");
        var headers = end < 0 ? text : text.substring(0, end + 1);
        var kept = new StringBuilder();
        var signatures = new ArrayList<StringBuilder>();
        var inside = false;
        var odd = false;
        for (var line : linesOf(headers)) {
            if (line.startsWith(" ")) {
                if (inside) signatures.getLast().append(line.substring(1));
            } else {
                odd |= line.startsWith(OTHER_HEADER);
                inside = line.startsWith(HEADER);
                if (inside) {
                    signatures.add(new StringBuilder(line.substring(HEADER.length())));
                }
            }
            if (!inside) kept.append(line);
        }
        kept.append(text.substring(headers.length()));
        return new SignedBytes(
                kept.toString().getBytes(ISO_8859_1),
                signatures.stream().findFirst().map(StringBuilder::toString),
                odd || signatures.size() > 1);
    }

    /// A tag carries its signature at its end.
    public static SignedBytes ofTag(byte[] object) {
        var text = new String(object, ISO_8859_1);
        int at = 0;
        int begins = -1;
        for (var line : linesOf(text)) {
            if (BEGINS.stream().anyMatch(line::startsWith)) begins = at;
            at += line.length();
        }
        if (begins < 0) return new SignedBytes(object.clone(), Optional.empty(), false);
        return new SignedBytes(
                text.substring(0, begins).getBytes(ISO_8859_1),
                Optional.of(text.substring(begins)),
                linesOf(text.substring(0, Math.max(0, text.indexOf("\n\n")))).stream()
                        .anyMatch(it -> it.startsWith("gpgsig")));
    }

    /// Each with its end.
    private static List<String> linesOf(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("(?<=\n)"));
    }

    /// What was said, in the encoding that Git itself uses: all that follows the headers.
    public byte[] message() {
        var text = new String(signed, ISO_8859_1);
        int end = text.indexOf("\n\n");
        return (end < 0 ? "" : text.substring(end + 2)).getBytes(ISO_8859_1);
    }
}
