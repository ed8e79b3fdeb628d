package io.yardmaster.app;

import io.yardmaster.database.DatabaseUnavailable;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server as a web application, in any container. */
public final class ServerListener implements ServletContextListener {
    private static final Logger LOG = LoggerFactory.getLogger(ServerListener.class);
    /** Set by our own launcher: all settings, already gathered. */
    private static final String SETTINGS = "yardmaster.settings";
    /** Of our own launcher: gets the sentence that says why the application cannot start. */
    private static final String REFUSAL = "yardmaster.refusal";

    private Server server;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        try {
            server = Server.start(settings(context), dataSource(), context);
        } catch (Refused | DatabaseUnavailable refused) {
            if (context.getAttribute(REFUSAL) instanceof StringBuilder refusal) {
                refusal.append(refused.getMessage());
            }
            throw refused;
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (server != null) {
            server.stop();
        }
        deregisterDrivers();
    }

    private static Settings settings(ServletContext context) {
        if (context.getAttribute(SETTINGS) instanceof Map<?, ?> handedOver) {
            Map<String, String> values = new TreeMap<>();
            handedOver.forEach((key, value) -> values.put(key.toString(), value.toString()));
            return Settings.takenOver(values);
        }
        Map<String, String> parameters = new TreeMap<>();
        Collections.list(context.getInitParameterNames())
                .forEach(name -> parameters.put(name, context.getInitParameter(name)));
        return new SettingSources(Map.of(), SettingSources.systemProperties(), System.getenv(), parameters).settings();
    }

    /** The container's pool, or null if it has none for us. */
    @SuppressWarnings("BanJNDI") // the name is a constant
    private static DataSource dataSource() {
        try {
            return (DataSource) new InitialContext().lookup("java:comp/env/jdbc/yardmaster");
        } catch (NamingException none) {
            return null;
        }
    }

    /** The driver registers itself with the JDK, which would hold this application's class loader for ever. */
    private static void deregisterDrivers() {
        // where the container has a driver of the same name, it is this look that loads ours, which registers itself
        DriverManager.getDrivers();
        for (Driver driver : Collections.list(DriverManager.getDrivers())) {
            if (driver.getClass().getClassLoader() == ServerListener.class.getClassLoader()) {
                try {
                    DriverManager.deregisterDriver(driver);
                } catch (SQLException failure) {
                    LOG.warn("the JDBC driver stays registered", failure);
                }
            }
        }
    }
}
