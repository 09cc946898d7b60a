// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.peers

import dev.heddle.jmh.Pot
import dev.heddle.jmh.Work
import java.util.concurrent.CompletableFuture
import java.util.concurrent.Executor
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.DelicateCoroutinesApi
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.GlobalScope
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.future.future
import kotlinx.coroutines.launch
import kotlinx.coroutines.selects.select

/** Runs [body] as one round; nothing blocks but who waits for its end. */
@OptIn(DelicateCoroutinesApi::class)
private fun round(on: CoroutineDispatcher, body: suspend CoroutineScope.() -> Unit): CompletableFuture<Unit> =
    GlobalScope.future(on) { coroutineScope(body) }

/** Coroutines that send and receive through one channel. */
class KotlinxTransfers(capacity: Int) {
    private val channel = Channel<Any>(capacity)

    /** Empties both pots. */
    fun move(senders: Int, receivers: Int, into: Pot, out: Pot, works: Array<Work?>): CompletableFuture<Unit> =
        round(Dispatchers.Default) {
            for (i in 0 until senders) launch { send(into, works[i]) }
            for (i in 0 until receivers) launch { receive(out, works[senders + i]) }
        }

    companion object {
        /** The capacity that makes a channel keep its latest element only. */
        const val CONFLATED: Int = Channel.CONFLATED

        /** A channel to be weighed. */
        @JvmStatic fun idle(capacity: Int): Any = Channel<Any>(capacity)
    }

    private suspend fun send(pot: Pot, work: Work?) {
        var helping = pot.take()
        while (helping > 0) { // ends: the pot is empty
            repeat(helping) {
                work?.some()
                channel.send(pot)
            }
            helping = pot.take()
        }
    }

    private suspend fun receive(pot: Pot, work: Work?) {
        var helping = pot.take()
        while (helping > 0) { // ends: the pot is empty
            repeat(helping) {
                channel.receive()
                work?.some()
            }
            helping = pot.take()
        }
    }
}

/** Coroutines in a row, a channel between each two. */
class KotlinxChain(capacity: Int, private val members: Int) {
    private val channels = List(members - 1) { Channel<Any>(capacity) }

    /** Sends so many elements through. */
    fun pass(elements: Int): CompletableFuture<Unit> = round(Dispatchers.Default) {
        for (member in 0 until members) {
            launch {
                repeat(elements) {
                    val element = if (member == 0) channels else channels[member - 1].receive()
                    if (member < channels.size) channels[member].send(element)
                }
            }
        }
    }
}

/** As the chain, and each stage works; on the default dispatcher if no executor is given. */
class KotlinxPipeline(capacity: Int, private val stages: Int, executor: Executor?) {
    private val channels = List(stages - 1) { Channel<Any>(capacity) }
    private val works = Work.of(stages)
    private val dispatcher = executor?.asCoroutineDispatcher() ?: Dispatchers.Default

    /** Sends so many elements through. */
    fun pass(elements: Int): CompletableFuture<Unit> = round(dispatcher) {
        for (stage in 0 until stages) {
            launch {
                repeat(elements) {
                    val element = if (stage == 0) channels else channels[stage - 1].receive()
                    works[stage].some()
                    if (stage < channels.size) channels[stage].send(element)
                }
            }
        }
    }
}

/** A rendezvous channel of which one side gives up. */
@OptIn(DelicateCoroutinesApi::class)
class KotlinxAborted(private val senders: Boolean) {
    private val channel = Channel<Any>()

    /** One coroutine waits and is cancelled. */
    fun abort() = come(senders).cancel()

    /** The other side comes and waits, and is served. */
    fun exchange(): Boolean {
        val waiting = come(!senders)
        val done = if (senders) channel.trySend(this).isSuccess else channel.tryReceive().isSuccess
        return done && waiting.isCompleted
    }

    private fun come(sender: Boolean) = GlobalScope.launch(Dispatchers.Unconfined, CoroutineStart.UNDISPATCHED) {
        if (sender) channel.send(this@KotlinxAborted) else channel.receive()
    }
}

/** A channel that keeps the latest element. */
class KotlinxConflated {
    private val channel = Channel<Any>(Channel.CONFLATED)

    /** Replaces it. */
    fun send(element: Any) {
        channel.trySend(element)
    }
}

/** Channels and a select that receives from the first of them that has an element. */
class KotlinxSelecting(channels: Int, capacity: Int) {
    private val channels = List(channels) { Channel<Any>(capacity) }

    /** One coroutine sends and selects by turns, in the thread that calls. */
    fun alone(elements: Int): CompletableFuture<Unit> = round(Dispatchers.Unconfined) {
        for (i in 0 until elements) {
            channels[i % channels.size].send(this@KotlinxSelecting)
            expect(receive())
        }
    }

    /** One coroutine sends to channels at random, another selects. */
    fun waiting(elements: Int, random: Work): CompletableFuture<Unit> = round(Dispatchers.Default) {
        launch { repeat(elements) { channels[random.pick(channels.size)].send(this@KotlinxSelecting) } }
        launch { repeat(elements) { expect(receive()) } }
    }

    private suspend fun receive(): Any = select { for (channel in channels) channel.onReceive { it } }

    private fun expect(received: Any) = check(received === this) { "received $received" }
}
