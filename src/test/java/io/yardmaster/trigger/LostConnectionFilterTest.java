package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.yardmaster.Log;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.JobPersistenceException;
import org.quartz.core.JobRunShell;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** As the product's own logback.xml sets it up. */
final class LostConnectionFilterTest {
    private static final Logger QUARTZ = LoggerFactory.getLogger(JobStoreTX.class);
    private final SQLException lost = new SQLException("terminated", "57P01");

    private final Log log = new Log();

    @BeforeEach
    void start() {
        log.start();
    }

    @AfterEach
    void stop() {
        log.stop();
    }

    @Test
    void what_quartz_says_of_a_lost_connection_is_not_logged() {
        JobPersistenceException failure = new JobPersistenceException("no lock", lost);
        QUARTZ.error("one", failure);
        QUARTZ.error("two {}", "tables", failure);
        QUARTZ.error("three {} {}", "tables", "locks", failure);
        LoggerFactory.getLogger(JobRunShell.class).error("four", failure);
        assertThat(log.linesFrom(Level.WARN)).isEmpty();
    }

    @Test
    void all_else_that_quartz_says_is_logged() {
        JobPersistenceException failure = new JobPersistenceException("no row", new SQLException("null", "23502"));
        QUARTZ.error("one", failure);
        QUARTZ.error("two {}", "tables", failure);
        QUARTZ.warn("three {}", "tables");
        QUARTZ.error("four");
        assertThat(log.linesFrom(Level.WARN)).containsExactly("one", "two tables", "three tables", "four");
        assertThat(log.traces()).containsExactly("one", "two tables");
    }

    @Test
    void what_others_say_of_a_lost_connection_is_logged() {
        LoggerFactory.getLogger(AlarmClock.class).warn("one", lost);
        LoggerFactory.getLogger("org.quartzite").warn("two {}", "lines", lost);
        assertThat(log.traces()).containsExactly("one", "two lines");
    }
}
