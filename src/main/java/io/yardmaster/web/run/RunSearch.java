package io.yardmaster.web.run;

import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The filter of the list as its URL says it, word for word; empty for any. Such a URL can be kept and handed on.
 *
 * @param job {@code namespace/name}
 * @param states names of states; none means any
 * @param queue {@code namespace/name}
 * @param node name
 * @param cause name of a cause
 * @param period how far back, unless {@code since} says so; see {@link Period}
 * @param since local time of the viewer
 * @param until likewise
 * @param before only runs with a smaller id; empty on the first page
 */
public record RunSearch(
        String job,
        List<String> states,
        String queue,
        String node,
        String cause,
        String period,
        String since,
        String until,
        String before) {
    static RunSearch of(MultivaluedMap<String, String> parameters) {
        List<String> states = parameters.getOrDefault("state", List.of()).stream()
                .filter(state -> !state.isBlank())
                .toList();
        return new RunSearch(
                word(parameters, "job"),
                states,
                word(parameters, "queue"),
                word(parameters, "node"),
                word(parameters, "cause"),
                word(parameters, "period"),
                word(parameters, "since"),
                word(parameters, "until"),
                word(parameters, "before"));
    }

    private static String word(MultivaluedMap<String, String> parameters, String name) {
        String value = parameters.getFirst(name);
        return value == null ? "" : value.strip();
    }

    public boolean isFirstPage() {
        return before.isEmpty();
    }

    /** As people read it, the page left out; empty for any run. */
    public String words() {
        return URLDecoder.decode(fromStart(), StandardCharsets.UTF_8)
                .replaceFirst("^\\?", "")
                .replace("&", ", ");
    }

    /** Whether it names anything but a page. */
    public boolean isNarrow() {
        return !(job + queue + node + cause + period + since + until).isEmpty() || !states.isEmpty();
    }

    /** The same list from {@code id} on, as a query with its question mark. */
    String below(long id) {
        return query(Long.toString(id));
    }

    /** The same list from its beginning; empty if it asks for nothing. */
    public String fromStart() {
        return query("");
    }

    private String query(String from) {
        StringBuilder query = new StringBuilder();
        append(query, "job", job);
        states.forEach(state -> append(query, "state", state));
        append(query, "queue", queue);
        append(query, "node", node);
        append(query, "cause", cause);
        append(query, "period", period);
        append(query, "since", since);
        append(query, "until", until);
        append(query, "before", from);
        return query.toString();
    }

    private static void append(StringBuilder query, String name, String value) {
        if (!value.isEmpty()) {
            query.append(query.isEmpty() ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}
