package io.yardmaster.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class JoinCodesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    // S16: it opens the door as one from the console does
    @Test
    void a_code_that_a_command_makes_is_in_the_audit_and_its_words_are_not(Database database) {
        String code = JoinCodes.issueBare(database, "system:command");
        List<String> entries = database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT actor || ' ' || detail::text FROM audit_entry WHERE action = 'node.join-code'")
                .mapTo(String.class)
                .list());
        assertThat(entries)
                .singleElement()
                .asString()
                .startsWith("system:command ")
                .doesNotContain(code);
    }
}
