package io.yardmaster.web;

import io.yardmaster.database.Said;

/** Says sentences in the viewer's language; templates ask {@code ${words.of(said)}}. */
public final class Words {
    private final Messages messages;
    private final Language language;

    Words(Messages messages, Language language) {
        this.messages = messages;
        this.language = language;
    }

    public String of(Said said) {
        return messages.say(language, said);
    }
}
