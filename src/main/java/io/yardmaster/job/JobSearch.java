package io.yardmaster.job;

import java.util.Collection;
import java.util.Set;

/**
 * Which jobs to list, and in what order.
 *
 * @param namespaces whose jobs; null for all
 * @param text to be found in name, description or script, whatever its case; null for any
 * @param lastStates one of them is what the last run ended in; empty for any
 * @param order by what the list is sorted
 * @param after where the list goes on; null for its beginning
 * @param limit how many at most
 */
public record JobSearch(
        Set<String> namespaces, String text, Collection<String> lastStates, Order order, Place after, int limit) {
    /** The sort orders that an index serves. */
    public enum Order {
        NAME,
        NAME_DOWN,
        NEWEST,
        OLDEST
    }

    /** The last row of the page before. */
    public record Place(String namespace, String name, long id) {}
}
