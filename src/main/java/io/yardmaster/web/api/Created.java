package io.yardmaster.web.api;

/**
 * What a POST made.
 *
 * @param location its path
 * @param body what is said of it
 */
public record Created(String location, Object body) {}
