package io.yardmaster.app;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The names of {@code webapp-config/yardmaster.properties}, where each is explained and has its default. */
enum Setting {
    DATA_DIRECTORY("data.directory", Form.TEXT),
    LOG_LEVEL("log.level", Form.oneOf("ERROR", "WARN", "INFO", "DEBUG", "TRACE")),
    PROTOCOL_DIVISOR("protocol.divisor", Form.number(1, 20)),
    DATABASE_URL("database.url", Form.DATABASE_URL),
    DATABASE_USER("database.user", Form.TEXT),
    DATABASE_PASSWORD("database.password", Form.TEXT),
    DATABASE_PASSWORD_FILE("database.password-file", Form.TEXT),
    DATABASE_POOL_SIZE("database.pool-size", Form.number(5, 500)),
    DATABASE_PATIENCE("database.patience-seconds", Form.number(0, 3_600)),
    DATABASE_OWNER_USER("database.owner.user", Form.TEXT),
    DATABASE_OWNER_PASSWORD("database.owner.password", Form.TEXT),
    DATABASE_OWNER_PASSWORD_FILE("database.owner.password-file", Form.TEXT),
    DATABASE_LISTEN_URL("database.listen-url", Form.DATABASE_URL),
    DATABASE_MIGRATE("database.migrate", Form.FLAG),
    DATABASE_EMBEDDED_PORT("database.embedded.port", Form.number(0, 65_535)),
    SERVER_ADDRESS("server.address", Form.TEXT),
    SERVER_PORT("server.port", Form.number(1, 65_535)),
    SERVER_URL("server.url", Form.WEB_ADDRESS),
    SERVER_NAME("server.name", Form.TEXT),
    SERVER_PROXIES("server.proxies", Form.IP_ADDRESSES),
    SERVER_TLS_KEYSTORE("server.tls.keystore", Form.TEXT),
    SERVER_TLS_KEYSTORE_PASSWORD("server.tls.keystore-password", Form.TEXT),
    SERVER_TLS_KEYSTORE_PASSWORD_FILE("server.tls.keystore-password-file", Form.TEXT),
    RETENTION_HISTORY("retention.history", Form.DAYS),
    WORKER_SERVERS("worker.servers", Form.WEB_ADDRESSES),
    WORKER_JOIN_CODE("worker.join-code", Form.TEXT),
    WORKER_JOIN_CODE_FILE("worker.join-code-file", Form.TEXT),
    WORKER_NAME("worker.name", Form.TEXT),
    WORKER_SLOTS("worker.slots", Form.number(0, 1000)),
    WORKER_LABELS("worker.labels", Form.LABELS),
    WORKER_DIRECTORY("worker.directory", Form.TEXT),
    WORKER_DRAIN_TIME("worker.drain-time", Form.DURATION);

    private final String key;

    @SuppressWarnings("ImmutableEnumChecker") // a text and a function of the value alone
    private final Form form;

    Setting(String key, Form form) {
        this.key = key;
        this.form = form;
    }

    static Optional<Setting> named(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equals(key))
                .findFirst();
    }

    String key() {
        return key;
    }

    /** {@code YARDMASTER_SERVER_PORT} for {@code server.port}. */
    String environmentName() {
        return "YARDMASTER_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** Whether the value is nobody's business: it is never shown and no command flag. */
    boolean isSecret() {
        return key.endsWith("password") || this == WORKER_JOIN_CODE;
    }

    /** @throws Refused if {@code value} does not fit, saying what would */
    void check(String value) {
        if (!form.fits().test(value)) {
            throw new Refused(key + " is '" + (isSecret() ? "***" : value) + "' but must be " + form.right());
        }
    }
}
