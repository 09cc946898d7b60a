// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync.contract;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a contract program is run against.
 *
 * @param name how test reports call it
 * @param types for each replaced type of the JDK the qualified name of what stands in for it; empty for the JDK itself
 * @param left whether the program must not use the replaced types any more; a mutant is a subclass, so it may
 */
public record Target(String name, Map<String, String> types, boolean left) {
    private static final String JDK_PACKAGE = "java.util.concurrent.";
    private static final String HEDDLE_PACKAGE = "dev.heddle.sync.";

    /** The source as it is. */
    public static final Target JDK = new Target("JDK", Map.of(), true);

    /** The source with its imports changed, and the class name for the two locks. */
    public static final Target HEDDLE = new Target("Heddle", heddle(), true);

    /** The JDK, but for one type: a faulty stand-in that the contract has to reject. */
    public static Target mutant(Class<?> replaced, Class<?> faulty) {
        return new Target(faulty.getSimpleName(), Map.of(replaced.getName(), faulty.getCanonicalName()), false);
    }

    private static Map<String, String> heddle() {
        Map<String, String> types = new LinkedHashMap<>();
        for (String same : new String[] {"Semaphore", "CountDownLatch", "CyclicBarrier"}) {
            types.put(JDK_PACKAGE + same, HEDDLE_PACKAGE + same);
        }
        types.put(JDK_PACKAGE + "locks.ReentrantLock", HEDDLE_PACKAGE + "Mutex");
        types.put(JDK_PACKAGE + "locks.ReentrantReadWriteLock", HEDDLE_PACKAGE + "ReadWriteMutex");
        return types;
    }
}
