package dev.assent.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;

/// From bytes to text: UTF-8 and nothing else, of a sensible size, without control characters. A
/// byte order mark is dropped.
final class Decoding {

    private Decoding() {}

    /// The text, and what is wrong with it; with an error there is no sense in reading on.
    static Problems decode(String path, byte[] bytes) {
        if (bytes.length > ManifestReader.MAX_BYTES) return tooLarge(path);
        var in = ByteBuffer.wrap(bytes);
        var out = CharBuffer.allocate(bytes.length + 1);
        var result = UTF_8.newDecoder().decode(in, out, true);
        if (result.isError()) return notUtf8(path, bytes, in.position());
        var text = out.flip().toString();
        var problems =
                new Problems(
                        new Source(path, text.startsWith("\uFEFF") ? text.substring(1) : text));
        reportControlCharacters(problems);
        return problems;
    }

    private static Problems tooLarge(String path) {
        var problems = new Problems(new Source(path, ""));
        problems.add(
                Code.TOO_LARGE,
                problems.top(),
                "the file is larger than 1 MiB",
                Remedy.suggest(BoundedParser.TOO_MUCH));
        return problems;
    }

    private static Problems notUtf8(String path, byte[] bytes, int position) {
        var readable = new String(bytes, 0, position, UTF_8);
        var problems = new Problems(new Source(path, new String(bytes, UTF_8)));
        var at = readable.codePointCount(0, readable.length());
        var sixteen =
                bytes.length > 1 && (bytes[0] & 0xFF) + (bytes[1] & 0xFF) == 0xFE + 0xFF
                        ? "it looks like UTF-16; save it as UTF-8"
                        : "save the file as UTF-8";
        problems.add(
                Code.NOT_UTF8,
                new Spot(problems.source().place(at, at + 1), Pointer.ROOT),
                "the byte %02X here is not UTF-8, which a manifest is written in"
                        .formatted(bytes[position]),
                Remedy.suggest(sixteen));
        return problems;
    }

    private static void reportControlCharacters(Problems problems) {
        var text = problems.source().text();
        var before = 0;
        for (var i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            var character = text.codePointAt(i);
            if (!isAllowed(character)) {
                problems.add(
                        Code.CONTROL_CHARACTER,
                        new Spot(problems.source().place(before, before + 1), Pointer.ROOT),
                        "the character U+%04X is not allowed in YAML".formatted(character),
                        Remedy.suggest("remove the character; editors may not show it"));
                return;
            }
            before++;
        }
    }

    private static boolean isAllowed(int character) {
        return (character >= ' ' && character < 0x7F)
                || character == '\n'
                || character == '\r'
                || character == '\t'
                || character == 0x85
                || (character >= 0xA0 && character != 0xFFFE && character != 0xFFFF);
    }
}
