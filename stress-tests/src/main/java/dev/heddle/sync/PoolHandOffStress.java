// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/**
 * Covers sync 2, 3. An element put into a pool while a taker may give up: the taker has it, whole, or it is in the pool
 * afterwards. First a pool that gives the oldest element, then one that gives the newest.
 */
@JCStressTest
@Outcome(
        id = {"1, 0, 1, 0", "1, 0, -1, 1", "-1, 1, 1, 0", "-1, 1, -1, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "Taken, or still there.")
@Outcome(expect = Expect.FORBIDDEN, desc = "An element is lost, doubled, or half published.")
@State
public class PoolHandOffStress {
    private final BlockingPool<int[]> fifo = BlockingPool.fifo();
    private final BlockingPool<int[]> lifo = BlockingPool.lifo();

    @Actor
    public void giver() {
        fifo.put(new int[] {1});
        lifo.put(new int[] {1});
    }

    @Actor
    public void taker(IIII_Result r) {
        r.r1 = takeOrLeave(fifo);
        r.r3 = takeOrLeave(lifo);
    }

    @Arbiter
    public void end(IIII_Result r) {
        r.r2 = left(fifo);
        r.r4 = left(lifo);
    }

    private static int takeOrLeave(BlockingPool<int[]> pool) {
        CompletableFuture<int[]> taken = pool.takeAsync();
        return taken.cancel(false) ? -1 : taken.join()[0];
    }

    private static int left(BlockingPool<int[]> pool) {
        int sum = 0;
        for (int[] e = pool.tryTake(); e != null; e = pool.tryTake()) { // ends: one element was put
            sum += e[0];
        }
        return sum;
    }
}
