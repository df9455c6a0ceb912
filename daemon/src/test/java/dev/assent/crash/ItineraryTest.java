package dev.assent.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.crash.Itinerary.Leg;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItineraryTest {

    private static final Stack POSTGRESQL = new Stack("postgresql", "15");

    private final Itinerary itinerary =
            new Itinerary(List.of(Stack.REDIS, POSTGRESQL), EnumSet.allOf(Workload.class));

    @Test
    void from_nothing_it_gets_to_every_workload_with_every_engine() {
        for (var wanted : itinerary.all()) {
            if (wanted.workload() == Workload.BEGIN) continue;
            var standing = Standing.NOTHING;
            var stack = Stack.REDIS;
            Leg leg;
            do {
                leg = itinerary.next(standing, stack, wanted::equals).orElseThrow();
                assertThat(leg.workload().canBegin(standing)).isTrue();
                standing = leg.workload().to();
                stack = leg.stack();
            } while (!leg.equals(wanted));
        }
    }

    @Test
    void the_engine_stays_until_all_is_removed() {
        var leg =
                itinerary.next(
                        Standing.THREE,
                        Stack.REDIS,
                        it -> it.equals(new Leg(Workload.ROTATE, POSTGRESQL)));

        assertThat(leg).contains(new Leg(Workload.REMOVE, Stack.REDIS));
    }

    @Test
    void where_nothing_is_wanted_there_is_no_way() {
        assertThat(itinerary.next(Standing.NOTHING, Stack.REDIS, _ -> false)).isEmpty();
    }
}
