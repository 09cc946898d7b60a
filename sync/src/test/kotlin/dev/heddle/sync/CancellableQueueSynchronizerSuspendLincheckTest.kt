// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync

import dev.heddle.sync.CancellableQueueSynchronizer.Cancellation
import dev.heddle.sync.CancellableQueueSynchronizer.Resumption
import dev.heddle.testkit.Checks
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
    abstract class Semaphores(resumption: Resumption, cancellation: Cancellation, segmentSize: Int) {
        internal val semaphore = ReferenceSemaphore(1, resumption, cancellation, segmentSize, 1)

        @Operation(promptCancellation = true)
        suspend fun acquire() {
            semaphore.acquireAsync().awaitGrant { semaphore.release() }
        }

        @Operation fun release() = semaphore.release()
    }

    abstract class SyncSemaphores(cancellation: Cancellation, segmentSize: Int) :
        Semaphores(Resumption.SYNC, cancellation, segmentSize) {
        @Operation fun tryAcquire() = semaphore.tryAcquire()

        @Operation fun free() = maxOf(semaphore.state(), 0L).toInt()
    }

    open class Spec {
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
    fun asyncSmart_segmentsOfTwo_isLinearizable() = checkWide(AsyncSmart2::class.java)

    @Test
    fun asyncSimple_segmentsOfOne_isLinearizable() = checkWide(AsyncSimple1::class.java)

    @Test
    fun asyncSimple_segmentsOfTwo_isLinearizable() = check(AsyncSimple2::class.java)

    @Test
    fun syncSmart_segmentsOfOne_isLinearizable() = check(SyncSmart1::class.java)

    @Test
    fun syncSmart_segmentsOfTwo_isLinearizable() = checkWide(SyncSmart2::class.java)

    @Test
    fun syncSimple_segmentsOfOne_isLinearizable() = check(SyncSimple1::class.java)

    private fun check(type: Class<*>) = Checks.waiting().sequentialSpecification(Spec::class.java).check(type)

    private fun checkWide(type: Class<*>) = Checks.waitingWide().sequentialSpecification(Spec::class.java).check(type)
}
