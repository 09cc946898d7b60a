// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync

import dev.heddle.testkit.Checks
import dev.heddle.testkit.Mutant
import dev.heddle.testkit.Scenario
import org.jetbrains.lincheck.datastructures.Operation
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test

/**
 * Covers sync 1, 2, 6, 7, 8, 9, 10, 11, 26.
 *
 * Every operation is linearizable but for `tryAcquire(0, unit)`: as in the JDK it fails while somebody waits, also when a
 * permit that is there has not been taken by that waiter yet. It is left out here and tested alone.
 */
@Tag("lincheck")
class SemaphoreSuspendLincheckTest {
    /** Unit permits; the epoch ends after each release that finds nobody waiting. */
    @Scenario("acquire release | tryAcquire availablePermits")
    @Scenario("acquire release | acquire availablePermits")
    @Scenario("tryAcquire ; acquire~ tryAcquire | release availablePermits")
    @Scenario("tryAcquire ; acquire! tryAcquire | release availablePermits")
    @Scenario("tryAcquire ; acquire~ | acquire | release release")
    open class Units(protected val permits: Permits) {
        @Operation(promptCancellation = true)
        suspend fun acquire() {
            permits.acquire().awaitGrant { permits.release() }
        }

        @Operation
        fun tryAcquire() = permits.tryAcquire(1)

        @Operation
        fun release() = permits.release()

        @Operation
        fun availablePermits() = permits.availablePermits()
    }

    open class UnitsSpec(permits: Int, fair: Boolean) {
        internal val spec = SequentialPermits(permits, fair)

        suspend fun acquire() = spec.acquire(1)

        fun tryAcquire() = spec.tryAcquire(1)

        fun release() = spec.release(1)

        fun availablePermits() = spec.available()
    }

    /**
     * Bulk requests of one and two permits. A cancelled coroutine may for a moment hold a grant that it never returns, and
     * with it a permit that was there before: only a prompt cancellation may show that, so made up ones have none.
     */
    @Scenario("acquireTwo | acquireOne release | tryAcquire availablePermits")
    @Scenario("tryAcquire ; acquireTwo! | acquireOne")
    @Scenario("tryAcquire ; acquireTwo! | acquireOne | release availablePermits")
    @Scenario("tryAcquire ; acquireTwo~ tryAcquire | release")
    open class Bulk(protected val permits: Permits) {
        @Operation(cancellableOnSuspension = false)
        suspend fun acquireOne() {
            permits.acquireAsync(1).awaitGrant { permits.release() }
        }

        @Operation(cancellableOnSuspension = false)
        suspend fun acquireTwo() {
            permits.acquireAsync(2).awaitGrant { permits.release(2) }
        }

        @Operation
        fun tryAcquire() = permits.tryAcquire(1)

        @Operation
        fun release() = permits.release()

        @Operation
        fun releaseTwo() = permits.release(2)

        @Operation
        fun availablePermits() = permits.availablePermits()
    }

    open class BulkSpec(permits: Int, fair: Boolean) {
        internal val spec = SequentialPermits(permits, fair)

        suspend fun acquireOne() = spec.acquire(1)

        suspend fun acquireTwo() = spec.acquire(2)

        fun tryAcquire() = spec.tryAcquire(1)

        fun release() = spec.release(1)

        fun releaseTwo() = spec.release(2)

        fun availablePermits() = spec.available()
    }

    /** Below zero and back, and requests for nothing, which wait only while the permits are negative. */
    @Scenario("acquireNothing drainPermits | acquire~ | release release")
    @Scenario("acquireNothing | reducePermits | release drainPermits")
    @Scenario("acquire~ release | acquireNothing! | drainPermits release")
    open class Resizing(protected val permits: Permits) {
        @Operation(promptCancellation = true)
        suspend fun acquire() {
            permits.acquireAsync(1).awaitGrant { permits.release() }
        }

        @Operation(promptCancellation = true)
        suspend fun acquireNothing() {
            permits.acquireAsync(0).awaitGrant {}
        }

