package io.yardmaster.web;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.BiFunction;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.dialect.AbstractProcessorDialect;
import org.thymeleaf.engine.AttributeName;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.processor.IProcessor;
import org.thymeleaf.processor.element.AbstractAttributeTagProcessor;
import org.thymeleaf.processor.element.IElementTagStructureHandler;
import org.thymeleaf.standard.expression.StandardExpressions;
import org.thymeleaf.templatemode.TemplateMode;

/**
 * Our attributes for templates:
 *
 * <ul>
 *   <li>{@code <time ym:at="${run.startedAt}">}: the instant in the viewer's zone, in UTC on hover; a dash for null
 *   <li>{@code <time ym:ago="${node.seenAt}">}: how long ago or until, the instant on hover
 *   <li>{@code <span ym:lasted="${run.duration}">}: a duration
 *   <li>{@code <svg ym:icon="play">}: a symbol of {@code assets/icons.svg}
 * </ul>
 */
final class ConsoleDialect extends AbstractProcessorDialect {
    private static final String PREFIX = "ym";
    private static final int BEFORE_STANDARD = 900;

    private final Messages messages;

    ConsoleDialect(Messages messages) {
        super("console", PREFIX, BEFORE_STANDARD);
        this.messages = messages;
    }

    @Override
    public Set<IProcessor> getProcessors(String prefix) {
        return Set.of(
                new TimeAttribute("at", (around, instant) -> new Times(around, messages).at(instant)),
                new TimeAttribute("ago", (around, instant) -> new Times(around, messages).ago(instant)),
                new LastedAttribute(),
                new IconAttribute());
    }

    private static Object value(ITemplateContext context, String expression) {
        return StandardExpressions.getExpressionParser(context.getConfiguration())
                .parseExpression(context, expression)
                .execute(context);
    }

    private static Surroundings around(ITemplateContext context) {
        return (Surroundings) context.getVariable("around");
    }

    private static final class TimeAttribute extends Attribute {
        private final BiFunction<Surroundings, Instant, Times.Shown> show;

        TimeAttribute(String name, BiFunction<Surroundings, Instant, Times.Shown> show) {
            super(name);
            this.show = show;
        }

        @Override
        void apply(ITemplateContext context, String expression, IElementTagStructureHandler element) {
            Instant instant = (Instant) value(context, expression);
            if (instant == null) {
                element.setBody("–", false);
                return;
            }
            Times.Shown shown = show.apply(around(context), instant);
            element.setAttribute("datetime", instant.toString());
            element.setAttribute("title", shown.hover());
            element.setBody(shown.text(), false);
        }
    }

    private final class LastedAttribute extends Attribute {
        LastedAttribute() {
            super("lasted");
        }

        @Override
        void apply(ITemplateContext context, String expression, IElementTagStructureHandler element) {
            Duration lasted = (Duration) value(context, expression);
            String text = lasted == null ? "–" : new Times(around(context), messages).lasted(lasted);
            element.setBody(text, false);
        }
    }

    private static final class IconAttribute extends Attribute {
        IconAttribute() {
            super("icon");
        }

        @Override
        void apply(ITemplateContext context, String name, IElementTagStructureHandler element) {
            String symbol = name.startsWith("${") ? String.valueOf(value(context, name)) : name;
            element.setAttribute("class", "icon");
            element.setAttribute("aria-hidden", "true");
            String url = around(context).assets().get("icons.svg");
            element.setBody("<use href=\"" + url + "#" + symbol.replaceAll("[^a-z-]", "") + "\"></use>", false);
        }
    }

    private abstract static class Attribute extends AbstractAttributeTagProcessor {
        Attribute(String name) {
            super(TemplateMode.HTML, PREFIX, null, false, name, true, BEFORE_STANDARD, true);
        }

        @Override
        protected void doProcess(
                ITemplateContext context,
                IProcessableElementTag tag,
                AttributeName name,
                String value,
                IElementTagStructureHandler element) {
            apply(context, value, element);
        }

        abstract void apply(ITemplateContext context, String value, IElementTagStructureHandler element);
    }
}
