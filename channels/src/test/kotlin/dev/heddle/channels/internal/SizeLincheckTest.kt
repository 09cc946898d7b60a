// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal

import dev.heddle.channels.Channel
import dev.heddle.testkit.Checks
import dev.heddle.testkit.Mutant
import dev.heddle.testkit.Scenario
import java.util.concurrent.ConcurrentLinkedQueue
import org.jetbrains.lincheck.datastructures.Operation
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test

/** Covers channels 9, 24: the size at rest. It counts elements, and no sender that waits or has left. */
@Tag("lincheck")
class SizeLincheckTest {
    /** Two sends wait, behind as many elements as there is room for. */
    @Scenario("size ; recallFirst trySend | tryReceive trySend | tryReceive ; size")
    @Scenario("size ; recallSecond tryReceive | tryReceive trySend ; size tryReceive size trySend size")
    @Scenario("; recallFirst | tryReceive close ; size isEmpty")
    @Scenario("; recallSecond | tryReceive cancel ; size isEmpty")
    open class Senders(
        private val capacity: Int,
        hooked: ConcurrentLinkedQueue<Int>,
        private val channel: Channel<Int> = CellChannel(capacity, 1, hooked::add),
    ) : GivenSenders(capacity, hooked, channel) {
        @Operation fun size() = channel.size()
    }

    /** Two receives wait. */
    @Scenario("size ; leaveFirst trySend | trySend tryReceive | trySendNext ; size")
    @Scenario("; leaveSecond trySend | trySend trySendNext ; size trySend size")
    @Scenario("; leaveFirst trySend | trySend cancel ; size isEmpty")
    open class Receivers(
        capacity: Int,
        hooked: ConcurrentLinkedQueue<Int>,
        private val channel: Channel<Int> = CellChannel(capacity, 1, hooked::add),
    ) : GivenReceivers(hooked, channel) {
        @Operation fun size() = channel.size()
    }

    class Senders0 : Senders(0, ConcurrentLinkedQueue())

    class Senders0Spec : GivenSendersSpec(0)

    class Senders1 : Senders(1, ConcurrentLinkedQueue())

    class Senders1Spec : GivenSendersSpec(1)

    @Scenario("size ; recallFirst trySend | tryReceive trySend ; size")
    class Senders2 : Senders(2, ConcurrentLinkedQueue())

    class Senders2Spec : GivenSendersSpec(2)

    class Receivers1 : Receivers(1, ConcurrentLinkedQueue())

    class Receivers1Spec : GivenReceiversSpec(1)

    /** Nobody ever waits to send. */
    @Scenario("trySend ; tryReceive trySend | trySendNext tryReceive | trySend ; size")
    @Scenario("trySend trySendNext ; tryReceive tryReceive | trySend tryReceive ; size tryReceive size")
    @Scenario("trySend ; tryReceive close | trySend trySendNext ; size")
    @Scenario("trySend ; tryReceive trySend | trySend cancel ; size")
    class Unlimited {
        private val channel = channel(Channel.UNLIMITED, 2)
        private val sent = IntArray(THREADS)

        @Operation fun trySend(thread: Int) = channel.trySend(EACH * thread + sent[thread]++)

        @Operation fun trySendNext(thread: Int) = trySend(thread)

        @Operation fun tryReceive(): Int? = channel.tryReceive()

        @Operation fun close() = channel.close()

        @Operation
        fun cancel() {
            channel.cancel()
        }

        @Operation fun size() = channel.size()
    }

    class UnlimitedSpec {
        private val channel = SequentialChannel(Channel.UNLIMITED)
        private val sent = IntArray(THREADS)

        fun trySend(thread: Int) = channel.trySend(EACH * thread + sent[thread]++)

        fun trySendNext(thread: Int) = trySend(thread)

        fun tryReceive() = channel.tryReceive()

        fun close() = channel.close()

        fun cancel() = channel.cancel()

        fun size() = channel.size()
    }

    @Test
    fun rendezvous_sendersGivenUp_isRight() = Checks.directed(Senders0::class.java, Senders0Spec::class.java)

    @Test
    fun one_sendersGivenUp_isRight() = Checks.directed(Senders1::class.java, Senders1Spec::class.java)

    @Test
    fun two_sendersGivenUp_isRight() = Checks.directed(Senders2::class.java, Senders2Spec::class.java)

    @Test
    fun one_receiversGivenUp_isRight() = Checks.directed(Receivers1::class.java, Receivers1Spec::class.java)

    @Test
    fun unlimited_isRight() = Checks.directed(Unlimited::class.java, UnlimitedSpec::class.java)

    // ---- mutants

    @Test
    @Tag("mutant")
    fun sizeIsGuessedFromTickets_isRejected() =
        rejected("return clamped(count(true));", "return clamped(Math.max(sent() - next(), 0));")

    @Test
    @Tag("mutant")
    fun sendersThatWaitAreCounted_isRejected() = rejected("if (elements ? element : ", "if (elements ? isAlive(x) : ")

    private fun rejected(text: String, fault: String) =
        Checks.waitingRejected(
            Mutant.of(CellQueries::class.java, text, fault).load(Senders1::class.java),
            Senders1Spec::class.java,
        )

    private companion object {
        const val THREADS = 5
        const val EACH = 10
    }
}
