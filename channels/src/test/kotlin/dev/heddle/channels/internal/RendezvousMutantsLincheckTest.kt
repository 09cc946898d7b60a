// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal

import dev.heddle.testkit.Checks
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test

/** The checks of linearizability reject a channel that serves or tells the wrong ones. */
@Tag("lincheck")
@Tag("mutant")
class RendezvousMutantsLincheckTest {
    @Test
    fun elementForOneWhoGaveUpIsLost_isRejected() =
        rejected(
            CellSends::class.java,
            "if (!receiver.claim(element)) { // it gave up",
            "if (!receiver.claim(element) && element == null) {",
            RendezvousGivenUpLincheckTest.Receivers::class.java,
            RendezvousGivenUpLincheckTest.ReceiversSpec::class.java,
            Checks.INVALID_STATE,
        )

    @Test
    fun promisedSenderGivesUp_isRejected() =
        rejected(
            CellWindows::class.java,
            "if (sender.index() >= next()) {",
            "if (sender.index() >= 0) {",
            RendezvousGivenUpLincheckTest.Senders::class.java,
            RendezvousGivenUpLincheckTest.SendersSpec::class.java,
        )

    @Test
    fun receiversAreNotTold_isRejected() =
        rejected(
            CellClosing::class.java,
            "chain = tell(s, o, receiver, chain);",
            "chain = o >= 0 ? chain : tell(s, o, receiver, chain);",
            RendezvousSuspendLincheckTest.Rendezvous1::class.java,
            RendezvousSuspendLincheckTest.RendezvousSpec::class.java,
        )

    @Test
    fun lateReceiverIsNotTold_isRejected() =
        rejected(
            CellClosing::class.java,
            "if (sends >= 0 || receiver.index() < closing.sent) {",
            "if (receiver != null) {",
            RendezvousSuspendLincheckTest.Rendezvous1::class.java,
            RendezvousSuspendLincheckTest.RendezvousSpec::class.java,
        )
}
