package io.yardmaster.worker;

import io.yardmaster.protocol.PauseReport;
import io.yardmaster.protocol.PauseReport.Outcome;
import io.yardmaster.protocol.RunRef;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Stops and continues the processes of one attempt as the servers want it, and keeps its running time. */
final class Pausing {
    private static final long NO_HURRY = 60_000;
    /** How often to ask whether the processes stand still. */
    private static final long LOOK_EVERY = 10;
    /** After so long they cannot be stopped. */
    private static final long STOP_LIMIT = 5_000;

    private enum Phase {
        RUNNING,
        STOPPING,
        PAUSED,
        ENDING
    }

    private final RunRef ref;
    private final Pauses pauses;
    private final LongSupplier uptime;
    private Phase phase = Phase.RUNNING;
    private Pace pace = Pace.FIRST;
    private PauseReport last;
    private long ran;
    private long since;
    private long stopBy;
    private boolean everPaused;

    /** @param uptime milliseconds of the machine's uptime */
    Pausing(RunRef ref, Pauses pauses, LongSupplier uptime) {
        this.ref = ref;
        this.pauses = pauses;
        this.uptime = uptime;
    }

    /** The attempt runs from now on. */
    void begin() {
        since = uptime.getAsLong();
    }

    /** A command that was obeyed is heard again when its answer was lost, or is on its way. */
    void obey(Pace wanted, Guardian guardian) {
        if (wanted.sequence() <= pace.sequence()) {
            if (last != null && wanted.sequence() == last.sequence()) {
                pauses.tell(last);
            }
        } else if (phase != Phase.ENDING) {
            pace = wanted;
            if (wanted.paused()) {
                stop(guardian);
            } else {
                resume(guardian);
            }
        }
    }

    private void stop(Guardian guardian) {
        if (phase == Phase.STOPPING) {
            return;
        }
        if (phase == Phase.PAUSED || !pauses.leaveSlot(ref)) {
            tell(phase == Phase.PAUSED ? Outcome.PAUSED : Outcome.REFUSED);
            return;
        }
        guardian.pause();
        phase = Phase.STOPPING;
        stopBy = uptime.getAsLong() + STOP_LIMIT;
    }

    private void resume(Guardian guardian) {
        if (phase != Phase.RUNNING) {
            run(guardian);
        }
        tell(Outcome.RESUMED);
    }

    private void run(Guardian guardian) {
        guardian.resume();
        if (phase == Phase.PAUSED) {
            begin();
        }
        phase = Phase.RUNNING;
        pauses.takeSlot(ref);
    }

    /** Learns whether the processes stand still by now. */
    void look(Guardian guardian) {
        if (phase != Phase.STOPPING) {
            return;
        }
        Optional<Boolean> stopped = guardian.isPaused();
        long now = uptime.getAsLong();
        if (stopped.orElse(false)) {
            ran += now - since;
            phase = Phase.PAUSED;
            everPaused = true;
            tell(Outcome.PAUSED);
        } else if (stopped.isPresent() || now >= stopBy) {
            run(guardian);
            tell(Outcome.REFUSED);
        }
    }

    /** The attempt is being ended, for which its processes go on: it is not paused again. */
    void end() {
        if (phase == Phase.PAUSED) {
            begin();
        }
        phase = Phase.ENDING;
        pauses.takeSlot(ref);
    }

    boolean isPaused() {
        return phase == Phase.PAUSED;
    }

    /** How long to wait for anything else before the next look. */
    long patience() {
        return phase == Phase.STOPPING ? LOOK_EVERY : NO_HURRY;
    }

    /** Running time so far, in milliseconds. */
    long ran() {
        return isPaused() ? ran : ran + uptime.getAsLong() - since;
    }

    /** The same; null for an attempt that was never paused. */
    Long ranBesidePauses() {
        return everPaused ? ran() : null;
    }

    private void tell(Outcome outcome) {
        last = new PauseReport(ref, pace.sequence(), outcome, ran());
        pauses.tell(last);
    }
}
