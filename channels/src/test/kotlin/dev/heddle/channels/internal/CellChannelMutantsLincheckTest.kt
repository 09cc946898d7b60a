// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal

import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test

/** The checks of linearizability reject a buffer with a fault. */
@Tag("lincheck")
@Tag("mutant")
class CellChannelMutantsLincheckTest {
    @Test
    fun nobodyIsAdmittedAfterAReceive_isRejected() =
        rejected(
            CellWindows::class.java,
            "if (calm && room > 0 && (sends & Long.MAX_VALUE) - ticket > room) {",
            "if (room < 0) {",
            OneSuspendLincheckTest.One1::class.java,
            OneSuspendLincheckTest.OneSpec::class.java,
        )

    @Test
    fun limitIsNotReadAgain_isRejected() =
        rejected(
            CellSends::class.java,
            "if (ticket < limitFor(waiter) && waiter.claim(",
            "if (ticket < 0 && waiter.claim(",
            OneSuspendLincheckTest.One1::class.java,
            OneSuspendLincheckTest.OneSpec::class.java,
        )

    @Test
    fun fullIsGuessedFromTickets_isRejected() =
        rejected(
            CellSends::class.java,
            "return areSettled(from, r, r + room) && receives == r;",
            "return from != null;",
            OneSuspendLincheckTest.One1::class.java,
            OneSuspendLincheckTest.OneSpec::class.java,
        )

    @Test
    fun deadCellsArePassedUncounted_isRejected() =
        rejected(
            CellWindows::class.java,
            "w.gap - counted,",
            "w.gap,",
            OneAfterAbortLincheckTest.OneAfterAbort1::class.java,
            OneAfterAbortLincheckTest.OneSpec::class.java,
        )
}
