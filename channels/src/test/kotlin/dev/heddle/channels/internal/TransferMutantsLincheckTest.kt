// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal

import dev.heddle.testkit.Checks
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test

/** The checks of linearizability reject transfers with a fault. */
@Tag("lincheck")
@Tag("mutant")
class TransferMutantsLincheckTest {
    @Test
    fun receivedTransferGivesUp_isRejected() =
        rejected(
            CellWindows::class.java,
            "if (sender.index() >= next()) {",
            "if (sender.index() >= 0) {",
            TransferGivenUpLincheckTest.GivenTransfers::class.java,
            TransferGivenUpLincheckTest.GivenTransfersSpec::class.java,
        )

    @Test
    fun transferIsTakenForASend_isRejected() =
        rejected(
            CellSends::class.java,
            "return owner instanceof Transfer ? next() : limit();",
            "return limit();",
            TransferSuspendLincheckTest.Transfers1::class.java,
            TransferSuspendLincheckTest.TransfersSpec::class.java,
        )

    @Test
    fun removalTellsNobody_isRejected() =
        rejected(
            CellQueries::class.java,
            "settled(null, expandIfWindow(sender.wake(null)));",
            "settled(null, expandIfWindow(null));",
            TransferGivenUpLincheckTest.GivenTransfers::class.java,
            TransferGivenUpLincheckTest.GivenTransfersSpec::class.java,
            Checks.INVALID_STATE,
        )
}
