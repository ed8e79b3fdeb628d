package io.yardmaster.security;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Argon2id hashes of passwords. Each costs 19 MiB and some tens of milliseconds, so only a few are computed at a time:
 * a flood of sign-ins queues up here and leaves the other cores to the rest.
 */
public final class Passwords {
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;
    private static final int LONGEST_WAIT_SECONDS = 5;
    /** Written and read by us: the library does it in the language of the machine, and a Turkish i is another. */
    private static final String KIND = "$argon2id";

    private static final Pattern STORED = Pattern.compile(
            Pattern.quote(KIND) + "\\$v=([0-9]+)\\$m=([0-9]+),t=([0-9]+),p=([0-9]+)\\$([^$]+)\\$([^$]+)");
    private static final Argon2Function ARGON2 =
            Argon2Function.getInstance(MEMORY_KIB, PASSES, LANES, HASH_BYTES, Argon2.ID);

    private final Semaphore turns =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);
    private final String nobody = hash(RandomToken.next());

    /** @throws Busy if too many passwords are being checked */
    public String hash(String password) {
        takeTurn();
        try {
            String result = Password.hash(normal(password))
                    .addRandomSalt(SALT_BYTES)
                    .with(ARGON2)
                    .getResult();
            return KIND + result.substring(result.indexOf('$', 1));
        } finally {
            turns.release();
        }
    }

    /**
     * Whether {@code password} fits. Takes as long when there is nothing to compare with.
     *
     * @param hash null if the account is unknown or has no password
     * @throws Busy if too many passwords are being checked
     */
    public boolean fits(String password, String hash) {
        String against = hash == null ? nobody : hash;
        takeTurn();
        try {
            boolean fits = isOf(normal(password), against);
            return fits && hash != null;
        } finally {
            turns.release();
        }
    }

    /** Computed anew with the costs and the salt that the hash was made with. */
    private static boolean isOf(String password, String hash) {
        Matcher stored = STORED.matcher(hash);
        if (!stored.matches()) {
            throw new IllegalStateException("a stored password is no Argon2id hash");
        }
        int[] costs = IntStream.rangeClosed(1, 4)
                .map(i -> Integer.parseInt(stored.group(i)))
                .toArray();
        byte[] salt = Base64.getDecoder().decode(stored.group(5));
        byte[] expected = Base64.getDecoder().decode(stored.group(6));
        byte[] found = Argon2Function.getInstance(costs[1], costs[2], costs[3], expected.length, Argon2.ID, costs[0])
                .hash(password.getBytes(StandardCharsets.UTF_8), salt)
                .getBytes();
        return MessageDigest.isEqual(expected, found);
    }

    /** One password has several spellings in Unicode, and keyboards differ in which they send. */
    private static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }

    private void takeTurn() {
        try {
            if (!turns.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new Busy();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Busy();
        }
    }
}
