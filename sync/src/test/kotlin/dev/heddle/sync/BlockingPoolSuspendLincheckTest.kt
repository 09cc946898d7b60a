// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync

import dev.heddle.testkit.Checks
import dev.heddle.testkit.Mutant
import dev.heddle.testkit.Scenario
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicInteger
import org.jetbrains.lincheck.datastructures.Operation
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test

/**
 * Covers sync 1, 2, 3, 6, 7, 8, 26.
 *
 * The pool is a bag: which element a taker gets is not part of its contract, that nobody else gets it is. The elements are
 * different, and each taker notes what it got.
 */
@Tag("lincheck")
class BlockingPoolSuspendLincheckTest {
    @Scenario("put ; take size | take put | tryTake")
    @Scenario("take! tryTake | put size | take")
    @Scenario("put tryTake | put tryTake")
    @Scenario("put put ; tryTake | tryTake")
    @Scenario("take~ tryTake | put size")
    abstract class Pools(private val pool: BlockingPool<Int>) {
        private val added = AtomicInteger()
        private val out = ConcurrentHashMap.newKeySet<Int>()

        @Operation(promptCancellation = true)
        suspend fun take() {
            note(pool.takeAsync().awaitGrant { pool.put(it) })
        }

        @Operation fun tryTake() = pool.tryTake()?.also { note(it) } != null

        @Operation fun put() = pool.put(added.getAndIncrement())

        @Operation fun size() = pool.size()

        private fun note(element: Int) {
            check(element < added.get() && out.add(element)) { "$element given out twice" }
        }
    }

    class Spec {
        private val units = SequentialUnits(0)

        suspend fun take() = units.take()

        fun tryTake() = units.tryTake()

        fun put() = units.give()

        fun size() = units.free()
    }

    class Fifo1 : Pools(BlockingPool.fifo(Fairness.FIFO, 1, 1))

    class Fifo2 : Pools(BlockingPool.fifo(Fairness.FIFO, 2, 1))

    class BargingFifo1 : Pools(BlockingPool.fifo(Fairness.BARGING, 1, 1))

    class Lifo1 : Pools(BlockingPool.lifo(Fairness.FIFO, 1))

    class BargingLifo2 : Pools(BlockingPool.lifo(Fairness.BARGING, 2))

    @Test
    fun fifo_segmentsOfOne_isLinearizable() = Checks.waiting(Fifo1::class.java, Spec::class.java)

    @Test
    fun fifo_segmentsOfTwo_isLinearizable() = Checks.waiting(Fifo2::class.java, Spec::class.java)

    @Test
    fun bargingFifo_segmentsOfOne_isLinearizable() = Checks.waiting(BargingFifo1::class.java, Spec::class.java)

    @Test
    fun lifo_segmentsOfOne_isLinearizable() = Checks.waiting(Lifo1::class.java, Spec::class.java)

    @Test
    fun bargingLifo_segmentsOfTwo_isLinearizable() = Checks.waiting(BargingLifo2::class.java, Spec::class.java)

    @Test
    fun fifo_stressed_isLinearizable() = Checks.stressed(Fifo2::class.java, Spec::class.java)

    // ---- mutants

    @Test
    @Tag("mutant")
    fun elementIsCountedBeforeItIsStored_isRejected() =
        rejected(
            BlockingPool::class.java,
            "        store.insert(element);\n        for (; ; ) {",
            "        count.giveOne();\n        for (store.insert(element); element != null; element = null) {\n" +
                "            if (element != null) continue;",
            Fifo1::class.java,
        )

    @Test
    @Tag("mutant")
    fun spoiltCellCountsAsFilled_isRejected() =
        rejected(
            QueueStore::class.java,
            "if (s.casCell(s.offsetOf(i), null, element)) {",
            "if (s.casCell(s.offsetOf(i), null, element) || i >= 0) {",
            Fifo1::class.java,
        )

    @Test
    @Tag("mutant")
    fun stackIsPoppedInTwoSteps_isRejected() =
        rejected(
            StackStore::class.java,
            "if (HEAD.compareAndSet(this, h, h.next)) {",
            "head = h.next; if (h != null) {",
            Lifo1::class.java,
        )

    private fun rejected(original: Class<*>, text: String, fault: String, subject: Class<*>) =
        Checks.waitingRejected(Mutant.of(original, text, fault).load(subject), Spec::class.java)
}
