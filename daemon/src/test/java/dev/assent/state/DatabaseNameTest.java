package dev.assent.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.ApplicationName;
import dev.assent.model.Engine;
import dev.assent.model.GroupName;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseNameTest {

    private static final Pattern VALID = Pattern.compile("[a-z][a-z0-9_]{0,31}");

    @ParameterizedTest
    @CsvSource({"shop, main, shop_main", "shop2, 1, shop2_1", "a, b, a_b"})
    void a_plain_name_is_taken_as_it_is(String app, String group, String expected) {
        assertThat(name(app, group)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "my-shop,  main,           my_shop_main_",
        "Shop,     main,           shop_main_",
        "2go,      main,           app_2go_main_",
        "pg,       main,           app_pg_main_",
        "current,  user,           app_current_user_",
        "магазин,  основная,       app_",
        "an-application-with-a-long-name, and-a-group-with-one, an_application_with_a_l_"
    })
    void any_other_is_changed_and_gets_a_suffix(String app, String group, String beginning) {
        assertThat(name(app, group)).matches(Pattern.quote(beginning) + "[0-9a-f]{8}");
    }

    @Test
    void every_name_is_valid_and_no_two_groups_share_one() {
        var parts =
                List.of(
                        "a",
                        "a_b",
                        "a-b",
                        "A-b",
                        "a.b",
                        "b",
                        "b_c",
                        "ab",
                        "1",
                        "pg",
                        "ж",
                        "ш",
                        "x".repeat(40),
                        "x".repeat(41),
                        "x".repeat(62),
                        "session",
                        "ÄÖ",
                        "a_");
        var names = new HashMap<String, String>();

        for (var app : parts) {
            for (var group : parts) {
                if (!GroupName.isName(group)) continue;
                var name = name(app, group);
                assertThat(name).matches(VALID);
                assertThat(names.put(name, app + " " + group)).as(name).isNull();
            }
        }
        assertThat(names).hasSizeGreaterThan(200);
    }

    private static String name(String app, String group) {
        return DatabaseName.of(
                new ApplicationName(app, "production"), new GroupName(Engine.POSTGRESQL, group));
    }
}
