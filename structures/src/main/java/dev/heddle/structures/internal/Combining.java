// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A cell with the current version of an immutable state. Writers put the next version in its place; those that fail too
 * often let the others do it.
 *
 * @param <S> the state
 */
public final class Combining<S> {
    /* Implementation notes
     * Source         Aksenov, Brown, Fedorov, Kokorin: Unexpected scaling in path copying trees, PPoPP 2023 (the cell).
     *                Handing failed work to the winner: Concurrent Balanced Augmented Trees, PPoPP 2026.
     * Idea           A writer applies its operation to the current version and puts the result in its place by
     *                compare-and-set. After a few failures it publishes the operation in a slot. Whoever writes next
     *                applies the published ones too, and leaves their outcomes in the batch of the version that it
     *                installs.
     * State machine  of the cell  (v, batch) -> (v', batch'): one compare-and-set, from a cell whose batch was finished
     *                of an operation  private -> in a slot, no outcome -> in a slot, outcome -> gone
     * Invariants     PC-6  I1 A version's batch is finished, each outcome in its operation, before anybody replaces
     *                         that version.
     *                      I2 So an operation that a collector finds without an outcome, after it read the version and
     *                         finished its batch, was applied in no version up to that one. If it is applied in a later
     *                         one, the collector's compare-and-set fails.
     *                      I3 What is in the cell is fresh for each compare-and-set and never installed again, so a
     *                         cell that has not changed proves that nothing was applied. It is a Version, or a state
     *                         that the applier knows to be fresh: then no write allocates a Version, and reads
     *                         follow one reference less.
     *                      I4 A published operation gets its outcome through a compare-and-set that succeeds, even if
     *                         the batch changes nothing; otherwise one thread could take it for void while another
     *                         applies it.
     *                PC-7  A finished batch leaves its Version; a snapshot is a state, never a Version.
     * LP             a write that changes something: the compare-and-set, its own or that of the thread that applied
     *                it; in a batch, in the order of application. One that changes nothing and was not published: the
     *                read of the cell. A read: the read of the cell.
     * Memory         The cell is volatile: with acquire and release, two maps could disagree about the order of two
     *                writes. Outcomes are released and acquired: the batch is emptied after them, and whoever meets the
     *                empty batch sees them. The slots' counter is read after the cell.
     * Progress       Reads are wait-free. A write fails only because another one succeeded: lock-free. A published one
     *                is applied by the second success after its publication, since that writer read the cell, and so
     *                the slots, after the first: it fails at most PATIENCE + 3 times. Operations that run functions of
     *                the caller are not published, nor are those that find no free slot: those are lock-free only.
     *                Nobody waits for anybody: there is no path that blocks.
     * Errors         A published write that ends by an error of the JVM may have had its effect, or may have it yet, once:
     *                somebody may be about to apply it.
     * Deviations     The paper has neither slots nor statistics. A writer that is not published applies its own
     *                operation first and the batch on top, so that a void one is seen before it costs a copy.
     */

    /** Failures after which an operation is published. */
    static final int PATIENCE = 3;

    private static final int SLOTS =
            2 * Integer.highestOneBit(Math.max(4, Runtime.getRuntime().availableProcessors()));
    private static final int SPREAD = 16; // slots lie as many references apart: a cache line

    private volatile Object version; // a Version, or a fresh state without a batch
    private volatile Slots slots; // null until an operation is published
    private final Applier<S> applier;
    private final Tally tally;
    private final int patience;
    private final int slotCount;

    /**
     * Makes a cell.
     *
     * @param initial its first version
     * @param applier how operations are applied
     */
    public Combining(S initial, Applier<S> applier) {
        this(initial, applier, PATIENCE, SLOTS);
    }

    /**
     * For tests: a cell with another patience, and few slots.
     *
     * @param <S> the state
     * @param initial its first version
     * @param applier how operations are applied
     * @param patience failures after which an operation is published
     * @param slotCount how many operations can be published at a time
     * @return the cell
     */
    public static <S> Combining<S> small(S initial, Applier<S> applier, int patience, int slotCount) {
        return new Combining<>(initial, applier, patience, slotCount);
    }

    private Combining(S initial, Applier<S> applier, int patience, int slotCount) {
        this.version = new Version<>(initial, null);
        this.applier = applier;
        this.tally = new Tally();
        this.patience = patience;
        this.slotCount = slotCount;
    }

