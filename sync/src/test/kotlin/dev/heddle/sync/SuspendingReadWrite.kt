// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync

import dev.heddle.testkit.Scenario
import java.util.ArrayDeque
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.suspendCancellableCoroutine
import org.jetbrains.lincheck.datastructures.Operation
import org.jetbrains.lincheck.datastructures.Param
import org.jetbrains.lincheck.datastructures.ThreadIdGen

private const val MAX_THREADS = 8

/** Readers and writers that wait; each thread gives back what it has taken last. */
@Param(name = "me", gen = ThreadIdGen::class)
@Scenario("read leave | write leave | read readers")
@Scenario("read | write~ | read")
@Scenario("write leave | read! tryRead | write isWriteLocked")
@Scenario("write leave | write! tryWrite | read leave")
@Scenario("write leave | read~ tryWrite")
internal open class SuspendingReadWrite(fair: Boolean, segmentSize: Int) {
    private val mutex = ReadWriteMutex.withSegmentSize(fair, segmentSize)
    private val held = Array(MAX_THREADS) { ArrayDeque<ReadWriteMutex.Permit>() }

    @Operation(promptCancellation = true)
    suspend fun read(@Param(name = "me") me: Int) {
        held[me].add(mutex.readLockAsync().awaitGrant { it.close() })
    }

    @Operation(promptCancellation = true)
    suspend fun write(@Param(name = "me") me: Int) {
        held[me].add(mutex.writeLockAsync().awaitGrant { it.close() })
    }

    @Operation
    fun tryRead(@Param(name = "me") me: Int): Boolean {
        val entered = mutex.queue.tryRead() != ReadWriteQueue.MUST_WAIT
        if (entered) held[me].add(ReadWriteMutex.Permit(mutex.queue, false))
        return entered
    }

    @Operation
    fun tryWrite(@Param(name = "me") me: Int): Boolean {
        val entered = mutex.queue.tryWrite()
        if (entered) held[me].add(ReadWriteMutex.Permit(mutex.queue, true))
        return entered
    }

    /** Whether the thread had something to give back. */
    @Operation
    fun leave(@Param(name = "me") me: Int): Boolean {
        val last = held[me].pollLast() ?: return false
        last.close()
        return true
    }

    @Operation
    fun readers() = mutex.readLockCount

    @Operation
    fun isWriteLocked() = mutex.isWriteLocked
}

/** The lock as it should be, one step after the other. */
internal open class SequentialReadWrite {
    private class Waiter(val continuation: CancellableContinuation<Unit>)

    private val held = Array(MAX_THREADS) { ArrayDeque<Boolean>() }
    private val readers = ArrayDeque<Waiter>()
    private val writers = ArrayDeque<Waiter>()
    private var reading = 0
    private var writing = false

    suspend fun read(me: Int) {
        if (writing || !writers.isEmpty()) suspendIn(readers, false) else reading++
        held[me].add(false)
    }

    suspend fun write(me: Int) {
        val free = !writing && reading == 0 && readers.isEmpty() && writers.isEmpty()
        if (free) writing = true else suspendIn(writers, true)
        held[me].add(true)
    }

    private suspend fun suspendIn(queue: ArrayDeque<Waiter>, write: Boolean) =
        suspendCancellableCoroutine { continuation ->
            val waiter = Waiter(continuation)
            queue.addLast(waiter)
            continuation.invokeOnCancellation {
                if (queue.remove(waiter) && write && writers.isEmpty() && !writing) admitReaders()
            }
        }

    fun tryRead(me: Int): Boolean {
        if (writing) return false
        reading++
        held[me].add(false)
        return true
    }

    fun tryWrite(me: Int): Boolean {
        if (writing || reading > 0) return false
        writing = true
        held[me].add(true)
        return true
    }

    fun leave(me: Int): Boolean {
        leave(held[me].pollLast() ?: return false)
        return true
    }

    fun readers() = reading

    fun isWriteLocked() = writing

    private fun leave(write: Boolean) {
        if (write) {
            writing = false
            admitReaders()
        } else {
            reading--
        }
        if (reading == 0 && !writing && !writers.isEmpty()) {
            writing = true
            resume(writers.removeFirst(), true)
        }
    }

    private fun admitReaders() {
        while (!readers.isEmpty()) {
            reading++
            resume(readers.removeFirst(), false)
        }
    }

    private fun resume(waiter: Waiter, write: Boolean) =
        waiter.continuation.resume(Unit) { _: Throwable, _: Unit, _ -> leave(write) }
}
