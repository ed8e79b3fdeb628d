package io.yardmaster.web;

import io.yardmaster.security.Caller;
import io.yardmaster.security.Preferences;

/**
 * Who makes this request, so far as we know.
 *
 * @param caller null for nobody we know
 * @param csrfToken what unsafe requests must carry; null unless the visitor came with a session's cookie
 */
record Visitor(Caller caller, Preferences preferences, String csrfToken) {
    static final Visitor UNKNOWN = new Visitor(null, Preferences.NONE, null);

    boolean isKnown() {
        return caller != null;
    }

    boolean cameByCookie() {
        return csrfToken != null;
    }
}
