package io.yardmaster.web;

import io.yardmaster.database.Invalid;
import java.util.HashMap;
import java.util.Map;
import ognl.OgnlRuntime;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** The pages' templates, {@code templates/*.html} on the class path. */
final class Templates {
    private final TemplateEngine engine = new TemplateEngine();
    private final Messages messages;

    Templates(Messages messages) {
        this.messages = messages;
        ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver(Templates.class.getClassLoader());
        resolver.setPrefix("templates/");
        resolver.setSuffix(".html");
        resolver.setTemplateMode(TemplateMode.HTML);
        resolver.setCharacterEncoding("UTF-8");
        engine.setTemplateResolver(resolver);
        engine.setMessageResolver(new MessageFinder(messages));
        engine.setLinkBuilder(new Links());
        engine.addDialect(new ConsoleDialect(messages));
        OgnlRuntime.setPropertyAccessor(Record.class, new RecordAccessor());
    }

    String render(PageInSurroundings page) {
        Map<String, Object> variables = new HashMap<>(variables(page.surroundings()));
        variables.putAll(page.page().model());
        Words words = new Words(messages, page.surroundings().language());
        variables.put("words", words);
        if (variables.get(Page.REFUSED) instanceof Invalid refused) {
            variables.put("problems", FieldProblems.of(refused, words));
        }
        Context context = new Context(page.surroundings().language().locale(), variables);
        return engine.process(page.page().template(), context);
    }

    private static Map<String, Object> variables(Surroundings around) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("around", around);
        variables.put("caller", around.caller());
        variables.put("may", new May(around.caller()));
        variables.put("csrf", around.csrf());
        variables.put("assets", around.assets());
        variables.put("problems", FieldProblems.NONE);
        return variables;
    }
}
