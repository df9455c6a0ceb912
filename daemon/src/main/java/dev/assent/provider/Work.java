package dev.assent.provider;

import dev.assent.model.ServerKey;

/// What a step has had done to one server, for a provider that is asked what became of it.
public sealed interface Work {

    ServerKey server();

    /// It was to be built.
    record Build(BuildOrder order) implements Work {
        @Override
        public ServerKey server() {
            return order.key();
        }
    }

    /// It was to be removed.
    record Remove(ServerKey server) implements Work {}

    /// Something was to be done to it after which it is still there.
    record Alter(ServerKey server) implements Work {}
}
