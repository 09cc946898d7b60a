// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels;

import dev.heddle.testkit.Allocations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Covers CH-14: an {@code OutOfMemoryError} at any allocation of an asynchronous select leaves nothing that waits for nobody. */
@Timeout(120)
class ScarceSelectTest {
    @Test
    void select_withoutMemory_leavesNothingBehind() throws ReflectiveOperationException {
        ClassLoader copies = Allocations.loader("dev.heddle.channels", ScarceSelectTest.class);
        Class<?> trials = copies.loadClass(ScarceSelectTrials.class.getName());
        ((Runnable) trials.getDeclaredConstructor().newInstance()).run();
    }
}
