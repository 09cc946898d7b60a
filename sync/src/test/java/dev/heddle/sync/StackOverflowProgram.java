// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.sync.internal.Threads;
import java.util.function.Consumer;

/**
 * Runs each operation at every depth of a small stack, in a JVM of its own. One that ended with an error must have done
 * nothing, or all; what is lost in either case would be seen at the end, when everybody is to be served.
 */
final class StackOverflowProgram {
    private static final int STACK = 256 << 10; // bytes
    private static final int MANY = 100_000; // calls: till a method is compiled

    private StackOverflowProgram() {}

    /** Arguments: how many rounds; true for fair primitives. */
    public static void main(String[] arguments) throws InterruptedException {
        int rounds = Integer.parseInt(arguments[0]);
        boolean fair = Boolean.parseBoolean(arguments[1]);
        var failure = new Throwable[1];
        Thread thread = new Thread(null, () -> rounds(rounds, fair), "small stack", STACK);
        thread.setUncaughtExceptionHandler((t, e) -> failure[0] = e);
        thread.start();
        thread.join();
        if (failure[0] != null) {
            throw new AssertionError(failure[0]);
        }
    }

    private static void rounds(int rounds, boolean fair) {
        EveryDepth.shallow(true);
        all(fair);
        EveryDepth.shallow(false);
        for (int round = 0; round < rounds; round++) {
            all(fair);
            for (int i = 0; i < MANY; i++) { // from now on compiled, while what relies on it is still interpreted
                Threads.reserveStack();
                Threads.reserveMoreStack();
            }
        }
        System.out.println("rounds: " + rounds);
    }

    private static void all(boolean fair) {
        named("semaphore", SemaphoreAtEveryDepth::all, fair);
        named("locks", LocksAtEveryDepth::all, fair);
        named("others", OthersAtEveryDepth::all, fair);
    }

    private static void named(String name, Consumer<Boolean> cases, boolean fair) {
        try {
            cases.accept(fair);
        } catch (StackOverflowError e) {
            throw new AssertionError(name + ": not inside an operation", e);
        }
    }
}
