// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal

import dev.heddle.testkit.Checks
import java.util.concurrent.ConcurrentLinkedQueue
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test

/** Covers channels 7, 9, 11, 13, 24: futures that are given up, and what is left then. */
@Tag("lincheck")
class RendezvousGivenUpLincheckTest {
    open class ReceiversOf(hooked: ConcurrentLinkedQueue<Int> = ConcurrentLinkedQueue()) :
        GivenReceivers(hooked, CellChannel(0, 1, hooked::add))

    class Receivers : ReceiversOf()

    class ReceiversSpec : GivenReceiversSpec(0)

    open class SendersOf(hooked: ConcurrentLinkedQueue<Int> = ConcurrentLinkedQueue()) :
        GivenSenders(0, hooked, CellChannel(0, 1, hooked::add))

    class Senders : SendersOf()

    class SendersSpec : GivenSendersSpec(0)

    @Test
    fun receivers_segmentsOfOne_areServedOrGone() = Checks.waiting(Receivers::class.java, ReceiversSpec::class.java)

    @Test
    fun senders_segmentsOfOne_areServedOrGone() = Checks.waiting(Senders::class.java, SendersSpec::class.java)
}
