package io.yardmaster.database;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The roles of the embedded PostgreSQL, each with a random password in a file that only its owner can read. */
final class EmbeddedRoles {
    static final String SUPERUSER = "postgres";
    /** Owns the schema and migrates it. */
    static final String OWNER = "yardmaster_owner";
    /** What servers work as: rows, no tables. */
    static final String SERVER = "yardmaster_server";
    /** For people and reports: reads only. */
    static final String READER = "yardmaster_reader";

    private static final String DATABASE = "yardmaster";

    private final Path directory;
    private final Map<String, String> passwords;

    private EmbeddedRoles(Path directory, Map<String, String> passwords) {
        this.directory = directory;
        this.passwords = passwords;
    }

    static EmbeddedRoles in(Path directory) throws IOException {
        Path file = directory.resolve("roles.properties");
        Properties stored = new Properties();
        if (!Files.exists(file)) {
            for (String role : List.of(SUPERUSER, OWNER, SERVER, READER)) {
                stored.setProperty(role, randomPassword());
            }
            StringWriter text = new StringWriter();
            stored.store(text, null);
            OwnerOnly.write(file, text.toString());
        }
        try (Reader reader = Files.newBufferedReader(file)) {
            stored.load(reader);
        }
        Map<String, String> passwords = new TreeMap<>();
        stored.stringPropertyNames().forEach(role -> passwords.put(role, stored.getProperty(role)));
        return new EmbeddedRoles(directory, passwords);
    }

    String password(String role) {
        return passwords.get(role);
    }

    /** The superuser's password alone, as {@code initdb --pwfile} wants it. */
    Path passwordFile() throws IOException {
        Path file = directory.resolve("superuser.password");
        if (!Files.exists(file)) {
            OwnerOnly.write(file, password(SUPERUSER) + "\n");
        }
        return file;
    }

    /** Makes roles and database where they are missing. The limits keep a frozen server from holding the others up. */
    void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String role : List.of(OWNER, SERVER, READER)) {
                String act = exists(statement, "pg_roles WHERE rolname = '" + role + "'") ? "ALTER" : "CREATE";
                statement.execute(act + " ROLE " + role + " LOGIN PASSWORD '" + password(role) + "'");
            }
            for (String role : List.of(SERVER, READER)) {
                statement.execute("ALTER ROLE " + role + " SET statement_timeout = '5s'");
                statement.execute("ALTER ROLE " + role + " SET lock_timeout = '2s'");
                statement.execute("ALTER ROLE " + role + " SET idle_in_transaction_session_timeout = '5s'");
            }
            if (!exists(statement, "pg_database WHERE datname = '" + DATABASE + "'")) {
                statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + OWNER);
            }
        }
    }

    private static boolean exists(Statement statement, String what) throws SQLException {
        try (ResultSet found = statement.executeQuery("SELECT 1 FROM " + what)) {
            return found.next();
        }
    }

    private static String randomPassword() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
