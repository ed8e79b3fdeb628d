package io.yardmaster.web.definition;

/** The two ways to write a document. */
public enum Format {
    YAML,
    JSON
}
