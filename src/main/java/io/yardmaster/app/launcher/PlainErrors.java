package io.yardmaster.app.launcher;

import java.io.IOException;
import java.util.Map;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;

/**
 * What Tomcat says of requests that never reach the application, such as malformed ones: one line, never a trace or a
 * version, with the headers that the application gives all its own answers.
 */
public final class PlainErrors extends ErrorReportValve {
    private static final int LEAST_ERROR = 400;
    private static final int LEAST_OURS = 500;

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
                    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()",
            "Cache-Control", "no-store");

    @Override
    protected void report(Request request, Response response, Throwable thrown) {
        int status = response.getStatus();
        if (status < LEAST_ERROR || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        HEADERS.forEach(response::setHeader);
        if (request.isSecure()) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
        try {
            response.setContentType("text/plain");
            response.setCharacterEncoding("UTF-8");
            response.getReporter().write(line(status));
            response.finishResponse();
        } catch (IOException | IllegalStateException gone) {
            // nobody is left to tell
            container.getLogger().debug("an error could not be told", gone);
        }
    }

    private static String line(int status) {
        return status
                + (status < LEAST_OURS
                        ? ": the web server did not accept this request: its method, address, headers or body are malformed"
                                + " or too long\n"
                        : ": something went wrong on our side; the log of the server says what\n");
    }
}
