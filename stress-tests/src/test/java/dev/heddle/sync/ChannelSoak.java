// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.channels.Channel;
import dev.heddle.channels.ChannelClosedException;
import dev.heddle.channels.Select;
import dev.heddle.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Elements sent and received in every way there is, by selects too, and channels that end in every way. Each element goes one way only: it
 * is received, or refused, or handed to the hook. Nobody receives elements of one sender in another order than they were
 * sent. In the end the channel is empty, and if it is open, it has all its room.
 */
class ChannelSoak extends Scenario {
    private static final int MOST = 4; // in a batch
    private static final int GIFTS = 64; // for those who wait at the end of a round
    private static final int ENDS = 4000; // one operation in so many ends the channel

    private enum Fate {
        UNKNOWN,
        RECEIVED,
        REFUSED,
        UNDELIVERED
    }

    /** An element. */
    static final class Element {
        private final Worker sender;
        private final int number;
        private final AtomicReference<Fate> fate = new AtomicReference<>(Fate.UNKNOWN);

        Element(Worker sender) {
            this.sender = sender;
            this.number = sender.next++;
        }

        private void becomes(Fate next) {
            if (!fate.compareAndSet(Fate.UNKNOWN, next)) {
                throw new AssertionError(this + " is " + next + " as well");
            }
        }

        @Override
        public String toString() {
            return "element " + number + " of " + System.identityHashCode(sender) + ", " + fate;
        }
    }

    /** MUTANT: takes the end of the time for a send. */
    static final class Hasty extends ChannelSoak {
        Hasty(int capacity, Function<Consumer<Element>, Channel<Element>> make) {
            super(capacity, make);
        }

        @Override
        boolean late() {
            return true;
        }
    }

    /** What one thread has sent and seen in this round. */
    private static final class Worker {
        private final Map<Worker, Integer> seen = new ConcurrentHashMap<>();
        private int next;
    }

    private final Function<Consumer<Element>, Channel<Element>> make;
    private final int room; // as it must be
    private final Map<Dice, Worker> workers = new ConcurrentHashMap<>();
    private final Channel<Element> idle = Channel.rendezvous(); // nobody sends there
    private final Queue<CompletableFuture<?>> left = new ConcurrentLinkedQueue<>();
    private final Queue<CompletableFuture<?>> ends = new ConcurrentLinkedQueue<>(); // of selects
    private final AtomicLong offered = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong undelivered = new AtomicLong();
    private volatile Channel<Element> channel;
    private int round;

    /** A storm over channels of this capacity, which are made with a hook; one a round. */
    ChannelSoak(int capacity, Function<Consumer<Element>, Channel<Element>> make) {
        this.room = capacity;
        this.make = make;
        this.channel = make.apply(this::hook);
    }

    private void hook(Element element) {
        element.becomes(Fate.UNDELIVERED);
        undelivered.incrementAndGet();
    }

    // ---- a round

    @Override
    void act(Dice dice) throws Exception {
        Worker me = workers.computeIfAbsent(dice, any -> new Worker());
        Channel<Element> c = channel;
        try {
            if (dice.oneIn(ENDS)) {
                end(c, dice.oneIn(2));
            } else if (dice.oneIn(4)) {
                select(c, me, dice);
            } else if (dice.oneIn(2)) {
                send(c, me, dice);
            } else {
                receive(c, me, dice);
            }
        } catch (ChannelClosedException closed) {
            assertTrue(c.isClosedForSend(), "closed, and open again");
        }
    }

    private static void end(Channel<Element> c, boolean cancel) {
        if (cancel) {
            c.cancel();
            assertTrue(c.isClosedForReceive(), "cancelled, and not closed");
        } else {
            c.close();
        }
    }

    private void send(Channel<Element> c, Worker me, Dice dice) throws Exception {
        switch (dice.below(6)) {
            case 0, 1 -> c.send(fresh(me));
            case 2 -> {
                Element element = fresh(me);
                refuseUnless(c.send(element, dice.nanos(), TimeUnit.NANOSECONDS), element);
            }
            case 3 -> {
                Element element = fresh(me);
                refuseUnless(c.trySend(element), element);
            }
            case 4 -> c.sendAll(batch(me, dice.below(MOST)));
            default -> giveUpOrLeave(c.sendAsync(fresh(me)), dice, nothing -> {});
        }
    }

