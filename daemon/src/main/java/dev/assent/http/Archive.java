package dev.assent.http;

import dev.assent.state.Verification;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.function.Consumer;

/// The record as a whole: to be kept elsewhere, or checked.
public interface Archive {

    /// Makes a backup, without the secret key.
    ///
    /// @param who asks for it
    /// @param reading what is done with the file; it is gone afterwards
    void backup(String who, Consumer<Path> reading);

    /// Writes the whole record as lines of JSON.
    ///
    /// @param who asks for it
    void exportRecord(String who, OutputStream out);

    /// Checks the audit trail, and the seals of plans and assents.
    ///
    /// @param withPublished whether it is compared with what was published of it, too
    Verification verify(boolean withPublished);

    /// Writes the audit trail so that it can be checked elsewhere.
    void exportAudit(OutputStream out);
}
