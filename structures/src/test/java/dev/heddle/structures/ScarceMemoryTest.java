// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import dev.heddle.testkit.Allocations;
import org.junit.jupiter.api.Test;

/** Covers SL-1, SL-2, PC-1, PC-7: an {@code OutOfMemoryError} at any allocation of an operation leaves the map whole. */
class ScarceMemoryTest {
    @Test
    void operation_withoutMemory_doesAllOrNothing() throws ReflectiveOperationException {
        ClassLoader copies = Allocations.loader("dev.heddle.structures", ScarceMemoryTest.class);
        Class<?> trials = copies.loadClass(ScarceMemoryTrials.class.getName());
        ((Runnable) trials.getDeclaredConstructor().newInstance()).run();
    }
}
