// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import java.util.concurrent.atomic.AtomicReference;

/** Threads of a test whose failures the test's own thread shows. */
final class Workers {
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** What a thread does. */
    interface Body {
        void run() throws Exception;
    }

    Thread start(Body body) {
        Thread thread = new Thread(() -> {
            try {
                body.run();
            } catch (Throwable t) { // shown by the test's thread
                failure.compareAndSet(null, t);
            }
        });
        thread.start();
        return thread;
    }

    /** Fails with the first failure of a thread, if there was one. */
    void check(Object state) {
        if (failure.get() != null) {
            throw new AssertionError(state.toString(), failure.get());
        }
    }
}
