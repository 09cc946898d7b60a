// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.peers;

import dev.heddle.sync.ReadWriteMutex;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** The read-write locks by name. */
public final class ReadWriteLocks {
    private ReadWriteLocks() {}

    /** Returns a new lock. */
    public static ReadWriteLock of(String impl) {
        return switch (impl) {
            case "heddle" -> new ReadWriteMutex();
            case "jdk-fair" -> new ReentrantReadWriteLock(true);
            case "jdk-unfair" -> new ReentrantReadWriteLock(false);
            default -> throw Gates.unknown(impl);
        };
    }
}
