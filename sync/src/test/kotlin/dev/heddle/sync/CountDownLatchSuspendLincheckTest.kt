// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync

import dev.heddle.testkit.Checks
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.suspendCancellableCoroutine
import org.jetbrains.lincheck.datastructures.Operation
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test

/** Covers sync 3, 6, 26. */
@Tag("lincheck")
class CountDownLatchSuspendLincheckTest {
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
    fun segmentsOfOne_isLinearizable() =
        Checks.waitingWide().sequentialSpecification(Spec::class.java).check(Segments1::class.java)

    @Test
    fun segmentsOfTwo_isLinearizable() =
        Checks.waiting().sequentialSpecification(Spec::class.java).check(Segments2::class.java)
}
