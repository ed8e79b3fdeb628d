package io.yardmaster.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/** A refusal before any route is looked for: in words to people, as a problem to workers and other programs. */
final class BareAnswer {
    private final int status;
    private final String title;
    private final String reason;
    private final Messages messages;

    /** @param reason the key of the sentence */
    BareAnswer(int status, String title, String reason, Messages messages) {
        this.status = status;
        this.title = title;
        this.reason = reason;
        this.messages = messages;
    }

    /** @param argument of the sentence */
    void give(HttpServletRequest request, HttpServletResponse response, Object argument) throws IOException {
        response.setStatus(status);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        if (String.valueOf(request.getHeader("Accept")).contains("text/html")) {
            Language language = Language.of(null, Collections.list(request.getLocales()));
            response.setContentType("text/plain");
            response.getWriter().println(messages.say(language, reason, argument));
        } else {
            response.setContentType("application/problem+json");
            response.getWriter().print(Json.mapper().writeValueAsString(problem(request, argument)));
        }
    }

    private ProblemDetails problem(HttpServletRequest request, Object argument) {
        String detail = messages.say(Language.ENGLISH, reason, argument);
        return new ProblemDetails("about:blank", title, status, detail, request.getRequestURI(), null, List.of());
    }
}
