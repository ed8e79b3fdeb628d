package io.yardmaster.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.yardmaster.timetable.BadTimetable;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Questions and answers as lines of JSON, in order: {@code {"next":[…]}} or {@code {"error":"…"}}. */
final class NextLines {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectReader QUESTION = JSON.readerFor(NextQuestion.class);

    private NextLines() {}

    /** Answers each line as it comes, until the input ends. UTF-8. */
    static void answer(InputStream in, OutputStream out) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        Writer answers = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isBlank()) {
                answers.write(JSON.writeValueAsString(answer(line)));
                answers.write('\n');
            }
            if (!lines.ready()) {
                // whoever asks one by one waits for the answer
                answers.flush();
            }
        }
        answers.flush();
    }

    private static Map<String, Object> answer(String line) {
        try {
            NextQuestion question = QUESTION.readValue(line);
            if (question == null) {
                return Map.of("error", "the line is null; right would be an object");
            }
            List<String> next =
                    question.answer().stream().map(Instant::toString).toList();
            return Map.of("next", next);
        } catch (BadTimetable | Refused wrong) {
            return Map.of("error", wrong.getMessage());
        } catch (JsonProcessingException unreadable) {
            return Map.of("error", "the line cannot be read: " + unreadable.getOriginalMessage());
        }
    }
}
