// SPDX-License-Identifier: Apache-2.0
package contract;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * What every contract program stands on: threads that are waited for, and assertions.
 *
 * <p>A contract program is written once, against the types of the JDK. Its cases are the methods
 * without parameters whose name has the form {@code operation_situation_expectation}; each runs on
 * a fresh instance, between {@link #begin} and {@link #end}. Nothing here knows what is compared.
 */
public abstract class Contract {

    /** A case that needs threads of the operating system: asked of platform threads only. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    public @interface PlatformOnly {}

    /** A case in which neither the kind of thread nor fairness plays a part: asked once. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    public @interface Once {}

    /** Code that may throw anything. */
    public interface Body {
        void run() throws Throwable;
    }

    /** Every unit there is; a loop over it is the test for "all units". */
    protected static final TimeUnit[] UNITS = TimeUnit.values();

    /** Short enough to wait for, long enough to be measured. */
    protected static final long SHORT_MS = 15;

    private final List<Task<?>> tasks = new ArrayList<>();
    private ThreadFactory threads;
    private long limitNanos;

    /** The fairness this run asks for. */
    protected boolean fair;

    /** Called once before the case: where threads come from, fairness, and how long any wait may take. */
    public final void begin(ThreadFactory threads, boolean fair, long limitNanos) {
        this.threads = threads;
        this.fair = fair;
        this.limitNanos = limitNanos;
    }

    /** Called once after a case that passed: every thread has ended, no failure went unseen. */
    public final void end() {
        tasks.forEach(Task::settle);
    }

    /** Called once after a case that failed: lets go of threads that are still waiting. */
    public final void abandon() {
        tasks.forEach(t -> t.thread.interrupt());
    }

    // ---------------------------------------------------------------- threads

    /** One call made by another thread, and what became of it. */
    public final class Task<T> {
        /** The thread that makes the call. */
        public final Thread thread;

        private volatile boolean ended;
        private volatile Throwable failure;
        private volatile boolean seen;
        private volatile boolean flagAtEnd;
        private volatile T value;

        private Task(Callable<T> call) {
            thread = threads.newThread(() -> {
                try {
                    value = call.call();
                } catch (Throwable e) {
                    failure = e;
                } finally {
                    flagAtEnd = Thread.currentThread().isInterrupted();
                    ended = true;
                }
            });
            tasks.add(this);
        }

        /** Waits until the thread is parked without a time limit, its blocker set. */
        public Task<T> parked() {
            return parked(Thread.State.WAITING);
        }

        /** Waits until the thread is parked with a time limit, its blocker set. */
        public Task<T> parkedTimed() {
            return parked(Thread.State.TIMED_WAITING);
        }

        private Task<T> parked(Thread.State state) {
            until(
                    () -> "parked as " + state + ", is " + this,
                    () -> ended || thread.getState() == state && LockSupport.getBlocker(thread) != null);
            if (ended) {
                seen = true;
                throw new AssertionError("should wait, but " + this, failure);
            }
            return this;
        }

        /** Interrupts a wait that must not end by it: waits until the interrupt was noticed, then parked again. */
        public Task<T> ignoresInterrupt(Thread.State state) {
            thread.interrupt();
            until(() -> "interrupt noticed by " + this, () -> ended || !thread.isInterrupted());
            return parked(state);
        }

        /** Waits for the call to end, whatever came of it. */
        public Task<T> join() {
            until(() -> "end of " + this, () -> ended);
            until(() -> "end of the thread of " + this, () -> !thread.isAlive());
            return this;
        }

        /** The result; fails if the call threw. */
        public T result() {
            join();
            seen = true;
            if (failure != null) {
                throw new AssertionError("should return, but " + this, failure);
            }
            return value;
        }

        /** Interrupts the thread, then expects the given exception and a cleared flag. */
        public void interruptThrows(Class<? extends Throwable> expected) {
            thread.interrupt();
            fails(expected);
            no(flagAtEnd, "interrupt flag after " + failure);
        }

        /** Waits for the end and expects exactly this type of exception. */
        public Throwable fails(Class<? extends Throwable> expected) {
            join();
            seen = true;
            return ofType(expected, failure);
        }

        /** After an interrupt that races with a grant: true with the flag kept, or InterruptedException without it. */
        public boolean grantedDespiteInterrupt() {
            join();
            seen = true;
            if (failure != null) {
                ofType(InterruptedException.class, failure);
            }
            equal(failure == null, flagAtEnd);
            return failure == null;
        }

        /** Whether the interrupt flag was set when the call ended. */
        public boolean interruptedAtEnd() {
            join();
            return flagAtEnd;
        }

        /** Whether the call, which has ended, gave a result rather than an exception. */
        public boolean endedNormally() {
            return ended && failure == null;
        }

        /** Whether the call has ended. */
        public boolean hasEnded() {
            return ended;
        }

        private void settle() {
            if (thread.getState() == Thread.State.NEW) {
                return;
            }
            join();
            if (failure != null && !seen) {
                throw new AssertionError("unexpected: " + this, failure);
            }
        }

        @Override
        public String toString() {
            String end = !ended ? "state " + thread.getState() : failure != null ? "threw " + failure : "gave " + value;
            return "call in " + thread.getName() + " (" + end + ")";
        }
    }

    /** Makes the call in a new thread. */
    protected final <T> Task<T> call(Callable<T> call) {
        Task<T> task = prepare(call);
        task.thread.start();
        return task;
    }

    /** Makes the call, which has no result, in a new thread. */
    protected final Task<Object> run(Body body) {
        return call(asCall(body));
    }

    /** A call whose thread exists but is not started. */
    protected final <T> Task<T> prepare(Callable<T> call) {
        Objects.requireNonNull(threads, "begin");
        return new Task<>(call);
    }

    /** Turns code without a result into a call. */
    protected static Callable<Object> asCall(Body body) {
        return () -> {
            try {
                body.run();
                return null;
            } catch (Exception | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        };
    }

    /** Lets the thread of this case be interrupted before the code, and tells whether the flag survived it. */
    protected static boolean interruptedRun(Body body) throws Exception {
        Thread.currentThread().interrupt();
        try {
            asCall(body).call();
        } catch (Exception | Error e) {
            Thread.interrupted();
            throw e;
        }
        return Thread.interrupted();
    }

    /** Interrupted on entry: the call throws {@code InterruptedException} and clears the flag. */
    protected static void interruptedOnEntry(Body body) {
        Thread.currentThread().interrupt();
        try {
            threw(InterruptedException.class, body);
            no(Thread.currentThread().isInterrupted(), "flag after InterruptedException");
        } finally {
            Thread.interrupted();
        }
    }

    /** Waits for a state, never for a time. */
    protected final void until(String what, BooleanSupplier condition) {
        until(() -> what, condition);
    }

    private void until(java.util.function.Supplier<String> what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limitNanos;
        for (int i = 0; !condition.getAsBoolean(); i++) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("waited in vain for: " + what.get());
            }
            if (i < 100) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(50_000); // polls; lets the watched thread have the processor
            }
        }
    }

    /** Keeps busy until the given time has passed: for cases whose subject is the clock. */
    protected static void outlast(long millis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() - deadline <= 0) {
            Thread.yield();
        }
    }

    /** Runs the code and checks that it took at least the given time. */
    protected static void tookAtLeast(long millis, Body body) throws Exception {
        long start = System.nanoTime();
        asCall(body).call();
        long took = System.nanoTime() - start;
        yes(took >= TimeUnit.MILLISECONDS.toNanos(millis), "took only " + took + " ns of " + millis + " ms");
    }

    // ---------------------------------------------------------------- assertions

    protected static void yes(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError("false: " + what);
        }
    }

    protected static void no(boolean condition, String what) {
        if (condition) {
            throw new AssertionError("true: " + what);
        }
    }

    protected static void equal(Object expected, Object actual) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError("expected " + expected + ", was " + actual);
        }
    }

    /** Numbers compare by value, whatever their type. */
    protected static void count(long expected, long actual) {
        if (expected != actual) {
            throw new AssertionError("expected " + expected + ", was " + actual);
        }
    }

    protected static Throwable threw(Class<? extends Throwable> expected, Body body) {
        Throwable thrown = null;
        try {
            body.run();
        } catch (Throwable e) {
            thrown = e;
        }
        return ofType(expected, thrown);
    }

    /** As {@link #threw(Class, Body)}; the message holds the given text, in capitals or not. */
    protected static void threw(Class<? extends Throwable> expected, String text, Body body) {
        String message = threw(expected, body).getMessage();
        boolean holds = message != null && message.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
        yes(holds, "message '" + message + "' holds '" + text + "'");
    }

    private static Throwable ofType(Class<? extends Throwable> expected, Throwable thrown) {
        if (thrown == null || thrown.getClass() != expected) {
            throw new AssertionError("expected " + expected.getName() + ", was " + thrown, thrown);
        }
        return thrown;
    }

    /** The first part of what {@code Object.toString} gives, which the replaced types print too. */
    protected static String identity(Object o) {
        return o.getClass().getName() + "@" + Integer.toHexString(o.hashCode());
    }

    /** What a thread parked on the primitive names as its blocker: the primitive, or a part of its package. */
    protected static void blockedBy(Class<?> primitive, Task<?> task) {
        Object blocker = LockSupport.getBlocker(task.thread);
        yes(blocker != null, "blocker of " + task);
        boolean part = blocker.getClass().getPackageName().startsWith(primitive.getPackageName());
        yes(part || primitive.isInstance(blocker), "blocker " + blocker.getClass() + " of " + primitive);
    }

    // ---------------------------------------------------------------- serialisation

    /** Writes the object and reads it back. */
    @SuppressWarnings("unchecked")
    protected static <T> T copy(T original) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(original);
        }
        ClassLoader loader = Contract.class.getClassLoader();
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())) {
            @Override
            protected Class<?> resolveClass(java.io.ObjectStreamClass type) throws IOException, ClassNotFoundException {
                try {
                    return Class.forName(type.getName(), false, loader);
                } catch (ClassNotFoundException e) {
                    return super.resolveClass(type);
                }
            }
        }) {
            return (T) in.readObject();
        }
    }
}