        @Operation
        fun release() = permits.release()

        @Operation
        fun reducePermits() = permits.reducePermits(1)

        @Operation
        fun drainPermits() = permits.drainPermits()
    }

    open class ResizingSpec(permits: Int, fair: Boolean) {
        internal val spec = SequentialPermits(permits, fair)

        suspend fun acquire() = spec.acquire(1)

        suspend fun acquireNothing() = spec.acquire(0)

        fun release() = spec.release(1)

        fun reducePermits() = spec.reduce(1)

        fun drainPermits() = spec.drain()
    }

    /**
     * A request that waits from the start, and is cancelled as a future: exact, which a coroutine on top is not.
     *
     * It takes its permits when it is granted, a moment after the release that makes them enough; others may see or take
     * them in between. The specification grants within the release. So only one thread releases and looks: to it the two
     * are one step, and a `tryAcquire` that came in between might as well have come before the release.
     */
    @Scenario("cancel tryAcquire | release availablePermits")
    @Scenario("cancel | release tryAcquire | tryAcquire tryAcquire")
    open class Pending(private val permits: Permits) {
        private val request = permits.acquireAsync(2)

        @Operation(runOnce = true)
        fun cancel() = request.cancel(false)

        @Operation
        fun tryAcquire() = permits.tryAcquire(1)

        @Operation(nonParallelGroup = "releaser")
        fun release() = permits.release()

        @Operation(nonParallelGroup = "releaser")
        fun availablePermits() = permits.availablePermits()
    }

    class PendingSpec {
        private var permits = 1
        private var waiting = true

        fun cancel(): Boolean {
            val left = waiting
            waiting = false
            return left
        }

        fun tryAcquire() = (permits > 0).also { if (it) permits-- }

        fun release() {
            permits++
            if (waiting && permits >= 2) {
                waiting = false
                permits -= 2
            }
        }

        fun availablePermits() = permits
    }

    class FairPending : Pending(Permits.of(1, true, 1, 1))

    class BargingPending : Pending(Permits.of(1, false, 2, 1))

    class FairUnits : Units(Permits.of(1, true, 1, 1))

    class FairUnitsSpec : UnitsSpec(1, true)

    class FairBulk : Bulk(Permits.of(2, true, 2, 1))

    class FairBulkSpec : BulkSpec(2, true)

    /** Starts without an open epoch. */
    @Scenario("releaseTwo release | acquireTwo")
    @Scenario("releaseTwo tryAcquire | acquireOne! | release")
    class FairClosed : Bulk(Permits.of(-1, true, 1, 1))

    class FairClosedSpec : BulkSpec(-1, true)

    class BargingBulk : Bulk(Permits.of(2, false, 1, 1))

    class BargingBulkSpec : BulkSpec(2, false)

    class FairResizing : Resizing(Permits.of(-1, true, 1, 1))

    class FairResizingSpec : ResizingSpec(-1, true)

    class BargingResizing : Resizing(Permits.of(0, false, 2, 1))

    class BargingResizingSpec : ResizingSpec(0, false)

    @Test
    fun fairUnits_threeThreads_linearizable() =
        Checks.waiting(FairUnits::class.java, FairUnitsSpec::class.java)

    @Test
    fun fairBulk_threeThreads_linearizable() =
        Checks.waiting(FairBulk::class.java, FairBulkSpec::class.java)

    @Test
    fun fairClosed_threeThreads_linearizable() = Checks.waiting(FairClosed::class.java, FairClosedSpec::class.java)

    @Test
    fun fairPending_cancelledAsAFuture_linearizable() =
        Checks.waiting(FairPending::class.java, PendingSpec::class.java)

    @Test
    fun bargingPending_cancelledAsAFuture_linearizable() =
        Checks.waiting(BargingPending::class.java, PendingSpec::class.java)

    @Test
    fun fairUnits_stressed_linearizable() = Checks.stressed(FairUnits::class.java, FairUnitsSpec::class.java)

    @Test
    fun bargingPending_stressed_linearizable() =
        Checks.stressed(BargingPending::class.java, PendingSpec::class.java)

