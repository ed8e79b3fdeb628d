package io.yardmaster.node;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a node is labelled, all told. */
public final class Labels {
    private static final String NAME = "node";

    private Labels() {}

    /**
     * The operators' labels, those of the worker's whose key is not among them, and {@code node=NAME}.
     *
     * @param operators what operators gave the node
     * @param workers what its worker told
     */
    public static Set<String> of(String node, Collection<String> operators, Collection<String> workers) {
        Set<String> labels = new TreeSet<>(operators);
        Set<String> keys = operators.stream().map(Labels::key).collect(Collectors.toSet());
        workers.stream().filter(label -> !keys.contains(key(label))).forEach(labels::add);
        labels.add(NAME + "=" + node);
        return labels;
    }

    /** Whether only the name of the node itself may be told by it. */
    static boolean isReserved(String label) {
        return key(label).equals(NAME);
    }

    private static String key(String label) {
        int end = label.indexOf('=');
        return end < 0 ? label : label.substring(0, end);
    }
}
