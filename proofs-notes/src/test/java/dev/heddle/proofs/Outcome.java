// SPDX-License-Identifier: Apache-2.0
package dev.heddle.proofs;

import java.util.List;

/**
 * What a tool said about one run.
 *
 * @param detail the violated property, or why there is no verdict
 * @param states distinct states stored
 * @param unreached model code that the search never executed, as {@code process:line: statement}; passing Spin runs only
 */
record Outcome(Kind kind, String detail, long states, List<String> unreached) {
    enum Kind {
        /** The whole state space was searched and nothing was found. */
        PASSED,
        /** A property is violated. */
        VIOLATED,
        /** Anything else: a truncated search, a syntax error, a time-out. Never good. */
        INCONCLUSIVE
    }

    static Outcome passed(long states, List<String> unreached) {
        return new Outcome(Kind.PASSED, "", states, unreached);
    }

    static Outcome violated(String property, long states) {
        return new Outcome(Kind.VIOLATED, property, states, List.of());
    }

    static Outcome inconclusive(String why) {
        return new Outcome(Kind.INCONCLUSIVE, why, 0, List.of());
    }
}
