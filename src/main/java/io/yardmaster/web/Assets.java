package io.yardmaster.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/**
 * The scripts, styles and pictures of the console: exactly those listed here, held in memory. Their URL carries the hash
 * of their content, so browsers may keep them for ever and never show an old one.
 */
final class Assets {
    private static final String WEBJARS = "META-INF/resources/webjars/";
    private static final String OURS = "assets/";
    private static final Map<String, String> PLACES = Map.of(
            "tabler.css", WEBJARS + "tabler__core/1.4.0/dist/css/tabler.min.css",
            "htmx.js", WEBJARS + "htmx.org/2.0.10/dist/htmx.min.js",
            "console.css", OURS + "console.css",
            "theme.js", OURS + "theme.js",
            "console.js", OURS + "console.js",
            "icons.svg", OURS + "icons.svg",
            "logo.svg", OURS + "logo.svg");
    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "svg", "image/svg+xml");
    private static final int VERSION_BYTES = 8;

    private final Map<String, Asset> byName = new TreeMap<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared; written out as they are
    record Asset(String version, String type, byte[] plain, byte[] gzipped) {}

    Assets() {
        PLACES.forEach((name, place) -> byName.put(name, load(name, place)));
    }

    /** Null if there is none of that name. */
    Asset named(String name) {
        return byName.get(name);
    }

    /** URL paths by name, below the context path {@code base}. */
    Map<String, String> urls(String base) {
        Map<String, String> urls = new TreeMap<>();
        byName.forEach((name, asset) -> urls.put(name, base + "/assets/" + asset.version() + "/" + name));
        return urls;
    }

    private static Asset load(String name, String place) {
        try (InputStream in = Assets.class.getClassLoader().getResourceAsStream(place)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + place);
            }
            byte[] bytes = in.readAllBytes();
            String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
            return new Asset(version(bytes), type, bytes, gzip(bytes));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String version(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash, 0, VERSION_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }
}
