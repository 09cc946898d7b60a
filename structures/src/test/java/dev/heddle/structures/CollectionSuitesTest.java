// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.testing.ConcurrentNavigableMapTestSuiteBuilder;
import com.google.common.collect.testing.NavigableMapTestSuiteBuilder;
import com.google.common.collect.testing.NavigableSetTestSuiteBuilder;
import com.google.common.collect.testing.TestStringSortedMapGenerator;
import com.google.common.collect.testing.TestStringSortedSetGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.MapFeature;
import com.google.common.collect.testing.features.SetFeature;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.Collectors;
import junit.framework.TestSuite;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.runner.JUnitCore;
import org.junit.runner.Result;

/**
 * Covers MC-1 to MC-11: the published suites for collections, none of their tests left out. A suite for each size: one
 * for all of them takes ten times as long to be put together.
 */
@Tag("slow")
class CollectionSuitesTest {
    @ParameterizedTest
    @EnumSource(
            value = CollectionSize.class,
            names = {"ZERO", "ONE", "SEVERAL"})
    void map_passesTheSuiteOfConcurrentNavigableMaps(CollectionSize size) {
        passesTheSuiteOfMaps(size, null);
    }

    @ParameterizedTest
    @EnumSource(
            value = CollectionSize.class,
            names = {"ZERO", "ONE", "SEVERAL"})
    void mapWithComparator_passesTheSuiteOfConcurrentNavigableMaps(CollectionSize size) {
        passesTheSuiteOfMaps(size, Alphabetical.ORDER);
    }

    private static void passesTheSuiteOfMaps(CollectionSize size, Comparator<String> order) {
        TestSuite suite = ConcurrentNavigableMapTestSuiteBuilder.using(new Maps(false, order))
                .named("PathCopyingMap")
                .withFeatures(
                        size,
                        CollectionFeature.KNOWN_ORDER,
                        CollectionFeature.SERIALIZABLE,
                        CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
                        MapFeature.GENERAL_PURPOSE)
                .createTestSuite();
        passes(suite, 15_000);
    }

    @ParameterizedTest
    @EnumSource(
            value = CollectionSize.class,
            names = {"ZERO", "ONE", "SEVERAL"})
    void persistentMap_passesTheSuiteOfNavigableMaps(CollectionSize size) {
        TestSuite suite = NavigableMapTestSuiteBuilder.using(new Maps(true, null))
                .named("PersistentSortedMap")
                .withFeatures(size, CollectionFeature.KNOWN_ORDER, CollectionFeature.SERIALIZABLE)
                .createTestSuite();
        passes(suite, 5_000);
    }

    @ParameterizedTest
    @EnumSource(
            value = CollectionSize.class,
            names = {"ZERO", "ONE", "SEVERAL"})
    void set_passesTheSuiteOfNavigableSets(CollectionSize size) {
        TestSuite suite = NavigableSetTestSuiteBuilder.using(new Sets())
                .named("PathCopyingSet")
                .withFeatures(
                        size, SetFeature.GENERAL_PURPOSE, CollectionFeature.KNOWN_ORDER, CollectionFeature.SERIALIZABLE)
                .createTestSuite();
        passes(suite, 1_000);
    }

    private static void passes(TestSuite suite, int atLeast) {
        Result result = new JUnitCore().run(suite);
        String failures = result.getFailures().stream()
                .limit(20)
                .map(failure -> failure.getTestHeader() + ": " + failure.getMessage())
                .collect(Collectors.joining("\n"));
        assertEquals(0, result.getFailureCount(), failures);
        assertEquals(0, result.getIgnoreCount());
        assertTrue(result.getRunCount() >= atLeast, () -> "ran " + result.getRunCount());
    }

    /** The natural order, but nobody can tell. */
    private enum Alphabetical implements Comparator<String> {
        ORDER;

        @Override
        public int compare(String a, String b) {
            return a.compareTo(b);
        }
    }

    private static final class Maps extends TestStringSortedMapGenerator {
        private final boolean persistent;
        private final Comparator<String> order;

        Maps(boolean persistent, Comparator<String> order) {
            this.persistent = persistent;
            this.order = order;
        }

        @Override
        protected SortedMap<String, String> create(Map.Entry<String, String>[] entries) {
            PathCopyingMap<String, String> map = new PathCopyingMap<>(order);
            for (Map.Entry<String, String> entry : entries) {
                map.put(entry.getKey(), entry.getValue());
            }
            return persistent ? map.snapshot() : map;
        }
    }

    private static final class Sets extends TestStringSortedSetGenerator {
        @Override
        protected SortedSet<String> create(String[] elements) {
            return new PathCopyingSet<>(Arrays.asList(elements));
        }
    }
}
