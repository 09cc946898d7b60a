// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The broken twin of {@link ReadWriteStress}: reader and writer announce themselves by release stores and look for each
 * other by acquire loads, so both come in.
 */
@JCStressTest
@Outcome(id = "0, 4", expect = Expect.ACCEPTABLE, desc = "Every read was before or after a write.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A reader beside a writer: this twin must show it.")
@State
public class BrokenReadWriteStress {
    private static final int ROUNDS = 4; // each one a chance to meet

    private final AtomicInteger readers = new AtomicInteger();
    private final AtomicInteger writers = new AtomicInteger();
    private int left; // both plain: the lock guards them
    private int right;

    @Actor
    public void writer() {
        for (int i = 0; i < ROUNDS; i++) {
            writers.setRelease(1); // MUTANT: not volatile
            while (readers.getAcquire() != 0) { // ends: a reader that sees a writer goes back
                Thread.onSpinWait();
            }
            left++;
            Thread.onSpinWait(); // time for a reader that should not be here
            right++;
            writers.setRelease(0);
        }
    }

    @Actor
    public void reader(II_Result r) {
        for (int i = 0; i < ROUNDS; i++) {
            enterAsReader();
            r.r1 += left == right ? 0 : 1;
            readers.setRelease(0);
        }
    }

    @Arbiter
    public void end(II_Result r) {
        r.r2 = readers.get() == 0 && writers.get() == 0 ? right : -1;
    }

    private void enterAsReader() {
        readers.setRelease(1); // MUTANT: not volatile
        while (writers.getAcquire() != 0) { // ends: with the writer
            readers.setRelease(0);
            Thread.onSpinWait();
            readers.setRelease(1);
        }
    }
}
