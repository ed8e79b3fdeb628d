package io.yardmaster.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts one certificate and no other, whoever signed it and whatever names it carries: it was told over a trusted
 * way, beside the join code.
 */
final class CertificatePin extends X509ExtendedTrustManager {
    private final String sha256;

    /**
     * @param sha256 of the certificate's DER encoding, 64 hexadecimal digits, colons allowed
     */
    CertificatePin(String sha256) {
        this.sha256 = digits(sha256);
    }

    /** @throws IllegalArgumentException if {@code sha256} is none */
    static String digits(String sha256) {
        String digits = sha256.replace(":", "").toLowerCase(Locale.ROOT);
        if (!digits.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("certificate pin \"" + sha256
                    + "\" is not a SHA-256: it must be 64 hexadecimal digits, as printed with the join code");
        }
        return digits;
    }

    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {this}, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        String found = sha256(chain[0]);
        if (!MessageDigest.isEqual(found.getBytes(US_ASCII), sha256.getBytes(US_ASCII))) {
            throw new CertificateException("the server's certificate has SHA-256 " + found + ", not " + sha256
                    + " as the join code said: if it was renewed, start the worker with a new join code");
        }
    }

    private static String sha256(X509Certificate certificate) throws CertificateException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("no client is trusted here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("no client is trusted here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("no client is trusted here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
