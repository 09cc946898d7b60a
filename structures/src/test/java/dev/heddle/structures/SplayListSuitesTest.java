// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.testing.ConcurrentNavigableMapTestSuiteBuilder;
import com.google.common.collect.testing.NavigableSetTestSuiteBuilder;
import com.google.common.collect.testing.TestStringSortedMapGenerator;
import com.google.common.collect.testing.TestStringSortedSetGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.Feature;
import com.google.common.collect.testing.features.MapFeature;
import com.google.common.collect.testing.features.SetFeature;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.Collectors;
import junit.framework.TestSuite;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.runner.JUnitCore;
import org.junit.runner.Result;

/** Covers MC-1 to MC-11: the published suites for collections, none of their tests left out. */
class SplayListSuitesTest {
    @Test
    @Tag("slow")
    void map_passesTheSuiteOfConcurrentNavigableMaps() {
        TestSuite suite = ConcurrentNavigableMapTestSuiteBuilder.using(new Maps(null))
                .named("SplayListMap")
                .withFeatures(mutableMap())
                .createTestSuite();
        passes(suite, 10_000);
    }

    @Test
    @Tag("slow")
    void mapWithComparator_passesTheSuiteOfConcurrentNavigableMaps() {
        Comparator<String> order =
                Collections.reverseOrder(Collections.reverseOrder(Comparator.<String>naturalOrder()));
        TestSuite suite = ConcurrentNavigableMapTestSuiteBuilder.using(new Maps(order))
                .named("SplayListMap with comparator")
                .withFeatures(mutableMap())
                .createTestSuite();
        passes(suite, 10_000);
    }

    @Test
    void set_passesTheSuiteOfNavigableSets() {
        TestSuite suite = NavigableSetTestSuiteBuilder.using(new Sets())
                .named("SplayListSet")
                .withFeatures(
                        SetFeature.GENERAL_PURPOSE,
                        CollectionFeature.KNOWN_ORDER,
                        CollectionFeature.SERIALIZABLE,
                        CollectionSize.ANY)
                .createTestSuite();
        passes(suite, 3_000);
    }

    private static List<Feature<?>> mutableMap() {
        return List.of(
                CollectionSize.ANY,
                CollectionFeature.KNOWN_ORDER,
                CollectionFeature.SERIALIZABLE,
                CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
                MapFeature.GENERAL_PURPOSE);
    }

    private static void passes(TestSuite suite, int atLeast) {
        Result result = new JUnitCore().run(suite);
        String failures = result.getFailures().stream()
                .limit(20)
                .map(failure -> failure.getTestHeader() + ": "
                        + failure.getTrace().lines().limit(6).collect(Collectors.joining("\n")))
                .collect(Collectors.joining("\n"));
        assertEquals(0, result.getFailureCount(), failures);
        assertEquals(0, result.getIgnoreCount());
        assertTrue(result.getRunCount() >= atLeast, "ran " + result.getRunCount());
    }

    private static final class Maps extends TestStringSortedMapGenerator {
        private final Comparator<String> comparator;

        Maps(Comparator<String> comparator) {
            this.comparator = comparator;
        }

        @Override
        protected SortedMap<String, String> create(Map.Entry<String, String>[] entries) {
            SplayListMap<String, String> map = new SplayListMap<>(comparator);
            for (Map.Entry<String, String> entry : entries) {
                map.put(entry.getKey(), entry.getValue());
            }
            return map;
        }
    }

    private static final class Sets extends TestStringSortedSetGenerator {
        @Override
        protected SortedSet<String> create(String[] elements) {
            return new SplayListSet<>(Arrays.asList(elements));
        }
    }
}
