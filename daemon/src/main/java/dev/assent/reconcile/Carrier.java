package dev.assent.reconcile;

import dev.assent.state.Outbox.Letter;
import java.util.Optional;

/// Carries letters to one recipient, one at a time.
public interface Carrier {

    /// Carries one letter and returns when it has arrived. Where [Letter#uncertain] it may be there
    /// already: who can, looks before saying it again.
    ///
    /// @return what it became at the other side (a comment's id), where it is called something
    Optional<String> carry(Letter letter) throws CarryException;
}
