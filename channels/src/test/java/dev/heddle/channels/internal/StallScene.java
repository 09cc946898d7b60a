// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.channels.ChannelClosedException;
import dev.heddle.channels.Reservation;
import dev.heddle.testkit.Await;
import dev.heddle.testkit.Stall;
import dev.heddle.testkit.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;

/**
 * One thread of a channel stops at one place of an operation. Others must be able to send and receive, and to end a closing
 * that it began; later it goes on, and nothing may be lost. Runs as a copy, see {@link Stall}.
 */
class StallScene implements IntFunction<String> {
    /** The operation that stops, and what there is in the channel before. */
    enum Victim {
        SEND(Before.NOTHING),
        SEND_TO_RECEIVERS(Before.RECEIVERS),
        SEND_BEHIND_SENDERS(Before.SENDERS),
        RECEIVE(Before.NOTHING),
        RECEIVE_ELEMENT(Before.FULL),
        RECEIVE_FROM_SENDERS(Before.SENDERS),
        TRY_SEND(Before.SENDERS),
        TRY_RECEIVE(Before.SENDERS),
        ABORT_FIRST(Before.SENDERS),
        ABORT_LAST(Before.SENDERS),
        ABORT_RECEIVE(Before.RECEIVERS),
        CLOSE(Before.RECEIVERS),
        CLOSE_SENDERS(Before.SENDERS),
        CANCEL(Before.RECEIVERS),
        CANCEL_SENDERS(Before.SENDERS),
        REMOVE(Before.SENDERS),
        RESERVE(Before.NOTHING),
        SEND_KEPT(Before.NOTHING),
        GIVE_BACK(Before.NOTHING),
        SEND_IN_WINDOW(Before.WINDOW),
        RECEIVE_IN_WINDOW(Before.WINDOW),
        TRY_RECEIVE_IN_WINDOW(Before.WINDOW),
        SEND_ALL(Before.RECEIVERS),
        SEND_RUN(Before.NOTHING), // in segments of its own
        RECEIVE_MANY(Before.FULL);

        private final Before before;

        Victim(Before before) {
            this.before = before;
        }

        /** How many of those who waited may have to go on waiting: those that it has claimed and not yet told, or itself. */
        int keeps() {
            return switch (this) {
                case SEND_TO_RECEIVERS, RECEIVE_FROM_SENDERS, TRY_RECEIVE, REMOVE -> 1;
                case ABORT_FIRST, ABORT_LAST, ABORT_RECEIVE -> 1;
                case SEND_ALL, CLOSE, CANCEL, CANCEL_SENDERS -> WAITERS; // futures are told when all are claimed
                default -> 0;
            };
        }

        /** Whether it makes sense on a channel of this capacity. */
        boolean fits(int capacity) {
            return switch (this) {
                case REMOVE, RESERVE, SEND_KEPT, GIVE_BACK -> capacity == 1 || capacity == 2;
                case ABORT_FIRST, ABORT_LAST, TRY_SEND -> capacity != Shapes.UNLIMITED;
                case SEND_IN_WINDOW, RECEIVE_IN_WINDOW, TRY_RECEIVE_IN_WINDOW -> capacity != Shapes.UNLIMITED;
                case SEND_RUN -> capacity > 1;
                case RECEIVE_MANY, RECEIVE_ELEMENT -> capacity > 0;
                default -> true;
            };
        }
    }

    private enum Before {
        NOTHING,
        RECEIVERS,
        FULL,
        SENDERS, // as many as there is room for, and some more
        WINDOW // the cells of senders that have given up are next
    }

    private static final int WAITERS = 2;
    private static final int LIVE = 100; // the first element of the others
    private static final int LAST = LIVE + 9;
    private static final int PROBE = 50;
    private static final int OWN = 10; // elements of the one that stops

    private final Victim victim;
    private final CellChannel<Integer> channel;
    private final Duration limit; // for the others
    private final Queue<Integer> offered = new ConcurrentLinkedQueue<>(); // each must turn up
    private final Queue<Integer> gone = new ConcurrentLinkedQueue<>(); // received, removed or handed to the hook
    private final List<CompletableFuture<?>> waiting = new ArrayList<>(); // from before
    private final Queue<CompletableFuture<Integer>> receives = new ConcurrentLinkedQueue<>();
    private Reservation<Integer> place;
    private volatile boolean told; // one of the others was told that the channel is closed