    private void receive(Channel<Element> c, Worker me, Dice dice) throws Exception {
        switch (dice.below(7)) {
            case 0, 1 -> take(me, c.receive());
            case 2 -> takeIf(me, c.receive(dice.nanos(), TimeUnit.NANOSECONDS));
            case 3 -> takeIf(me, c.tryReceive());
            case 4 -> {
                List<Element> batch = new ArrayList<>();
                c.receiveMany(batch, 1 + dice.below(MOST));
                batch.forEach(element -> take(me, element));
            }
            case 5 -> assertTrue(c.size() >= 0 && !c.toString().isEmpty());
            default -> giveUpOrLeave(c.receiveAsync(), dice, element -> take(null, element));
        }
    }

    private void select(Channel<Element> c, Worker me, Dice dice) throws Exception {
        Duration soon = Duration.ofNanos(dice.nanos());
        Select.Clause<Boolean> receive = Select.receive(c, element -> {
            take(me, element);
            return false;
        });
        Select.Clause<Boolean> late = Select.timeout(soon, this::late);
        switch (dice.below(6)) {
            case 0 -> Select.any(receive, Select.receive(idle, element -> false), receive);
            case 1 -> Select.first(receive, late);
            case 2 -> {
                Element element = fresh(me);
                selectSend(element, () -> Select.any(send(c, element), Select.receive(idle, none -> false), late));
            }
            case 3 -> {
                Element element = fresh(me);
                selectSend(element, () -> Select.any(receive, send(c, element)));
            }
            case 4 -> {
                Element element = fresh(new Worker()); // no order: it may take its place anew, later
                CompletableFuture<Boolean> sent = Select.anyAsync(late, send(c, element), takeLater(c));
                giveUpOrLeave(
                        sent,
                        (done, failure) -> {
                            if (failure != null || !done) {
                                refuseIfStillHere(element);
                            }
                        },
                        dice);
            }
            default -> {
                CompletableFuture<Boolean> future =
                        Select.firstAsync(takeLater(c), Select.receive(idle, none -> false));
                giveUpOrLeave(future, (done, failure) -> {}, dice);
            }
        }
    }

    /** What a clause for the time says: not sent. */
    boolean late() {
        return false;
    }

    private static Select.Clause<Boolean> send(Channel<Element> c, Element element) {
        return Select.send(c, element, () -> true);
    }

    private Select.Clause<Boolean> takeLater(Channel<Element> c) {
        return Select.receive(c, element -> {
            take(null, element);
            return false;
        });
    }

    private interface Sending {
        boolean run() throws InterruptedException;
    }

    /** Unlike a send, a select that is interrupted gives its element back. */
    private void selectSend(Element element, Sending select) throws InterruptedException {
        try {
            refuseUnless(select.run(), element);
        } catch (InterruptedException | ChannelClosedException e) {
            refuseIfStillHere(element);
            throw e;
        }
    }

    /** The select has not sent it: by another clause, by one that failed, or because it was given up. */
    private void refuseIfStillHere(Element element) {
        if (element.fate.compareAndSet(Fate.UNKNOWN, Fate.REFUSED)) { // else the hook has it
            refused.incrementAndGet();
        }
    }

    private void giveUpOrLeave(CompletableFuture<Boolean> select, BiConsumer<Boolean, Throwable> atItsEnd, Dice dice) {
        ends.add(select.handle((done, failure) -> {
            try {
                if (failure instanceof AssertionError broken) {
                    throw broken;
                }
                atItsEnd.accept(done, failure);
            } catch (AssertionError broken) {
                fault.compareAndSet(null, broken);
            }
            return null;
        }));
        if (dice.oneIn(2)) {
            select.cancel(true);
        } else {
            left.add(select.orTimeout(dice.nanos(), TimeUnit.NANOSECONDS));
        }
    }

