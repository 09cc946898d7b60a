// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal

import dev.heddle.channels.Channel
import dev.heddle.channels.Select
import dev.heddle.testkit.Checks
import dev.heddle.testkit.Scenario
import org.jetbrains.lincheck.datastructures.Operation
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test

/**
 * Covers channels 9, 14, 24: a select with two clauses of one channel is what its operation is: one of the two takes effect.
 * Over several channels a select is no single step, since it looks at them one after the other: see SelectInterleavingTest.
 */
@Tag("lincheck")
class SelectSuspendLincheckTest {
    abstract class Selects(private val channel: Channel<Int>) {
        @Operation(promptCancellation = true)
        suspend fun selectSend(thread: Int) {
            val send = Select.send(channel, 10 * thread + 1) { 0 }
            Select.firstAsync(send, send).awaitOutcome()
        }

        @Operation(promptCancellation = true)
        suspend fun selectReceive(): Int {
            val receive = Select.receive<Int, Int>(channel) { it }
            return Select.firstAsync(receive, receive).awaitOutcome()
        }

        @Operation(promptCancellation = true)
        suspend fun receive(): Int = channel.receiveAsync().awaitOutcome()

        @Operation fun trySend(thread: Int) = channel.trySend(10 * thread + 2)

        @Operation fun tryReceive(): Int? = channel.tryReceive()

        @Operation fun close() = channel.close()
    }

    abstract class SelectsSpec internal constructor(private val channel: SequentialChannel) {
        suspend fun selectSend(thread: Int) = channel.send(10 * thread + 1)

        suspend fun selectReceive() = channel.receive()

        suspend fun receive() = channel.receive()

        fun trySend(thread: Int) = channel.trySend(10 * thread + 2)

        fun tryReceive() = channel.tryReceive()

        fun close() = channel.close()
    }

    @Scenario("selectReceive | trySend | trySend")
    @Scenario("selectSend | tryReceive | receive")
    @Scenario("selectSend! | receive | selectReceive")
    @Scenario("selectReceive | close | trySend")
    class Rendezvous1 : Selects(channel(0, 1))

    @Scenario("selectSend | selectReceive | trySend")
    @Scenario("selectReceive! | trySend | receive")
    @Scenario("selectSend | close | tryReceive")
    class Rendezvous2 : Selects(channel(0, 2))

    class RendezvousSpec : SelectsSpec(SequentialChannel(0))

    @Scenario("trySend ; selectSend | tryReceive trySend | tryReceive")
    @Scenario("trySend ; selectSend | selectReceive | trySend")
    @Scenario("trySend ; selectSend! | tryReceive trySend | trySend")
    class One1 : Selects(channel(1, 1))

    @Scenario("trySend ; selectSend | receive receive | trySend")
    @Scenario("selectReceive | selectReceive | trySend trySend")
    @Scenario("trySend ; selectSend | close | tryReceive tryReceive")
    class One2 : Selects(channel(1, 2))

    class OneSpec : SelectsSpec(SequentialChannel(1))

    @Scenario("selectReceive | trySend tryReceive | trySend")
    @Scenario("selectReceive | close | trySend")
    class Conflated1 : Selects(ConflatedChannel<Int>(null, 1))

    @Scenario("selectReceive | trySend trySend | selectReceive")
    @Scenario("trySend ; selectReceive | selectSend | tryReceive")
    class Conflated2 : Selects(ConflatedChannel<Int>(null, 2))

    class ConflatedSpec : SelectsSpec(SequentialChannel(1, true))

    @Test
    fun rendezvous_segmentsOfOne_isLinearizable() =
        Checks.directed(Rendezvous1::class.java, RendezvousSpec::class.java)

    @Test
    fun rendezvous_segmentsOfTwo_isLinearizable() =
        Checks.directed(Rendezvous2::class.java, RendezvousSpec::class.java)

    @Test fun one_segmentsOfOne_isLinearizable() = Checks.directed(One1::class.java, OneSpec::class.java)

    @Test fun one_segmentsOfTwo_isLinearizable() = Checks.directed(One2::class.java, OneSpec::class.java)

    @Test
    fun conflated_segmentsOfOne_isLinearizable() =
        Checks.directed(Conflated1::class.java, ConflatedSpec::class.java)

    @Test
    fun conflated_segmentsOfTwo_isLinearizable() =
        Checks.directed(Conflated2::class.java, ConflatedSpec::class.java)

    // ---- mutants

    @Test
    @Tag("mutant")
    fun selectIsChosenWhileItRegisters_isRejected() =
        rejected(
            Selection::class.java,
            "if (s == round.waiting) {",
            "if (round.isOpen(s)) {",
            Rendezvous1::class.java,
            RendezvousSpec::class.java,
        )

    @Test
    @Tag("mutant")
    fun losingSenderIsNotCounted_isRejected() =
        rejected(
            CellWindows::class.java,
            "breakCell(lost.segment(), lost.offset(), lost);",
            "abandonCell(lost);",
            One1::class.java,
            OneSpec::class.java,
        )
}
