// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync

import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.suspendCancellableCoroutine

/** A counter with a queue: what a unit semaphore, or a pool of equal elements, is one step after the other. */
internal class SequentialUnits(private var free: Int) {
    private val waiting = ArrayDeque<CancellableContinuation<Unit>>()

    suspend fun take() {
        if (free > 0) {
            free--
            return
        }
        suspendCancellableCoroutine<Unit> { continuation ->
            waiting.addLast(continuation)
            continuation.invokeOnCancellation { waiting.remove(continuation) }
        }
    }

    fun tryTake(): Boolean = (free > 0).also { if (it) free-- }

    fun give() {
        if (waiting.isEmpty()) {
            free++
        } else {
            waiting.removeFirst().resume(Unit) { _: Throwable, _: Unit, _ -> give() }
        }
    }

    fun free(): Int = free
}
