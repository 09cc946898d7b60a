// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import dev.heddle.structures.internal.Combining;
import dev.heddle.structures.internal.Outcomes;
import dev.heddle.structures.internal.Tally;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A shared variable over any persistent data structure: its state is immutable, and each write makes the next state
 * from the current one. {@link PathCopyingMap} is this over a sorted map.
 *
 * <p>Reads are wait-free; they see one state, and a state never changes. Writes are lock-free: an attempt fails only
 * because another write succeeded. An operation given to {@link #submit} that fails a few times is published, and
 * whoever writes next applies it too, as one step with theirs; so it may run on the thread of another writer, and more
 * than once, though only one run takes effect. Functions given to {@link #update} and {@link #apply} run on the calling
 * thread only, again after each failure. All of them must be pure. Nobody waits for another thread.
 *
 * @param <S> the state; not null
 */
public final class PathCopying<S> {
    private final Combining<S> cell;

    /**
     * Makes a variable. Published operations are applied one after the other.
     *
     * @param initial its first state
     */
    public PathCopying(S initial) {
        this(initial, PathCopying::inTurn);
    }

    /**
     * Makes a variable.
     *
     * @param initial its first state
     * @param applier how published operations are applied together
     */
    public PathCopying(S initial, BatchApplier<S> applier) {
        Objects.requireNonNull(applier, "applier");
        cell = new Combining<>(Objects.requireNonNull(initial, "initial"), new Calls<>(applier));
    }

    /** For tests: writers publish after so many failures, in so many slots. */
    static <S> PathCopying<S> withPatience(S initial, int patience, int slots) {
        return new PathCopying<>(initial, PathCopying::inTurn, patience, slots);
    }

    PathCopying(S initial, BatchApplier<S> applier, int patience, int slots) {
        cell = Combining.small(initial, new Calls<>(applier), patience, slots);
    }

    /**
     * The current state.
     *
     * @return the state
     */
    public S get() {
        return cell.get();
    }

    /**
     * Replaces the state by one made of it. If the function gives the same object, nothing is written.
     *
     * @param function from a state to the next; runs again after each failure
     * @return the state that was put in place
     * @throws NullPointerException if the function returns null
     */
    public S update(UnaryOperator<S> function) {
        Objects.requireNonNull(function, "function");
        return apply(state -> {
            S next = function.apply(state);
            return new Step<>(next, next);
        });
    }

    /**
     * Replaces the state by one made of it, and tells something.
     *
     * @param <R> the result
     * @param function from a state to the next and the result; runs again after each failure
     * @return the result of the run that took effect
     * @throws NullPointerException if the function or its step gives no state
     */
    public <R> R apply(Function<? super S, Step<S, R>> function) {
        return write(function, false);
    }

    /**
     * As {@link #apply}, but after some failures other writers may apply the operation.
     *
     * @param <R> the result
     * @param operation from a state to the next and the result; may run on any thread
     * @return the result of the run that took effect
     * @throws NullPointerException if the operation or its step gives no state
     */
    public <R> R submit(Function<? super S, Step<S, R>> operation) {
        return write(operation, true);
    }

    @SuppressWarnings("unchecked") // the result of this operation
    private <R> R write(Function<? super S, Step<S, R>> function, boolean sharable) {
        Objects.requireNonNull(function, "function");
        return (R) cell.write(new Call<>((Function<S, Step<S, ?>>) (Function<?, ?>) function, sharable));
    }

    /**
     * Replaces the state if it is the expected object.
     *
     * @param expected a state
     * @param next the state that follows
     * @return whether it was replaced
     */
    public boolean compareAndSet(S expected, S next) {
        Objects.requireNonNull(next, "next");
        return apply(state -> state == expected ? new Step<>(next, true) : new Step<>(state, false));
    }

    /**
     * What the writers have done so far; not one moment, as they go on meanwhile.
     *
     * @return their counters
     */
    public Statistics statistics() {
        return Statistics.of(cell.tally());
    }

    @Override
    public String toString() {
        return "PathCopying[" + get() + "]";
    }

    // ---- parts

    /**
     * What an operation makes of a state.
     *
     * @param state the next state; the same object if nothing changes
     * @param result what the caller is told
     * @param <S> the state
     * @param <R> the result
     */
    public record Step<S, R>(S state, R result) {}

    /**
     * How operations are applied together, cheaper than one after the other.
     *
     * @param <S> the state
     */
    @FunctionalInterface
    public interface BatchApplier<S> {
        /**
         * Applies the operations of a batch in some order, and sets the outcome of each. If this throws, or leaves an
         * operation out, all are applied one after the other instead.
         *
         * @param state a state
         * @param batch the operations
         * @return the state that follows
         */
        S apply(S state, Batch<S> batch);
    }

    /**
     * Operations to be applied together.
     *
     * @param <S> the state
     */
    public static final class Batch<S> {
        private final Combining.Operation[] operations;
        private final Object[] outcomes;

        private Batch(Combining.Operation[] operations, Object[] outcomes) {
            this.operations = operations;
            this.outcomes = outcomes;
        }

        /**
         * How many there are.
         *
         * @return their number
         */
        public int size() {
            return operations.length;
        }

        /**
         * One of them: the object given to {@link PathCopying#submit}.
         *
         * @param index from 0 to the size, exclusive
         * @return the operation
         */
        public Function<S, Step<S, ?>> operation(int index) {
            @SuppressWarnings("unchecked") // a cell over S is given operations on S only
            Call<S> call = (Call<S>) operations[index];
            return call.function;
        }

        /**
         * Sets what the caller of an operation is told.
         *
         * @param index which operation
         * @param result its result
         */
        public void setResult(int index, Object result) {
            outcomes[index] = Outcomes.of(result);
        }

        /**
         * Sets what is thrown to the caller of an operation, which then has not changed the state.
         *
         * @param index which operation
         * @param cause what went wrong
         */
        public void setFailure(int index, Throwable cause) {
            outcomes[index] = Outcomes.failed(Objects.requireNonNull(cause, "cause"));
        }
    }

    /**
     * What writers have done. Writes that changed nothing, and so wrote nothing, are not counted.
     *
     * @param successes states put in place
     * @param failures attempts that lost to another write
     * @param publications operations handed to the other writers
     * @param batches states put in place together with published operations
     * @param combined published operations applied in these
     * @param largestBatch the most published operations in one of them
     */
    public record Statistics(
            long successes, long failures, long publications, long batches, long combined, long largestBatch) {
        static Statistics of(Tally tally) {
            return new Statistics(
                    tally.successes(),
                    tally.failures(),
                    tally.publications(),
                    tally.batches(),
                    tally.combined(),
                    tally.largest());
        }

        /**
         * All attempts.
         *
         * @return successes and failures
         */
        public long attempts() {
            return successes + failures;
        }
    }

    private static <S> S inTurn(S state, Batch<S> batch) {
        S next = state;
        for (int i = 0; i < batch.size(); i++) {
            try {
                Step<S, ?> step = stepOf(batch.operation(i), next);
                next = step.state();
                batch.setResult(i, step.result());
            } catch (RuntimeException | Error e) { // the owner's: it is thrown there
                batch.setFailure(i, e);
            }
        }
        return next;
    }

    private static <S> Step<S, ?> stepOf(Function<S, Step<S, ?>> function, S state) {
        Step<S, ?> step = Objects.requireNonNull(function.apply(state), "the function returned null");
        Objects.requireNonNull(step.state(), "the next state is null");
        return step;
    }

    /** An operation with its function. */
    private static final class Call<S> extends Combining.Operation {
        private final Function<S, Step<S, ?>> function;
        private final boolean sharable;

        Call(Function<S, Step<S, ?>> function, boolean sharable) {
            this.function = function;
            this.sharable = sharable;
        }

        S applyTo(S state) {
            Step<S, ?> step = stepOf(function, state);
            note(step.result());
            return step.state();
        }

        @Override
        protected boolean sharable() {
            return sharable;
        }
    }

    private record Calls<S>(BatchApplier<S> applier) implements Combining.Applier<S> {
        @Override
        @SuppressWarnings("unchecked") // a cell over S is given operations on S only
        public S apply(S state, Combining.Operation operation) {
            return ((Call<S>) operation).applyTo(state);
        }

        @Override
        public S applyAll(S state, Combining.Operation[] operations, Object[] outcomes) {
            try {
                S next = applier.apply(state, new Batch<>(operations, outcomes));
                if (next != null && complete(outcomes)) {
                    return next;
                }
            } catch (RuntimeException | Error e) {
                // Not the fault of one of the operations for sure: in turn, each keeps its own.
            }
            return inTurn(state, new Batch<>(operations, outcomes));
        }

        private static boolean complete(Object[] outcomes) {
            for (Object outcome : outcomes) {
                if (outcome == null) {
                    return false;
                }
            }
            return true;
        }
    }
}
