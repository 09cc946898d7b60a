// SPDX-License-Identifier: Apache-2.0
package dev.heddle.testkit;

/** A body of an interleaving test: what it needs to start threads and to judge how they ended. */
public abstract class Race implements Runnable {
    /** What a thread of the race does. */
    public interface Part {
        void run() throws Exception;
    }

    /** Starts a thread of the race. */
    public static Thread start(Part part) {
        Thread thread = new Thread(() -> {
            try {
                part.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        return thread;
    }

    /** Waits for the end of threads. */
    public static void join(Thread... threads) {
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Fails unless this is so. */
    public static void expect(boolean right, Object otherwise) {
        if (!right) {
            throw new IllegalStateException(String.valueOf(otherwise));
        }
    }
}
