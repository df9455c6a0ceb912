package dev.assent.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// The last of what a program prints, and without secrets.
final class Printed {

    /// How much is kept, in bytes.
    static final int KEPT = 64 * 1024;

    private final Redaction redaction;
    private final byte[] ring;
    private long written;

    Printed(Redaction redaction) {
        this.redaction = redaction;
        this.ring = new byte[KEPT + redaction.longest()];
    }

    /// Reads to the end, also what is not kept: else the program would wait for ever.
    void drain(InputStream in) {
        var buffer = new byte[8192];
        try (in) {
            for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) add(buffer, read);
        } catch (IOException _) {
            // The program was killed; what it printed before is here.
        }
    }

    private synchronized void add(byte[] bytes, int length) {
        for (var i = 0; i < length; i++) ring[(int) ((written + i) % ring.length)] = bytes[i];
        written += length;
    }

    /// What is kept so far. Where the beginning is gone, so is as much more as the longest secret
    /// has: the rest of one that was cut in two is in there.
    synchronized String text() {
        if (written <= ring.length) {
            return last(redaction.of(new String(ring, 0, (int) written, UTF_8)));
        }
        var start = (int) (written % ring.length);
        var bytes = Arrays.copyOfRange(ring, start, start + ring.length);
        System.arraycopy(ring, 0, bytes, ring.length - start, start);
        var text = redaction.of(new String(bytes, UTF_8));
        return last(text.substring(Math.min(redaction.longest(), text.length())));
    }

    private static String last(String text) {
        var bytes = text.getBytes(UTF_8);
        if (bytes.length <= KEPT) return text;
        var from = bytes.length - KEPT;
        while (from < bytes.length && (bytes[from] & 0xc0) == 0x80) from++;
        return new String(bytes, from, bytes.length - from, UTF_8);
    }
}
