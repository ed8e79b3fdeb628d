package io.yardmaster.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.ws.rs.core.NewCookie;
import java.io.IOException;
import java.util.Base64;
import java.util.List;

/**
 * A message that is shown once after a redirect. A cookie carries its key and words between the two requests, so any
 * server may show it; only messages that we wrote can be named.
 */
final class Flash {
    static final String COOKIE = "yardmaster-flash";
    private static final int SECONDS = 60;
    private static final int LONGEST_WORD = 200;
    private static final JsonMapper JSON = new JsonMapper();

    private Flash() {}

    static NewCookie cookie(Redirect redirect) {
        try {
            List<String> words = redirect.words().stream()
                    .map(word -> word.substring(0, Math.min(word.length(), LONGEST_WORD)))
                    .toList();
            byte[] json = JSON.writeValueAsBytes(new Words(redirect.flash(), words));
            return base().value(Base64.getUrlEncoder().withoutPadding().encodeToString(json))
                    .maxAge(SECONDS)
                    .build();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static NewCookie spent() {
        return base().value("").maxAge(0).build();
    }

    /** The text that {@code cookie} stands for; null if it is not one of ours. */
    static String read(String cookie, Messages messages, Language language) {
        try {
            Words words = JSON.readValue(Base64.getUrlDecoder().decode(cookie), Words.class);
            return messages.knows(words.key())
                    ? messages.say(language, words.key(), words.words().toArray())
                    : null;
        } catch (IOException | IllegalArgumentException | NullPointerException notOurs) {
            return null;
        }
    }

    private static NewCookie.Builder base() {
        return new NewCookie.Builder(COOKIE).path("/").httpOnly(true).sameSite(NewCookie.SameSite.LAX);
    }

    private record Words(String key, List<String> words) {}
}
