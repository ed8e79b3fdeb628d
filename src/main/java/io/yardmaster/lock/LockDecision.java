package io.yardmaster.lock;

import io.yardmaster.lock.LockLine.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What becomes of ready runs that need locks: each gets all or none. A pure function of the locks' lines.
 *
 * @param passed runs that may go, as far as nodes have room for them
 * @param refusals what became tickets
 * @param left how many need a lock that somebody else is deciding on
 */
record LockDecision(Set<Long> passed, List<Refusal> refusals, int left) {
    /** @param seatable whether some node has room for it; if not, it keeps nobody from what it could have */
    record Wish(Place place, List<Claim.Part> parts, boolean seatable) {}

    /** A lock that did not grant what a run needs. */
    record Refusal(Place place, Claim.Part part) {}

    /** Decides on {@code wishes}, of which none needs a condition or was decided on before. */
    static LockDecision of(Map<Long, LockLine> lines, List<Wish> wishes) {
        return of(new LockView(lines), wishes, Set.of());
    }

    /**
     * Decides on {@code wishes} in their order.
     *
     * @param view the refusals are added to its lines, what is granted is not
     * @param before runs that may go already, whoever was refused since
     */
    static LockDecision of(LockView view, List<Wish> wishes, Set<Long> before) {
        LockView now = view.copy();
        LockDecision made = new LockDecision(new HashSet<>(), new ArrayList<>(), 0);
        wishes.stream().filter(wish -> before.contains(wish.place().run())).forEach(wish -> {
            made.passed.add(wish.place().run());
            grant(now, wish);
        });
        int left = 0;
        for (Wish wish : wishes) {
            if (before.contains(wish.place().run())) {
                continue;
            }
            if (!wish.parts().stream().allMatch(part -> now.has(part.lock()))) {
                left++;
            } else if (!made.refuse(now, wish)) {
                made.passed.add(wish.place().run());
                grant(now, wish);
            }
        }
        made.refusals.forEach(view::refuse);
        return new LockDecision(made.passed, made.refusals, left);
    }

    private boolean refuse(LockView now, Wish wish) {
        List<Refusal> here = wish.parts().stream()
                .filter(part -> !now.grants(wish.place(), part))
                .map(part -> new Refusal(wish.place(), part))
                .toList();
        here.forEach(now::refuse);
        return refusals.addAll(here);
    }

    private static void grant(LockView now, Wish wish) {
        if (wish.seatable()) {
            wish.parts().forEach(part -> now.grant(wish.place(), part));
        }
    }
}
