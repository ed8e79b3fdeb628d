package io.yardmaster.dispatch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * A node as a decision found it.
 *
 * @param node id; a string, as everywhere in JSON
 * @param busy slots in use
 * @param work predicted seconds that these will still be, added up
 * @param cpu share of the processors in use, 0 to 1
 * @param memory likewise
 * @param disk likewise
 * @param exclusion why it could not be given anything; null if it could
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
record Considered(
        String node,
        int slots,
        int busy,
        int weight,
        float work,
        float cpu,
        float memory,
        float disk,
        Exclusion exclusion) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<Considered>> LIST = new TypeReference<>() {};

    private static Considered of(Candidate candidate, Exclusion exclusion) {
        return new Considered(
                Long.toString(candidate.node()),
                candidate.room().slots(),
                candidate.room().busy(),
                candidate.weight(),
                (float) candidate.room().work(),
                (float) candidate.load().cpu(),
                (float) candidate.load().memory(),
                (float) candidate.load().disk(),
                exclusion);
    }

    /** First the candidates, so that their places count from 0. */
    static String toJson(Fleet fleet) {
        List<Considered> all = new ArrayList<>();
        fleet.candidates().forEach(candidate -> all.add(of(candidate, null)));
        fleet.leftOut().forEach(out -> all.add(of(out.node(), out.reason())));
        try {
            return JSON.writeValueAsString(all);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static List<Considered> fromJson(String json) {
        try {
            return JSON.readValue(json, LIST);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("the candidates of a decision cannot be read", unreadable);
        }
    }
}
