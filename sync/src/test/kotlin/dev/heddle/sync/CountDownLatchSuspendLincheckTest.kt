// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync

import dev.heddle.testkit.Checks
import dev.heddle.testkit.Mutant
import dev.heddle.testkit.Scenario
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.suspendCancellableCoroutine
import org.jetbrains.lincheck.datastructures.Operation
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test

/** Covers sync 3, 6, 26. */
@Tag("lincheck")
class CountDownLatchSuspendLincheckTest {
    @Scenario("countDown ; await | countDown count")
    @Scenario("countDown ; await | await! | countDown")
    @Scenario("countDown count | countDown | await~ await")
    abstract class Latches(segmentSize: Int) {
        private val latch = CountDownLatch(2, segmentSize, 1)

        @Operation(promptCancellation = true)
        suspend fun await() {
            latch.awaitAsync().awaitGrant {}
        }

        @Operation fun countDown() = latch.countDown()

        @Operation fun count() = latch.count
    }

    class Spec {
        private var count = 2L
        private val waiting = ArrayList<CancellableContinuation<Unit>>()

        suspend fun await() {
            if (count > 0) {
                suspendCancellableCoroutine<Unit> { continuation ->
                    waiting.add(continuation)
                    continuation.invokeOnCancellation { waiting.remove(continuation) }
                }
            }
        }

        fun countDown() {
            if (count > 0 && --count == 0L) {
                waiting.toList().forEach { it.resume(Unit) { _: Throwable, _: Unit, _ -> } }
                waiting.clear()
            }
        }

        fun count() = count
    }

    class Segments1 : Latches(1)

    class Segments2 : Latches(2)

    @Test
    fun segmentsOfOne_isLinearizable() = Checks.waiting(Segments1::class.java, Spec::class.java)

    @Test
    fun segmentsOfTwo_isLinearizable() = Checks.waiting(Segments2::class.java, Spec::class.java)

    @Test
    fun segmentsOfOne_stressed_isLinearizable() = Checks.stressed(Segments1::class.java, Spec::class.java)

    @Test
    @Tag("mutant")
    fun latchOpensInTwoSteps_isRejected() =
        rejected(
            "long announced = (long) WAITERS.getAndAdd(this, OPEN);",
            "long announced = waiters; waiters = announced + OPEN;", // whoever comes between the two waits for ever
        )

    @Test
    @Tag("mutant")
    fun countGoesDownInTwoSteps_isRejected() =
        rejected("int before = (int) COUNT.getAndAdd(this, -1);", "int before = count; count = before - 1;")

    private fun rejected(text: String, fault: String) {
        val mutant = Mutant.of(CountDownLatch::class.java, text, fault)
        Checks.waitingRejected(mutant.load(Segments1::class.java), Spec::class.java)
    }
}
