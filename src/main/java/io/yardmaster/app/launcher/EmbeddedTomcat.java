package io.yardmaster.app.launcher;

import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.logging.Filter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/**
 * Serves the unpacked WAR as an ordinary web application, loaded as in any container. The commands live in another class
 * loader, so what passes between is the JDK's: options in, an {@link AutoCloseable} that stops it out.
 */
public final class EmbeddedTomcat implements Function<Map<String, Object>, AutoCloseable> {
    /** Attributes of the servlet context: what the application is told, and where it writes why it cannot start. */
    private static final String SETTINGS = "yardmaster.settings";

    private static final String REFUSAL = "yardmaster.refusal";

    /** With a client that says nothing or takes nothing, and with a request's head that does not come to its end. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A connection whose request has begun keeps buffers of about half this size. */
    private static final long BYTES_PER_CONNECTION = 128 << 10;

    private static final int FEWEST_CONNECTIONS = 500;
    private static final int MOST_CONNECTIONS = 8192;
    /** That it takes to use all connections up. */
    private static final int ADDRESSES = 4;

    /** Held, since the logging framework holds its loggers weakly. */
    private static final Logger LOG = Logger.getLogger("org.apache");

    private final Tomcat tomcat = new Tomcat();
    private final StringBuilder refusal = new StringBuilder();

    /**
     * @param options {@code war}, {@code work} (directories), {@code address}, {@code port}, {@code settings}
     *     (what the application is told), {@code unbounded} (says of an address whether any number of connections may come
     *     from it), and for TLS {@code keystore} and {@code keystorePassword}
     * @throws IllegalStateException with one sentence for people if the port is taken or the application refuses
     */
    @Override
    public AutoCloseable apply(Map<String, Object> options) {
        LOG.setLevel(Level.WARNING);
        tomcat.setBaseDir(options.get("work").toString());
        tomcat.setConnector(connector(options));
        tomcat.setAddDefaultWebXmlToWebapp(false);
        tomcat.getEngine().setParentClassLoader(EmbeddedTomcat.class.getClassLoader());
        ((StandardHost) tomcat.getHost()).setErrorReportValveClass(PlainErrors.class.getName());
        tomcat.getEngine().getPipeline().addValve(new UnreadBody());
        Context context =
                tomcat.addWebapp("", Path.of(options.get("war").toString()).toString());
        withoutLeakChecks((StandardContext) context);
        context.addServletContainerInitializer(
                (classes, servlets) -> {
                    servlets.setAttribute(SETTINGS, options.get("settings"));
                    servlets.setAttribute(REFUSAL, refusal);
                },
                null);
        Tomcat.addServlet(context, "default", DefaultServlet.class.getName()).addMapping("/");
        Tomcat.addDefaultMimeTypeMappings(context);
        start(context, options);
        return this::stop;
    }

    private void start(Context context, Map<String, Object> options) {
        showLog(line -> refusal.isEmpty());
        try {
            tomcat.start();
        } catch (LifecycleException failure) {
            stop();
            throw new IllegalStateException(explain(failure, options), failure);
        } finally {
            showLog(null);
        }
        if (!context.getState().isAvailable()) {
            stop();
            throw new IllegalStateException(
                    refusal.isEmpty() ? "the web application did not start, see above" : refusal.toString());
        }
    }

    /** This process ends with its one application; the checks would only warn that the JDK is closed to them. */
    private static void withoutLeakChecks(StandardContext context) {
        context.setClearReferencesObjectStreamClassCaches(false);
        context.setClearReferencesRmiTargets(false);
        context.setClearReferencesThreadLocals(false);
    }

    /** A reason that is told in one sentence needs no stack traces around it. */
    private static void showLog(Filter filter) {
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            handler.setFilter(filter);
        }
    }

    private static Connector connector(Map<String, Object> options) {
        @SuppressWarnings("unchecked")
        Predicate<String> unbounded = (Predicate<String>) options.get("unbounded");
        long room = Runtime.getRuntime().maxMemory() / BYTES_PER_CONNECTION;
        int connections = (int) Math.max(FEWEST_CONNECTIONS, Math.min(room, MOST_CONNECTIONS));
        Connector connector = new Connector(new BoundedHttp(PATIENCE, connections / ADDRESSES, unbounded));
        connector.setProperty("maxConnections", Integer.toString(connections));
        connector.setProperty("connectionTimeout", Long.toString(PATIENCE.toMillis()));
        connector.setThrowOnFailure(true);
        connector.setPort((Integer) options.get("port"));
        connector.setProperty("address", options.get("address").toString());
        connector.setXpoweredBy(false);
        if (options.containsKey("keystore")) {
            connector.setScheme("https");
            connector.setSecure(true);
            connector.setProperty("SSLEnabled", "true");
            connector.addSslHostConfig(tls(options));
        }
        return connector;
    }

    private static SSLHostConfig tls(Map<String, Object> options) {
        SSLHostConfig host = new SSLHostConfig();
        host.setProtocols("TLSv1.2+TLSv1.3");
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystoreFile(options.get("keystore").toString());
        certificate.setCertificateKeystorePassword(
                options.get("keystorePassword").toString());
        certificate.setCertificateKeystoreType("PKCS12");
        host.addCertificate(certificate);
        return host;
    }

    private static String explain(Throwable failure, Map<String, Object> options) {
        Throwable root = failure;
        while (root.getCause() != null) {
            if (root instanceof BindException) {
                break;
            }
            root = root.getCause();
        }
        String place = options.get("address") + " port " + options.get("port");
        return root instanceof BindException
                ? place + " cannot be listened on (" + root.getMessage() + "): choose another with --server.port"
                : "the web server did not start on " + place + ": " + root.getMessage();
    }

    private void stop() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException failure) {
            LOG.log(Level.WARNING, "the web server did not stop cleanly", failure);
        }
    }
}
