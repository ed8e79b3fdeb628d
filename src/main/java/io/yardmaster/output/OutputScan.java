package io.yardmaster.output;

import io.yardmaster.output.OutputPiece.Printed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds a needle in stretches that come one after the other, also where it lies across two of them. */
final class OutputScan {
    private static final int BEFORE = 100;
    private static final int AFTER = 200;

    private final List<OutputMatch> matches = new ArrayList<>();
    private final Needle needle;
    private final int limit;

    /** What was read last: bytes from offset {@code start} on, looked through up to index {@code at}. */
    private byte[] window = {};

    private long start;
    private int at;

    /** @param limit how many to find */
    OutputScan(Needle needle, int limit) {
        this.needle = needle;
        this.limit = limit;
    }

    List<OutputMatch> matches() {
        return List.copyOf(matches);
    }

    boolean isFull() {
        return matches.size() >= limit;
    }

    /** Where to go on, if {@code read} is where the reading stands. */
    long next(long read) {
        return window.length == 0 ? read : start + at;
    }

    void add(Printed printed) {
        if (isFull()) {
            return;
        }
        if (start + window.length != printed.start()) {
            breakOff();
        }
        int kept = Math.max(0, at - BEFORE);
        byte[] joined = Arrays.copyOfRange(window, kept, window.length + printed.bytes().length);
        System.arraycopy(printed.bytes(), 0, joined, window.length - kept, printed.bytes().length);
        start = window.length == 0 ? printed.start() : start + kept;
        at -= kept;
        window = joined;
        // what stands nearer to the end is seen whole with the next stretch
        look(window.length - needle.length() - AFTER);
    }

    /** Nothing follows directly what was added. */
    void breakOff() {
        if (!isFull()) {
            look(window.length);
        }
        if (!isFull()) {
            window = new byte[0];
            at = 0;
        }
    }

    private void look(int until) {
        int found = needle.find(window, at, until);
        while (found != Needle.NOWHERE && !isFull()) {
            at = note(found);
            found = isFull() ? Needle.NOWHERE : needle.find(window, at, until);
        }
        if (!isFull()) {
            at = Math.max(at, until);
        }
    }

    /** @return the index behind what is told of it */
    private int note(int found) {
        int end = found + needle.length();
        int first = found;
        while (first > 0 && found - first < BEFORE && window[first - 1] != '\n') {
            first--;
        }
        int last = end;
        while (last < window.length && last - end < AFTER && window[last] != '\n') {
            last++;
        }
        first = wholeFrom(first, found);
        matches.add(new OutputMatch(start + found, start + first, Arrays.copyOfRange(window, first, last)));
        return last;
    }

    /** The first character that begins at {@code index} or after it. */
    private int wholeFrom(int index, int until) {
        int whole = index;
        while (whole < until && (window[whole] & 0xc0) == 0x80) {
            whole++;
        }
        return whole;
    }
}
