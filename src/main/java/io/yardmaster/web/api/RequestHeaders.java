package io.yardmaster.web.api;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Headers of the API that begin with an I. They are asked of the servlet container: Jersey compares names in the JVM's
 * language, and in Turkish the small letter of I is another one.
 */
public final class RequestHeaders {
    private RequestHeaders() {}

    /** Null if absent. */
    public static String ifMatch(HttpServletRequest request) {
        return request.getHeader("If-Match");
    }

    /** Null if absent. */
    public static String ifNoneMatch(HttpServletRequest request) {
        return request.getHeader("If-None-Match");
    }

    /** Null if absent. */
    public static String idempotencyKey(HttpServletRequest request) {
        return request.getHeader("Idempotency-Key");
    }
}
