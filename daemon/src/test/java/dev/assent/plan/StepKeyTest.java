package dev.assent.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StepKeyTest {

    private static final Digest PLAN = new Digest("0a".repeat(32));

    @Test
    void a_key_is_read_as_it_was_written() {
        var key = new StepKey(PLAN, 3, "c12.4");

        assertThat(key).hasToString("sha256:" + "0a".repeat(32) + "/3/c12.4");
        assertThat(StepKey.parse(key.toString())).contains(key);
        assertThat(key.words()).isEqualTo("step c12.4 of p-0a0a0a0a");
    }

    @Test
    void anything_else_is_none() {
        assertThat(StepKey.parse("")).isEmpty();
        assertThat(StepKey.parse(PLAN + "/3")).isEmpty();
        assertThat(StepKey.parse(PLAN + "/three/c1.1")).isEmpty();
        assertThat(StepKey.parse("sha256:12/3/c1.1")).isEmpty();
        assertThat(StepKey.parse(PLAN + "/3/../c1")).isEmpty();
        assertThatThrownBy(() -> new StepKey(PLAN, 1, "c1/2"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
