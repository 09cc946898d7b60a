// SPDX-License-Identifier: Apache-2.0
/**
 * Fair, abortable synchronization primitives and the framework they are built on.
 *
 * <p>Threads, virtual threads and asynchronous callers wait in one queue. Every wait can be abandoned in constant
 * time, and a release never pays for waiters that left.
 */
@SuppressWarnings("module") // dev.heddle.channels is compiled later, so javac does not know it here
module dev.heddle.sync {
    exports dev.heddle.sync;
    exports dev.heddle.sync.internal to
            dev.heddle.channels;
}
