package dev.assent.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.systemd.UnixDatagram;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

/// systemd's journal, in its own protocol: each entry is a datagram of fields, by which `journalctl`
/// finds it (`journalctl ASSENT_APPLICATION=shop/production`). What the journal does not take goes
/// where it would have gone without one.
final class Journal implements Form {

    /// Where the journal listens.
    static final String SOCKET = "/run/systemd/journal/socket";

    private final UnixDatagram socket;
    private final Form otherwise;

    private Journal(UnixDatagram socket, Form otherwise) {
        this.socket = socket;
        this.otherwise = otherwise;
    }

    /// The journal that listens at an address.
    ///
    /// @param otherwise takes what it does not take
    static Form at(String address, Form otherwise) {
        try {
            return new Journal(UnixDatagram.to(address), otherwise);
        } catch (IOException _) {
            return otherwise;
        }
    }

    @Override
    public void write(Entry entry) {
        try {
            socket.send(datagram(entry));
        } catch (IOException _) {
            otherwise.write(entry);
        }
    }

    private static byte[] datagram(Entry entry) {
        var datagram = new ByteArrayOutputStream();
        field(datagram, "MESSAGE", entry.told());
        field(datagram, "PRIORITY", priority(entry));
        field(datagram, "SYSLOG_IDENTIFIER", "assent");
        field(datagram, "ASSENT_LOGGER", entry.logger());
        entry.fields()
                .forEach((name, it) ->
                        field(datagram, "ASSENT_" + name.toUpperCase(Locale.ROOT), it));
        return datagram.toByteArray();
    }

    /// As syslog counts: the journal colours and filters by it.
    private static String priority(Entry entry) {
        return switch (entry.level()) {
            case ERROR -> "3";
            case WARN -> "4";
            case INFO -> "6";
            case DEBUG, TRACE -> "7";
        };
    }

    /// `NAME=value`; or where the value has several lines the name, its length and it.
    private static void field(ByteArrayOutputStream datagram, String name, String value) {
        var bytes = value.getBytes(UTF_8);
        datagram.writeBytes(name.replaceAll("[^A-Z0-9_]", "_").getBytes(UTF_8));
        if (value.indexOf('\n') < 0) {
            datagram.write('=');
        } else {
            datagram.write('\n');
            var length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            datagram.writeBytes(length.putLong(bytes.length).array());
        }
        datagram.writeBytes(bytes);
        datagram.write('\n');
    }
}
