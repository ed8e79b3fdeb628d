package io.yardmaster.web.form;

import io.yardmaster.database.Invalid;
import io.yardmaster.security.Caller;
import io.yardmaster.security.Permission;
import java.util.List;
import java.util.Set;

/** The namespaces in which somebody may make something, as the form of it offers them. */
public final class EditableNamespaces {
    private static final String USUAL = "default";

    private EditableNamespaces() {}

    /** {@link Caller#EVERYWHERE} may be among them. */
    public static List<String> of(Caller caller) {
        return List.copyOf(caller.namespaces(Permission.EDIT));
    }

    /** What a blank form begins with. */
    public static String usual(Caller caller) {
        Set<String> namespaces = caller.namespaces(Permission.EDIT);
        return namespaces.contains(Caller.EVERYWHERE) || namespaces.contains(USUAL)
                ? USUAL
                : namespaces.iterator().next();
    }

    /** @param key of the words that tell where {@code caller} may, if not there */
    public static void check(Caller caller, String namespace, String key, Invalid.Problems problems) {
        problems.check(
                caller.may(Permission.EDIT, namespace),
                "namespace",
                namespace,
                key,
                String.join(", ", caller.namespaces(Permission.EDIT)));
    }
}
