// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal

import dev.heddle.testkit.Checks
import dev.heddle.testkit.Scenario
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test

/** Covers channels 1, 8, 9, 10, 11, 13, 24. */
@Tag("lincheck")
class OneSuspendLincheckTest {
    @Scenario("trySend ; send | receive isEmpty")
    @Scenario("trySend ; send | receive tryReceive | trySend isEmpty")
    @Scenario("trySend ; send! trySend | receive trySendNext | isEmpty")
    @Scenario("trySend ; send! | receive tryReceive | send! tryReceive")
    @Scenario("trySend ; tryReceive trySend | trySendNext tryReceive | trySend")
    @Scenario("receive! | trySend trySendNext | tryReceive isEmpty")
    @Scenario("trySend ; close isClosedForReceive | send! tryReceive | receive")
    @Scenario("trySend ; cancel isClosedForReceive | send tryReceive | receive")
    @Scenario("close isEmpty | trySend tryReceive | isEmpty")
    open class One(segmentSize: Int) : Operations(channel(1, segmentSize))

    class One1 : One(1)

    class One2 : One(2)

    class OneSpec : OperationsSpec(SequentialChannel(1))

    @Test
    fun one_segmentsOfOne_isLinearizable() = Checks.waiting(One1::class.java, OneSpec::class.java)

    @Test
    fun one_stressed_isLinearizable() = Checks.stressed(One2::class.java, OneSpec::class.java)
}
