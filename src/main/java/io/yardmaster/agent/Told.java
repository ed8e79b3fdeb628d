package io.yardmaster.agent;

import io.yardmaster.dispatch.News;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was told to whom not long ago, so that a worker which is just obeying is not told the same again at once. Nothing
 * depends on it: after a while, or by another server, everything that has not taken effect is told again.
 */
final class Told {
    private final Map<News, Long> at = new ConcurrentHashMap<>();
    private final long againAfter;

    /** @param againAfterNanos how long not to repeat */
    Told(long againAfterNanos) {
        this.againAfter = againAfterNanos;
    }

    /** Of {@code news} what is new, which counts as told from now on. */
    List<News> fresh(List<News> news, long now) {
        return news.stream().filter(one -> isFresh(one, now)).toList();
    }

    private boolean isFresh(News one, long now) {
        Long before = at.get(one);
        if (before != null && now - before < againAfter) {
            return false;
        }
        at.put(one, now);
        return true;
    }

    void forgetOld(long now) {
        at.values().removeIf(then -> now - then >= againAfter);
    }
}
