// SPDX-License-Identifier: Apache-2.0
package contract;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A read-write lock without waiters: holds, downgrading, errors, printing, serialisation, subclasses. */
public final class ReadWriteMutexContract extends Contract {

    /** Opens what is protected. */
    private static final class Open extends ReentrantReadWriteLock {
        private static final long serialVersionUID = 1L;

        Open(boolean fair) {
            super(fair);
        }

        Thread owner() {
            return getOwner();
        }

        boolean queuesAreEmpty() {
            return getQueuedThreads().isEmpty()
                    && getQueuedReaderThreads().isEmpty()
                    && getQueuedWriterThreads().isEmpty();
        }

        Collection<Thread> waiting(Condition condition) {
            return getWaitingThreads(condition);
        }
    }

    /** Every way to take the lock that does not fail while it is free. */
    private static List<Body> waysToLock(Lock lock) {
        return List.of(
                lock::lock,
                lock::lockInterruptibly,
                () -> yes(lock.tryLock(), "tryLock"),
                () -> yes(lock.tryLock(1, TimeUnit.HOURS), "timed tryLock"),
                () -> yes(lock.tryLock(0, TimeUnit.SECONDS), "timed tryLock(0)"),
                () -> yes(lock.tryLock(Long.MIN_VALUE, TimeUnit.NANOSECONDS), "timed tryLock(MIN)"),
                () -> yes(lock.tryLock(Long.MAX_VALUE, TimeUnit.DAYS), "timed tryLock(MAX)"));
    }

    private void refused(Lock lock) throws Exception {
        no(lock.tryLock(), "tryLock");
        no(lock.tryLock(0, TimeUnit.SECONDS), "timed tryLock(0)");
        no(lock.tryLock(-1, TimeUnit.SECONDS), "timed tryLock(-1)");
        no(lock.tryLock(1, TimeUnit.MILLISECONDS), "timed tryLock");
    }

    /** What all queries say for holds of the calling thread, no other thread holding anything. */
    private static void holds(Open lock, int writes, int reads) {
        count(reads, lock.getReadLockCount());
        count(reads, lock.getReadHoldCount());
        count(writes, lock.getWriteHoldCount());
        count(writes, lock.writeLock().getHoldCount());
        equal(writes > 0, lock.isWriteLocked());
        equal(writes > 0, lock.isWriteLockedByCurrentThread());
        equal(writes > 0, lock.writeLock().isHeldByCurrentThread());
        equal(writes > 0 ? Thread.currentThread() : null, lock.owner());
    }

    // ---------------------------------------------------------------- construction

    @Once
    void construct_withoutFairness_isNotFair() {
        no(new ReentrantReadWriteLock().isFair(), "isFair");
    }

    void construct_fresh_isFreeAndTellsFairness() {
        Open lock = new Open(fair);
        equal(fair, lock.isFair());
        holds(lock, 0, 0);
        yes(lock.queuesAreEmpty(), "queues");
        no(lock.hasQueuedThreads(), "hasQueuedThreads");
        no(lock.hasQueuedThread(Thread.currentThread()), "hasQueuedThread");
        count(0, lock.getQueueLength());
    }

    void locks_askedAgain_areTheSame() {
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock(fair);
        ReentrantReadWriteLock.ReadLock read = lock.readLock();
        ReentrantReadWriteLock.WriteLock write = lock.writeLock();
        yes(read == lock.readLock() && write == lock.writeLock(), "the same locks");
        ReadWriteLock general = lock;
        yes(general.readLock() == read && general.writeLock() == write, "the same locks by the interface");
    }

    // ---------------------------------------------------------------- write lock

    void writeLock_free_isHeldByTheCaller() throws Throwable {
        Open lock = new Open(fair);
        for (Body way : waysToLock(lock.writeLock())) {
            way.run();
            holds(lock, 1, 0);
            lock.writeLock().unlock();
            holds(lock, 0, 0);
        }
    }

    void writeLock_heldByTheCaller_countsHolds() throws Throwable {
        Open lock = new Open(fair);
        int writes = 0;
        for (Body way : waysToLock(lock.writeLock())) {
            way.run();
            holds(lock, ++writes, 0);
        }
        while (writes > 0) {
            lock.writeLock().unlock();
            holds(lock, --writes, 0);
        }
    }

    void writeLock_heldByAnother_excludesAll() throws Exception {
        Open lock = new Open(fair);
        Task<Object> writer = run(lock.writeLock()::lock);
        writer.result();
        refused(lock.writeLock());
        refused(lock.readLock());
        equal(writer.thread, lock.owner());
        yes(lock.isWriteLocked(), "isWriteLocked");
        no(lock.isWriteLockedByCurrentThread(), "isWriteLockedByCurrentThread");
        no(lock.writeLock().isHeldByCurrentThread(), "isHeldByCurrentThread");
        count(0, lock.getWriteHoldCount());
        count(0, lock.writeLock().getHoldCount());
        count(0, lock.getReadLockCount());
        threw(IllegalMonitorStateException.class, () -> lock.writeLock().unlock());
        yes(lock.queuesAreEmpty(), "queues");
    }

