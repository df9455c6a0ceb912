package dev.assent.trace.otlp;

import dev.assent.model.KnownSecrets;
import dev.assent.systemd.SecretFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The headers that sign in to a collector, from a file with `Name: value` on each line. It is read
/// each time anew, so that a new token counts at once.
record Headers(Optional<Path> file) {

    private static final Logger LOG = LoggerFactory.getLogger(Headers.class);

    Map<String, String> read() {
        if (file.isEmpty()) return Map.of();
        try {
            var headers = new TreeMap<String, String>();
            for (var line : SecretFile.read(file.get()).lines().toList()) {
                var colon = line.indexOf(':');
                if (colon < 1) continue;
                var value = line.substring(colon + 1).strip();
                // Also without the word `Bearer` before it.
                KnownSecrets.learnIfLong(value.substring(value.lastIndexOf(' ') + 1));
                headers.put(line.substring(0, colon).strip(), value);
            }
            return headers;
        } catch (IOException _) {
            // That the collector refuses what bears no header is told; why is told here.
            LOG.debug("{} can't be read", file.get());
            return Map.of();
        }
    }
}
