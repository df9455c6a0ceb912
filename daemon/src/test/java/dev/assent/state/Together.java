package dev.assent.state;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/// Lets several threads do the same thing at the same moment.
final class Together {

    private Together() {}

    static <T> List<T> all(int threads, IntFunction<T> work) throws Exception {
        var barrier = new CyclicBarrier(threads);
        var running = new ArrayList<Future<T>>();
        try (var pool = Executors.newFixedThreadPool(threads)) {
            for (var i = 0; i < threads; i++) {
                var number = i;
                Callable<T> call =
                        () -> {
                            barrier.await();
                            return work.apply(number);
                        };
                running.add(pool.submit(call));
            }
        }
        var results = new ArrayList<T>();
        for (var it : running) results.add(it.get());
        return results;
    }
}
