package io.yardmaster.web.pause;

/** What is done; the last word of the address. */
public enum PauseAct {
    PAUSE,
    RESUME;

    static final String PATH = "/{act: pause|resume}";
    static final String NAME = "act";

    /** Named as Jakarta REST looks for it. */
    public static PauseAct fromString(String word) {
        return word.equals("pause") ? PAUSE : RESUME;
    }
}
