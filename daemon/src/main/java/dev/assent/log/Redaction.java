package dev.assent.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.model.KnownSecrets;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes secrets out of what people will read: those that this process knows, as they are and as
/// they stand in URLs, in quotes and in base64; and those that look like one, since a stranger's
/// secret is one as well. Better a harmless word too many than a secret.
public final class Redaction {

    /// What stands where a secret was.
    public static final String INSTEAD = "[secret]";

    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{8,}={0,2}");
    private static final Pattern WORD = Pattern.compile("[^\\s\"'<>]++");
    private static final Pattern QUOTING = Pattern.compile("[^\n\\\\]*+\\\\[^\n]*+");

    private record Shape(Pattern pattern, String instead) {

        private static Shape of(String regex, String instead) {
            return new Shape(Pattern.compile(regex), instead);
        }
    }

    private static final List<Shape> SHAPES =
            List.of(
                    Shape.of(
                            "(?s)-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----.*?"
                                    + "(?:-----END [A-Z ]{0,20}PRIVATE KEY-----|\\z)",
                            INSTEAD),
                    // user:password@ in an address
                    Shape.of(
                            "([A-Za-z][A-Za-z0-9+.-]{0,20}://)[^\\s/@:]{0,256}:[^\\s/]*@",
                            "$1" + INSTEAD + "@"),
                    // headers that sign in, to the end of their line
                    Shape.of(
                            "(?i)\\b((?:proxy-)?authorization|private-token|job-token|(?:set-)?cookie|"
                                    + "x-[a-z-]{0,30}(?:token|key|secret|signature))"
                                    + "([\"']?\\s{0,4}[:=]\\s{0,4})[^\\r\\n]+",
                            "$1$2" + INSTEAD),
                    Shape.of("\\b(Bearer|Basic|token)\\s+[A-Za-z0-9._~+/=-]{16,}", "$1 " + INSTEAD),
                    // PASSWORD '…' as SQL has it, or as much of it as there is; with nothing that
                    // the
                    // matcher could come back to, however long it is
                    Shape.of(
                            "(?i)\\b(password)\\s+'(?:[^']++|'')*+(?:'|\\z)",
                            "$1 '" + INSTEAD + "'"),
                    // password=…, "token": "…"
                    Shape.of(
                            "(?i)((?:password|passwd|passphrase|passwort|secret|token|api[_-]?key"
                                    + "|private[_-]?key|pwd)[\"']?\\s{0,4}[=:]\\s{0,4})"
                                    + "(?:\"[^\"]*\"|'[^']*'|[^\\s,;&)}\\]\"']+)",
                            "$1" + INSTEAD),
                    // tokens that say what they are: ours, those of GitHub and GitLab, signed ones
                    Shape.of(
                            "\\b(?:asn_|gh[a-z]_|github_pat_|gl[a-z]{1,8}-)[A-Za-z0-9_-]{16,}",
                            INSTEAD),
                    Shape.of(
                            "\\beyJ[A-Za-z0-9_-]{8,1024}+\\.[A-Za-z0-9_-]{8,}+(?:\\.[A-Za-z0-9_-]*)?",
                            INSTEAD));

    private Redaction() {}

    /// A text without secrets.
    public static String of(String text) {
        var safe = KnownSecrets.hide(text, INSTEAD);
        safe = encoded(safe, BASE64, Redaction::inBase64);
        if (safe.indexOf('%') >= 0 || safe.indexOf('+') >= 0) {
            safe = encoded(safe, WORD, Redaction::inUrl);
        }
        if (safe.indexOf('\\') >= 0) safe = QUOTING.matcher(safe).replaceAll(Redaction::unquoted);
        for (var shape : SHAPES) safe = shape.pattern().matcher(safe).replaceAll(shape.instead());
        return safe;
    }

    /// Hides the parts in which, once they are decoded, is a secret.
    private static String encoded(String text, Pattern parts, UnaryOperator<String> decoding) {
        return parts.matcher(text)
                .replaceAll(
                        it -> KnownSecrets.areIn(decoding.apply(it.group())) ? INSTEAD : same(it));
    }

    private static String same(MatchResult part) {
        return Matcher.quoteReplacement(part.group());
    }

    /// What it could mean: where the bytes of a secret begin in it, nobody knows.
    private static String inBase64(String text) {
        var letters = text.replace('-', '+').replace('_', '/').replace("=", "");
        var meanings = new StringBuilder();
        for (var from = 0; from < 4 && from < letters.length(); from++) {
            // One letter alone is no byte yet.
            var to = (letters.length() - from) % 4 == 1 ? letters.length() - 1 : letters.length();
            meanings.append(
                            new String(
                                    Base64.getDecoder().decode(letters.substring(from, to)), UTF_8))
                    .append('\n');
        }
        return meanings.toString();
    }

    /// A line in which something is quoted: without the quoting, where a secret shows then.
    private static String unquoted(MatchResult line) {
        var plain = line.group().replaceAll("\\\\(.)", "$1");
        var safe = KnownSecrets.hide(plain, INSTEAD);
        return safe.equals(plain) ? same(line) : Matcher.quoteReplacement(safe);
    }

    /// In a form's fields a plus is a blank.
    private static String inUrl(String text) {
        return unpercented(text) + '\n' + unpercented(text.replace('+', ' '));
    }

    private static String unpercented(String text) {
        var bytes = new ByteArrayOutputStream();
        var given = text.getBytes(UTF_8);
        for (var i = 0; i < given.length; i++) {
            var high = i + 2 < given.length ? Character.digit(given[i + 1], 16) : -1;
            var low = i + 2 < given.length ? Character.digit(given[i + 2], 16) : -1;
            if (given[i] == '%' && high >= 0 && low >= 0) {
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.write(given[i]);
            }
        }
        return bytes.toString(UTF_8);
    }
}
