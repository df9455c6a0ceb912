package dev.assent.engine;

import java.util.List;

/// How a server is told to stop soon and in order, without waiting for its clients.
public sealed interface Stop {

    /// By a program, which ends when the server has been told.
    record Command(List<String> argv) implements Stop {
        public Command {
            argv = List.copyOf(argv);
        }
    }

    /// By SIGTERM to its process, repeated until it ends: one that refuses for a while is asked
    /// again, and one that has begun to stop minds no further one.
    record Signal() implements Stop {}
}
