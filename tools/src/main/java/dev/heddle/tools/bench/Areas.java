// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import java.util.List;

/** The names of the areas, in the order of the report. */
final class Areas {
    static final String UNCONTENDED = "uncontended";
    static final String ABORT = "abort";
    static final String INTERRUPT = "interrupt";
    static final String SEMAPHORE = "semaphore";
    static final String MUTEX = "mutex";
    static final String HAND_OVER = "hand-over";
    static final String READ_WRITE = "read-write";
    static final String LATCH = "latch";
    static final String BARRIER = "barrier";
    static final String POOL = "pool";
    static final String CHANNELS = "channels";
    static final String FIGURE5 = "figure5";
    static final String STRUCTURES = "structures";
    static final String UNION_FIND = "unionfind";
    static final String CAS = "cas";
    static final String FOOTPRINT = "footprint";

    static final List<String> ALL = List.of(
            UNCONTENDED,
            ABORT,
            INTERRUPT,
            SEMAPHORE,
            MUTEX,
            HAND_OVER,
            READ_WRITE,
            LATCH,
            BARRIER,
            POOL,
            CHANNELS,
            FIGURE5,
            STRUCTURES,
            UNION_FIND,
            CAS,
            FOOTPRINT);

    private Areas() {}
}
