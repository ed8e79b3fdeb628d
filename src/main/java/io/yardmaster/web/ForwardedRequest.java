package io.yardmaster.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Set;

/** A request that a declared proxy passed on, as its client sent it. */
final class ForwardedRequest extends HttpServletRequestWrapper {
    private static final int HTTPS_PORT = 443;

    private final String address;
    private final boolean secure;

    ForwardedRequest(HttpServletRequest request, Set<String> proxies) {
        super(request);
        this.address = client(request, proxies);
        this.secure = request.isSecure() || "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
    }

    /** The last address that is no proxy of ours; what stands left of it was written by the client and is not believed. */
    private static String client(HttpServletRequest request, Set<String> proxies) {
        String chain = request.getHeader("X-Forwarded-For");
        if (chain == null) {
            return request.getRemoteAddr();
        }
        String[] hops = chain.split(",", -1);
        for (int i = hops.length - 1; i >= 0; i--) {
            String hop = hops[i].trim();
            if (!proxies.contains(hop)) {
                return hop;
            }
        }
        return request.getRemoteAddr();
    }

    @Override
    public String getRemoteAddr() {
        return address;
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public String getScheme() {
        return secure ? "https" : super.getScheme();
    }

    @Override
    public int getServerPort() {
        boolean portNamed = String.valueOf(getHeader("Host")).matches(".*:\\d+");
        return secure && !portNamed ? HTTPS_PORT : super.getServerPort();
    }

    @Override
    public StringBuffer getRequestURL() {
        String url = super.getRequestURL().toString();
        return new StringBuffer(secure ? url.replaceFirst("^http:", "https:") : url);
    }
}
