package io.yardmaster.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/** A request that a declared proxy passed on, as its client sent it. */
final class ForwardedRequest extends HttpServletRequestWrapper {
    private static final int HTTPS_PORT = 443;

    private final String address;
    private final boolean secure;

    ForwardedRequest(HttpServletRequest request, Proxies proxies) {
        super(request);
        this.address = proxies.client(request);
        this.secure = request.isSecure() || proxies.secure(request);
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
