package io.yardmaster.security;

/** In which namespace a route's caller must have the permission. */
public enum ObjectRule {
    /** In the one that the path parameter {@code namespace} names; without it the answer is that of a missing object. */
    NAMESPACE_IN_PATH,
    /** In all: the object belongs to no namespace. */
    EVERYWHERE,
    /**
     * A node, which belongs to no namespace: whoever may view anywhere may see it, since runs of every namespace go to it;
     * anything else must be allowed in all.
     */
    NODE,
    /** In at least one; what is listed is narrowed to {@link Caller#namespaces}. */
    ANYWHERE,
    /**
     * In that of the object which the method looks up; the method calls {@link Caller#demand}. An answer that was made
     * without that call is withheld.
     */
    LOOKED_UP,
    /** In none: any signed-in account, about itself. */
    SELF
}
