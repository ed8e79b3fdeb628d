package io.yardmaster.web.job;

import io.yardmaster.run.RunState;
import io.yardmaster.web.form.Address;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;

/**
 * What the page of jobs was asked for, as its address says it. What cannot be meant is left aside: an address that was
 * typed wrong still shows jobs.
 */
public final class JobFilter {
    @QueryParam("q")
    @DefaultValue("")
    private String text;

    @QueryParam("namespace")
    @DefaultValue("")
    private String namespace;

    @QueryParam("queue")
    @DefaultValue("")
    private String queue;

    @QueryParam("enabled")
    @DefaultValue("")
    private String enabled;

    @QueryParam("last")
    @DefaultValue("")
    private String last;

    @QueryParam("sort")
    @DefaultValue("")
    private String sort;

    @QueryParam("after")
    @DefaultValue("")
    private String after;

    /** The sort orders that an index serves. */
    public enum Order {
        NAME("name"),
        NAME_DOWN("-name"),
        NEWEST("newest"),
        OLDEST("oldest");

        private final String word;

        Order(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public String text() {
        return storable(text).strip();
    }

    public String namespace() {
        return storable(namespace);
    }

    /** As {@code namespace/name}; empty for any. */
    public String queue() {
        return storable(queue);
    }

    /** {@code yes}, {@code no}, or empty for both. */
    public String enabled() {
        return enabled.matches("yes|no") ? enabled : "";
    }

    /** A final state, or empty for any. */
    public String last() {
        return Arrays.stream(RunState.values()).anyMatch(state -> state.name().equals(last)) ? last : "";
    }

    public Order order() {
        return Arrays.stream(Order.values())
                .filter(order -> order.word().equals(sort))
                .findFirst()
                .orElse(Order.NAME);
    }

    /** The job that the page before ended with: its name as {@code namespace/name}, or its id where age sorts. */
    public String after() {
        return storable(after);
    }

    /**
     * Of the list from its beginning, sorted otherwise.
     *
     * @param other name of an {@link Order}
     */
    public String sorted(String other) {
        return address(Order.valueOf(other), "");
    }

    /** Of this very page. */
    String here() {
        return address(order(), after);
    }

    /** Of the page after the one that ends with {@code last}. */
    String next(ListedJob last) {
        return switch (order()) {
            case NAME, NAME_DOWN -> address(order(), last.namespace() + "/" + last.name());
            case NEWEST, OLDEST -> address(order(), Long.toString(last.id()));
        };
    }

    /** PostgreSQL knows no NUL, so nothing is called so. */
    private static String storable(String typed) {
        return typed.replace("\0", "");
    }

    private String address(Order order, String place) {
        return Address.of("jobs")
                .with("q", text())
                .with("namespace", namespace)
                .with("queue", queue)
                .with("enabled", enabled)
                .with("last", last())
                .with("sort", order == Order.NAME ? "" : order.word())
                .with("after", place)
                .toString();
    }

    /** Whether anything narrows the list. */
    public boolean narrows() {
        return !(text() + namespace() + queue() + enabled() + last()).isEmpty();
    }
}
