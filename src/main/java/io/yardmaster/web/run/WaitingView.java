package io.yardmaster.web.run;

import io.yardmaster.dispatch.Obstacle;
import io.yardmaster.dispatch.Waiting;
import java.time.Instant;
import java.util.List;

/**
 * Why a run waits, as it may be shown.
 *
 * @param obstacles at least one
 * @param predictedStart null if nobody knows
 */
record WaitingView(List<Obstacle> obstacles, Instant predictedStart) {
    static WaitingView of(Waiting waiting) {
        return new WaitingView(
                waiting.obstacles().stream().map(WaitingView::shown).toList(), waiting.predictedStart());
    }

    private static Obstacle shown(Obstacle obstacle) {
        return new Obstacle(
                obstacle.kind(),
                obstacle.at(),
                obstacle.arguments().stream()
                        .map(argument -> argument instanceof String text ? (Object) Unseen.shown(text) : argument)
                        .toList());
    }
}
