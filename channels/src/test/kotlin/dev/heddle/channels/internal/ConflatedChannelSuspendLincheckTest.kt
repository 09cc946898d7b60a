// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal

import dev.heddle.channels.ChannelClosedException
import dev.heddle.testkit.Checks
import dev.heddle.testkit.Mutant
import dev.heddle.testkit.PromptCancels
import dev.heddle.testkit.Scenario
import java.util.concurrent.CompletableFuture
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.suspendCancellableCoroutine
import org.jetbrains.lincheck.datastructures.Operation
import org.jetbrains.lincheck.datastructures.Param
import org.jetbrains.lincheck.datastructures.ThreadIdGen
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test

/**
 * Covers channels 7, 8, 9, 11, 24.
 *
 * Elements are different: each is the number of its thread and how many that thread has sent. So what a receiver says it
 * got checks their order too. Receivers that give up are left to the interleaving tests: a coroutine is cancelled before
 * its future is, and an element that comes between the two has no place in a slot that holds a newer one.
 */
@Tag("lincheck")
class ConflatedChannelSuspendLincheckTest {
    @Scenario("receive | receive | send send")
    @Scenario("receive tryReceive | send isEmpty")
    @Scenario("receive tryReceive | receive | send send")
    @Scenario("send ; receive tryReceive | send send")
    @Scenario("receive | close isClosedForReceive | send isEmpty")
    @Scenario("receive | cancel tryReceive | send isClosedForSend")
    @Scenario("send ; close tryReceive | cancel isClosedForReceive | receive")
    @Scenario("close cancel | cancel isClosedForSend | receive")
    @Param(name = "me", gen = ThreadIdGen::class)
    @PromptCancels
    abstract class Conflated(segmentSize: Int) {
        private val channel = ConflatedChannel<Int>(null, segmentSize)
        private val sent = IntArray(THREADS + 1)

        @Operation(cancellableOnSuspension = false)
        suspend fun receive(): Int? = channel.receiveAsync().elementOrEnd()

        @Operation
        fun tryReceive(): Int? = try {
            channel.tryReceive() ?: NONE
        } catch (closed: ChannelClosedException) {
            null
        }

        @Operation
        fun send(@Param(name = "me") thread: Int): Boolean = try {
            channel.trySend(thread * EACH + sent[thread]++)
        } catch (closed: ChannelClosedException) {
            false
        }

        @Operation fun close(): Boolean = channel.close()

        @Operation fun cancel(): Boolean = channel.cancel()

        @Operation fun isEmpty(): Boolean = channel.isEmpty()

        @Operation fun isClosedForSend(): Boolean = channel.isClosedForSend()

        @Operation fun isClosedForReceive(): Boolean = channel.isClosedForReceive()
    }

    class Spec {
        private val waiting = ArrayDeque<CancellableContinuation<Int?>>()
        private val sent = IntArray(THREADS + 1)
        private var element: Int? = null
        private var closed = false
        private var cancelled = false

        suspend fun receive(): Int? {
            val there = element
            if (there != null || closed) {
                element = null
                return there
            }
            return suspendCancellableCoroutine { continuation -> waiting.addLast(continuation) }
        }

        fun tryReceive(): Int? = if (element == null && !closed) NONE else element.also { element = null }

        fun send(thread: Int): Boolean {
            val fresh = thread * EACH + sent[thread]++
            if (closed) return false
            if (waiting.isEmpty()) element = fresh else waiting.removeFirst().resume(fresh) { _, _, _ -> }
            return true
        }

        fun close(): Boolean = !closed.also { end() }

        fun cancel(): Boolean = !cancelled.also {
            cancelled = true
            element = null
            end()
        }

        private fun end() {
            closed = true
            while (waiting.isNotEmpty()) waiting.removeFirst().resume(null) { _, _, _ -> }
        }

        fun isEmpty(): Boolean = element == null

        fun isClosedForSend(): Boolean = closed

        fun isClosedForReceive(): Boolean = closed && element == null
    }

    class Conflated1 : Conflated(1)

    class Conflated2 : Conflated(2)

    @Test fun segmentsOfOne_isLinearizable() = Checks.waiting(Conflated1::class.java, Spec::class.java)

    @Test fun segmentsOfTwo_isLinearizable() = Checks.waiting(Conflated2::class.java, Spec::class.java)

    // ---- mutants

    @Test
    @Tag("mutant")
    fun elementIsSwappedThoughSomebodyWaits_isRejected() =
        rejected(
            ConflatedChannel::class.java,
            "if (old instanceof Waiting waiting && line.serve(element, waiting.end)) {",
            "if (old instanceof Waiting waiting && waiting.end > 1 && line.serve(element, waiting.end)) {",
        )

    @Test
    @Tag("mutant")
    fun receiverDoesNotLookAtTheSlotAgain_isRejected() =
        rejected(
            ConflatedChannel::class.java,
            "return !me.abort(); // a failed abort: it was covered, and served",
            "return true;",
        )

    @Test
    @Tag("mutant")
    fun slotIsEmptiedInTwoSteps_isRejected() =
        rejected(
            ConflatedChannel::class.java,
            "if (s == null || casSlot(s, null)) { // LP",
            "if (s == null || s.equals(SLOT.getAndSet(this, null)) || true) {",
        )

    @Test
    @Tag("mutant")
    fun firstReceiverIsPassed_isRejected() =
        rejected(
            ReceiverLine::class.java,
            "long i = head.index();",
            "long i = head.index(); if (i == 0 && end > 1 && head.advance(0)) { continue; }",
        )

    private fun rejected(original: Class<*>, text: String, fault: String) =
        Checks.waitingRejected(Mutant.of(original, text, fault).load(Conflated1::class.java), Spec::class.java)

    private companion object {
        const val THREADS = 3
        const val EACH = 10
        const val NONE = -1
    }
}

/** Waits for an element, or null when the channel is closed. */
private suspend fun CompletableFuture<Int>.elementOrEnd(): Int? {
    if (isDone) return if (isCompletedExceptionally) null else join()
    return suspendCancellableCoroutine { continuation -> whenComplete { value, _ -> continuation.resume(value) { _, _, _ -> } } }
}
