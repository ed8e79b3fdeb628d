package io.yardmaster.web;

/** Who reads the answer, a person or a program: told by the path. */
enum Audience {
    PERSON,
    PROGRAM;

    /** @param path of the request below the context path, with or without the leading slash */
    static Audience of(String path) {
        String bare = path.startsWith("/") ? path.substring(1) : path;
        boolean program = bare.startsWith("api/")
                || bare.startsWith("agent/")
                || bare.startsWith("health/")
                || bare.equals("metrics");
        return program ? PROGRAM : PERSON;
    }
}
