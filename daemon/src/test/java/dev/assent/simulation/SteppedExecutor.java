package dev.assent.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/// Runs nothing by itself: what is to be done lies there until somebody has it done.
final class SteppedExecutor extends AbstractExecutorService {

    private final List<Runnable> waiting = new ArrayList<>();
    private boolean ended;

    /// Does one of the things that wait, be it the first or not.
    ///
    /// @return whether there was one
    boolean step(Chance chance) {
        if (waiting.isEmpty()) return false;
        waiting.remove(chance.below(waiting.size())).run();
        return true;
    }

    @Override
    public void execute(Runnable task) {
        if (!ended) waiting.add(task);
    }

    @Override
    public void shutdown() {
        ended = true;
        waiting.clear();
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return ended;
    }

    @Override
    public boolean isTerminated() {
        return ended;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
