// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.heddle.testkit.Allocations;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Covers sync 22: an {@code OutOfMemoryError} at any allocation of any operation leaves the primitive usable. */
@Timeout(120)
class OutOfMemoryTest {
    @TestFactory
    Stream<DynamicTest> operation_withoutMemory_doesAllOrNothing() throws ReflectiveOperationException {
        ClassLoader copies = Allocations.loader("dev.heddle.sync", OutOfMemoryTest.class);
        return Stream.of("Semaphores", "Locks", "Conditions", "Others", "Cancels")
                .flatMap(group -> {
                    Map<String, Runnable> cases = cases(copies, "dev.heddle.sync.ScarceMemory" + group);
                    return cases.entrySet().stream()
                            .map(c -> dynamicTest(c.getKey(), () -> c.getValue().run()));
                });
    }

    @SuppressWarnings("unchecked") // that is what the classes of cases have
    private static Map<String, Runnable> cases(ClassLoader copies, String name) {
        try {
            var method = copies.loadClass(name).getDeclaredMethod("cases");
            method.setAccessible(true);
            return (Map<String, Runnable>) method.invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }
}
