// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal

import dev.heddle.channels.Channel
import dev.heddle.channels.ChannelClosedException
import dev.heddle.testkit.Checks
import dev.heddle.testkit.PromptCancels
import dev.heddle.testkit.Scenario
import java.util.concurrent.CompletableFuture
import kotlin.coroutines.resumeWithException
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.suspendCancellableCoroutine
import org.jetbrains.lincheck.datastructures.Operation
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test

/** As a transfer by a thread, for a checker whose threads don't wait. */
internal fun CellChannel<Int>.transferAsync(element: Int): CompletableFuture<Void> {
    val future = SendFuture<Int>(this)
    val waiter = Transfer(element, future)
    future.waitsAs(waiter)
    val start = start(CellWords.SEND)
    val result = sendSlow(start, takeSend(), element, waiter)
    if (result == null) {
        future.decided(false)
        future.settleAtOnce(null)
    } else if (result === CellState.CLOSED) {
        finishClosing()
        future.failAtOnce(closed())
    }
    return future
}

/** A channel without limit, one step after the other: elements, and for some of them who waits until they are received. */
internal class SequentialTransfers {
    class Entry(val element: Int) {
        var sender: CancellableContinuation<Unit>? = null
    }

    private val entries = ArrayDeque<Entry>()
    private val receivers = ArrayDeque<CancellableContinuation<Int>>()
    private var closed = false

    suspend fun transfer(element: Int) {
        if (tryTransfer(element)) return
        suspendCancellableCoroutine { continuation ->
            val entry = Entry(element)
            entry.sender = continuation
            entries.addLast(entry)
            continuation.invokeOnCancellation { entries.remove(entry) }
        }
    }

    suspend fun receive(): Int {
        tryReceive()?.let { return it }
        return suspendCancellableCoroutine { continuation ->
            receivers.addLast(continuation)
            continuation.invokeOnCancellation { receivers.remove(continuation) }
        }
    }

    fun tryTransfer(element: Int): Boolean {
        if (closed) throw ChannelClosedException("closed", null)
        val receiver = receivers.removeFirstOrNull()
        receiver?.resume(element) { _, _, _ -> }
        return receiver != null
    }

    fun trySend(element: Int): Boolean {
        if (!tryTransfer(element)) entries.addLast(Entry(element))
        return true
    }

    fun tryReceive(): Int? {
        val entry = entries.removeFirstOrNull()
        if (entry == null && closed) throw ChannelClosedException("closed", null)
        entry?.sender?.resume(Unit) { _, _, _ -> }
        return entry?.element
    }

    fun close(): Boolean {
        val first = !closed
        closed = true
        receivers.forEach { it.resumeWithException(ChannelClosedException("closed", null)) }
        receivers.clear()
        return first
    }

    fun cancel() {
        close()
        entries.forEach { it.sender?.resumeWithException(ChannelClosedException("closed", null)) }
        entries.clear()
    }

    fun isEmpty() = entries.isEmpty()

    fun isClosedForReceive() = closed && isEmpty()
}

/** Covers channels 8, 9, 11, 13, 24 for transfers without limit. */
@Tag("lincheck")
class TransferSuspendLincheckTest {
    @Scenario("transfer | receive trySend | tryReceive isEmpty")
    @Scenario("transfer! | tryReceive tryReceive | trySend tryReceive")
    @Scenario("transfer! trySend | receive tryReceive | isEmpty")
    @Scenario("receive! tryReceive | transfer | tryTransfer isEmpty")
    @Scenario("trySend ; transfer! tryTransfer | tryReceive tryReceive | isEmpty")
    @Scenario("close isEmpty | transfer tryReceive | receive")
    @Scenario("transfer! | cancel isClosedForReceive | tryReceive")
    @PromptCancels
    @Scenario("receive! | tryTransfer isEmpty | tryTransfer")
    open class Transfers(segmentSize: Int) {
        private val channel = channel(Channel.UNLIMITED, segmentSize)

        @Operation(promptCancellation = true)
        suspend fun transfer(thread: Int) {
            channel.transferAsync(thread).awaitOutcome()
        }

        @Operation(promptCancellation = true)
        suspend fun receive(): Int = channel.receiveAsync().awaitOutcome()

        @Operation fun tryTransfer(thread: Int) = channel.tryTransfer(10 + thread)

        @Operation fun trySend(thread: Int) = channel.trySend(20 + thread)

        @Operation fun tryReceive(): Int? = channel.tryReceive()

        @Operation fun close() = channel.close()

        @Operation
        fun cancel() {
            channel.cancel()
        }

        @Operation fun isEmpty() = channel.isEmpty

        @Operation fun isClosedForReceive() = channel.isClosedForReceive()
    }

    class Transfers1 : Transfers(1)

    class Transfers2 : Transfers(2)

    class TransfersSpec {
        private val channel = SequentialTransfers()

        suspend fun transfer(thread: Int) = channel.transfer(thread)

        suspend fun receive(): Int = channel.receive()

        fun tryTransfer(thread: Int) = channel.tryTransfer(10 + thread)

        fun trySend(thread: Int) = channel.trySend(20 + thread)

        fun tryReceive(): Int? = channel.tryReceive()

        fun close() = channel.close()

        fun cancel() = channel.cancel()

        fun isEmpty() = channel.isEmpty()

        fun isClosedForReceive() = channel.isClosedForReceive()
    }

    @Test
    fun transfers_segmentsOfOne_areLinearizable() = Checks.waiting(Transfers1::class.java, TransfersSpec::class.java)

    @Test
    fun transfers_stressed_areLinearizable() = Checks.stressed(Transfers2::class.java, TransfersSpec::class.java)
}
