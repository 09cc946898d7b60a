// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal

import dev.heddle.channels.Channel
import dev.heddle.channels.ChannelClosedException
import dev.heddle.testkit.PromptCancels
import dev.heddle.testkit.Scenario
import dev.heddle.testkit.Untraced
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionException
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.atomic.AtomicBoolean
import kotlin.coroutines.resumeWithException
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.suspendCancellableCoroutine
import org.jetbrains.lincheck.datastructures.Operation
import org.jetbrains.lincheck.datastructures.Validate

/**
 * Waits for an operation of a channel; a cancelled wait gives it up. An exchange that comes before that has happened, and
 * its element is gone; the canceller waits until it has been told. So it takes [PromptCancels].
 */
internal suspend fun <T> CompletableFuture<T>.awaitOutcome(): T {
    if (isDone) {
        try {
            return join()
        } catch (e: CompletionException) {
            throw e.cause!!
        }
    }
    val handedOn = AtomicBoolean()
    return suspendCancellableCoroutine { continuation ->
        whenComplete { value, failure ->
            if (failure == null) {
                continuation.resume(value) { _, _, _ -> }
            } else if (failure is ChannelClosedException) {
                continuation.resumeWithException(failure)
            }
            handedOn.set(true)
        }
        continuation.invokeOnCancellation {
            if (!cancel(false)) while (!handedOn.get()) Thread.onSpinWait()
        }
    }
}

/** The channel as it should be, one step after the other: an operation that is given up has no effect. */
internal class SequentialChannel(private val capacity: Int, private val conflates: Boolean = false) {
    private class Sender(val element: Int, val continuation: CancellableContinuation<Unit>)

    private val buffer = ArrayDeque<Int>()
    private val senders = ArrayDeque<Sender>()
    private val receivers = ArrayDeque<CancellableContinuation<Int>>()
    private var closed = false

    suspend fun send(element: Int) {
        if (trySend(element)) return
        suspendCancellableCoroutine { continuation ->
            val sender = Sender(element, continuation)
            senders.addLast(sender)
            continuation.invokeOnCancellation { senders.remove(sender) }
        }
    }

    suspend fun receive(): Int {
        tryReceive()?.let { return it }
        return suspendCancellableCoroutine { continuation ->
            receivers.addLast(continuation)
            continuation.invokeOnCancellation { receivers.remove(continuation) }
        }
    }

    fun trySend(element: Int): Boolean {
        if (closed) throw closedException()
        if (receivers.isNotEmpty()) {
            receivers.removeFirst().resume(element) { _, _, _ -> }
            return true
        }
        if (conflates) buffer.clear()
        return (buffer.size < capacity).also { if (it) buffer.addLast(element) }
    }

    fun tryReceive(): Int? {
        val element = buffer.removeFirstOrNull()
        val sender = senders.removeFirstOrNull()
        sender?.continuation?.resume(Unit) { _, _, _ -> }
        if (element == null) {
            if (sender == null && closed) throw closedException()
            return sender?.element
        }
        if (sender != null) buffer.addLast(sender.element)
        return element
    }

    fun close(): Boolean {
        val first = !closed
        closed = true
        receivers.forEach { it.resumeWithException(closedException()) }
        receivers.clear()
        return first
    }

    fun cancel() {
        close()
        buffer.clear()
        senders.forEach { it.continuation.resumeWithException(closedException()) }
        senders.clear()
    }

    fun isEmpty() = buffer.isEmpty() && senders.isEmpty()

    fun isClosedForReceive() = closed && isEmpty()

    fun isClosedForSend() = closed

    fun size() = buffer.size

    private fun closedException() = ChannelClosedException("closed", null)
}

/** All elements of one thread differ, and grow in the order in which it sends them if it uses the operations in turn. */
internal fun element(thread: Int, number: Int) = 10 * thread + number

internal fun channel(capacity: Int, segmentSize: Int) = CellChannel<Int>(capacity, segmentSize, null)

/** An empty channel behind whose buffer a send has given up. */
internal fun afterAbort(capacity: Int, segmentSize: Int) = channel(capacity, segmentSize).also { channel ->
    repeat(capacity) { check(channel.trySend(it)) }
    check(channel.sendAsync(capacity).cancel(false))
    repeat(capacity) { check(channel.tryReceive() == it) }
}

