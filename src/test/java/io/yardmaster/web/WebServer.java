package io.yardmaster.web;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Database;
import io.yardmaster.security.Accounts;
import io.yardmaster.security.HashedPassword;
import io.yardmaster.security.NodeCredentials;
import io.yardmaster.security.Passwords;
import io.yardmaster.security.Role;
import jakarta.servlet.ServletContainerInitializer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;

/**
 * The console in an embedded Tomcat on a free port of loopback, over a real database, for tests. Hand in the resources
 * under test; {@link #signedIn} gives a browser of an account that has just one role.
 */
public final class WebServer implements AutoCloseable {
    /** Of every account that {@link #signedIn} makes. */
    public static final String PASSWORD = "nine trains left at dawn";

    private final Database database;
    private static final Accounts ACCOUNTS = new Accounts(new Passwords());
    /** Of {@link #PASSWORD}; made once, since it costs time on purpose. */
    public static final HashedPassword HASHED = ACCOUNTS.accept("anybody", PASSWORD);

    private final Tomcat tomcat = new Tomcat();
    private String address = "127.0.0.1";

    private WebServer(Database database) {
        this.database = database;
    }

    /** Serves {@code resources} at the root, with no node known. */
    public static WebServer start(Database database, Collection<?> resources) {
        return start(database, "", resources, credential -> OptionalLong.empty());
    }

    /** Serves {@code resources} at the root, behind these proxies. */
    static WebServer behind(Set<String> proxies, Database database, Collection<?> resources) {
        WebServer server = new WebServer(database);
        server.install("", new WebSettings("Test yard", proxies), resources, credential -> OptionalLong.empty());
        return server;
    }

    /** Serves {@code resources} at the root, behind these proxies, on every address of this machine. */
    static WebServer everywhere(Set<String> proxies, Database database, Collection<?> resources) {
        WebServer server = new WebServer(database);
        server.address = "0.0.0.0";
        server.install("", new WebSettings("Test yard", proxies), resources, credential -> OptionalLong.empty());
        return server;
    }

    /** Serves {@code resources} behind us, with a second's patience for bodies and so many bytes for larger ones. */
    static WebServer strict(long room, Database database, Collection<?> resources, NodeCredentials nodes) {
        WebServer server = new WebServer(database);
        WebSettings settings = new WebSettings("Test yard", Set.of("127.0.0.1"));
        WebApplication application =
                new WebApplication(database, settings, InstantSource.system(), nodes, Duration.ofSeconds(1), room);
        server.serve("", (classes, context) -> application.install(context, resources));
        return server;
    }

    /** @param contextPath empty or beginning with a slash */
    public static WebServer start(
            Database database, String contextPath, Collection<?> resources, NodeCredentials nodes) {
        WebServer server = new WebServer(database);
        server.install(contextPath, new WebSettings("Test yard", Set.of()), resources, nodes);
        return server;
    }

    private void install(String contextPath, WebSettings settings, Collection<?> resources, NodeCredentials nodes) {
        WebApplication application = new WebApplication(database, settings, InstantSource.system(), nodes);
        serve(contextPath, (classes, context) -> application.install(context, resources));
    }

    private void serve(String contextPath, ServletContainerInitializer initializer) {
        tomcat.setBaseDir(Path.of("target", "test-tomcat").toAbsolutePath().toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", address);
        Context context = tomcat.addContext(contextPath, null);
        if (context instanceof StandardContext standard) {
            standard.setClearReferencesRmiTargets(false);
            standard.setClearReferencesThreadLocals(false);
            standard.setClearReferencesObjectStreamClassCaches(false);
        }
        context.addServletContainerInitializer(initializer, null);
        try {
            tomcat.start();
        } catch (LifecycleException failure) {
            throw new IllegalStateException(failure);
        }
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    public URI uri() {
        Context context = (Context) tomcat.getHost().findChildren()[0];
        return URI.create("http://localhost:" + port() + context.getPath());
    }

    /** A browser that knows no account. */
    public Browser browser() {
        return new Browser(uri());
    }

    /** A browser of the account {@code name}, made if need be, with {@code role} in {@code namespace} only. */
    public Browser signedIn(String name, String namespace, Role role) {
        return signedIn(name, Map.of(namespace, role));
    }

    /** Likewise, with a role in each of several namespaces. */
    public Browser signedIn(String name, Map<String, Role> roles) {
        database.useTransaction(transaction -> {
            if (Accounts.find(transaction, name).isEmpty()) {
                ACCOUNTS.add(transaction, name, HASHED, roles, Actor.system("test"));
            }
        });
        return browser().withSessionOf(database, name);
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
