package io.yardmaster.dispatch;

import io.yardmaster.database.Database;
import io.yardmaster.database.DatabaseOpener;
import io.yardmaster.database.DatabaseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A process that has offered all runs, says so, and commits at the next line it reads; 3 if that failed. */
final class FreezingServer {
    private static final int REFUSED = 3;

    private FreezingServer() {}

    public static void main(String[] arguments) {
        DatabaseSettings settings = new DatabaseSettings(arguments[0], arguments[1], System.getenv("PASSWORD"), 2);
        try (Database database = DatabaseOpener.open(settings, List.of())) {
            QueueTurn turn = database.inTransaction(QueueTurns::waiting).get(0);
            Offering offering = new Offering(new Candidates(Yard.TIMES), "frozen");
            database.useTransaction(transaction -> {
                System.out.println("offered "
                        + offering.offer(transaction, turn, 100, java.util.Set.of())
                                .runs());
                awaitLine();
            });
        } catch (RuntimeException refused) {
            System.exit(REFUSED);
        }
    }

    private static void awaitLine() {
        try {
            System.in.read();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