/** Operations of a channel that wait, that do not, and that end it. */
@PromptCancels
abstract class Operations(private val channel: Channel<Int>) {
    @Operation(promptCancellation = true)
    suspend fun send(thread: Int) {
        channel.sendAsync(element(thread, 1)).awaitOutcome()
    }

    @Operation(promptCancellation = true)
    suspend fun sendNext(thread: Int) {
        channel.sendAsync(element(thread, 2)).awaitOutcome()
    }

    @Operation(promptCancellation = true)
    suspend fun receive(): Int = channel.receiveAsync().awaitOutcome()

    @Operation fun trySend(thread: Int) = channel.trySend(element(thread, 5))

    @Operation fun trySendNext(thread: Int) = channel.trySend(element(thread, 6))

    @Operation fun tryReceive(): Int? = channel.tryReceive()

    @Operation fun close() = channel.close()

    @Operation
    fun cancel() {
        channel.cancel()
    }

    @Operation fun isEmpty() = channel.isEmpty

    @Operation fun isClosedForReceive() = channel.isClosedForReceive()

    @Operation fun isClosedForSend() = channel.isClosedForSend()
}

/** Their specification. */
abstract class OperationsSpec internal constructor(private val channel: SequentialChannel) {
    suspend fun send(thread: Int) = channel.send(element(thread, 1))

    suspend fun sendNext(thread: Int) = channel.send(element(thread, 2))

    suspend fun receive(): Int = channel.receive()

    fun trySend(thread: Int) = channel.trySend(element(thread, 5))

    fun trySendNext(thread: Int) = channel.trySend(element(thread, 6))

    fun tryReceive() = channel.tryReceive()

    fun close() = channel.close()

    fun cancel() = channel.cancel()

    fun isEmpty() = channel.isEmpty()

    fun isClosedForReceive() = channel.isClosedForReceive()

    fun isClosedForSend() = channel.isClosedForSend()
}

/**
 * A channel in which futures wait that are given up as futures, which is exact, as a coroutine on top is not. Nobody else
 * waits, so in the end nothing may: then every element has gone exactly one way, and the channel has all its room.
 */
abstract class Given(private val hooked: ConcurrentLinkedQueue<Int>, private val channel: Channel<Int>) {
    private val sent = ConcurrentLinkedQueue<Int>()
    private val received = ConcurrentLinkedQueue<Int>()
    protected val sends = ArrayList<CompletableFuture<Void>>()
    protected val receives = ArrayList<CompletableFuture<Int>>()

    /** Sends at once. */
    protected fun fill(element: Int) {
        check(channel.trySend(element))
        sent.add(element)
    }

    /** Starts a send. */
    protected fun sending(element: Int, send: (Int) -> CompletableFuture<Void> = channel::sendAsync) {
        sends.add(send(element))
        sent.add(element) // or handed to the hook: either way it must turn up
    }

    /** Notes an element that was taken out of the channel. */
    protected fun took(element: Int) {
        received.add(element)
    }

    /** Starts a receive. */
    protected fun receiving() {
        receives.add(channel.receiveAsync())
    }

    @Operation fun trySend(thread: Int) = send(element(thread, 5))

    @Operation fun trySendNext(thread: Int) = send(element(thread, 6))

    private fun send(element: Int): Boolean {
        try {
            return channel.trySend(element).also { if (it) sent.add(element) }
        } catch (closed: ChannelClosedException) {
            sent.add(element) // the hook has it
            throw closed
        }
    }

    @Operation fun tryReceive(): Int? = channel.tryReceive()?.also { received.add(it) }

    @Operation fun close() = channel.close()

    @Operation
    fun cancel() {
        channel.cancel()
    }

    @Operation fun isEmpty() = channel.isEmpty

    @Operation fun isClosedForReceive() = channel.isClosedForReceive()

    @Validate fun conserved() = Untraced.run { isConserved() }

    /** Takes all out and compares; then fills the channel again, if it is open. */
    private fun isConserved() {
        receives.filter { it.isDone && !it.isCompletedExceptionally }.forEach { received.add(it.join()) }
        receives.forEach { it.cancel(false) }
        try {
            while (true) received.add(channel.tryReceive() ?: break) // ends: finitely many were sent
        } catch (drained: ChannelClosedException) {
            check(channel.isClosedForReceive())
        }
        val gone = (received + hooked).sorted()
        check(gone == sent.sorted()) { "sent $sent, received $received, handed to the hook $hooked: $channel" }
        check(channel.isEmpty && channel.size() == 0) { "not empty: $channel" }
        check(sends.all { it.isDone }) { "somebody waits to send to $channel" }
        if (channel.isClosedForSend || channel.capacity() == Channel.UNLIMITED) return
        if (channel is CellChannel) {
            repeat(channel.capacity()) { check(channel.trySend(it)) { "no room for $it in $channel" } }
            check(!channel.trySend(99)) { "too much room in $channel" }
            check(channel.size() == channel.capacity()) { "wrong size: $channel" }
        }
    }
}

