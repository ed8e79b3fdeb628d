package io.yardmaster.worker;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * What a task left in its {@code YARDMASTER_OUTPUT}: a JSON object, or lines of {@code key=value}.
 *
 * @param values a JSON object; null if there are none
 * @param complaint what was wrong with the file; null if nothing
 */
record TaskResult(JsonNode values, String complaint) {
    static final int LIMIT = 65_536;
    /** What can be read at the limit could not be written a little deeper in a report, and its run never be reported. */
    private static final int DEEPEST = 500;

    private static final ObjectReader JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .build()
            .reader(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    static TaskResult read(Path file) {
        // a task may have put anything in its place, such as a pipe that would never end
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return bad("is no longer a file");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            bytes = in.readNBytes(LIMIT + 1);
        } catch (IOException unreadable) {
            return bad("cannot be read: " + unreadable.getMessage());
        }
        if (bytes.length > LIMIT) {
            return bad("is larger than " + LIMIT + " bytes");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return parse(text.strip());
        } catch (CharacterCodingException notText) {
            return bad("is not UTF-8");
        }
    }

    private static TaskResult parse(String text) {
        if (text.isEmpty()) {
            return new TaskResult(null, null);
        }
        return text.startsWith("{") ? object(text) : lines(text);
    }

    private static TaskResult object(String text) {
        try {
            return new TaskResult(JSON.readTree(text), null);
        } catch (StreamConstraintsException tooDeep) {
            return bad("is nested deeper than " + DEEPEST + " levels, or has a number or name that is too long");
        } catch (JsonProcessingException malformed) {
            int line = malformed.getLocation() == null
                    ? 1
                    : malformed.getLocation().getLineNr();
            return bad("is not valid JSON in line " + line);
        }
    }

    private static TaskResult lines(String text) {
        ObjectNode values = Json.MAPPER.createObjectNode();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals).strip(), line.substring(equals + 1));
            } else if (!line.isBlank()) {
                return bad("has a line that is not key=value: line " + number);
            }
        }
        return new TaskResult(values, null);
    }

    private static TaskResult bad(String complaint) {
        return new TaskResult(null, "the result in YARDMASTER_OUTPUT was not kept: it " + complaint);
    }
}