    // ---------------------------------------------------------------- read lock

    void readLock_free_isHeldByTheCaller() throws Throwable {
        Open lock = new Open(fair);
        for (Body way : waysToLock(lock.readLock())) {
            way.run();
            holds(lock, 0, 1);
            lock.readLock().unlock();
            holds(lock, 0, 0);
        }
    }

    void readLock_heldByTheCaller_countsHolds() throws Throwable {
        Open lock = new Open(fair);
        int reads = 0;
        for (Body way : waysToLock(lock.readLock())) {
            way.run();
            holds(lock, 0, ++reads);
        }
        while (reads > 0) {
            lock.readLock().unlock();
            holds(lock, 0, --reads);
        }
    }

    void readLock_heldByOthers_isSharedAndCountedPerThread() throws Exception {
        Open lock = new Open(fair);
        run(() -> {
                    lock.readLock().lock();
                    lock.readLock().lock();
                    count(2, lock.getReadHoldCount());
                })
                .result();
        count(2, lock.getReadLockCount());
        count(0, lock.getReadHoldCount());
        lock.readLock().lock();
        count(3, lock.getReadLockCount());
        count(1, lock.getReadHoldCount());
        refused(lock.writeLock());
        lock.readLock().unlock();
        count(2, lock.getReadLockCount());
        threw(IllegalMonitorStateException.class, () -> lock.readLock().unlock());
        count(2, lock.getReadLockCount());
    }

    void readLock_held_refusesTheWriteLockToAll() throws Exception {
        Open lock = new Open(fair);
        lock.readLock().lock();
        refused(lock.writeLock());
        run(() -> refused(lock.writeLock())).result();
        holds(lock, 0, 1);
        lock.readLock().unlock();
        yes(lock.writeLock().tryLock(), "free again");
    }

    // ---------------------------------------------------------------- both

    void downgrade_writerTakesReadLock_othersMayRead() throws Throwable {
        Open lock = new Open(fair);
        lock.writeLock().lock();
        int reads = 0;
        for (Body way : waysToLock(lock.readLock())) {
            way.run();
            holds(lock, 1, ++reads);
        }
        while (reads > 1) {
            lock.readLock().unlock();
            holds(lock, 1, --reads);
        }
        equal(false, call(() -> lock.readLock().tryLock()).result());
        lock.writeLock().unlock();
        holds(lock, 0, 1);
        refused(lock.writeLock());
        run(() -> {
                    lock.readLock().lock();
                    lock.readLock().unlock();
                    refused(lock.writeLock());
                })
                .result();
        lock.readLock().unlock();
        holds(lock, 0, 0);
    }

    void readHold_insideWriteHold_isGivenUpInAnyOrder() {
        Open lock = new Open(fair);
        lock.writeLock().lock();
        lock.readLock().lock();
        lock.writeLock().lock();
        holds(lock, 2, 1);
        lock.readLock().unlock();
        holds(lock, 2, 0);
        lock.writeLock().unlock();
        lock.writeLock().unlock();
        holds(lock, 0, 0);
    }

    // ---------------------------------------------------------------- bad input, limits

    void unlock_notHeld_isRefusedAndChangesNothing() {
        Open lock = new Open(fair);
        String unread = "attempt to unlock read lock, not locked by current thread";
        threw(IllegalMonitorStateException.class, () -> lock.writeLock().unlock());
        threw(IllegalMonitorStateException.class, unread, () -> lock.readLock().unlock());
        holds(lock, 0, 0);
        lock.readLock().lock();
        threw(IllegalMonitorStateException.class, () -> lock.writeLock().unlock());
        holds(lock, 0, 1);
        run(() -> threw(
                        IllegalMonitorStateException.class,
                        unread,
                        () -> lock.readLock().unlock()))
                .result();
        holds(lock, 0, 1);
        lock.readLock().unlock();
        threw(IllegalMonitorStateException.class, unread, () -> lock.readLock().unlock());
        lock.writeLock().lock();
        threw(IllegalMonitorStateException.class, unread, () -> lock.readLock().unlock());
        run(() -> threw(
                        IllegalMonitorStateException.class,
                        () -> lock.writeLock().unlock()))
                .result();
        holds(lock, 1, 0);
    }

