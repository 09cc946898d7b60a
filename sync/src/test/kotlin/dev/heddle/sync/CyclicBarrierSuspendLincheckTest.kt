// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync

import dev.heddle.testkit.Checks
import dev.heddle.testkit.Mutant
import dev.heddle.testkit.Scenario
import java.util.concurrent.BrokenBarrierException
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.suspendCancellableCoroutine
import org.jetbrains.lincheck.datastructures.Operation
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test

/**
 * Covers sync 3, 25, 26.
 *
 * A party gets its arrival index, or -1 if the barrier is or gets broken. Nobody is cancelled here: a coroutine is
 * cancelled before its future is, and what a trip between the two has decided can't be undone. A party that comes
 * interrupted breaks the barrier instead, in one step. A party without time does not: it may come, be let go by others and
 * return an index before it looks at the clock.
 */
@Tag("lincheck")
class CyclicBarrierSuspendLincheckTest {
    @Scenario("await | await await | breakUp")
    @Scenario("await isBroken | reset | await")
    @Scenario("await | breakUp reset | isBroken")
    abstract class Barriers(segmentSize: Int, action: Runnable?) {
        private val barrier = CyclicBarrier(2, action, segmentSize, 1)

        @Operation(cancellableOnSuspension = false)
        suspend fun await(): Int {
            val arrival = barrier.awaitAsync()
            return suspendCancellableCoroutine { continuation ->
                arrival.whenComplete { index, _ ->
                    continuation.resume(index ?: -1) { _: Throwable, _: Int, _ -> }
                }
            }
        }

        /** A party that is interrupted when it comes: breaks the barrier if it is whole. */
        @Operation
        fun breakUp(): Int =
            try {
                Thread.currentThread().interrupt()
                barrier.await()
            } catch (e: BrokenBarrierException) {
                -1
            } catch (e: InterruptedException) {
                -2
            } finally {
                Thread.interrupted()
            }

        @Operation fun reset() = barrier.reset()

        @Operation fun isBroken() = barrier.isBroken
    }

    class Spec {
        private var waiting = ArrayList<CancellableContinuation<Int>>()
        private var broken = false

        suspend fun await(): Int {
            if (broken) return -1
            if (waiting.size == 1) {
                val first = waiting.removeFirst()
                first.resume(1) { _: Throwable, _: Int, _ -> }
                return 0
            }
            return suspendCancellableCoroutine { continuation ->
                waiting.add(continuation)
            }
        }

        fun breakUp(): Int {
            if (broken) return -1
            broken = true
            letGo()
            return -2
        }

        private fun letGo() {
            val all = waiting
            waiting = ArrayList()
            all.forEach { it.resume(-1) { _: Throwable, _: Int, _ -> } }
        }

        fun reset() {
            broken = false
            letGo()
        }

        fun isBroken() = broken
    }

    class Plain1 : Barriers(1, null)

    class Plain2 : Barriers(2, null)

    class WithAction1 : Barriers(1, Runnable {})

    @Test
    fun segmentsOfOne_isLinearizable() = Checks.waiting(Plain1::class.java, Spec::class.java)

    @Test
    fun segmentsOfTwo_isLinearizable() = Checks.waiting(Plain2::class.java, Spec::class.java)

    @Test
    fun withAction_isLinearizable() = Checks.waiting(WithAction1::class.java, Spec::class.java)

    @Test
    fun segmentsOfOne_stressed_isLinearizable() = Checks.stressed(Plain1::class.java, Spec::class.java)

    @Test
    @Tag("mutant")
    fun placesAreTakenInTwoSteps_isRejected() =
        rejected(
            "long w = (long) WORD.getAndAdd(this, -ONE_PLACE); // LP of the trip",
            "long w = word; word = w - ONE_PLACE;", // both may be the first
        )

    @Test
    @Tag("mutant")
    fun breakerForgetsTheOthers_isRejected() = rejected("resumeMany(false, arrived);", "resumeMany(false, 0);")

    private fun rejected(text: String, fault: String) {
        val mutant = Mutant.of(BarrierRound::class.java, text, fault)
        Checks.waitingRejected(mutant.load(Plain1::class.java), Spec::class.java)
    }
}
