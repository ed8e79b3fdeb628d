package io.yardmaster.app;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The server's certificate: the configured one, or one that the JDK's keytool made at the first start.
 *
 * @param keystore PKCS12 file
 * @param password of the file and of the key in it
 * @param selfSigned whether we made it, so that others can only trust it by its fingerprint
 */
record Certificate(Path keystore, String password, boolean selfSigned) {
    private static final String ALIAS = "yardmaster";

    /** Whether the server must speak TLS itself: nobody else does, and others than this machine may listen. */
    static boolean isNeeded(Settings settings) {
        return settings.has(Setting.SERVER_TLS_KEYSTORE)
                || (!settings.has(Setting.SERVER_PROXIES)
                        && !WebServer.isLoopback(settings.text(Setting.SERVER_ADDRESS)));
    }

    static Optional<Certificate> of(Settings settings, DataDirectory data) {
        if (!isNeeded(settings)) {
            return Optional.empty();
        }
        if (settings.has(Setting.SERVER_TLS_KEYSTORE)) {
            return Optional.of(configured(settings));
        }
        try {
            return Optional.of(ownOne(data.directory("tls")));
        } catch (IOException failure) {
            throw new Refused("no self-signed certificate could be made: " + failure.getMessage(), failure);
        }
    }

    /** That which a server with these settings serves, once it has started. */
    static Optional<Certificate> served(Settings settings) {
        if (!isNeeded(settings)) {
            return Optional.empty();
        }
        return settings.has(Setting.SERVER_TLS_KEYSTORE)
                ? Optional.of(configured(settings))
                : ownOneIn(settings.dataDirectory());
    }

    private static Certificate configured(Settings settings) {
        String password =
                settings.secret(Setting.SERVER_TLS_KEYSTORE_PASSWORD, Setting.SERVER_TLS_KEYSTORE_PASSWORD_FILE);
        return new Certificate(Path.of(settings.text(Setting.SERVER_TLS_KEYSTORE)), password, false).checked();
    }

    /** The self-signed one of a server on this data directory, if it made one. */
    static Optional<Certificate> ownOneIn(Path dataDirectory) {
        Path directory = dataDirectory.resolve("tls");
        if (!Files.exists(directory.resolve("server.p12"))) {
            return Optional.empty();
        }
        try {
            return Optional.of(ownOne(directory));
        } catch (IOException failure) {
            throw new Refused("the certificate in " + directory + " cannot be read: " + failure.getMessage(), failure);
        }
    }

    /** SHA-256 of the certificate, in hexadecimal: what a join code pins. */
    String fingerprint() {
        try {
            byte[] encoded = chosen(load()).getEncoded();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
        } catch (GeneralSecurityException | IOException failure) {
            throw new Refused("the key store " + keystore + " cannot be read: " + failure.getMessage(), failure);
        }
    }

    /** That of the first key, as Tomcat chooses. */
    private java.security.cert.Certificate chosen(KeyStore store) throws KeyStoreException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                return store.getCertificate(alias);
            }
        }
        throw new Refused(
                "the key store " + keystore + " holds no key: put the server's certificate in it with its key");
    }

    private Certificate checked() {
        try {
            chosen(load());
            return this;
        } catch (GeneralSecurityException | IOException failure) {
            throw new Refused(
                    "server.tls.keystore is '" + keystore + "', which is no PKCS12 key store that the password opens: "
                            + failure.getMessage(),
                    failure);
        }
    }

    private KeyStore load() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(keystore)) {
            store.load(content, password.toCharArray());
        }
        return store;
    }

    /** The password is written first and the key store renamed into place, so that a crash leaves no unusable pair. */
    private static Certificate ownOne(Path directory) throws IOException {
        Path keystore = directory.resolve("server.p12");
        Path secret = directory.resolve("password");
        if (!Files.exists(keystore)) {
            Files.deleteIfExists(secret);
            Files.createFile(
                    secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(secret, HexFormat.of().formatHex(new SecureRandom().generateSeed(24)));
            Path draft = directory.resolve("server.new");
            Files.deleteIfExists(draft);
            keytool(draft, secret);
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
            Files.move(draft, keystore);
        }
        return new Certificate(keystore, Files.readString(secret).strip(), true);
    }

    private static void keytool(Path keystore, Path secret) throws IOException {
        String host = InetAddress.getLocalHost().getHostName();
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-validity",
                        "3650",
                        "-dname",
                        "CN=" + host,
                        "-ext",
                        "san=dns:" + host + ",dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keystore.toString(),
                        "-storepass:file",
                        secret.toString()))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("keytool: " + output.strip());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }
}
