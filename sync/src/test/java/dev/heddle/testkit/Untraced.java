// SPDX-License-Identifier: Apache-2.0
package dev.heddle.testkit;

/** For what is done at the end of a scenario, when one thread is left: Lincheck need not trace it. */
public final class Untraced {
    private Untraced() {}

    /** Runs the body. */
    public static void run(Runnable body) {
        body.run();
    }
}
