// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.testkit.Allocations;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** Cases that are run with each of their allocations failing in turn. */
final class ScarceMemory {
    private static final int MANY = 200; // more allocations than any operation makes
    private static final int BURST = 3; // how many fail in a row, in a second run

    /** Something to be tried without memory, on fresh objects, and then to be checked. */
    @FunctionalInterface
    interface Case {
        void run(Attempt attempt) throws Exception;
    }

    /** An operation. */
    @FunctionalInterface
    interface Operation {
        void run() throws Exception;
    }

    private final Map<String, Runnable> cases = new TreeMap<>();

    ScarceMemory add(String name, Case c) {
        cases.put(name, () -> all(name, c, 1));
        return this;
    }

    /** The same for an operation that needs no memory at all: it may not fail, whatever is missing. */
    ScarceMemory addSure(String name, Case c) {
        cases.put(name, () -> all(name, c, 0));
        return this;
    }

    Map<String, Runnable> cases() {
        return cases;
    }

    private static void all(String name, Case c, int least) {
        int failed = 0;
        for (int more = 0; more <= BURST; more += BURST) {
            Attempt attempt = null;
            for (int number = 1; attempt == null || attempt.reached; number++) {
                attempt = new Attempt(name, number, more);
                try {
                    c.run(attempt);
                } catch (Exception e) {
                    throw new AssertionError(attempt.toString(), e);
                }
                failed += attempt.failed ? 1 : 0;
                attempt.check(number < MANY, "no end");
            }
        }
        if (least == 0 ? failed > 0 : failed == 0) {
            throw new AssertionError(name + ": failed " + failed + " times");
        }
    }

    /** One run of a case. */
    static final class Attempt {
        private final String name;
        private final int number;
        private final int more;
        private boolean reached;
        private boolean failed;

        Attempt(String name, int number, int more) {
            this.name = name;
            this.number = number;
            this.more = more;
        }

        /** Runs the operation without memory; false if that was noticed. */
        boolean make(Operation operation) throws Exception {
            Exception[] thrown = new Exception[1];
            try {
                reached |= Allocations.fail(number, more, () -> {
                    try {
                        operation.run();
                    } catch (Exception e) {
                        thrown[0] = e;
                    }
                });
            } catch (OutOfMemoryError e) {
                check("injected".equals(e.getMessage()), "really out of memory");
                reached = true;
                failed = true;
                return false;
            }
            if (thrown[0] != null) {
                throw thrown[0];
            }
            return true;
        }

        /** The future that the operation gives; null if memory was missing. */
        <T> CompletableFuture<T> future(Callable<CompletableFuture<T>> operation) throws Exception {
            var result = new AtomicReference<CompletableFuture<T>>();
            make(() -> result.set(operation.call()));
            return result.get();
        }

        void check(boolean condition, String message) {
            if (!condition) {
                throw new AssertionError(message + " " + this);
            }
        }

        <T> T served(CompletableFuture<T> future) throws Exception {
            try {
                return future.get(30, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                throw new AssertionError("not served " + this, e);
            }
        }

        @Override
        public String toString() {
            return "[" + name + ", allocation " + number + (failed ? " failed" : "") + "]";
        }
    }
}