    /**
     * The current version.
     *
     * @return the state
     */
    public S get() {
        return stateOf(version); // LP of every read
    }

    /**
     * What the writers have done so far.
     *
     * @return their counters
     */
    public Tally tally() {
        return tally;
    }

    /**
     * Applies an operation, once.
     *
     * @param operation the operation; not used before
     * @return its result
     */
    public Object write(Operation operation) {
        int limit = operation.sharable() ? patience : Integer.MAX_VALUE;
        for (int failures = 0;
                failures < limit;
                failures++) { // ends: after the limit, or since another write succeeded
            Object current = settled();
            S state = stateOf(current);
            S next = applier.apply(state, operation);
            if (next == state) {
                return operation.noted(); // LP was the read of the cell: PC-5
            }
            if (replace(current, next, applier.isFresh(next, operation), null)) {
                return operation.noted();
            }
        }
        return publish(operation);
    }

    // ---- combining

    private Object publish(Operation operation) {
        operation.note(null); // what it found in vain is no outcome
        Slots shared = slots();
        shared.pending(1); // before the slot: whoever reads the cell later sees it
        int at = -1;
        try {
            at = shared.claim(operation);
            if (at >= 0) {
                tally.published();
                untilTold(operation);
            }
        } finally { // also if the JVM has no memory or no stack left
            if (at >= 0) {
                shared.free(at); // GC: the operation, its key and its value must not stay here, PC-7
            }
            shared.pending(-1);
        }
        return at < 0 ? alone(operation) : operation.told();
    }

    private void untilTold(Operation operation) {
        while (true) { // ends: PATIENCE + 3 failures at most, see Progress
            Object current = settled();
            if (operation.outcomeAcquire() != null) {
                return;
            }
            replace(current, stateOf(current), false, operation);
        }
    }

    /** No slot is free. */
    private Object alone(Operation operation) {
        while (true) { // ends: each failure is another's success
            Object current = settled();
            S state = stateOf(current);
            S next = applier.apply(state, operation);
            if (next == state || replace(current, next, applier.isFresh(next, operation), null)) {
                return operation.noted();
            }
        }
    }

    /** Tries to install a state with what others have published applied to it. */
    private boolean replace(Object current, S next, boolean isFresh, Operation published) {
        Slots shared = slots;
        Batch batch = shared == null || shared.pendingVolatile() == 0 ? null : shared.collect();
        if (batch == null && published != null) {
            return false; // it has got its outcome just now
        }
        Version<S> fresh = null; // if the next state is as good as one
        if (batch != null) {
            fresh = new Version<>(applier.applyAll(next, batch.operations, batch.outcomes), batch);
        } else if (!isFresh) {
            fresh = new Version<>(next, null);
        }
        if (!casVersion(current, fresh == null ? next : fresh)) { // LP of a write, and of all in its batch
            tally.failed();
            return false;
        }
        tally.succeeded();
        if (batch != null) {
            tally.combined(batch.operations.length);
            finish(fresh);
        }
        return true;
    }

    /** The current version, its batch finished: the first half of every attempt (I1). */
    private Object settled() {
        Object current = version;
        if (current instanceof Version<?> from) {
            finish(from);
        }
        return current;
    }

    private static void finish(Version<?> version) {
        Batch batch = version.batch;
        if (batch != null) {
            for (int i = 0; i < batch.operations.length; i++) {
                batch.operations[i].tellRelease(batch.outcomes[i]);
            }
            version.batch = null; // GC: what was written must not be kept by what it became, PC-7
        }
    }

    @SuppressWarnings("unchecked") // what is no Version is a state: no state is a Version, whose class is private
    private S stateOf(Object current) {
        return current instanceof Version<?> version ? (S) version.state : (S) current;
    }

    private Slots slots() {
        Slots shared = slots;
        if (shared == null) {
            SHARED.compareAndSet(this, null, new Slots(slotCount)); // alloc: once a cell, and only under contention
            shared = slots;
        }
        return shared;
    }

    // ---- parts

    /**
     * How operations are applied to a state.
     *
     * @param <S> the state
     */
    public interface Applier<S> {
        /**
         * Applies an operation that only the caller knows, and leaves a note of its result in it.
         *
         * @param state a state
         * @param operation the operation
         * @return the next state: the same one if nothing changes
         */
        S apply(S state, Operation operation);

