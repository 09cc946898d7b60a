// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.testkit.Await;
import dev.heddle.testkit.ThreadKind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** One wait of one thread, and how it ended. Shared by the tests of blocking methods. */
final class Waits {
    /** What the waiting thread runs. */
    interface Blocking {
        void run() throws Exception;
    }

    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final CompletableFuture<Boolean> flag = new CompletableFuture<>(); // the interrupt flag at the end
    final Thread thread;

    private Waits(ThreadKind kind, Blocking task) {
        thread = kind.unstarted(() -> {
            try {
                task.run();
            } catch (Throwable t) {
                failure.set(t);
            } finally {
                flag.complete(Thread.interrupted());
            }
        });
    }

    static Waits start(ThreadKind kind, Blocking task) {
        Waits waits = new Waits(kind, task);
        waits.thread.start();
        return waits;
    }

    /** Waits for the end; gives what was thrown, or null. */
    Throwable end() {
        Await.ended(thread);
        return failure.get();
    }

    /** Waits for the end and passes on what was thrown. */
    void succeeds() {
        Throwable t = end();
        if (t != null) {
            throw new AssertionError("the waiting thread failed", t);
        }
    }

    /** The interrupt flag when it ended. */
    boolean flag() {
        end();
        return flag.join();
    }
}
