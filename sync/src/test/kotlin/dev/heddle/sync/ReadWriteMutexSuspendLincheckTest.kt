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

/**
 * Covers sync 1, 2, 4, 6, 7, 8, 11, 26.
 *
 * The asynchronous forms and the tries, under cancellation. Left out: the timed forms with no time, which fail while
 * somebody waits, also when that waiter may enter and has not done so yet. That phases alternate is no matter of
 * linearizability: see ReadWriteMutexTest.
 */
@Tag("lincheck")
class ReadWriteMutexSuspendLincheckTest {
    internal class Fair1 : SuspendingReadWrite(true, 1)

    internal class Fair2 : SuspendingReadWrite(true, 2)

    internal class Barging1 : SuspendingReadWrite(false, 1)

    /** A writer is inside, a reader waits and is cancelled as a future. */
    @Scenario("cancel readers | leave readers")
    internal class PendingReader {
        private val mutex = ReadWriteMutex.withSegmentSize(true, 1)
        private val writer = mutex.writeLockAsync().join()
        private val request = mutex.readLockAsync()

        @Operation(runOnce = true)
        fun cancel() = request.cancel(false)

        @Operation(runOnce = true)
        fun leave() = writer.close()

        @Operation
        fun readers() = mutex.readLockCount
    }

    internal class PendingReaderSpec {
        private var writing = true
        private var waiting = true
        private var reading = 0

        fun cancel() = waiting.also { waiting = false }

        fun leave() {
            if (writing && waiting) reading++
            if (writing) waiting = false
            writing = false
        }

        fun readers() = reading
    }

    /** A reader is inside, a writer waits and is cancelled as a future; more readers come. */
    @Scenario("cancel | read readers")
    @Scenario("cancel readers | read | read")
    internal class PendingWriter {
        private val mutex = ReadWriteMutex.withSegmentSize(true, 1)
        private val first = mutex.readLockAsync().join()
        private val request = mutex.writeLockAsync()

        @Operation(runOnce = true)
        fun cancel() = request.cancel(false)

        @Operation
        suspend fun read() {
            mutex.readLockAsync().awaitGrant { it.close() }
        }

        @Operation
        fun readers() = mutex.readLockCount
    }

    internal class PendingWriterSpec {
        private var waiting = true
        private var reading = 1
        private val readers = ArrayList<CancellableContinuation<Unit>>()

        fun cancel(): Boolean {
            if (!waiting) return false
            waiting = false
            reading += readers.size
            readers.forEach { it.resume(Unit) { _: Throwable, _: Unit, _ -> reading-- } }
            readers.clear()
            return true
        }

        suspend fun read() {
            if (!waiting) {
                reading++
                return
            }
            suspendCancellableCoroutine { continuation ->
                readers.add(continuation)
                continuation.invokeOnCancellation { readers.remove(continuation) }
            }
        }

        fun readers() = reading
    }

    @Test
    fun waitingReader_cancelledAsAFuture_isLinearizable() =
        Checks.waiting(PendingReader::class.java, PendingReaderSpec::class.java)

    @Test
    fun waitingWriter_cancelledAsAFuture_isLinearizable() =
        Checks.waiting(PendingWriter::class.java, PendingWriterSpec::class.java)

    @Test
    fun fair_segmentsOfOne_isLinearizable() = check(Fair1::class.java)

    @Test
    fun fair_segmentsOfTwo_isLinearizable() = check(Fair2::class.java)

    @Test
    fun barging_segmentsOfOne_isLinearizable() = check(Barging1::class.java)

    @Test
    fun fair_stressed_isLinearizable() = Checks.stressed(Fair1::class.java, SequentialReadWrite::class.java)

    private fun check(type: Class<*>) = Checks.waiting(type, SequentialReadWrite::class.java)

    // ---- mutants

    @Test
    @Tag("mutant")
    fun lastWaitingWriterLeavesWithoutADrain_isRejected() =
        rejected(
            "boolean look = servable(after) || (s & DRAIN) != 0;",
            "boolean look = false;",
            PendingWriter::class.java,
            PendingWriterSpec::class.java,
        )

    @Test
    @Tag("mutant")
    fun waiterEntersBeforeItsCellIsSelected_isRejected() =
        rejected(
            "if (!WaitQueue.select(segment, offset, waiter)) {",
            """
            WORD.setVolatile(this, ReadWriteWord.entered(word, side.write));
            if (!WaitQueue.select(segment, offset, waiter)) {
                return REFUSED;
            }
            WaitQueue.served(segment, offset);
            if (true) {
                return SERVED;
            }
            if (segment == null) {
            """,
            PendingReader::class.java,
            PendingReaderSpec::class.java,
        )

    @Test
    @Tag("mutant")
    fun readerIsCountedTwice_isRejected() =
        rejected(
            "long after = ReadWriteWord.entered(s, side.write);",
            "long after = ReadWriteWord.entered(s, side.write) + (side.write ? 0 : ONE_READ);",
        )

    private fun rejected(
        text: String,
        fault: String,
        subject: Class<*> = Fair1::class.java,
        spec: Class<*> = SequentialReadWrite::class.java,
    ) = Checks.waitingRejected(Mutant.of(ReadWriteQueue::class.java, text, fault).load(subject), spec)
}