    @Test
    fun bargingBulk_threeThreads_linearizable() =
        Checks.waiting(BargingBulk::class.java, BargingBulkSpec::class.java)

    @Test
    fun fairResizing_twoThreads_linearizable() =
        Checks.waiting(FairResizing::class.java, FairResizingSpec::class.java)

    @Test
    fun bargingResizing_twoThreads_linearizable() =
        Checks.waiting(BargingResizing::class.java, BargingResizingSpec::class.java)

    // ---- mutants

    /** A wrapper that keeps what it was granted too late. */
    @Scenario("acquire release | tryAcquire availablePermits")
    @Scenario("acquire release | acquire availablePermits")
    @Scenario("tryAcquire ; acquire~ tryAcquire | release availablePermits")
    @Scenario("tryAcquire ; acquire! tryAcquire | release availablePermits")
    @Scenario("tryAcquire ; acquire~ | acquire | release release")
    class NoUndo {
        private val permits = Permits.of(1, true, 1, 1)

        @Operation(promptCancellation = true)
        suspend fun acquire() {
            permits.acquire().awaitGrant {} // MUTANT: the permit is gone
        }

        @Operation
        fun tryAcquire() = permits.tryAcquire(1)

        @Operation
        fun release() = permits.release()

        @Operation
        fun availablePermits() = permits.availablePermits()
    }

    @Test
    @Tag("mutant")
    fun lateGrantIsNotUndone_isRejected() =
        Checks.waitingRejected(NoUndo::class.java, FairUnitsSpec::class.java)

    @Test
    @Tag("mutant")
    fun permitIsTakenInTwoSteps_isRejected() =
        rejected(
            PermitEpoch::class.java,
            "return (long) FAST.getAndAdd(this, -ONE) >= ONE;",
            "long w = fast; fast = w - ONE; return w >= ONE;",
            FairUnits::class.java,
            FairUnitsSpec::class.java,
        )

    @Test
    @Tag("mutant")
    fun arrivalIsNotLookedAt_isRejected() =
        rejected(
            PermitQueue::class.java,
            "if ((s & WOKEN) != 0 || permitsAt(s) < need(waiter)) {",
            "if (s != 0) {", // a release between its counting and its cell is not for it
            FairUnits::class.java,
            FairUnitsSpec::class.java,
        )

    @Test
    @Tag("mutant")
    fun nextIsNotLookedAtWhenTheHeadLeaves_isRejected() =
        rejected(
            PermitQueue::class.java,
            "if (!wasHead || !mustLook(s, after)) {",
            "if (s != 0) {",
            FairBulk::class.java,
            FairBulkSpec::class.java,
        )

    @Test
    @Tag("mutant")
    fun closingLosesPermits_isRejected() =
        rejected(
            PermitEpoch::class.java,
            "FAST.compareAndSet(this, w, closed(p));\n                }\n                continue;",
            "FAST.compareAndSet(this, w, closed(0));\n                }\n                continue;",
            BargingBulk::class.java,
            BargingBulkSpec::class.java,
        )

    @Test
    @Tag("mutant")
    fun epochEndsUnderAWaiter_isRejected() =
        rejected(
            PermitEpoch::class.java,
            "(s & (WAITERS_MASK | DIRTY | DRAIN | WOKEN)) == 0",
            "(s & DIRTY) == 0",
            FairClosed::class.java,
            FairClosedSpec::class.java,
        )

    @Test
    @Tag("mutant")
    fun waiterIsServedWithoutBeingSelected_isRejected() =
        rejected(
            PermitQueue::class.java,
            "if (WaitQueue.select(segment, offset, w)) {",
            "if (w != null) {", // it may leave with its permits
            FairPending::class.java,
            PendingSpec::class.java,
        )

    private fun rejected(original: Class<*>, text: String, fault: String, subject: Class<*>, spec: Class<*>) {
        val mutant = Mutant.of(original, text, fault)
        Checks.waitingRejected(mutant.load(subject), spec)
    }
}
