// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the time of the processors has gone since the system began.
 *
 * @param stolen what a virtual machine wanted and others got
 * @param all everything, in the same unit
 */
record ProcessorTime(long stolen, long all) {
    private static final Path STATISTICS = Path.of("/proc/stat"); // Linux
    private static final ProcessorTime UNKNOWN = new ProcessorTime(0, 0);
    /** User, nice, system, idle, iowait, irq, softirq, steal; those behind are in user. */
    private static final int FIELDS = 8;

    private static final int STEAL = 7;

    /** Until now; with no time at all where the system does not tell. */
    static ProcessorTime now() {
        if (!Files.isReadable(STATISTICS)) {
            return UNKNOWN;
        }
        try (Stream<String> lines = Files.lines(STATISTICS)) {
            return lines.findFirst().map(ProcessorTime::of).orElse(UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    /** From the first line of the statistics. */
    static ProcessorTime of(String line) {
        List<Long> fields = Stream.of(line.strip().split("\\s+"))
                .skip(1)
                .limit(FIELDS)
                .map(Long::parseLong)
                .toList();
        long all = fields.stream().mapToLong(Long::longValue).sum();
        return fields.size() < FIELDS ? UNKNOWN : new ProcessorTime(fields.get(STEAL), all);
    }

    /** The share that was stolen since an earlier moment, for a reader. */
    String stolenSince(ProcessorTime before) {
        long passed = all - before.all;
        return passed <= 0 ? "not known" : Math.round(100.0 * (stolen - before.stolen) / passed) + " % of their time";
    }
}
