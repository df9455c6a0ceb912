package dev.assent.doctor;

/// One thing that is looked at. It changes nothing, and may take as long as it likes: who waits for
/// it gives up after a while.
public interface Check {

    /// What is looked at, in a few words: `repository platform`.
    String subject();

    /// Looks. Whatever it throws is a trouble, told with its message.
    Finding look() throws Exception;
}
