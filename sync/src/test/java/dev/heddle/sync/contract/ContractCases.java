// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync.contract;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.heddle.testkit.Await;
import dev.heddle.testkit.ThreadKind;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;

/** Finds the cases of contract programs and runs each against each target, fairness and kind of thread. */
public final class ContractCases {
    /** How long one wait inside a case may take: far more than a slow machine needs. */
    private static final Duration WAIT = Duration.ofSeconds(30);

    private ContractCases() {}

    /** The cases of the sources as they stand, then with the names changed to those of this library. */
    public static Stream<DynamicNode> ofBoth(String... sources) {
        return Stream.of(Target.JDK, Target.HEDDLE)
                .map(target -> dynamicContainer(
                        target.name(), Arrays.stream(sources).map(source -> container(source, target))));
    }

    private static DynamicNode container(String source, Target target) {
        ContractProgram program = ContractProgram.compile(source, target);
        return dynamicContainer(
                source,
                settings()
                        .map(setting -> dynamicContainer(
                                setting.toString(),
                                cases(program, setting)
                                        .map(m -> dynamicTest(m.getName(), () -> run(program, m, setting, WAIT))))));
    }

    /** The thread kinds of this JVM, each fair and unfair. */
    static Stream<Setting> settings() {
        return ThreadKind.available().stream()
                .flatMap(kind -> Stream.of(new Setting(kind, true), new Setting(kind, false)));
    }

    /** The cases that the setting is asked; never none. */
    static Stream<Method> cases(ContractProgram program, Setting setting) {
        List<Method> all = Arrays.stream(program.main().getDeclaredMethods())
                .filter(m -> m.getParameterCount() == 0 && m.getReturnType() == void.class)
                .filter(m -> !Modifier.isPrivate(m.getModifiers()) && !m.isSynthetic())
                .sorted(Comparator.comparing(Method::getName))
                .toList();
        all.forEach(m -> m.setAccessible(true));
        if (all.isEmpty() || !all.stream().allMatch(m -> m.getName().contains("_"))) {
            throw new IllegalStateException("not all of these name a case: " + all);
        }
        return all.stream()
                .filter(m -> !marked(m, "PlatformOnly") || setting.kind() == ThreadKind.PLATFORM)
                .filter(m -> !marked(m, "Once") || setting.equals(new Setting(ThreadKind.PLATFORM, true)));
    }

    private static boolean marked(Method method, String annotation) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .anyMatch(type -> type.getSimpleName().equals(annotation));
    }

    /** Runs one case on a fresh instance, in a thread of the kind; no wait inside it takes longer than the limit. */
    static void run(ContractProgram program, Method test, Setting setting, Duration limit) throws Throwable {
        Object instance = program.main().getConstructor().newInstance();
        ThreadFactory threads = setting.kind()::unstarted;
        program.main()
                .getMethod("begin", ThreadFactory.class, boolean.class, long.class)
                .invoke(instance, threads, setting.fair(), limit.toNanos());
        Throwable[] failure = new Throwable[1];
        Thread thread = setting.kind().start(() -> failure[0] = outcome(program, instance, test));
        try {
            Await.until(() -> !thread.isAlive(), limit.multipliedBy(10));
        } catch (AssertionError e) {
            thread.interrupt();
            throw new AssertionError(setting + ": the case itself does not end", e);
        }
        if (failure[0] != null) {
            throw failure[0];
        }
    }

    private static Throwable outcome(ContractProgram program, Object instance, Method test) {
        Throwable failure = invoke(instance, test);
        try {
            String next = failure == null ? "end" : "abandon";
            Throwable after = invoke(instance, program.main().getMethod(next));
            return failure == null ? after : failure;
        } catch (NoSuchMethodException e) {
            return e;
        }
    }

    private static Throwable invoke(Object instance, Method method) {
        try {
            method.invoke(instance);
            return null;
        } catch (InvocationTargetException e) {
            return e.getCause();
        } catch (IllegalAccessException e) {
            return e;
        }
    }

    /** In which threads, and how fair. */
    record Setting(ThreadKind kind, boolean fair) {
        @Override
        public String toString() {
            return kind + (fair ? " fair" : " unfair");
        }
    }
}
