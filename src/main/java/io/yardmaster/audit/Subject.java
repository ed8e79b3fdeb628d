package io.yardmaster.audit;

/**
 * What was acted on.
 *
 * @param kind {@code job}, {@code queue}, {@code account}, …
 * @param namespace null for what belongs to none
 * @param name its name, or its id where it has none
 */
public record Subject(String kind, String namespace, String name) {}
