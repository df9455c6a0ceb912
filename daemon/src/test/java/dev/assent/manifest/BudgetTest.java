package dev.assent.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class BudgetTest {

    private static final String LARGE = "rails: [" + "1,".repeat(20_000) + "]\nredis:\n";

    @Test
    void a_file_that_takes_longer_than_a_second_is_stopped_where_it_is() {
        var clock = new AtomicLong();

        var problems = problems(LARGE, () -> clock.getAndAdd(300_000_000));

        assertThat(problems).extracting(Problem::code).containsExactly(Code.TOO_SLOW);
        assertThat(problems.getFirst().place().line()).isEqualTo(1);
        assertThat(problems.getFirst().place().column()).isBetween(10_000, 30_000);
    }

    @Test
    void a_file_that_takes_less_is_read() {
        var clock = new AtomicLong();

        assertThat(problems(LARGE, () -> clock.getAndAdd(10_000_000))).isEmpty();
    }

    @Test
    void a_file_of_ordinary_size_never_asks_the_clock() {
        assertThat(
                        problems(
                                "redis: {server: {unique_name: one}}",
                                () -> {
                                    throw new AssertionError("asked");
                                }))
                .isEmpty();
    }

    @Test
    void what_is_wrong_already_is_told_all_the_same() {
        var clock = new AtomicLong();
        var yaml = "redis: {configuration: {version: newest}}\nmysql: {groups: {a: {}}}\n";
        var environments = new StringBuilder();
        for (var i = 0; i < 3_000; i++) environments.append("e%d: {mongodb: }\n".formatted(i));

        assertThat(
                        problems(
                                yaml + environments,
                                () -> clock.getAndIncrement() < 13 ? 0 : 2_000_000_000L))
                .extracting(Problem::code)
                .containsExactly(Code.TOO_SLOW, Code.BAD_VERSION);
    }

    private static List<Problem> problems(String yaml, LongSupplier clock) {
        return switch (new ManifestReader(clock).read("m", yaml.getBytes(UTF_8), List.of())) {
            case Reading.Valid(var _, var warnings) -> warnings;
            case Reading.Invalid(var problems) -> problems;
        };
    }
}
