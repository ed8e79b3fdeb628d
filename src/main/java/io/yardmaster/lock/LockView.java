package io.yardmaster.lock;

import io.yardmaster.lock.LockLine.Place;
import io.yardmaster.lock.LockLine.Ticket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the locks and conditions are at whose rows somebody has.
 *
 * @param lines by lock, of all that are no conditions
 * @param variables by condition
 * @param passes of runs at conditions, whatever their variables are like
 */
record LockView(Map<Long, LockLine> lines, Map<Long, Variables> variables, Set<Pass> passes) {
    /** A run that was signalled, or that waited for so long that it may go. */
    record Pass(long condition, long run) {}

    /** Nothing yet. */
    LockView() {
        this(new TreeMap<>(), new HashMap<>(), new HashSet<>());
    }

    LockView(Map<Long, LockLine> lines) {
        this(lines, Map.of(), Set.of());
    }

    LockView copy() {
        Map<Long, LockLine> copies = new HashMap<>();
        lines.forEach((lock, line) -> copies.put(lock, line.copy()));
        return new LockView(copies, variables, passes);
    }

    boolean has(long lock) {
        return lines.containsKey(lock) || variables.containsKey(lock);
    }

    boolean grants(Place place, Claim.Part part) {
        if (part.awaited() == null) {
            return lines.get(part.lock()).grants(place, part.units());
        }
        return part.awaited().holds(variables.get(part.lock())) || passes.contains(new Pass(part.lock(), place.run()));
    }

    void grant(Place place, Claim.Part part) {
        if (part.awaited() == null) {
            lines.get(part.lock()).grant(place, part.units());
        }
    }

    void refuse(LockDecision.Refusal one) {
        if (one.part().awaited() == null) {
            lines.get(one.part().lock()).add(one.place(), new Ticket(one.part().units(), true));
        }
    }
}
