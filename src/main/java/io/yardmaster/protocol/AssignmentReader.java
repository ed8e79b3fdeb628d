package io.yardmaster.protocol;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.yardmaster.task.Task;
import io.yardmaster.task.UnknownTask;
import io.yardmaster.task.UnreadableTask;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads assignments one by one: whatever is wrong with one must not make the others in the message unreadable. */
final class AssignmentReader extends StdDeserializer<Assignment> {
    private static final long serialVersionUID = 1L;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addMixIn(Task.class, AnyTask.class)
            .registerSubtypes(UnreadableTask.class)
            .build();

    AssignmentReader() {
        super(Assignment.class);
    }

    @Override
    public Assignment deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        JsonNode sent = parser.readValueAsTree();
        try {
            Assignment read = JSON.treeToValue(sent, Assignment.class);
            return read.task() == null ? unreadable(sent, "task: is absent") : read;
        } catch (JsonMappingException malformed) {
            return unreadable(sent, place(malformed) + ": " + malformed.getOriginalMessage());
        }
    }

    private static Assignment unreadable(JsonNode sent, String problem) throws JsonProcessingException {
        return new Assignment(
                JSON.treeToValue(sent.path("ref"), RunRef.class),
                sent.path("namespace").asText(),
                sent.path("job").asText(),
                0,
                null,
                new UnreadableTask(problem),
                Map.of(),
                0,
                0,
                Map.of());
    }

    private static String place(JsonMappingException malformed) {
        return malformed.getPath().stream()
                .map(step -> step.getFieldName() == null ? Integer.toString(step.getIndex()) : step.getFieldName())
                .collect(Collectors.joining("."));
    }

    /** To be mixed into {@link Assignment}. */
    @JsonDeserialize(using = AssignmentReader.class)
    interface Apart {}

    /** A kind of task that only a later version knows costs its own run. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", visible = true, defaultImpl = UnknownTask.class)
    private interface AnyTask {}
}
