package io.yardmaster.lock;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What a run waits for of a condition's variables: an expression of CEL that is true or false.
 *
 * <p>Of the language there is what ends in a time linear in its length: no macros, so no loops, and no functions of ours. Patterns are
 * matched in linear time, too (RE2). Source: Common Expression Language specification.
 */
final class Predicate {
    static final int LONGEST = 500;

    private static final int DEEPEST = 50;
    private static final int MOST_SEEN = 2000;
    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(LONGEST)
            .maxParseRecursionDepth(DEEPEST)
            .build();
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(OPTIONS).build();
    private static final Map<Written, Predicate> SEEN = new ConcurrentHashMap<>();

    private final CelRuntime.Program program;
    private final String problem;

    private Predicate(CelRuntime.Program program, String problem) {
        this.program = program;
        this.problem = problem;
    }

    private record Written(String text, Map<String, CelType> types) {}

    /** @param text at most {@value #LONGEST} characters */
    static Predicate of(String text, Variables variables) {
        Written written = new Written(
                text,
                variables.values().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, one -> type(one.getValue()))));
        if (SEEN.size() > MOST_SEEN) {
            SEEN.clear();
        }
        return SEEN.computeIfAbsent(written, Predicate::compile);
    }

    /** What keeps it from being one over the variables that there are; empty if nothing does. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Whether it is true. What cannot be computed is not. */
    boolean holds(Variables variables) {
        if (program == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(program.eval(variables.values()));
        } catch (CelEvaluationException notComputable) {
            return false;
        }
    }

    private static Predicate compile(Written written) {
        CelCompilerBuilder compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setResultType(SimpleType.BOOL);
        written.types().forEach(compiler::addVar);
        try {
            return new Predicate(
                    RUNTIME.createProgram(
                            compiler.build().compile(written.text()).getAst()),
                    null);
        } catch (CelValidationException | CelEvaluationException wrong) {
            return new Predicate(null, wrong.getMessage().lines().findFirst().orElse(""));
        }
    }

    private static CelType type(Object value) {
        if (value instanceof Boolean) {
            return SimpleType.BOOL;
        }
        return value instanceof Long ? SimpleType.INT : SimpleType.STRING;
    }
}
