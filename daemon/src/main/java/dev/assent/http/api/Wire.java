package dev.assent.http.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/// How values become JSON and back: fields in the order of their record, times in ISO 8601, what is
/// absent left out.
public final class Wire {

    /// Fields that it doesn't know are passed over, so that an older client can talk to a newer
    /// daemon.
    public static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .changeDefaultPropertyInclusion(
                            it -> it.withValueInclusion(JsonInclude.Include.NON_ABSENT))
                    .build();

    private Wire() {}

    /// Reads what was asked of the daemon. A field that it doesn't know is a mistake there: passed
    /// over in silence, a misspelt `destroy` would change what was agreed to.
    public static ObjectReader strictly(Class<?> type) {
        return MAPPER.readerFor(type)
                .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }
}
