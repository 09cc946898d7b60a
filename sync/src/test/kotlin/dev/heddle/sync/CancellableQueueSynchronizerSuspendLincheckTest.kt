// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync

import dev.heddle.sync.CancellableQueueSynchronizer.Cancellation
import dev.heddle.sync.CancellableQueueSynchronizer.Resumption
import dev.heddle.testkit.Checks
import dev.heddle.testkit.Mutant
import dev.heddle.testkit.Scenario
import org.jetbrains.lincheck.datastructures.Operation
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test

/**
 * Covers sync 1, 2, 3, 4, 6, 7, 14, 26.
 *
 * Observers (`tryAcquire`, `free`) are checked under SYNC only. Under ASYNC they are not linearizable by design: a permit
 * may rest in a cell whose waiter is still on its way, or is cancelling, where a later acquire but no observer can get it.
 * A permit lost there shows as an acquire that waits for ever. Obstruction freedom is not asked for: SYNC waits for a
 * running handler.
 */
@Tag("lincheck")
class CancellableQueueSynchronizerSuspendLincheckTest {
    @Scenario("acquire release | acquire release")
    @Scenario("acquire acquire~ | release acquire")
    @Scenario("acquire acquire! | acquire | release release")
    abstract class Semaphores(resumption: Resumption, cancellation: Cancellation, segmentSize: Int) {
        internal val semaphore = ReferenceSemaphore(1, resumption, cancellation, segmentSize, 1)

        @Operation(promptCancellation = true)
        suspend fun acquire() {
            semaphore.acquireAsync().awaitGrant { semaphore.release() }
        }

        @Operation fun release() = semaphore.release()
    }

    @Scenario("acquire acquire~ | release tryAcquire free")
    @Scenario("acquire release | acquire tryAcquire")
    @Scenario("acquire acquire | release tryAcquire")
    @Scenario("acquire acquire! | acquire | release free")
    abstract class SyncSemaphores(cancellation: Cancellation, segmentSize: Int) :
        Semaphores(Resumption.SYNC, cancellation, segmentSize) {
        @Operation fun tryAcquire() = semaphore.tryAcquire()

        @Operation fun free() = maxOf(semaphore.state(), 0L).toInt()
    }

    /** A request that waits from the start, and is cancelled as a future. */
    @Scenario("cancel | release acquire acquire")
    @Scenario("cancel acquire | acquire | release release")
    class Pending {
        private val semaphore = ReferenceSemaphore(0, Resumption.ASYNC, Cancellation.SMART, 1, 1)
        private val request = semaphore.acquireAsync()

        @Operation
        suspend fun acquire() {
            semaphore.acquireAsync().awaitGrant { semaphore.release() }
        }

        @Operation fun release() = semaphore.release()

        @Operation(runOnce = true) fun cancel() = request.cancel(false)
    }

    class PendingSpec {
        private val units = SequentialUnits(0)
        private var waiting = true

        suspend fun acquire() = units.take()

        fun release() = if (waiting) waiting = false else units.give()

        fun cancel(): Boolean {
            val left = waiting
            waiting = false
            return left
        }
    }

    class Spec {
        private val units = SequentialUnits(1)

        suspend fun acquire() = units.take()

        fun release() = units.give()

        fun tryAcquire() = units.tryTake()

        fun free() = units.free()
    }

    class AsyncSmart1 : Semaphores(Resumption.ASYNC, Cancellation.SMART, 1)

    class AsyncSmart2 : Semaphores(Resumption.ASYNC, Cancellation.SMART, 2)

    class AsyncSimple1 : Semaphores(Resumption.ASYNC, Cancellation.SIMPLE, 1)

    class AsyncSimple2 : Semaphores(Resumption.ASYNC, Cancellation.SIMPLE, 2)

    class SyncSmart1 : SyncSemaphores(Cancellation.SMART, 1)

    class SyncSmart2 : SyncSemaphores(Cancellation.SMART, 2)

    class SyncSimple1 : SyncSemaphores(Cancellation.SIMPLE, 1)

    @Test
    fun asyncSmart_segmentsOfOne_isLinearizable() = check(AsyncSmart1::class.java)

    @Test
    fun asyncSmart_cancelledAsAFuture_isLinearizable() = Checks.waiting(Pending::class.java, PendingSpec::class.java)

    @Test
    fun asyncSmart_segmentsOfTwo_isLinearizable() = check(AsyncSmart2::class.java)

    @Test
    fun asyncSimple_segmentsOfOne_isLinearizable() = check(AsyncSimple1::class.java)

    @Test
    fun asyncSimple_segmentsOfTwo_isLinearizable() = check(AsyncSimple2::class.java)

    @Test
    fun syncSmart_segmentsOfOne_isLinearizable() = check(SyncSmart1::class.java)

    @Test
    fun syncSmart_segmentsOfTwo_isLinearizable() = check(SyncSmart2::class.java)

    @Test
    fun syncSimple_segmentsOfOne_isLinearizable() = check(SyncSimple1::class.java)

    @Test
    fun asyncSmart_stressed_isLinearizable() = Checks.stressed(AsyncSmart1::class.java, Spec::class.java)

    @Test
    fun syncSmart_stressed_isLinearizable() = Checks.stressed(SyncSmart2::class.java, Spec::class.java)

    private fun check(type: Class<*>) = Checks.waiting(type, Spec::class.java)

    // ---- mutants

    /** The waiter that leaves while a release is on its way to it: without REFUSE that permit is given out twice. */
    @Test
    @Tag("mutant")
    fun refusedCellIsSkipped_isRejected() =
        rejected(
            "out ? CellState.CANCELLED : CellState.REFUSE",
            "CellState.CANCELLED",
            Pending::class.java,
            PendingSpec::class.java,
        )

    @Test
    @Tag("mutant")
    fun grantIsNotSettled_isRejected() =
        rejected("if (met != null && met != DONE) {", "if (met == this) {", AsyncSmart1::class.java)

    @Test
    @Tag("mutant")
    fun waiterOverwritesAValue_isRejected() =
        rejected(
            "waiter.place(this, s, o);\n        if (s.casCell(o, null, waiter)) {",
            "waiter.place(this, s, o);\n        s.setCell(o, waiter); if (waiter != null) {",
            AsyncSmart1::class.java,
        )

    @Test
    @Tag("mutant")
    fun brokenCellCountsAsResumed_isRejected() =
        rejected(
            "return s.casCell(o, state, CellState.BROKEN) ? null : DONE;",
            "s.setCell(o, CellState.BROKEN); return DONE;", // the permit is gone
            SyncSmart1::class.java,
        )

    private fun rejected(text: String, fault: String, subject: Class<*>, spec: Class<*> = Spec::class.java) =
        Checks.waitingRejected(Mutant.of(CellQueue::class.java, text, fault).load(subject), spec)
}
