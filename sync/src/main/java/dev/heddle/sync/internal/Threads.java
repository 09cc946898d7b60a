// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.locks.LockSupport;

/** What a waiting operation asks about its thread. */
public final class Threads {
    private static final MethodHandle IS_VIRTUAL = isVirtualOrNull();
    private static final long PAUSE_NANOS = 1_000_000; // till memory may be back
    private static final boolean MULTIPROCESSOR = Runtime.getRuntime().availableProcessors() > 1;

    private Threads() {}

    /** Whether the thread is virtual; always false below Java 21. */
    public static boolean isVirtual(Thread thread) {
        if (IS_VIRTUAL == null) {
            return false;
        }
        try {
            return (boolean) IS_VIRTUAL.invokeExact(thread);
        } catch (Throwable t) {
            throw new AssertionError("Thread.isVirtual declares no exception", t);
        }
    }

    /**
     * Whether the calling thread may wait actively for a moment: there is another processor on which its partner can
     * run, and the caller is no virtual thread, whose carrier has better things to do.
     */
    public static boolean maySpin() {
        return MULTIPROCESSOR && !isVirtual(Thread.currentThread());
    }

    /**
     * Whether the calling thread is virtual and there is another processor on which its partner can run. It may wait
     * actively for a bounded time then, where that has paid off before.
     */
    public static boolean mayWatch() {
        return MULTIPROCESSOR && isVirtual(Thread.currentThread());
    }

    /** Lets other threads run: one step of a wait for a thread that is at work, or for memory. */
    @SuppressWarnings("ThreadPriorityCheck") // no correctness rests on it
    public static void giveWay() {
        Thread.yield(); // reason: the one place; politeness only
    }

    /** Waits a millisecond, or less if even that takes more memory than there is. */
    public static void pause(Object blocker) {
        try {
            LockSupport.parkNanos(blocker, PAUSE_NANOS);
        } catch (OutOfMemoryError again) {
            Thread.onSpinWait(); // the caller repeats whatever it wants memory for
        }
    }

    /**
     * Fails now if the stack is nearly used up. Called before the first step of an operation that can't be cut off half
     * way: a {@code StackOverflowError} then leaves nothing behind.
     */
    public static void reserveStack() {
        StackReserve.reserve();
    }

    /** The same for an operation that calls {@link #reserveStack()} on its way, when it must not fail there any more. */
    public static void reserveMoreStack() {
        StackReserve.reserveMore();
    }

    private static MethodHandle isVirtualOrNull() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            return null; // Java 17 to 20
        }
    }
}
