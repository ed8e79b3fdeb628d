package io.yardmaster.web.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param next cursor of the page after; absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PageAnswer<T>(List<T> items, String next) {
    /**
     * @param found one row more than {@code limit} if there are more
     * @param cursor of a row
     */
    public static <R, T> PageAnswer<T> of(List<R> found, int limit, Function<R, T> shown, Function<R, String> cursor) {
        boolean more = found.size() > limit;
        List<R> rows = more ? found.subList(0, limit) : found;
        return new PageAnswer<>(rows.stream().map(shown).toList(), more ? cursor.apply(rows.get(limit - 1)) : null);
    }
}
