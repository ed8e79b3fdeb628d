package io.yardmaster.web.forecast;

import io.yardmaster.trigger.Forecast;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A forecast as a template draws it: a row for each hour or day, a cell for each minute or ten.
 *
 * @param cells those in which something starts
 * @param rows an instant that names each row: its first, or of a day its middle
 */
public record HeatMap(List<Cell> cells, List<Instant> rows, int width, int height) {
    private static final int CELL = 10;
    private static final int ROW = 18;
    private static final int LEVELS = 5;
    /** So many times the bound is as full as it gets, lest a calm and even day looks like a bad one. */
    private static final long FULL = 4;

    /** @param level 1 to 5: how full, by the logarithm, so that a few runs beside thousands can be seen */
    public record Cell(int x, int y, int level, Instant at, long runs) {}

    static HeatMap of(Forecast forecast, Ahead ahead) {
        List<Cell> cells = new ArrayList<>();
        double most = Math.log1p((double) Math.max(forecast.peak(), FULL * forecast.bound()));
        for (int i = 0; i < forecast.runs().length; i++) {
            long runs = forecast.runs()[i];
            if (runs > 0) {
                int level = Math.max(1, (int) Math.ceil(LEVELS * Math.log1p((double) runs) / most));
                Instant at = forecast.grid().at(i);
                cells.add(new Cell(i % ahead.columns() * CELL, i / ahead.columns() * ROW, level, at, runs));
            }
        }
        List<Instant> rows = new ArrayList<>();
        // noon names the day, where a clock change before it has moved midnight
        int named = ahead == Ahead.WEEK ? ahead.columns() / 2 : 0;
        for (int row = 0; row < ahead.rows(); row++) {
            rows.add(forecast.grid().at(row * ahead.columns() + named));
        }
        return new HeatMap(cells, rows, ahead.columns() * CELL, ahead.rows() * ROW);
    }
}
