// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal

import dev.heddle.channels.Channel
import dev.heddle.testkit.Checks
import dev.heddle.testkit.Scenario
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test

/** Covers channels 1, 8, 9, 10, 11, 13, 24 for buffers of two and without limit. */
@Tag("lincheck")
class BufferSuspendLincheckTest {
    @Scenario("trySend trySendNext ; send | receive tryReceive | trySend isEmpty")
    @Scenario("trySend trySendNext ; send! trySend | receive trySend | tryReceive")
    @Scenario("trySend ; trySend trySendNext | tryReceive tryReceive | trySend")
    @Scenario("trySend trySendNext ; cancel | send! tryReceive | receive trySend")
    open class Two(segmentSize: Int) : Operations(channel(2, segmentSize))

    class Two1 : Two(1)

    class TwoSpec : OperationsSpec(SequentialChannel(2))

    @Scenario("send sendNext | receive receive | tryReceive isEmpty")
    @Scenario("receive! tryReceive | trySend sendNext | receive")
    @Scenario("trySend ; close isClosedForReceive | send tryReceive | receive")
    @Scenario("trySend ; cancel | send tryReceive | receive isEmpty")
    open class Unlimited(segmentSize: Int) : Operations(channel(Channel.UNLIMITED, segmentSize))

    class Unlimited2 : Unlimited(2)

    class UnlimitedSpec : OperationsSpec(SequentialChannel(Channel.UNLIMITED))

    @Test
    fun two_segmentsOfOne_isLinearizable() = Checks.waiting(Two1::class.java, TwoSpec::class.java)

    @Test
    fun unlimited_segmentsOfTwo_isLinearizable() = Checks.waiting(Unlimited2::class.java, UnlimitedSpec::class.java)
}