/** Two sends wait, behind as many elements as there is room for. */
@Scenario("recallFirst trySend | tryReceive trySend | isEmpty")
@Scenario("recallFirst tryReceive | recallSecond trySend | tryReceive tryReceive")
@Scenario("recallSecond | tryReceive trySend | tryReceive trySend")
@Scenario("recallFirst isClosedForReceive | tryReceive tryReceive | close")
@Scenario("recallFirst | tryReceive tryReceive | cancel isEmpty")
abstract class GivenSenders(capacity: Int, hooked: ConcurrentLinkedQueue<Int>, channel: Channel<Int>) :
    Given(hooked, channel) {
    init {
        repeat(capacity) { fill(it) }
        sending(100)
        sending(200)
    }

    @Operation(runOnce = true)
    fun recallFirst() = sends[0].cancel(false)

    @Operation(runOnce = true)
    fun recallSecond() = sends[1].cancel(false)
}

/** Two receives wait. */
@Scenario("leaveFirst trySend | trySend tryReceive | isEmpty")
@Scenario("leaveFirst leaveSecond | trySend trySendNext | tryReceive")
@Scenario("leaveFirst isClosedForReceive | trySend | close")
@Scenario("leaveSecond | trySend trySendNext | cancel")
abstract class GivenReceivers(hooked: ConcurrentLinkedQueue<Int>, channel: Channel<Int>) : Given(hooked, channel) {
    init {
        receiving()
        receiving()
    }

    @Operation(runOnce = true)
    fun leaveFirst() = receives[0].cancel(false)

    @Operation(runOnce = true)
    fun leaveSecond() = receives[1].cancel(false)
}

/** Its specification. */
abstract class GivenSpec(private val capacity: Int) {
    private val buffer = ArrayDeque<Int>()
    private val sends = ArrayList<Int>()
    private val receives = ArrayList<Int>()
    protected val senders = ArrayDeque<Int>() // by number
    protected val receivers = ArrayDeque<Int>()
    private var closed = false

    protected fun fill(element: Int) {
        buffer.addLast(element)
    }

    protected fun sending(element: Int) {
        senders.addLast(sends.size)
        sends.add(element)
    }

    protected fun receiving() {
        receivers.addLast(receives.size)
        receives.add(0)
    }

    fun trySend(thread: Int) = send(element(thread, 5))

    fun trySendNext(thread: Int) = send(element(thread, 6))

    private fun send(element: Int): Boolean {
        if (closed) throw ChannelClosedException("closed", null)
        if (receivers.removeFirstOrNull() != null) return true
        return (buffer.size < capacity).also { if (it) buffer.addLast(element) }
    }

    fun tryReceive(): Int? {
        val element = buffer.removeFirstOrNull()
        val next = senders.removeFirstOrNull()?.let { sends[it] }
        if (element == null) {
            if (next == null && closed) throw ChannelClosedException("closed", null)
            return next
        }
        if (next != null) buffer.addLast(next)
        return element
    }

    fun close(): Boolean {
        val first = !closed
        closed = true
        receivers.clear()
        return first
    }

    fun cancel() {
        close()
        buffer.clear()
        senders.clear()
    }

    fun isEmpty() = buffer.isEmpty() && senders.isEmpty()

    fun isClosedForReceive() = closed && isEmpty()

    fun size() = buffer.size
}

/** That of [GivenSenders]. */
abstract class GivenSendersSpec(capacity: Int) : GivenSpec(capacity) {
    init {
        repeat(capacity) { fill(it) }
        sending(100)
        sending(200)
    }

    fun recallFirst() = senders.remove(0)

    fun recallSecond() = senders.remove(1)
}

/** That of [GivenReceivers]. */
abstract class GivenReceiversSpec(capacity: Int) : GivenSpec(capacity) {
    init {
        receiving()
        receiving()
    }

    fun leaveFirst() = receivers.remove(0)

    fun leaveSecond() = receivers.remove(1)
}