    void nullArgument_everyMethod_isRefused() {
        Open lock = new Open(fair);
        threw(NullPointerException.class, () -> lock.readLock().tryLock(1, null));
        threw(NullPointerException.class, () -> lock.writeLock().tryLock(1, null));
        threw(NullPointerException.class, () -> lock.hasQueuedThread(null));
        threw(NullPointerException.class, () -> lock.hasWaiters(null));
        threw(NullPointerException.class, () -> lock.getWaitQueueLength(null));
        threw(NullPointerException.class, () -> lock.waiting(null));
        threw(NullPointerException.class, () -> new OwnRead(null));
        threw(NullPointerException.class, () -> new OwnWrite(null));
        holds(lock, 0, 0);
    }

    void holds_asManyAsEveryVersionAllows_areCounted() {
        Open lock = new Open(fair);
        for (int i = 0; i < 65_535; i++) {
            lock.writeLock().lock();
        }
        holds(lock, 65_535, 0);
        for (int i = 0; i < 65_535; i++) {
            lock.readLock().lock();
        }
        holds(lock, 65_535, 65_535);
        lock.readLock().unlock();
        lock.writeLock().unlock();
        holds(lock, 65_534, 65_534);
        lock.readLock().lock();
        holds(lock, 65_534, 65_535);
    }

    /** Versions differ in the limit; each refuses in the same way. */
    void holds_onePastTheOldLimit_areCountedOrAnErrorThatChangesNothing() throws Throwable {
        Open lock = new Open(fair);
        int[] holds = {65_535, 65_535}; // write, read
        for (int i = 0; i < 65_535; i++) {
            lock.writeLock().lock();
            lock.readLock().lock();
        }
        Lock[] locks = {lock.writeLock(), lock.readLock()};
        for (int side = 0; side < 2; side++) {
            Lock each = locks[side];
            List<Body> ways =
                    List.of(each::lock, each::lockInterruptibly, each::tryLock, () -> each.tryLock(1, TimeUnit.DAYS));
            for (Body way : ways) {
                try {
                    way.run();
                    holds[side]++;
                } catch (Error e) {
                    threw(Error.class, "Maximum lock count exceeded", way);
                }
                holds(lock, holds[0], holds[1]);
            }
        }
    }

    void newCondition_ofTheReadLock_isUnsupported() {
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock(fair);
        threw(UnsupportedOperationException.class, () -> lock.readLock().newCondition());
        lock.readLock().lock();
        threw(UnsupportedOperationException.class, () -> lock.readLock().newCondition());
        count(1, lock.getReadHoldCount());
    }

    void condition_withoutTheWriteLock_isRefused() throws Exception {
        Open lock = new Open(fair);
        Condition condition = lock.writeLock().newCondition();
        for (boolean reading : new boolean[] {false, true}) {
            threw(IllegalMonitorStateException.class, condition::await);
            threw(IllegalMonitorStateException.class, condition::awaitUninterruptibly);
            threw(IllegalMonitorStateException.class, () -> condition.await(1, TimeUnit.SECONDS));
            threw(IllegalMonitorStateException.class, condition::signal);
            threw(IllegalMonitorStateException.class, condition::signalAll);
            threw(IllegalMonitorStateException.class, () -> lock.hasWaiters(condition));
            threw(IllegalMonitorStateException.class, () -> lock.getWaitQueueLength(condition));
            threw(IllegalMonitorStateException.class, () -> lock.waiting(condition));
            if (!reading) {
                lock.readLock().lock();
            }
        }
        count(1, lock.getReadHoldCount());
    }

    void condition_ofAnotherLock_isRefused() {
        Open lock = new Open(fair);
        lock.writeLock().lock();
        Condition[] foreign = {
            new ReentrantReadWriteLock(fair).writeLock().newCondition(), new ReentrantLock(fair).newCondition()
        };
        for (Condition c : foreign) {
            threw(IllegalArgumentException.class, () -> lock.hasWaiters(c));
            threw(IllegalArgumentException.class, () -> lock.getWaitQueueLength(c));
            threw(IllegalArgumentException.class, () -> lock.waiting(c));
        }
    }

    // ---------------------------------------------------------------- interrupt on entry

    void interruptedOnEntry_interruptibleForms_throwAndTakeNothing() {
        Open lock = new Open(fair);
        for (Lock each : new Lock[] {lock.readLock(), lock.writeLock()}) {
            interruptedOnEntry(each::lockInterruptibly);
            interruptedOnEntry(() -> each.tryLock(1, TimeUnit.SECONDS));
            interruptedOnEntry(() -> each.tryLock(0, TimeUnit.SECONDS));
            interruptedOnEntry(() -> each.tryLock(-1, TimeUnit.SECONDS));
            holds(lock, 0, 0);
        }
        lock.writeLock().lock();
        lock.readLock().lock();
        for (Lock each : new Lock[] {lock.readLock(), lock.writeLock()}) {
            interruptedOnEntry(each::lockInterruptibly);
            interruptedOnEntry(() -> each.tryLock(1, TimeUnit.SECONDS));
            holds(lock, 1, 1);
        }
    }

