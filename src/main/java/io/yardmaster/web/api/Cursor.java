package io.yardmaster.web.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.yardmaster.database.Invalid;
import io.yardmaster.web.Json;
import jakarta.ws.rs.BadRequestException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
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
     * The key that {@link #of} was given; null for a null cursor.
     *
     * @throws BadRequestException if it was not made for {@code list}, or not by us
     */
    public static List<String> read(String list, String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            ByteBuffer word = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
            int check = word.getInt();
            byte[] text = new byte[word.remaining()];
            word.get(text);
            List<String> parts = Json.mapper()
                    .readValue(new String(text, StandardCharsets.UTF_8), new TypeReference<List<String>>() {});
            if (check != check(text) || !parts.get(0).equals(list)) {
                throw foreign(null);
            }
            return parts.subList(1, parts.size());
        } catch (IllegalArgumentException | java.nio.BufferUnderflowException | JsonProcessingException notOurs) {
            throw foreign(notOurs);
        }
    }

    private static int check(byte[] text) {
        CRC32C check = new CRC32C();
        check.update(text);
        return (int) check.getValue();
    }

    private static BadRequestException foreign(Exception cause) {
        Invalid named = new Invalid("cursor", null, "invalid.cursor");
        if (cause != null) {
            named.addSuppressed(cause);
        }
        return new BadRequestException(named.getMessage(), named);
    }
}
