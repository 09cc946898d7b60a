// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal

import dev.heddle.testkit.Checks
import dev.heddle.testkit.Scenario
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test

/** Covers channels 1, 8, 9, 10, 11, 13, 24, where a dead cell lies in the buffer. */
@Tag("lincheck")
class OneAfterAbortLincheckTest {
    /** Starts behind a send that gave up while the buffer was full. */
    @Scenario("trySend ; tryReceive trySend | trySendNext tryReceive | isEmpty")
    @Scenario("trySend ; send receive | receive trySend | tryReceive")
    @Scenario("trySend ; send! tryReceive | receive trySendNext | trySend")
    @Scenario("trySend ; cancel | tryReceive trySend | receive")
    open class OneAfterAbort(segmentSize: Int) : Operations(afterAbort(1, segmentSize))

    class OneAfterAbort1 : OneAfterAbort(1)

    class OneAfterAbort2 : OneAfterAbort(2)

    class OneSpec : OperationsSpec(SequentialChannel(1))

    @Test
    fun oneAfterAbort_segmentsOfOne_isLinearizable() = Checks.waiting(OneAfterAbort1::class.java, OneSpec::class.java)

    @Test
    fun oneAfterAbort_stressed_isLinearizable() = Checks.stressed(OneAfterAbort2::class.java, OneSpec::class.java)
}
