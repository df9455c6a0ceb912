package dev.assent.doctor;

import dev.assent.state.RecordInspection;
import dev.assent.state.RecordServer;
import dev.assent.state.SecretKeyFile;
import dev.assent.state.ServerTraits;
import java.nio.file.Files;

/// Whether the database server that keeps the record answers, keeps what it says it has written,
/// and has a record of a version that this program knows and the key opens. Nodes may be writing
/// there.
record RecordServerCheck(Premises premises, RecordServer server) implements Check {

    @Override
    public String subject() {
        return "record";
    }

    @Override
    public Finding look() {
        var traits = ServerTraits.of(server);
        if (!traits.keeps()) {
            return Finding.trouble(
                    "%s loses what was written when its machine does: fsync or full_page_writes is off"
                            .formatted(server),
                    "turn both on in its postgresql.conf");
        }
        if (Files.notExists(premises.key())) {
            return Finding.warning(
                    "%s answers, but the key is not there yet".formatted(server),
                    "where other nodes have this record already, copy their key file to "
                            + premises.key());
        }
        var found =
                RecordCheck.words(
                        server, RecordInspection.of(server, SecretKeyFile.read(premises.key())));
        if (found.verdict() == Finding.Verdict.FINE && traits.isOpenToListeners()) {
            return Finding.warning(
                    "%s; but it is reached over the network without encryption"
                            .formatted(found.found()),
                    "add ?sslmode=verify-full to `record.url`, and let the server have a certificate");
        }
        return found;
    }
}
