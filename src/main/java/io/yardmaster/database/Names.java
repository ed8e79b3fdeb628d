package io.yardmaster.database;

import java.util.regex.Pattern;

/** The forms of names, as the schema's constraints have them. */
public final class Names {
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,98}[a-z0-9])?");
    private static final int DESCRIPTION_LIMIT = 2000;

    private Names() {}

    /** Whether a definition can be called so: what cannot need not be looked for. */
    public static boolean arePossible(String namespace, String name) {
        return NAMESPACE.matcher(namespace).matches() && NAME.matcher(name).matches();
    }

    /** Namespace, name and description of a definition. */
    public static void check(String namespace, String name, String description, Invalid.Problems problems) {
        checkNamespace("namespace", namespace, problems);
        checkName("name", name, problems);
        Text.check("description", description, DESCRIPTION_LIMIT, problems);
    }

    public static void checkNamespace(String field, String value, Invalid.Problems problems) {
        problems.check(value != null && NAMESPACE.matcher(value).matches(), field, value, "invalid.namespace");
    }

    public static void checkName(String field, String value, Invalid.Problems problems) {
        problems.check(value != null && NAME.matcher(value).matches(), field, value, "invalid.name");
    }
}
