// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal

import dev.heddle.testkit.Checks
import dev.heddle.testkit.Scenario
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test

/** Covers channels 8, 9, 10, 11, 13, 24. */
@Tag("lincheck")
class RendezvousSuspendLincheckTest {
    @Scenario("send | receive | trySend tryReceive")
    @Scenario("send sendNext | receive tryReceive | isEmpty tryReceive")
    @Scenario("send! trySend | receive | tryReceive")
    @Scenario("receive! tryReceive | send | trySend isEmpty")
    @Scenario("close isClosedForReceive | send tryReceive | receive")
    @Scenario("cancel isClosedForReceive | send! | receive tryReceive")
    @Scenario("close | receive")
    @Scenario("close | receive! | receive trySend")
    open class Rendezvous(segmentSize: Int) : Operations(channel(0, segmentSize))

    class Rendezvous1 : Rendezvous(1)

    class Rendezvous2 : Rendezvous(2)

    class RendezvousSpec : OperationsSpec(SequentialChannel(0))

    @Test
    fun rendezvous_segmentsOfOne_isLinearizable() = Checks.waiting(Rendezvous1::class.java, RendezvousSpec::class.java)

    @Test
    fun rendezvous_stressed_isLinearizable() = Checks.stressed(Rendezvous2::class.java, RendezvousSpec::class.java)
}
