// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.peers;

import dev.heddle.channels.Channel;
import dev.heddle.jmh.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/** Stages without threads of their own, a channel between each two; each stage works on every element. */
public interface Pipeline {
    /** Sends so many elements through all stages. */
    void pass(int elements) throws InterruptedException;

    /** Returns a pipeline. */
    static Pipeline of(String impl, int capacity, int stages) {
        return switch (impl) {
            case "heddle" -> new Heddle(capacity, stages);
            case "kotlinx" -> kotlinx(new KotlinxPipeline(capacity, stages, null));
            case "kotlinx-pool" -> kotlinx(new KotlinxPipeline(capacity, stages, ForkJoinPool.commonPool()));
            default -> throw Gates.unknown(impl);
        };
    }

    private static Pipeline kotlinx(KotlinxPipeline pipeline) {
        return elements -> Rounds.await(pipeline.pass(elements));
    }

    /** Ours: stages on the common pool that leave it while they wait. */
    final class Heddle implements Pipeline {
        private final List<Channel<Object>> channels = new ArrayList<>();
        private final Work[] works;

        Heddle(int capacity, int stages) {
            for (int i = 1; i < stages; i++) {
                channels.add(Channel.buffered(capacity));
            }
            works = Work.of(stages);
        }

        @Override
        public void pass(int elements) throws InterruptedException {
            List<Stage> stages = new ArrayList<>();
            for (int i = 0; i < works.length; i++) {
                Channel<Object> in = i == 0 ? null : channels.get(i - 1);
                Channel<Object> out = i == channels.size() ? null : channels.get(i);
                stages.add(new Stage(in, out, works[i], elements));
            }
            stages.forEach(Stage.EXECUTOR::execute);
            for (Stage stage : stages) {
                Rounds.await(stage.done);
            }
        }
    }

    /** One stage: runs until it must wait, and again when that is over. Tries first, as a suspending function does. */
    final class Stage implements Runnable {
        static final Executor EXECUTOR = ForkJoinPool.commonPool();

        final CompletableFuture<Void> done = new CompletableFuture<>();
        private final Channel<Object> in; // null for the first
        private final Channel<Object> out; // null for the last
        private final Work work;
        private int left;
        private CompletableFuture<Object> receiving;
        private CompletableFuture<Void> sending;

        Stage(Channel<Object> in, Channel<Object> out, Work work, int elements) {
            this.in = in;
            this.out = out;
            this.work = work;
            this.left = elements;
        }

        @Override
        public void run() {
            try {
                while (step()) {} // ends: waits or is done
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        }

        /** One operation further; false if it has to be waited for, or was the last. */
        private boolean step() {
            if (sending != null) {
                return sent();
            }
            if (left == 0) {
                return !done.complete(null);
            }
            if (in == null) {
                return send(this);
            }
            if (receiving == null) {
                Object there = in.tryReceive();
                if (there != null) {
                    return send(there);
                }
                receiving = in.receiveAsync();
                if (!receiving.isDone()) {
                    return resumeAfter(receiving);
                }
            }
            Object element = receiving.join();
            receiving = null;
            return send(element);
        }

        private boolean send(Object element) {
            work.some();
            if (out == null) {
                left--;
                return true;
            }
            if (out.trySend(element)) {
                left--;
                return true;
            }
            sending = out.sendAsync(element);
            if (sending.isDone()) {
                return sent();
            }
            return resumeAfter(sending);
        }

        @SuppressWarnings("FutureReturnValueIgnored") // run tells of its failures itself
        private boolean resumeAfter(CompletableFuture<?> operation) {
            operation.whenCompleteAsync((result, failure) -> run(), EXECUTOR);
            return false;
        }

        private boolean sent() {
            sending.join();
            sending = null;
            left--;
            return true;
        }
    }
}
