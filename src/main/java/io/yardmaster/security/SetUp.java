package io.yardmaster.security;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The first account. Nothing is shipped that could open the door: a code, printed at the first start, does. */
public final class SetUp {
    private static final Duration LIFE = Duration.ofMinutes(15);

    private final Accounts accounts;

    public SetUp(Accounts accounts) {
        this.accounts = accounts;
    }

    /** A code for {@code /set-up?code=…}, good for 15 minutes; empty if there is an account already. */
    public static Optional<String> offer(Transaction transaction) {
        return Accounts.any(transaction)
                ? Optional.empty()
                : Optional.of(OneTimeCodes.issue(transaction, Purpose.SET_UP, "system:start", LIFE));
    }

    /**
     * Makes the first account, an administrator of everything. The code is used up only if that succeeds.
     *
     * @throws Conflict if there is an account already
     * @throws Invalid if the code, the name or the password is not acceptable
     */
    public void complete(Database database, String code, String name, String password, String address) {
        // asked first, so that only who has a code makes us hash; and hashed while no transaction is open
        if (!database.inTransaction(transaction -> OneTimeCodes.isGood(transaction, Purpose.SET_UP, code))) {
            database.useTransaction(SetUp::refuse);
        }
        // an empty password is one to refuse, not the wish for an account without
        HashedPassword hashed = accounts.accept(name, password == null ? "" : password);
        database.useTransaction(transaction -> add(transaction, code, name, hashed, new Actor(name, address)));
    }

    private void add(Transaction transaction, String code, String name, HashedPassword password, Actor by) {
        transaction
                .sql()
                .createQuery("SELECT pg_advisory_xact_lock(hashtextextended('set-up', 0))::text")
                .mapTo(String.class)
                .one();
        if (Accounts.any(transaction) || !OneTimeCodes.redeem(transaction, Purpose.SET_UP, code, name)) {
            refuse(transaction);
        }
        accounts.add(transaction, name, password, Map.of(Caller.EVERYWHERE, Role.ADMIN), by);
    }

    private static void refuse(Transaction transaction) {
        if (Accounts.any(transaction)) {
            throw new Conflict("conflict.set-up");
        }
        throw new Invalid("code", null, "invalid.set-up-code");
    }
}
