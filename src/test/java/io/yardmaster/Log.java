package io.yardmaster;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What this JVM logs, between start and stop. */
public final class Log {
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private int forgotten;

    public void start() {
        appender.start();
        root().addAppender(appender);
    }

    public void stop() {
        root().detachAppender(appender);
    }

    /** Only what comes from now on is told. */
    public void forget() {
        forgotten = events().size();
    }

    /** The lines of at least that level, without traces. */
    public List<String> linesFrom(Level level) {
        return recent().stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(level))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** The lines that come with a stack trace. */
    public List<String> traces() {
        return recent().stream()
                .filter(event -> event.getThrowableProxy() != null)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private List<ILoggingEvent> recent() {
        List<ILoggingEvent> all = events();
        return all.subList(forgotten, all.size());
    }

    private List<ILoggingEvent> events() {
        return List.copyOf(appender.list);
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
