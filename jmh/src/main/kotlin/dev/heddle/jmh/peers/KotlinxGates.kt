// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.peers

import dev.heddle.jmh.Pot
import dev.heddle.jmh.Work
import java.util.function.IntFunction
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.DelicateCoroutinesApi
import kotlinx.coroutines.GlobalScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.Semaphore

/** The gates of kotlinx.coroutines, driven from suspending code so that no bridge is paid for at each passage. */
abstract class KotlinxGates {
    protected abstract suspend fun pass(work: Work)

    private suspend fun loop(pot: Pot, work: Work) {
        var helping = pot.take()
        while (helping > 0) { // ends: the pot is empty
            repeat(helping) { pass(work) }
            helping = pot.take()
        }
    }

    /** Passes the gate from the calling thread, which runs an event loop until the pot is empty. */
    fun loopBlocking(pot: Pot, work: Work) = runBlocking { loop(pot, work) }

    /** Passes the gate from new coroutines on the default dispatcher. */
    fun launchAndJoin(coroutines: Int, pot: Pot, works: IntFunction<Work>) = runBlocking(Dispatchers.Default) {
        for (i in 0 until coroutines) {
            launch { loop(pot, works.apply(i)) }
        }
    }

    class OfSemaphore(private val semaphore: Semaphore) : KotlinxGates() {
        override suspend fun pass(work: Work) {
            work.some()
            semaphore.acquire()
            work.some()
            semaphore.release()
        }
    }

    class OfMutex(private val mutex: Mutex) : KotlinxGates() {
        override suspend fun pass(work: Work) {
            work.some()
            mutex.lock()
            work.some()
            mutex.unlock()
        }
    }
}

/** Coroutines that wait on a semaphore without permits until they are cancelled. */
@OptIn(DelicateCoroutinesApi::class)
class KotlinxWaiters(private val semaphore: Semaphore) {
    /** Starts a coroutine that suspends in `acquire` before this returns; cancelling the job is the abort. */
    fun park(): Job = GlobalScope.launch(Dispatchers.Unconfined, CoroutineStart.UNDISPATCHED) { semaphore.acquire() }

    /** Starts [count] coroutines on the default dispatcher that wait. */
    fun parkMany(count: Int): List<Job> = List(count) {
        GlobalScope.launch(Dispatchers.Default, CoroutineStart.UNDISPATCHED) { semaphore.acquire() }
    }

    /** Cancels every job, in the order given, and waits for all. */
    fun cancelAndJoin(jobs: List<Job>) = runBlocking {
        jobs.forEach { it.cancel() }
        jobs.joinAll()
    }
}
