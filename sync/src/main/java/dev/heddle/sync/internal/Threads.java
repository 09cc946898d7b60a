// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** What a waiting operation asks about its thread. */
public final class Threads {
    private static final MethodHandle IS_VIRTUAL = isVirtualOrNull();
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

    /** Lets other threads run: one step of a wait for a thread that is at work, or for memory. */
    @SuppressWarnings("ThreadPriorityCheck") // no correctness rests on it
    public static void giveWay() {
        Thread.yield(); // reason: the one place; politeness only
    }

    /**
     * Fails now if the stack is nearly used up. Called before the first step of an operation that can't be cut off half
     * way: a {@code StackOverflowError} then leaves nothing behind.
     */
    public static void reserveStack() {
        reserve(RESERVED_FRAMES);
    }

    /** The same for an operation that calls {@link #reserveStack()} on its way, when it must not fail there any more. */
    public static void reserveMoreStack() {
        reserve(2 * RESERVED_FRAMES);
    }

    private static final int RESERVED_FRAMES = 18; // StackOverflowProgram, in the tests, fails with half of that

    private static long reserve(int frames) {
        return reserve(frames, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24);
    }

    /**
     * Wide frames, about 200 bytes each: parameters have their place in a frame also when it is compiled, while what is
     * called below the reserve may still be interpreted. The branch that is never taken makes the method too long to be
     * inlined into itself, which would leave half of the frames.
     */
    private static long reserve(
            int frames,
            long a,
            long b,
            long c,
            long d,
            long e,
            long f,
            long g,
            long h,
            long i,
            long j,
            long k,
            long l,
            long m,
            long n,
            long o,
            long p,
            long q,
            long r,
            long s,
            long t,
            long u,
            long v,
            long w,
            long x) {
        if (frames < 0) {
            return (a * b + b * i + c * p + d * w + e * f + f * m + g * t + h * c + i * j + j * q + k * x + l * g
                            + m * n + n * u + o * d + p * k + q * r + r * a + s * h + t * o + u * v + v * e + w * l
                            + x * s)
                    * ((a ^ d) - (b ^ i) - (c ^ n) - (d ^ s) - (e ^ x) - (f ^ e) - (g ^ j) - (h ^ o) - (i ^ t) - (j ^ a)
                            - (k ^ f) - (l ^ k) - (m ^ p) - (n ^ u) - (o ^ b) - (p ^ g) - (q ^ l) - (r ^ q) - (s ^ v)
                            - (t ^ c) - (u ^ h) - (v ^ m) - (w ^ r) - (x ^ w));
        }
        return frames == 0
                ? a
                : 1 + reserve(frames - 1, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, a);
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
