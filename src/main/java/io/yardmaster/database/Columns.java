package io.yardmaster.database;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.NamedArgumentFinder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The columns of rows for a statement that unnests them: by name, an array of one value of each row, in the order of the
 * rows. To be handed to {@code bindNamedArgumentFinder}.
 */
public final class Columns<T> implements NamedArgumentFinder {
    private final Collection<T> rows;
    private final Map<String, Object[]> arrays = new HashMap<>();

    private Columns(Collection<T> rows) {
        this.rows = rows;
    }

    public static <T> Columns<T> of(Collection<T> rows) {
        return new Columns<>(rows);
    }

    /** @param part may give null */
    public <V> Columns<T> with(String name, Class<V> type, Function<? super T, ? extends V> part) {
        arrays.put(name, rows.stream().map(part).toArray(size -> (Object[]) Array.newInstance(type, size)));
        return this;
    }

    @Override
    public Optional<Argument> find(String name, StatementContext context) {
        return Optional.ofNullable(arrays.get(name)).flatMap(array -> context.findArgumentFor(array.getClass(), array));
    }

    @Override
    public Collection<String> getNames() {
        return arrays.keySet();
    }
}
