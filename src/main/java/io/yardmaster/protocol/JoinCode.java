package io.yardmaster.protocol;

import java.util.Objects;

/**
 * What an operator hands to a new worker.
 *
 * @param code works once
 * @param pin SHA-256 of the server's certificate in hexadecimal; null if the certificate is to be trusted as usual
 */
public record JoinCode(String code, String pin) {
    public JoinCode {
        Objects.requireNonNull(code);
        if (code.isBlank()) {
            throw new IllegalArgumentException("the join code is empty: make one with \"yardmaster node join-code\"");
        }
        pin = pin == null ? null : CertificatePin.digits(pin);
    }

    /** Reads {@code CODE} or {@code CODE#sha256}. */
    public static JoinCode parse(String text) {
        String[] parts = text.strip().split("#", 2);
        return new JoinCode(parts[0], parts.length == 2 ? parts[1] : null);
    }
}
