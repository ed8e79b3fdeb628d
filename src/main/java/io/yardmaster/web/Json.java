package io.yardmaster.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import jakarta.ws.rs.BadRequestException;
import java.io.IOException;
import java.util.regex.Pattern;

/** How JSON is written and read: ISO 8601 in UTC; an unknown or repeated key is an error, not a guess. */
public final class Json {
    static final int DEEPEST = 50;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    static {
        MAPPER.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build());
    }

    /**
     * Reads every value as its kind alone: an enum's number would be another one's after the next release, and half of a number
     * is not what was meant.
     */
    private static final JsonMapper EXACT = MAPPER.rebuild()
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .build();

    /** Reads what people say: no text in it that cannot be stored. */
    private static final JsonMapper STRICT = EXACT.rebuild()
            .addModule(new SimpleModule().addDeserializer(String.class, new StorableText()))
            .build();

    /** Where a reader's message goes on about itself. */
    private static final Pattern OWN_WORDS =
            Pattern.compile("(\\R| \\(start marker|, got this instead|<org\\.|\\(through|com\\.)(?s:.*)");

    private Json() {}

    /** What is wrong with a text, as far as its reader says so in words that are not of its own making. */
    public static String fault(JsonProcessingException malformed) {
        return OWN_WORDS.matcher(malformed.getOriginalMessage()).replaceFirst("");
    }

    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** For bodies that are declared as what they are read as. */
    static JsonMapper exact() {
        return EXACT;
    }

    /**
     * A request's body.
     *
     * @throws BadRequestException if it is not that, naming what is wrong
     */
    public static <T> T read(byte[] body, Class<T> type) {
        try {
            T request = STRICT.readValue(body, type);
            if (request == null) {
                throw new BadRequestException("a JSON object is expected");
            }
            return request;
        } catch (JsonProcessingException malformed) {
            throw new BadRequestException(malformed);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
