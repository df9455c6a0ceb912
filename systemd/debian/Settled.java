import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/// Makes one class archive of two that were written one after the other from the same classes: they differ only in when it
/// was (the ages of soft references, in milliseconds since the machine's start) and in checksums over that, which nobody
/// checks. Both become zero, and so the same for everybody. If more than that differs, something else is wrong.
///
///     java Settled.java FIRST SECOND RESULT
final class Settled {

    private static final int HEADER = 4096;
    private static final int MOST = 5_000;

    public static void main(String[] arguments) throws IOException {
        var first = read(arguments[0]);
        var second = read(arguments[1]);
        if (first.capacity() != second.capacity()) {
            throw new IOException("the archives are of different lengths");
        }
        var different = settle(first, second);
        if (different > MOST) {
            throw new IOException(different + " words differ, which is more than times and checksums");
        }
        Files.write(Path.of(arguments[2]), first.array());
    }

    /// Checksums in the header are four bytes long, times behind it eight.
    private static int settle(ByteBuffer first, ByteBuffer second) {
        var different = 0;
        for (var at = 0; at < HEADER; at += 4) {
            if (first.getInt(at) != second.getInt(at)) {
                first.putInt(at, 0);
                different++;
            }
        }
        for (var at = HEADER; at < first.capacity(); at += 8) {
            if (first.getLong(at) != second.getLong(at)) {
                first.putLong(at, 0);
                different++;
            }
        }
        return different;
    }

    private static ByteBuffer read(String file) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(Path.of(file))).order(ByteOrder.LITTLE_ENDIAN);
    }
}
