// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.testkit.ThreadKind;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract rejects faulty types, each in the case meant for the fault and for the right reason. */
@Tag("mutant")
class ContractMutantsTest {
    private static final ContractCases.Setting FAIR = new ContractCases.Setting(ThreadKind.PLATFORM, true);
    private static final Duration WAIT = Duration.ofMillis(500);

    static Stream<Class<?>> mutants() {
        return Arrays.stream(ContractMutants.class.getDeclaredClasses())
                .filter(c -> !c.isAnnotation() && Modifier.isPublic(c.getModifiers()));
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void fault_isRejected(Class<?> faulty) {
        var rejected = faulty.getAnnotation(ContractMutants.Rejected.class);
        ContractProgram program = ContractProgram.compile(rejected.by(), Target.mutant(faulty.getSuperclass(), faulty));
        Method method = method(program, rejected.in());
        var failure = assertThrows(AssertionError.class, () -> ContractCases.run(program, method, FAIR, WAIT));
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.contains(rejected.because()), () -> "not \"" + rejected.because() + "\": " + message);
    }

    @Test
    void mutants_always_coverEveryType() {
        Set<Class<?>> replaced = mutants().map(Class::getSuperclass).collect(Collectors.toSet());
        assertEquals(
                Set.of(
                        Semaphore.class,
                        ReentrantLock.class,
                        ReentrantReadWriteLock.class,
                        CountDownLatch.class,
                        CyclicBarrier.class),
                replaced);
    }

    @Test
    void apiSurface_poorerType_namesEachDifference() {
        Target poorer = new Target("Poorer", Map.of(Whole.class.getName(), Poorer.class.getName()), true);
        List<String> found = ApiSurface.differences(Whole.class, poorer);
        assertEquals(8, found.size(), found::toString);
        for (String part : List.of(
                "Whole: implements interface java.lang.Runnable",
                "Whole(int)",
                "hidden() throws java.io.IOException: visibility",
                "hidden() throws java.io.IOException: exceptions",
                "open(): final",
                "words(): result",
                "gone()",
                "Inner")) {
            assertTrue(found.stream().anyMatch(d -> d.contains(part)), () -> part + " not in " + found);
        }
    }

    @Test
    void apiSurface_sameType_hasNoDifference() {
        assertEquals(List.of(), ApiSurface.differences(Whole.class, Target.JDK));
    }

    private static Method method(ContractProgram program, String test) {
        return ContractCases.cases(program, FAIR)
                .filter(m -> m.getName().equals(test))
                .findFirst()
                .orElseThrow();
    }

    /** A type as it should be. */
    public static class Whole implements Runnable {
        public Whole(int size) {}

        @Override
        public void run() {}

        public void hidden() throws java.io.IOException {}

        public void open() {}

        public List<String> words() {
            return List.of();
        }

        protected void gone() {}

        /** A nested type. */
        public static class Inner {}
    }

    /** The same with less. */
    public static class Poorer {
        public Poorer(long size) {}

        public void run() {}

        protected void hidden() {}

        public final void open() {}

        public List<Object> words() {
            return List.of();
        }
    }
}
