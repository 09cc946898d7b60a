// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal

import dev.heddle.testkit.Checks
import java.util.concurrent.ConcurrentLinkedQueue
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test

/** Covers channels 1, 7, 9, 11, 13, 24 for a buffer of two. */
@Tag("lincheck")
@Tag("slow")
class TwoGivenUpLincheckTest {
    open class SendersOf(hooked: ConcurrentLinkedQueue<Int> = ConcurrentLinkedQueue()) :
        GivenSenders(2, hooked, CellChannel(2, 2, hooked::add))

    class Senders : SendersOf()

    class SendersSpec : GivenSendersSpec(2)

    @Test
    fun senders_segmentsOfTwo_areServedOrGone() = Checks.waiting(Senders::class.java, SendersSpec::class.java)

    @Test
    fun senders_stressed_areServedOrGone() = Checks.stressed(Senders::class.java, SendersSpec::class.java)
}
