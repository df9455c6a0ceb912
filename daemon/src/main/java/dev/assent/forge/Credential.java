package dev.assent.forge;

/// What signs requests in.
interface Credential extends AutoCloseable {

    /// A header of a request. What it holds is a secret.
    record Header(String name, String value) {

        @Override
        public String toString() {
            return name;
        }
    }

    /// The header that signs a request in.
    ///
    /// @throws ForgeException if there is none to be had
    Header header();

    /// Told that the forge did not accept it.
    ///
    /// @return whether the next header will be another one, so that asking again makes sense
    boolean refused();

    /// What to do about it, for people.
    String wayOut();

    @Override
    default void close() {}
}
