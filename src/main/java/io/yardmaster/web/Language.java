package io.yardmaster.web;

import java.util.List;
import java.util.Locale;

/** The languages of the console. */
public enum Language {
    ENGLISH("en", Locale.ENGLISH, "messages.properties"),
    CHINESE("zh-CN", Locale.SIMPLIFIED_CHINESE, "messages_zh_CN.properties");

    private final String tag;
    private final Locale locale;
    private final String resource;

    Language(String tag, Locale locale, String resource) {
        this.tag = tag;
        this.locale = locale;
        this.resource = resource;
    }

    /** BCP 47. */
    public String tag() {
        return tag;
    }

    public Locale locale() {
        return locale;
    }

    String resource() {
        return resource;
    }

    /** The account's choice, else the first of the browser's that we speak, else English. */
    static Language of(String chosen, List<Locale> accepted) {
        for (Language language : values()) {
            if (language.tag.equals(chosen)) {
                return language;
            }
        }
        for (Locale wish : accepted) {
            for (Language language : values()) {
                if (language.locale.getLanguage().equals(wish.getLanguage())) {
                    return language;
                }
            }
        }
        return ENGLISH;
    }
}
