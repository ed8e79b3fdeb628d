package io.yardmaster.web;

import java.util.Map;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.linkbuilder.StandardLinkBuilder;

/** Puts the context path before links like {@code @{/jobs}}, which Thymeleaf does only for servlets. */
final class Links extends StandardLinkBuilder {
    @Override
    protected String computeContextPath(IExpressionContext context, String base, Map<String, Object> parameters) {
        return ((Surroundings) context.getVariable("around")).contextPath();
    }
}
