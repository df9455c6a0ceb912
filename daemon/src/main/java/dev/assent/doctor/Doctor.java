package dev.assent.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// Has all checks look at the same time, and tells of each in its turn. One that takes too long is
/// not waited for.
public final class Doctor {

    /// How long a check may take.
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Duration patience;

    public Doctor(Duration patience) {
        this.patience = patience;
    }

    /// Has them look.
    ///
    /// @param tell hears of each check in the order of the list, as soon as it is its turn
    public void examine(List<Check> checks, Consumer<Diagnosis> tell) {
        var looks = new ArrayList<FutureTask<Finding>>();
        for (var check : checks) {
            var look = new FutureTask<>(check::look);
            looks.add(look);
            // A platform thread: some of what is waited for would hold on to a virtual one's
            // carrier.
            Thread.ofPlatform().daemon().name("doctor: " + check.subject()).start(look);
        }
        var until = System.nanoTime() + patience.toNanos();
        for (var i = 0; i < checks.size(); i++) {
            tell.accept(new Diagnosis(checks.get(i).subject(), finding(looks.get(i), until)));
        }
    }

    private Finding finding(FutureTask<Finding> look, long until) {
        try {
            return look.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            look.cancel(true);
            return Finding.warning(
                    "it took longer than %d s and was given up".formatted(patience.toSeconds()),
                    "look at the server and the network between, and try again");
        } catch (ExecutionException e) {
            var cause = Optional.ofNullable(e.getCause()).orElse(e);
            return Finding.trouble(
                    Optional.ofNullable(cause.getMessage())
                            .orElseGet(() -> cause.getClass().getSimpleName()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            look.cancel(true);
            return Finding.warning("it was interrupted", "try again");
        }
    }
}
