package dev.assent.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.apply.Beginning;
import dev.assent.model.ApplicationName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplicationRuleTest {

    @ParameterizedTest
    @CsvSource({
        "*/*, true",
        "*/production, true",
        "shop/production, true",
        "sh*/prod*, true",
        "*/staging, false",
        "shop/prod, false",
        "*, false",
        "s.op/production, false",
    })
    void a_star_stands_for_any_part_of_a_name(String match, boolean matches) {
        var rule = new ApplicationRule(match, "here", Beginning.ON_APPROVAL);

        assertThat(rule.matches(new ApplicationName("shop", "production"))).isEqualTo(matches);
    }
}
