package io.yardmaster.protocol;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Why a server could not be reached, in words for people. */
final class Reasons {
    private Reasons() {}

    static String of(Throwable failure) {
        Throwable root = root(failure);
        if (root instanceof CertificateException) {
            return root.getMessage();
        }
        if (root instanceof UnknownHostException || root instanceof UnresolvedAddressException) {
            return "its name is unknown here";
        }
        if (failure instanceof HttpTimeoutException || failure instanceof TimeoutException) {
            return "no answer in time";
        }
        if (failure instanceof ConnectException) {
            return "no server listens there";
        }
        if (failure instanceof CancellationException || failure instanceof InterruptedException) {
            return "given up";
        }
        if (failure instanceof SSLException) {
            return "TLS: " + root.getMessage();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
