// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync

import java.util.concurrent.CompletableFuture
import java.util.concurrent.atomic.AtomicBoolean
import kotlin.coroutines.cancellation.CancellationException
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.suspendCancellableCoroutine

/**
 * Waits for a future of ours; a cancelled wait aborts it, and a grant that comes too late is undone.
 *
 * A coroutine is cancelled before its future is. A grant that comes between the two is undone by whoever gives it; the
 * canceller waits for that, or its next operation would meet a grant that nobody holds.
 */
internal suspend fun <T> CompletableFuture<T>.awaitGrant(undo: (T) -> Unit): T {
    if (isDone) return join()
    val handedOn = AtomicBoolean()
    return suspendCancellableCoroutine { continuation ->
        whenComplete { value, failure ->
            if (failure == null) continuation.resume(value) { _, granted, _ -> undo(granted) }
            handedOn.set(true)
        }
        continuation.invokeOnCancellation {
            if (!cancel(false)) while (!handedOn.get()) Thread.onSpinWait()
        }
    }
}

/** The semaphore as it should be, one step after the other. */
internal open class SequentialPermits(private var permits: Int, private val fair: Boolean) {
    private class Waiter(val permits: Int, val continuation: CancellableContinuation<Unit>)

    private val queue = ArrayDeque<Waiter>()

    open suspend fun acquire(n: Int) {
        if (permits >= n && (!fair || queue.isEmpty())) {
            permits -= n
            return
        }
        suspendCancellableCoroutine { continuation ->
            val waiter = Waiter(n, continuation)
            queue.addLast(waiter)
            continuation.invokeOnCancellation {
                queue.remove(waiter)
                serve()
            }
        }
    }

    fun tryAcquire(n: Int): Boolean {
        val enough = permits >= n
        if (enough) permits -= n
        return enough
    }

    fun release(n: Int) {
        permits += n
        serve()
    }

    fun reduce(n: Int) {
        permits -= n
    }

    fun drain(): Int {
        val all = permits
        permits = 0
        serve()
        return all
    }

    fun available(): Int = permits

    private fun serve() {
        while (queue.isNotEmpty() && queue.first().permits <= permits) {
            val first = queue.removeFirst()
            permits -= first.permits
            first.continuation.resume(Unit) { _: Throwable, _: Unit, _ -> release(first.permits) }
        }
    }
}
