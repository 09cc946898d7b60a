// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

/** Outcomes of operations as one object: null is left for "none so far". */
public final class Outcomes {
    private static final Object NULL = new Object();

    private record Failure(Throwable cause) {}

    private Outcomes() {}

    /**
     * The outcome of an operation that gave a result.
     *
     * @param result the result, perhaps null
     * @return its outcome, not null
     */
    public static Object of(Object result) {
        return result == null ? NULL : result;
    }

    /**
     * The outcome of an operation that threw.
     *
     * @param cause what it threw
     * @return its outcome, not null
     */
    public static Object failed(Throwable cause) {
        return new Failure(cause);
    }

    /** The result; throws what the operation threw. */
    static Object get(Object outcome) {
        if (outcome instanceof Failure failure) {
            throw Outcomes.<RuntimeException>asThrown(failure.cause);
        }
        return outcome == NULL ? null : outcome;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // thrown as it is, checked or not
    private static <T extends Throwable> RuntimeException asThrown(Throwable cause) throws T {
        throw (T) cause;
    }
}
