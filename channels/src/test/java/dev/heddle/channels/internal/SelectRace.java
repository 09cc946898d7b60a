// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.channels.Select;
import dev.heddle.testkit.Race;

/** A race in which a thread selects. */
abstract class SelectRace extends Race {
    /** {@link Select#first} on a thread that nobody interrupts. */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    static Integer select(Select.Clause<Integer>... clauses) {
        try {
            return Select.first(clauses);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
