package io.yardmaster.web.account;

import io.yardmaster.database.Database;
import io.yardmaster.security.Accounts;
import io.yardmaster.security.Passwords;
import io.yardmaster.security.SetUp;
import io.yardmaster.security.SignIn;
import java.util.List;

/** All pages of this package, put together. */
public final class AccountWeb {
    private AccountWeb() {}

    public static List<Object> resources(Database database, Passwords passwords) {
        Accounts accounts = new Accounts(passwords);
        SignIn signIn = new SignIn(database, passwords);
        return List.of(
                new SignInPages(database, signIn),
                new SetUpPages(database, new SetUp(accounts)),
                new ProfilePages(database, accounts, signIn),
                new TokenPages(database),
                new AccountPages(database, accounts));
    }
}
