package io.yardmaster.web.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.yardmaster.queue.OrderPreview;
import io.yardmaster.security.Caller;
import io.yardmaster.security.Permission;
import io.yardmaster.web.api.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What another order would do to the runs that wait in a queue, as its viewer may see it.
 *
 * @param waiting how many do
 * @param moving how many of them would have another place
 * @param now those that come first now
 * @param after those that would come first
 */
public record OrderChange(long waiting, long moving, List<Placed> now, List<Placed> after) {
    /** How many places are told of. */
    static final int FIRST = 10;

    /**
     * A run's places, counted from 1.
     *
     * @param run null, like all that follows, if the viewer may not see the run
     * @param job as {@code namespace/name}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Placed(
            long now,
            long after,
            String run,
            String job,
            Integer priority,
            Double predictedSeconds,
            Instant deadlineAt) {
        private static Placed of(OrderPreview.Place place, Caller caller) {
            if (!caller.may(Permission.VIEW, place.namespace())) {
                return new Placed(place.now(), place.after(), null, null, null, null, null);
            }
            return new Placed(
                    place.now(),
                    place.after(),
                    Ids.written(place.run()),
                    place.namespace() + "/" + place.job(),
                    place.priority(),
                    place.predictedSeconds(),
                    place.deadlineAt());
        }

        /** Null if nobody knows. */
        public Duration predicted() {
            return predictedSeconds == null ? null : Duration.ofMillis(Math.round(predictedSeconds * 1000));
        }
    }

    static OrderChange of(OrderPreview preview, Caller caller) {
        return new OrderChange(
                preview.waiting(), preview.moving(), placed(preview.now(), caller), placed(preview.after(), caller));
    }

    private static List<Placed> placed(List<OrderPreview.Place> places, Caller caller) {
        return places.stream().map(place -> Placed.of(place, caller)).toList();
    }
}