        /**
         * Applies operations that other threads may apply, too. Does not throw: what goes wrong is an outcome.
         *
         * @param state a state
         * @param operations the operations; not to be written
         * @param outcomes filled in: for each what {@link Outcomes#of} or {@link Outcomes#failed} makes
         * @return the next state
         */
        S applyAll(S state, Operation[] operations, Object[] outcomes);

        /**
         * Whether a state is an object that {@link #apply} has just made, so that it was never the state before.
         *
         * @param next what it gave: another state than it was given
         * @param operation the operation it applied
         * @return false if that is not for sure
         */
        default boolean isFresh(S next, Operation operation) {
            return false;
        }
    }

    /** An operation, and its outcome once it was applied for its owner by somebody. */
    public abstract static class Operation {
        /**
         * The outcome, from its publication on, and null until it has one; before, what its owner noted: one field, or each
         * write would allocate eight bytes more. An operation is not used again.
         */
        private Object outcome;

        /** For subclasses. */
        protected Operation() {}

        /**
         * Whether other threads may apply it.
         *
         * @return true unless it runs code that is its owner's alone
         */
        protected boolean sharable() {
            return true;
        }

        /**
         * Leaves a note. Only while nobody but the owner knows of the operation.
         *
         * @param found what {@link #noted} tells
         */
        protected final void note(Object found) {
            outcome = found;
        }

        /**
         * The result of the last {@link Applier#apply}.
         *
         * @return what was noted, unless a subclass makes something of it
         */
        protected Object noted() {
            return outcome;
        }

        private Object told() {
            return Outcomes.get(outcomeAcquire());
        }

        final Object outcomeAcquire() {
            return OUTCOME.getAcquire(this);
        }

        private void tellRelease(Object result) {
            OUTCOME.setRelease(this, result);
        }
    }

    private static final class Version<S> {
        final S state;
        volatile Batch batch; // null once it is finished

        Version(S state, Batch batch) {
            this.state = state;
            this.batch = batch;
        }
    }

    private static final class Batch {
        final Operation[] operations;
        final Object[] outcomes;

        Batch(Operation[] operations) {
            this.operations = operations;
            this.outcomes = new Object[operations.length];
        }
    }

    /** Where operations are published. */
    private static final class Slots {
        private volatile int pending; // published, or about to be
        private final Object[] cells;

        Slots(int count) {
            cells = new Object[count * SPREAD];
        }

        void pending(int change) {
            PENDING.getAndAdd(this, change);
        }

        int pendingVolatile() {
            return pending;
        }

        /** A cell that holds the operation from here on; negative if none is free. */
        int claim(Operation operation) {
            int count = cells.length / SPREAD;
            int start = ThreadLocalRandom.current().nextInt(count);
            for (int i = 0; i < count; i++) {
                int at = (start + i) % count * SPREAD;
                if (CELLS.compareAndSet(cells, at, null, operation)) {
                    return at;
                }
            }
            return -1;
        }

        void free(int at) {
            CELLS.setVolatile(cells, at, null);
        }

        /** What is published and has no outcome; null if there is nothing. */
        Batch collect() {
            Operation[] found = null;
            int n = 0;
            for (int at = 0; at < cells.length; at += SPREAD) {
                Operation operation = (Operation) CELLS.getVolatile(cells, at);
                if (operation != null && operation.outcomeAcquire() == null) {
                    if (found == null) {
                        found = new Operation[(cells.length - at) / SPREAD];
                    }
                    found[n++] = operation;
                }
            }
            return found == null ? null : new Batch(Arrays.copyOf(found, n));
        }
    }

    // ---- accessors

    private boolean casVersion(Object expected, Object fresh) {
        return VERSION.compareAndSet(this, expected, fresh);
    }

    // VarHandle mechanics
    private static final VarHandle VERSION = field(Combining.class, "version", Object.class);
    private static final VarHandle SHARED = field(Combining.class, "slots", Slots.class);
    private static final VarHandle OUTCOME = field(Operation.class, "outcome", Object.class);
    private static final VarHandle PENDING = field(Slots.class, "pending", int.class);
    private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(Object[].class);

    private static VarHandle field(Class<?> holder, String name, Class<?> type) {
        return ConstantBootstraps.fieldVarHandle(MethodHandles.lookup(), name, VarHandle.class, holder, type);
    }
}
