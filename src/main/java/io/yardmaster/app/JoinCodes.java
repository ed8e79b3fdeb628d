package io.yardmaster.app;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Database;
import io.yardmaster.web.node.IssuedCode;
import io.yardmaster.web.node.JoinCommand;
import java.time.Duration;

/** What a new worker is handed: a one-time code and, where only that makes it trustworthy, the certificate's hash. */
final class JoinCodes {
    private static final Duration LIFE = Duration.ofMinutes(15);

    private JoinCodes() {}

    static String issue(Database database, Settings settings, String by) {
        return trusted(settings, issueBare(database, by));
    }

    /** The one-time code alone. */
    static String issueBare(Database database, String by) {
        return database.inTransaction(transaction -> IssuedCode.issue(transaction, new Actor(by, null), LIFE))
                .code();
    }

    /** What the console tells a person to type on the new node's machine. */
    static JoinCommand command(Settings settings) {
        return (server, code) -> JoinCommand.PLAIN.of(server, trusted(settings, code));
    }

    /** Where others end TLS, or a configured certificate is served, one that we made earlier is not what is seen. */
    private static String trusted(Settings settings, String code) {
        if (settings.has(Setting.SERVER_TLS_KEYSTORE) || settings.has(Setting.SERVER_PROXIES)) {
            return code;
        }
        return Certificate.ownOneIn(settings.dataDirectory())
                .map(certificate -> code + "#" + certificate.fingerprint())
                .orElse(code);
    }
}