    void interruptedOnEntry_otherForms_succeedAndKeepTheFlag() throws Exception {
        Open lock = new Open(fair);
        for (Lock each : new Lock[] {lock.readLock(), lock.writeLock()}) {
            yes(interruptedRun(each::lock), "lock");
            yes(interruptedRun(() -> yes(each.tryLock(), "taken")), "tryLock");
            yes(interruptedRun(each::unlock), "unlock");
            each.unlock();
            holds(lock, 0, 0);
        }
    }

    // ---------------------------------------------------------------- printing, serialisation

    void toString_always_tellsTheHolds() {
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock(fair);
        printed(lock, 0, 0);
        lock.readLock().lock();
        lock.readLock().lock();
        printed(lock, 0, 2);
        lock.readLock().unlock();
        lock.readLock().unlock();
        lock.writeLock().lock();
        lock.writeLock().lock();
        printed(lock, 2, 0);
        lock.readLock().lock();
        printed(lock, 2, 1);
        run(() -> {
                    String text = lock.toString();
                    yes(text.endsWith("[Write locks = 2, Read locks = 1]"), text);
                })
                .result();
    }

    private static void printed(ReentrantReadWriteLock lock, int writes, int reads) {
        equal(identity(lock) + "[Write locks = " + writes + ", Read locks = " + reads + "]", lock.toString());
        equal(
                identity(lock.readLock()) + "[Read locks = " + reads + "]",
                lock.readLock().toString());
        String owner = writes > 0 ? "Locked by thread " + Thread.currentThread().getName() : "Unlocked";
        equal(identity(lock.writeLock()) + "[" + owner + "]", lock.writeLock().toString());
    }

    void serialise_always_comesBackUnlocked() throws Exception {
        Open lock = new Open(fair);
        lock.writeLock().lock();
        lock.readLock().lock();
        Open back = copy(lock);
        holds(back, 0, 0);
        equal(fair, back.isFair());
        no(back.hasQueuedThreads(), "hasQueuedThreads");
        threw(IllegalMonitorStateException.class, () -> back.readLock().unlock());
        threw(IllegalMonitorStateException.class, () -> back.writeLock().unlock());
        back.writeLock().lock();
        back.readLock().lock();
        holds(back, 1, 1);
        back.writeLock().unlock();
        equal(false, call(() -> back.writeLock().tryLock()).result());
        back.readLock().unlock();
        equal(true, call(() -> back.writeLock().tryLock()).result());
        holds(lock, 1, 1);
    }

    void serialise_oneOfItsLocks_comesBackUnlocked() throws Exception {
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock(fair);
        lock.writeLock().lock();
        ReentrantReadWriteLock.WriteLock write = copy(lock.writeLock());
        no(write.isHeldByCurrentThread(), "isHeldByCurrentThread");
        yes(write.tryLock(), "tryLock");
        count(1, write.getHoldCount());
        ReentrantReadWriteLock.ReadLock read = copy(lock.readLock());
        yes(call(() -> read.tryLock()).result(), "tryLock");
        yes(read.toString().endsWith("[Read locks = 1]"), "" + read);
    }

    // ---------------------------------------------------------------- subclasses

    private static final class OwnRead extends ReentrantReadWriteLock.ReadLock {
        private static final long serialVersionUID = 1L;

        OwnRead(ReentrantReadWriteLock lock) {
            super(lock);
        }
    }

    private static final class OwnWrite extends ReentrantReadWriteLock.WriteLock {
        private static final long serialVersionUID = 1L;

        OwnWrite(ReentrantReadWriteLock lock) {
            super(lock);
        }
    }

    void ownLocks_ofASubclass_shareTheState() {
        Open lock = new Open(fair);
        OwnRead read = new OwnRead(lock);
        OwnWrite write = new OwnWrite(lock);
        write.lock();
        holds(lock, 1, 0);
        yes(write.isHeldByCurrentThread(), "isHeldByCurrentThread");
        read.lock();
        holds(lock, 1, 1);
        lock.writeLock().unlock();
        holds(lock, 0, 1);
        no(write.tryLock(), "upgrade");
        lock.readLock().unlock();
        holds(lock, 0, 0);
        equal(identity(read) + "[Read locks = 0]", read.toString());
        equal(identity(write) + "[Unlocked]", write.toString());
        write.lock();
        count(0, lock.getWaitQueueLength(write.newCondition()));
    }
}