    StallScene(String victim, int capacity, int segment, Duration limit) {
        this.victim = Victim.valueOf(victim);
        this.channel = new CellChannel<>(capacity, segment, gone::add);
        this.limit = limit;
    }

    /** Null: the operation has no such step. Else how many of those who waited were kept waiting by it. */
    @Override
    public String apply(int at) {
        prepare();
        Stall stall = Stall.start(at, this::operate);
        boolean stopped = stall.isStopped();
        String kept = null;
        try {
            if (stopped) {
                others(this::probe);
                others(this::send, this::receive);
                kept = String.valueOf(
                        waiting.stream().filter(each -> !each.isDone()).count());
                check(!told || channel.isClosedForSend(), "told, but not closed");
            }
        } finally {
            stall.release(this::help);
        }
        settle();
        return kept;
    }

    // ---- before

    private void prepare() {
        int full = Math.min(channel.capacity(), 2);
        switch (victim.before) {
            case NOTHING -> {}
            case RECEIVERS -> {
                for (int i = 0; i < WAITERS; i++) {
                    waiting.add(receiving());
                }
            }
            case FULL -> fill(0, full);
            case SENDERS -> {
                fill(0, full);
                for (int i = full; i < full + WAITERS; i++) {
                    waiting.add(sending(i));
                }
            }
            case WINDOW -> {
                fill(0, full);
                for (int i = full; i < full + WAITERS; i++) {
                    sending(i).cancel(false);
                }
                for (int i = 0; i < full; i++) {
                    tryReceive();
                }
            }
        }
        if (victim == Victim.SEND_KEPT || victim == Victim.GIVE_BACK) {
            place = reserved();
        }
    }

    private void fill(int from, int to) {
        for (int i = from; i < to; i++) {
            CompletableFuture<Void> unused = sending(i);
        }
    }

    private CompletableFuture<Void> sending(int element) {
        offered.add(element);
        return channel.sendAsync(element);
    }

    private CompletableFuture<Integer> receiving() {
        CompletableFuture<Integer> future = channel.receiveAsync();
        receives.add(future);
        return future;
    }

