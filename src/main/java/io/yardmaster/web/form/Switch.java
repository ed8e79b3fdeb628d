package io.yardmaster.web.form;

/** What somebody wants of a thing that is on or off; the last part of the address asked. */
public enum Switch {
    ON("enable"),
    OFF("disable");

    /** Of the addresses of both; {@value #NAME} is the parameter's name. */
    public static final String PATH = "{switch: enable|disable}";

    public static final String NAME = "switch";

    private final String word;

    Switch(String word) {
        this.word = word;
    }

    /** Named as Jakarta REST looks for it. */
    public static Switch fromString(String word) {
        return ON.word.equals(word) ? ON : OFF;
    }

    public boolean isOn() {
        return this == ON;
    }
}
