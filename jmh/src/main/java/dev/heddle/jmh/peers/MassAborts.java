// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.peers;

import dev.heddle.jmh.Threads;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import kotlinx.coroutines.Job;
import kotlinx.coroutines.sync.SemaphoreKt;

/** Many waiters that all give up. */
public interface MassAborts {
    /** Aborts every waiter and returns when all have left. */
    void abortAll() throws InterruptedException;

    /**
     * Returns a semaphore without permits in which {@code waiting} virtual threads wait (for kotlinx.coroutines,
     * coroutines), to be aborted in the given order: {@code fifo}, {@code reverse} or {@code random}.
     */
    static MassAborts of(String impl, int waiting, String order) {
        if (impl.equals("kotlinx")) {
            KotlinxWaiters waiters = new KotlinxWaiters(SemaphoreKt.Semaphore(1, 1));
            List<Job> jobs = arranged(waiters.parkMany(waiting), order);
            return () -> waiters.cancelAndJoin(jobs);
        }
        Parked parked = new Parked(Gates.waitingSemaphore(impl, 0), Threads.VIRTUAL, waiting);
        List<Thread> threads = arranged(parked.threads(), order);
        return () -> {
            for (Thread thread : threads) {
                thread.interrupt();
            }
            for (Thread thread : threads) {
                thread.join();
            }
        };
    }

    private static <T> List<T> arranged(List<T> waiters, String order) {
        switch (order) {
            case "fifo" -> {}
            case "reverse" -> Collections.reverse(waiters);
            case "random" -> Collections.shuffle(waiters, new Random(20230601));
            default -> throw new IllegalArgumentException("order must be fifo, reverse or random: " + order);
        }
        return waiters;
    }
}