    private Reservation<Integer> reserved() {
        try {
            return channel.reserve();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    // ---- the operation that stops

    private void operate() {
        switch (victim) {
            case SEND, SEND_TO_RECEIVERS, SEND_BEHIND_SENDERS, SEND_IN_WINDOW -> fill(OWN, OWN + 1);
            case RECEIVE, RECEIVE_ELEMENT, RECEIVE_FROM_SENDERS, RECEIVE_IN_WINDOW -> {
                CompletableFuture<Integer> unused = receiving();
            }
            case TRY_SEND -> trySend(OWN);
            case TRY_RECEIVE, TRY_RECEIVE_IN_WINDOW -> tryReceive();
            case ABORT_FIRST, ABORT_RECEIVE -> waiting.get(0).cancel(false);
            case ABORT_LAST -> waiting.get(WAITERS - 1).cancel(false);
            case CLOSE, CLOSE_SENDERS -> channel.close();
            case CANCEL, CANCEL_SENDERS -> channel.cancel();
            case REMOVE -> remove();
            case RESERVE -> reserved().close();
            case SEND_KEPT -> {
                offered.add(OWN);
                place.send(OWN);
            }
            case GIVE_BACK -> place.close();
            case SEND_ALL -> batch(() -> channel.sendAll(List.of(OWN, OWN + 1)));
            case SEND_RUN -> {
                List<Integer> own = List.of(OWN, OWN + 1, OWN + 2);
                batch(() -> channel.sendAll(own.subList(0, Math.min(channel.capacity(), 3))));
            }
            case RECEIVE_MANY ->
                batch(() -> {
                    List<Integer> got = new ArrayList<>();
                    try {
                        channel.receiveMany(got, 2);
                    } finally {
                        gone.addAll(got);
                    }
                });
        }
    }

    private interface Batch {
        void run() throws InterruptedException;
    }

    private void batch(Batch batch) {
        try {
            batch.run();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } catch (ChannelClosedException closed) {
            told = true;
        }
    }

    private void remove() {
        Buffered.Place<Integer> oldest = channel.oldest();
        if (oldest != null && oldest.remove()) {
            gone.add(oldest.element());
        }
    }

    private void trySend(int element) {
        try {
            if (channel.trySend(element)) {
                offered.add(element);
            }
        } catch (ChannelClosedException closed) {
            offered.add(element); // the hook has it
            told = true;
        }
    }

    private void tryReceive() {
        try {
            Integer element = channel.tryReceive();
            if (element != null) {
                gone.add(element);
            }
        } catch (ChannelClosedException closed) {
            told = true;
        }
    }

    // ---- the others

    private void others(Runnable... operations) {
        List<Thread> threads = new ArrayList<>();
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        for (Runnable operation : operations) {
            threads.add(ThreadKind.PLATFORM.start(() -> {
                try {
                    operation.run();
                } catch (Throwable t) { // shown by the test's thread
                    failures.add(t);
                }
            }));
        }
        for (Thread thread : threads) {
            Await.until(() -> !thread.isAlive(), limit);
        }
        for (Throwable failure : failures) {
            throw new AssertionError(failure);
        }
    }

    private void probe() {
        trySend(PROBE);
        tryReceive();
        channel.isEmpty();
        channel.size();
        channel.isClosedForReceive();
    }

    private void send() {
        try {
            for (int i = LIVE; i <= LAST; i++) {
                offered.add(i);
                channel.sendUninterruptibly(i);
            }
        } catch (ChannelClosedException closed) {
            told = true;
        }
    }

    private void receive() {
        try {
            int element;
            do { // ends: at the last element, which only this thread is late enough for
                element = channel.receiveUninterruptibly();
                gone.add(element);
            } while (element != LAST);
        } catch (ChannelClosedException closed) {
            told = true;
        }
    }

    // ---- after

    /** What the operation waits for, once it goes on: the others have gone. */
    private void help() {
        if (victim == Victim.SEND_ALL || victim == Victim.SEND_RUN || victim == Victim.RECEIVE_MANY) {
            channel.close();
            drain();
        }
    }

    private void settle() {
        boolean open = !channel.isClosedForSend();
        if (open) {
            receives.forEach(each -> each.cancel(false));
        }
        drain();
        if (open) {
            capacityIsExact();
            drain();
            channel.close();
        }
        waiting.forEach(each -> check(each.isDone(), "still waits: " + each));
        receives.forEach(each -> check(each.isDone(), "still waits: " + each));
        received(receives);
        check(channel.isClosedForReceive() && channel.isEmpty(), "not empty");
        List<Integer> missing = new ArrayList<>(offered);
        if (victim == Victim.SEND_ALL || victim == Victim.SEND_RUN) { // of those refused the hook gets the first only
            missing.addAll(gone.stream()
                    .filter(e -> e >= OWN && e <= OWN + 2)
                    .distinct()
                    .toList());
        }
        gone.forEach(each -> check(missing.remove(each), each + " out of nowhere, or twice"));
        check(missing.isEmpty(), "lost " + missing);
        SegmentAudit.afterStorm(channel);
    }

    private void received(Collection<CompletableFuture<Integer>> futures) {
        for (CompletableFuture<Integer> each : futures) {
            if (!each.isCompletedExceptionally()) {
                gone.add(each.join());
            }
        }
    }

    private void drain() {
        try {
            for (Integer e = channel.tryReceive(); e != null; e = channel.tryReceive()) { // ends: nobody sends
                gone.add(e);
            }
        } catch (ChannelClosedException closed) {
            told = true;
        }
    }

    private void capacityIsExact() {
        int capacity = channel.capacity();
        for (int i = 0; i < Math.min(capacity, 2); i++) {
            offered.add(i + LAST + 1);
            check(channel.trySend(i + LAST + 1), "no room for one more");
        }
        check(capacity == Shapes.UNLIMITED || !channel.trySend(0), "too much room");
    }

    private void check(boolean right, String otherwise) {
        if (!right) {
            throw new AssertionError(otherwise + ": " + channel + " " + channel.window);
        }
    }
}
