package io.yardmaster.app;

import io.yardmaster.database.Database;
import io.yardmaster.security.SetUp;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a server that has started tells the person who started it. */
final class Announcement {
    private static final Logger LOG = LoggerFactory.getLogger(Announcement.class);

    private Announcement() {}

    /** Where the console is; as long as there is no account, with the code that lets one make the first. */
    static void print(Database database, String url) {
        Optional<String> code = database.inTransaction(SetUp::offer);
        if (code.isPresent()) {
            LOG.info(
                    "Yardmaster is ready. Make the first account within 15 minutes at {}/set-up?code={}",
                    url,
                    code.get());
        } else {
            LOG.info("Yardmaster is ready at {}", url);
        }
    }
}
