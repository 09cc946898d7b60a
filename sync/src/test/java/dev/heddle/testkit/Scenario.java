// SPDX-License-Identifier: Apache-2.0
package dev.heddle.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * Operations that race in a way worth every schedule: a random scenario seldom brings the right ones together.
 *
 * <p>Written as {@code "first ; left left | right ; last"}: what is done before, then the threads, then what is done when
 * they have ended. Both may be empty; the second semicolon may be missing, and with it the first. A suspending operation
 * with {@code ~} is cancelled where it suspends, one with {@code !} promptly: perhaps after it was resumed. It can only be
 * one of a thread's, and only if nothing is done after. An operation with a parameter gets the number of its thread.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Inherited
@Repeatable(Scenario.All.class)
public @interface Scenario {
    /** The operations. */
    String value();

    /** Several of them. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @Inherited
    @interface All {
        /** The scenarios. */
        Scenario[] value();
    }

    /** Makes Lincheck's scenarios of the annotations. */
    final class Parser {
        private Parser() {}

        /** Those of a class and its superclass. */
        public static List<ExecutionScenario> of(Class<?> subject) {
            return Arrays.stream(subject.getAnnotationsByType(Scenario.class))
                    .map(each -> parse(subject, each.value()))
                    .toList();
        }

        private static ExecutionScenario parse(Class<?> subject, String text) {
            String[] parts = text.split(";", -1);
            int middle = parts.length == 1 ? 0 : 1;
            List<Actor> before = middle == 0 ? new ArrayList<>() : actors(subject, parts[0], 0);
            List<List<Actor>> threads = new ArrayList<>();
            for (String thread : parts[middle].split("\\|", -1)) {
                threads.add(actors(subject, thread, threads.size() + 1));
            }
            List<Actor> after = parts.length < 3 ? new ArrayList<>() : actors(subject, parts[2], threads.size() + 1);
            return new ExecutionScenario(before, threads, after, validation(subject));
        }

        private static List<Actor> actors(Class<?> subject, String operations, int thread) {
            List<Actor> actors = new ArrayList<>();
            if (operations.isBlank()) {
                return actors;
            }
            for (String operation : operations.strip().split(" +", -1)) {
                boolean prompt = operation.endsWith("!");
                boolean cancelled = prompt || operation.endsWith("~");
                String name = cancelled ? operation.substring(0, operation.length() - 1) : operation;
                Method method = method(subject, name);
                boolean takesThread = Arrays.asList(method.getParameterTypes()).contains(int.class);
                List<Object> arguments = takesThread ? List.of(thread) : List.of();
                actors.add(new Actor(method, arguments, cancelled, false, false, prompt));
            }
            return actors;
        }

        private static Actor validation(Class<?> subject) {
            return Arrays.stream(subject.getMethods())
                    .filter(method -> method.isAnnotationPresent(Validate.class))
                    .findFirst()
                    .map(method -> new Actor(method, List.of()))
                    .orElse(null);
        }

        private static Method method(Class<?> subject, String name) {
            return Arrays.stream(subject.getMethods())
                    .filter(method -> method.getName().equals(name) && !method.isBridge())
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no operation " + name + " in " + subject));
        }
    }
}
