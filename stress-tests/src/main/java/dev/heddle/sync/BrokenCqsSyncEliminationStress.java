// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The broken twin of {@link CqsSyncEliminationStress}: a cell is broken after a look, while its suspend may just be
 * taking the value.
 */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "They met.")
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "The resume gave up, and both sides know.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The value is given twice: this twin must show it.")
@State
public class BrokenCqsSyncEliminationStress {
    private static final int SPINS = 4; // about as long as the suspend takes
    private static final int[] BROKEN = {0};

    private final AtomicReference<int[]> cell = new AtomicReference<>();

    @Actor
    public void waker(II_Result r) {
        int[] value = {1};
        cell.set(value);
        for (int i = 0; i < SPINS && cell.get() == value; i++) {
            Thread.onSpinWait();
        }
        if (cell.get() == value) {
            cell.set(BROKEN); // MUTANT: no compare-and-set
        } else {
            r.r1 = 1;
        }
    }

    @Actor
    public void sleeper(II_Result r) {
        while (cell.get() == null) { // ends: the waker comes
            Thread.onSpinWait();
        }
        int[] value = cell.getAndSet(null);
        r.r2 = value[0];
    }
}
