// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.testkit.Await;
import dev.heddle.testkit.ThreadKind;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** A call in a thread of its own, and how it ended. */
final class Outcome<T> {
    private volatile T value;
    private volatile Throwable failure;
    private final CompletableFuture<Boolean> flag = new CompletableFuture<>(); // the interrupt flag at the end
    final Thread thread;

    private Outcome(ThreadKind kind, Callable<T> call) {
        thread = kind.unstarted(() -> {
            try {
                value = call.call();
            } catch (Throwable t) {
                failure = t;
            } finally {
                flag.complete(Thread.interrupted());
            }
        });
    }

    static <T> Outcome<T> start(ThreadKind kind, Callable<T> call) {
        Outcome<T> outcome = new Outcome<>(kind, call);
        outcome.thread.start();
        return outcome;
    }

    /** Starts a call and waits until it waits. */
    static <T> Outcome<T> parked(ThreadKind kind, Callable<T> call) {
        Outcome<T> outcome = start(kind, call);
        Await.parked(outcome.thread);
        return outcome;
    }

    /** Waits for the end; gives what was returned. */
    T value() {
        Throwable t = failure();
        if (t != null) {
            throw new AssertionError("the call failed", t);
        }
        return value;
    }

    /** Waits for the end; gives what was thrown, or null. */
    Throwable failure() {
        Await.ended(thread);
        return failure;
    }

    /** Waits for the end; gives the interrupt flag then. */
    boolean flag() {
        Await.ended(thread);
        return flag.join();
    }
}
