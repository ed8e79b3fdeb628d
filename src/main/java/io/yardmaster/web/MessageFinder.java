package io.yardmaster.web;

import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.messageresolver.AbstractMessageResolver;

/** Gives templates their words, {@code #{area.thing}}. */
final class MessageFinder extends AbstractMessageResolver {
    private final Messages messages;

    MessageFinder(Messages messages) {
        this.messages = messages;
    }

    @Override
    public String resolveMessage(ITemplateContext context, Class<?> origin, String key, Object[] arguments) {
        Language language = ((Surroundings) context.getVariable("around")).language();
        return messages.say(language, key, arguments == null ? new Object[0] : arguments);
    }

    @Override
    public String createAbsentMessageRepresentation(
            ITemplateContext context, Class<?> origin, String key, Object[] arguments) {
        return key;
    }
}
