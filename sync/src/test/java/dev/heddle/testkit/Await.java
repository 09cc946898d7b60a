// SPDX-License-Identifier: Apache-2.0
package dev.heddle.testkit;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a state, never for a time. When the state does not come, the failure carries a dump of all threads. */
public final class Await {
    /** Far above anything a healthy test needs, also on a loaded machine. */
    public static final Duration LIMIT = Duration.ofSeconds(60);

    private static final long NAP_NANOS = 1_000; // the first pause between two polls; doubles up to the longest
    private static final long LONGEST_NAP_NANOS = 500_000;

    private Await() {}

    /** Waits until the condition holds, at most {@link #LIMIT}. */
    public static void until(BooleanSupplier condition) {
        until(condition, LIMIT);
    }

    /** Waits until the condition holds, at most {@code limit}. An interrupt does not end the wait; it is kept. */
    public static void until(BooleanSupplier condition, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        try {
            long nap = NAP_NANOS;
            while (!condition.getAsBoolean()) { // ends: by the condition or the limit
                if (System.nanoTime() - deadline >= 0) {
                    throw new AssertionError("condition not met within " + limit + "\n" + threadDump());
                }
                LockSupport.parkNanos(nap); // off the cores of those it waits for
                nap = Math.min(2 * nap, LONGEST_NAP_NANOS);
                interrupted |= Thread.interrupted(); // else every further pause would return at once
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits until the thread is parked: WAITING or TIMED_WAITING. Fails at once if it has ended. */
    public static void parked(Thread thread) {
        until(() -> switch (thread.getState()) {
            case WAITING, TIMED_WAITING -> true;
            case TERMINATED -> throw new AssertionError(thread + " ended instead of waiting");
            case NEW, RUNNABLE, BLOCKED -> false;
        });
    }

    /** Waits for the end of each thread in turn. */
    public static void ended(Thread... threads) {
        for (Thread thread : threads) {
            until(() -> thread.getState() == Thread.State.TERMINATED);
        }
    }

    /** Waits for the end of each thread in turn. */
    public static void ended(Iterable<Thread> threads) {
        threads.forEach(Await::ended);
    }

    /** The value of the stage, waiting at most {@link #LIMIT}; its failure comes out as {@link ExecutionException}. */
    public static <T> T value(CompletionStage<T> stage) throws InterruptedException, ExecutionException {
        try {
            return stage.toCompletableFuture().get(LIMIT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not completed within " + LIMIT + ": " + stage + "\n" + threadDump(), e);
        }
    }

    /** All threads with their stacks; virtual threads too where the JVM can show them. */
    public static String threadDump() {
        StringBuilder out = new StringBuilder("threads:\n");
        for (Map.Entry<Thread, StackTraceElement[]> entry :
                Thread.getAllStackTraces().entrySet()) {
            Thread thread = entry.getKey();
            out.append(thread).append(' ').append(thread.getState());
            Object blocker = LockSupport.getBlocker(thread);
            out.append(blocker == null ? "" : " on " + blocker).append('\n');
            for (StackTraceElement frame : entry.getValue()) {
                out.append("    at ").append(frame).append('\n');
            }
        }
        return out.append(virtualThreadDump()).toString();
    }

    private static String virtualThreadDump() {
        if (Runtime.version().feature() < 21) {
            return "";
        }
        try {
            Path folder = Files.createTempDirectory("heddle");
            Path file = folder.resolve("threads.txt");
            Class<?> bean = Class.forName("com.sun.management.HotSpotDiagnosticMXBean");
            Class<?> format = Class.forName("com.sun.management.HotSpotDiagnosticMXBean$ThreadDumpFormat");
            Object plain = format.getField("TEXT_PLAIN").get(null);
            Object diagnostics = ManagementFactory.getPlatformMXBean(
                    bean.asSubclass(java.lang.management.PlatformManagedObject.class));
            bean.getMethod("dumpThreads", String.class, format).invoke(diagnostics, file.toString(), plain);
            String dump = Files.readString(file);
            Files.delete(file);
            Files.delete(folder);
            return "\nwith virtual threads:\n" + dump;
        } catch (ReflectiveOperationException | IOException e) {
            return "\nno dump of virtual threads: " + e + "\n";
        }
    }
}
