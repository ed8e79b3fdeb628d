package io.yardmaster.web.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.yardmaster.database.Invalid;
import io.yardmaster.web.Json;
import jakarta.ws.rs.BadRequestException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.zip.CRC32C;

/**
 * Where a list goes on, as a word that says nothing to its bearer: what is listed in which order, and the key of the last
 * row. It gives no access: whoever makes one up sees only what they may list anyway.
 */
public final class Cursor {
    private static final int CHECK_BYTES = 4;

    private Cursor() {}

    /** @param list name of the list and its order */
    public static String of(String list, List<String> key) {
        List<String> parts = new ArrayList<>(List.of(list));
        parts.addAll(key);
        try {
            byte[] text = Json.mapper().writeValueAsBytes(parts);
            byte[] word = ByteBuffer.allocate(CHECK_BYTES + text.length)
                    .putInt(check(text))
                    .put(text)
                    .array();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(word);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Where to go on.
     *
     * @param start for a null cursor
     * @param place what the key that {@link #of} was given stands for; what it cannot read was made up
     * @throws BadRequestException if the cursor was not made for {@code list}, or not by us
     */
    public static <T> T read(String list, String cursor, T start, Function<List<String>, T> place) {
        if (cursor == null) {
            return start;
        }
        try {
            List<String> parts = parts(ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor)));
            insist(parts.get(0).equals(list));
            return place.apply(parts.subList(1, parts.size()));
        } catch (IllegalArgumentException
                | DateTimeException
                | IndexOutOfBoundsException
                | BufferUnderflowException
                | JsonProcessingException notOurs) {
            Invalid named = new Invalid("cursor", null, "invalid.cursor");
            named.addSuppressed(notOurs);
            throw new BadRequestException(named.getMessage(), named);
        }
    }

    private static List<String> parts(ByteBuffer word) throws JsonProcessingException {
        int check = word.getInt();
        byte[] text = new byte[word.remaining()];
        word.get(text);
        insist(check == check(text));
        String[] parts = Json.mapper().readValue(new String(text, StandardCharsets.UTF_8), String[].class);
        insist(parts != null && Arrays.stream(parts).noneMatch(part -> part == null || part.indexOf('\0') >= 0));
        return List.of(parts);
    }

    private static void insist(boolean right) {
        if (!right) {
            throw new IllegalArgumentException("no cursor of this list");
        }
    }

    private static int check(byte[] text) {
        CRC32C check = new CRC32C();
        check.update(text);
        return (int) check.getValue();
    }
}