    private Element fresh(Worker me) {
        offered.incrementAndGet();
        return new Element(me);
    }

    /** Each element is made when it is its turn: those behind an interrupt are never offered. */
    private Iterable<Element> batch(Worker me, int size) {
        return () -> new Iterator<>() {
            private int given;

            @Override
            public boolean hasNext() {
                return given < size;
            }

            @Override
            public Element next() {
                given++;
                return fresh(me);
            }
        };
    }

    private void refuseUnless(boolean sent, Element element) {
        if (!sent) {
            element.becomes(Fate.REFUSED);
            refused.incrementAndGet();
        }
    }

    private void takeIf(Worker me, Element element) {
        if (element != null) {
            take(me, element);
        }
    }

    /** In order, if one thread receives them one after the other. */
    private void take(Worker me, Element element) {
        element.becomes(Fate.RECEIVED);
        received.incrementAndGet();
        if (me != null) {
            Integer before = me.seen.put(element.sender, element.number);
            assertTrue(before == null || before < element.number, () -> element + " overtaken by " + before);
        }
    }

    private <T> void giveUpOrLeave(CompletableFuture<T> future, Dice dice, Consumer<T> use) throws Exception {
        CompletableFuture<Void> used = future.handle((value, failure) -> {
            try {
                if (failure == null) {
                    use.accept(value);
                }
            } catch (AssertionError broken) {
                fault.compareAndSet(null, broken);
            }
            return null;
        });
        switch (dice.below(4)) {
            case 0 -> left.add(future.orTimeout(dice.nanos(), TimeUnit.NANOSECONDS));
            case 1, 2 -> future.cancel(true);
            default -> {
                try {
                    used.get(dice.nanos(), TimeUnit.NANOSECONDS);
                } catch (TimeoutException late) {
                    left.add(future);
                }
            }
        }
    }

    // ---- its end

    /** Serves all who wait, or ends the channel under them. */
    @Override
    void finish() {
        Channel<Element> c = channel;
        try {
            switch (round % 4) {
                case 0 -> end(c, true);
                case 1 -> c.close();
                default -> {
                    Worker me = new Worker();
                    for (int i = 0; i < GIFTS; i++) {
                        Element element = fresh(me);
                        refuseUnless(c.trySend(element), element);
                    }
                }
            }
            for (Element e = c.tryReceive(); e != null; e = c.tryReceive()) { // ends: nobody starts anything
                take(null, e);
            }
        } catch (ChannelClosedException closed) {
            assertTrue(c.isClosedForSend(), "closed, and open again");
        }
    }

    @Override
    void check() throws Exception {
        left.forEach(future -> future.cancel(true));
        left.clear();
        ends.forEach(end -> Await.until(end::isDone));
        ends.clear();
        Channel<Element> c = channel;
        drain(c);
        assertTrue(c.isEmpty(), () -> "not empty: " + c);
        assertEquals(0, c.size());
        assertEquals(
                offered.get(),
                received.get() + refused.get() + undelivered.get(),
                () -> offered + " offered, " + received + " received, " + refused + " refused, " + undelivered
                        + " to the hook");
        if (!c.isClosedForSend() && room < Channel.UNLIMITED) {
            fill(c);
        }
        assertFewSegments(c);
        assertFewSegments(idle);
        workers.clear();
        channel = make.apply(this::hook);
        round++;
    }

    private void drain(Channel<Element> c) {
        try {
            for (Element e = c.tryReceive(); e != null; e = c.tryReceive()) { // ends: nobody sends
                take(null, e);
            }
        } catch (ChannelClosedException closed) {
            assertTrue(c.isClosedForReceive(), "closed, and elements are left");
        }
    }

    private void fill(Channel<Element> c) {
        Worker me = new Worker();
        for (int i = 0; i < room; i++) {
            assertTrue(c.trySend(fresh(me)), () -> "no room: " + c);
        }
        assertEquals(room, c.size());
        Element tooMany = fresh(me);
        boolean sent = c.trySend(tooMany);
        refuseUnless(sent, tooMany);
        assertFalse(sent, () -> "too much room: " + c);
        drain(c);
    }
}
