// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync

import dev.heddle.testkit.Checks
import dev.heddle.testkit.Mutant
import dev.heddle.testkit.Scenario
import java.util.ArrayDeque
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.suspendCancellableCoroutine
import org.jetbrains.lincheck.datastructures.Operation
import org.jetbrains.lincheck.datastructures.Param
import org.jetbrains.lincheck.datastructures.ThreadIdGen
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test

/**
 * Covers sync 1, 2, 6, 7, 8, 26.
 *
 * Locks by future and by thread, mixed. The length of the queue is left out: a waiter that is being served is still
 * counted when the unlock has returned, if another thread is at the serving.
 */
@Tag("lincheck")
class MutexSuspendLincheckTest {
    @Param(name = "me", gen = ThreadIdGen::class)
    @Scenario("lock unlock | lock unlock | tryLock isLocked")
    @Scenario("lock unlock | lock! | lock")
    @Scenario("lock unlock | lock~ tryLock | isLocked")
    @Scenario("tryLock tryLock unlock unlock | lock isLocked")
    abstract class Locks(fair: Boolean, segmentSize: Int) {
        private val mutex = Mutex.withSegmentSize(fair, segmentSize)
        private val held = Array(MAX_THREADS) { ArrayDeque<() -> Unit>() } // what gives each hold back

        @Operation(promptCancellation = true)
        suspend fun lock(@Param(name = "me") me: Int) {
            val permit = mutex.lockAsync().awaitGrant { it.close() }
            held[me].add(permit::close)
        }

        @Operation
        fun tryLock(@Param(name = "me") me: Int): Boolean {
            val locked = mutex.tryLock()
            if (locked) held[me].add(mutex::unlock)
            return locked
        }

        /** Whether the thread had something to give back. */
        @Operation
        fun unlock(@Param(name = "me") me: Int): Boolean {
            val last = held[me].pollLast() ?: return false
            last()
            return true
        }

        @Operation
        fun isLocked() = mutex.isLocked
    }

    open class Spec {
        private val held = Array(MAX_THREADS) { ArrayDeque<Int>() } // the owner that each hold is of
        private val queue = ArrayDeque<CancellableContinuation<Unit>>()
        private var owner = NOBODY
        private var holds = 0

        suspend fun lock(me: Int) {
            if (owner == NOBODY && queue.isEmpty()) {
                take(PERMIT)
            } else {
                suspendCancellableCoroutine { continuation ->
                    queue.add(continuation)
                    continuation.invokeOnCancellation { queue.remove(continuation) }
                }
            }
            held[me].add(PERMIT)
        }

        fun tryLock(me: Int): Boolean {
            if (owner != NOBODY && owner != me) return false
            take(me)
            held[me].add(me)
            return true
        }

        fun unlock(me: Int): Boolean {
            held[me].pollLast() ?: return false
            release()
            return true
        }

        fun isLocked() = owner != NOBODY

        private fun take(by: Int) {
            owner = by
            holds++
        }

        private fun release() {
            if (--holds > 0) return
            owner = NOBODY
            val next = queue.poll() ?: return
            take(PERMIT)
            next.resume(Unit) { _: Throwable, _: Unit, _ -> release() }
        }
    }

    class Fair1 : Locks(true, 1)

    class Fair2 : Locks(true, 2)

    class Barging1 : Locks(false, 1)

    @Test
    fun fair_segmentsOfOne_isLinearizable() = Checks.waiting(Fair1::class.java, Spec::class.java)

    @Test
    fun fair_segmentsOfTwo_isLinearizable() = Checks.waiting(Fair2::class.java, Spec::class.java)

    @Test
    fun barging_segmentsOfOne_isLinearizable() = Checks.waiting(Barging1::class.java, Spec::class.java)

    @Test
    fun fair_stressed_isLinearizable() = Checks.stressed(Fair1::class.java, Spec::class.java)

    // ---- mutants

    @Test
    @Tag("mutant")
    fun lockIsTakenInTwoSteps_isRejected() =
        rejected(
            PermitEpoch::class.java,
            "return (s == ONE || (s > ONE && barging())) && SLOW.compareAndSet(this, s, s - ONE);",
            "boolean free = s == ONE; if (free) slow = s - ONE; return free;",
        )

    @Test
    @Tag("mutant")
    fun lockIsGivenBackInTwoSteps_isRejected() =
        rejected(
            PermitEpoch::class.java,
            "if (SLOW.compareAndSet(this, s, s + ONE)) {",
            "slow = s + ONE; if (s >= 0) {", // whoever has come meanwhile is forgotten
        )

    @Test
    @Tag("mutant")
    fun unlockServesNobody_isRejected() =
        rejected(PermitEpoch::class.java, "if (waitersOf(s) != 0 && (s & WOKEN) == 0) {", "if (s == Long.MIN_VALUE) {")

    private fun rejected(original: Class<*>, text: String, fault: String) =
        Checks.waitingRejected(Mutant.of(original, text, fault).load(Fair1::class.java), Spec::class.java)

    private companion object {
        const val MAX_THREADS = 8
        const val NOBODY = -1
        const val PERMIT = -2
    }
}
