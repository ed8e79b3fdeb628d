package io.yardmaster.web.health;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.yardmaster.database.Transaction;
import java.util.ArrayList;
import java.util.List;

/** Nodes as figures: who is live, how full, how loaded. Read anew at each scrape. */
final class NodeMetrics {
    /** Indexes {@code node_session_live} and {@code run_on_session}. */
    private static final String NODES = """
            SELECT n.name, n.slots, (s.id IS NOT NULL)::int AS live,
                   (SELECT coalesce(sum(r.slots), 0) FROM run r WHERE r.session_id = s.id) AS busy,
                   coalesce((s.load ->> 'cpu')::float8, 0) AS cpu,
                   coalesce((s.load ->> 'memoryUsed')::float8, 0) AS memory_used,
                   coalesce((s.load ->> 'diskFree')::float8, 0) AS disk_free
            FROM node n LEFT JOIN node_session s ON s.node_id = n.id AND s.state = 'LIVE'
            WHERE n.archived_at IS NULL AND n.revoked_at IS NULL
            """;

    private record Figures(
            String name, int slots, int live, long busy, double cpu, double memoryUsed, double diskFree) {}

    private final MultiGauge live;
    private final MultiGauge slots;
    private final MultiGauge busy;
    private final MultiGauge cpu;
    private final MultiGauge memoryUsed;
    private final MultiGauge diskFree;

    NodeMetrics(MeterRegistry registry) {
        live = gauge(registry, "yardmaster.node.live", "1 while the node holds a live lease");
        slots = gauge(registry, "yardmaster.node.slots", "tasks that the node runs at a time");
        busy = gauge(registry, "yardmaster.node.busy", "runs that the node holds now");
        cpu = gauge(registry, "yardmaster.node.cpu", "share of all processors in use, 0 to 1");
        memoryUsed = gauge(registry, "yardmaster.node.memory.used.bytes", "memory in use");
        diskFree = gauge(registry, "yardmaster.node.disk.free.bytes", "disk free where the worker keeps its data");
    }

    void read(Transaction transaction) {
        List<Figures> nodes = transaction
                .sql()
                .createQuery(NODES)
                .map((row, context) -> new Figures(
                        row.getString("name"),
                        row.getInt("slots"),
                        row.getInt("live"),
                        row.getLong("busy"),
                        row.getDouble("cpu"),
                        row.getDouble("memory_used"),
                        row.getDouble("disk_free")))
                .list();
        show(live, nodes, Figures::live);
        show(slots, nodes, Figures::slots);
        show(busy, nodes, Figures::busy);
        show(cpu, nodes, Figures::cpu);
        show(memoryUsed, nodes, Figures::memoryUsed);
        show(diskFree, nodes, Figures::diskFree);
    }

    private interface Figure {
        double of(Figures node);
    }

    private static void show(MultiGauge gauge, List<Figures> nodes, Figure figure) {
        List<Row<?>> rows = new ArrayList<>();
        nodes.forEach(node -> rows.add(Row.of(Tags.of("node", node.name()), figure.of(node))));
        gauge.register(rows, true);
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }
}
