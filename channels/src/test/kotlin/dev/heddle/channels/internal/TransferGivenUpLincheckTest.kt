// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal

import dev.heddle.channels.Channel
import dev.heddle.channels.ChannelClosedException
import dev.heddle.testkit.Checks
import dev.heddle.testkit.Scenario
import java.util.concurrent.ConcurrentLinkedQueue
import org.jetbrains.lincheck.datastructures.Operation
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test

/** Covers channels 7, 9, 11, 13, 24 for transfers without limit that are given up, and what is left then. */
@Tag("lincheck")
class TransferGivenUpLincheckTest {
    /** Two transfers wait as futures, which are given up exactly, or their elements removed by a view. */
    @Scenario("tryReceive ; tryReceive recallSecond | tryReceive")
    @Scenario("removeFirst tryReceive | tryReceive tryReceive | isEmpty")
    @Scenario("removeFirst isClosedForReceive | recallFirst tryReceive | close")
    @Scenario("removeFirst recallSecond | tryReceive | cancel")
    open class GivenTransfersOf(
        hooked: ConcurrentLinkedQueue<Int> = ConcurrentLinkedQueue(),
        private val channel: CellChannel<Int> = CellChannel(Channel.UNLIMITED, 1, hooked::add),
    ) : Given(hooked, channel) {
        init {
            sending(100) { channel.transferAsync(it) }
            sending(200) { channel.transferAsync(it) }
        }

        @Operation(runOnce = true)
        fun recallFirst() = sends[0].cancel(false)

        @Operation(runOnce = true)
        fun recallSecond() = sends[1].cancel(false)

        @Operation(runOnce = true)
        fun removeFirst() = ChannelTransferQueue.of(channel).remove(100).also { if (it) took(100) }
    }

    class GivenTransfers : GivenTransfersOf()

    class GivenTransfersSpec {
        private val entries = ArrayDeque(listOf(100, 200))
        private var closed = false

        fun recallFirst() = entries.remove(100)

        fun recallSecond() = entries.remove(200)

        fun removeFirst() = entries.remove(100)

        fun trySend(thread: Int) = send(element(thread, 5))

        fun trySendNext(thread: Int) = send(element(thread, 6))

        private fun send(element: Int): Boolean {
            if (closed) throw ChannelClosedException("closed", null)
            return entries.add(element)
        }

        fun tryReceive(): Int? {
            if (closed && entries.isEmpty()) throw ChannelClosedException("closed", null)
            return entries.removeFirstOrNull()
        }

        fun close(): Boolean = (!closed).also { closed = true }

        fun cancel() {
            closed = true
            entries.clear()
        }

        fun isEmpty() = entries.isEmpty()

        fun isClosedForReceive() = closed && entries.isEmpty()
    }

    @Test
    fun givenTransfers_segmentsOfOne_areReceivedOrGone() =
        Checks.waiting(GivenTransfers::class.java, GivenTransfersSpec::class.java)
}
