package io.yardmaster.lock;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a claim waits for at conditions, as the column {@code waits} holds it. */
public final class Waits {
    private static final JsonMapper JSON = new JsonMapper();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Stored(long lock, String when, Long timeout, Claim.Otherwise otherwise) {}

    private Waits() {}

    static String toJson(Claim claim) {
        try {
            return JSON.writeValueAsString(claim.parts().stream()
                    .filter(part -> part.awaited() != null)
                    .map(part -> new Stored(
                            part.lock(),
                            part.awaited().when(),
                            part.awaited().timeout(),
                            part.awaited().otherwise()))
                    .toList());
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("what a claim waits for cannot be written", failure);
        }
    }

    /** By condition. */
    public static Map<Long, Claim.Wait> fromJson(String json) {
        try {
            return JSON.readValue(json, new TypeReference<List<Stored>>() {}).stream()
                    .collect(Collectors.toMap(
                            Stored::lock, one -> new Claim.Wait(one.when(), one.timeout(), one.otherwise())));
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("what a claim waits for cannot be read", failure);
        }
    }
}
