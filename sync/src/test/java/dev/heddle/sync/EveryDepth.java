// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

/**
 * Runs an operation at every depth of a stack that is nearly used up: first with too little for its first call, then
 * with a frame more, and so on, until there is enough. Each time it succeeds or ends with a {@code StackOverflowError}.
 */
final class EveryDepth {
    private static final int ENOUGH = 40; // successes in a row on the way back up the stack: now there is enough of it
    private static final int MORE_THAN_ENOUGH = 3; // calls with the whole stack: classes get initialised

    private static boolean shallow; // used by one thread

    private final Runnable operation;
    private int inARow;
    private int overflows;
    private int successes;

    private EveryDepth(Runnable operation) {
        this.operation = operation;
    }

    /** Whether operations are only called a few times, with the whole stack. */
    static void shallow(boolean value) {
        shallow = value;
    }

    static EveryDepth run(Runnable operation) {
        EveryDepth run = new EveryDepth(operation);
        if (shallow) {
            for (int i = 0; i < MORE_THAN_ENOUGH; i++) {
                run.once();
            }
            return run;
        }
        run.dive();
        run.check(run.overflows > 0 && run.inARow == ENOUGH, "not from too little to enough");
        return run;
    }

    @SuppressWarnings("InfiniteRecursion") // until the stack ends
    private void dive() {
        try {
            dive();
        } catch (StackOverflowError e) {
            // the end of the stack: now the way back
        }
        if (inARow < ENOUGH) {
            try {
                once();
            } catch (StackOverflowError e) {
                overflows++;
                inARow = 0;
            }
        }
    }

    private void once() {
        operation.run();
        successes++;
        inARow++;
    }

    int successes() {
        return successes;
    }

    void check(boolean condition, String message) {
        if (!condition) {
            throw new AssertionError(message + " [" + successes + " successes, " + overflows + " overflows]");
        }
    }
}
