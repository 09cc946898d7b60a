// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import dev.heddle.testkit.Checks;
import dev.heddle.testkit.Mutant;
import dev.heddle.testkit.Scenario;
import java.util.ArrayList;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Covers PC-3: what writes many keys is one step, and what looks at many keys looks at one moment. */
@Tag("lincheck")
class PathCopyingBulkLincheckTest {
    /** Of a map of ours, and of a TreeMap. */
    public abstract static class Operations {
        final NavigableMap<Integer, Integer> map;

        Operations(NavigableMap<Integer, Integer> map) {
            this.map = map;
        }

        /** Many keys at once. */
        @Operation
        public void putAll12() {
            map.putAll(new TreeMap<>(Map.of(1, 7, 2, 7)));
        }

        /** The first key goes, the third says how many there were. */
        @Operation
        public abstract void update();

        @Operation
        public void replaceAll() {
            map.replaceAll((key, value) -> value + 10);
        }

        @Operation
        public boolean removeIfOdd() {
            return map.keySet().removeIf(key -> key % 2 != 0);
        }

        @Operation
        public boolean retainAll2() {
            return map.keySet().retainAll(new ArrayList<>(map.subMap(2, 2).keySet()));
        }

        @Operation
        public void clearBelow3() {
            map.headMap(3).clear();
        }

        @Operation
        public Integer putInTail2() {
            return map.tailMap(2).put(2, 9);
        }

        @Operation
        public String text() {
            return map.toString();
        }

        /** Keys from 2 up to, without, 4. */
        @Operation
        public abstract int count();

        /** Keys less than 4. */
        @Operation
        public abstract int rank4();

        /** The second entry. */
        @Operation
        public abstract String select1();

        @Operation
        public boolean isEmpty() {
            return map.isEmpty();
        }

        @Operation
        public int size() {
            return map.size();
        }

        @Operation
        public Integer put1() {
            return map.put(1, 1);
        }

        @Operation
        public Integer put2() {
            return map.put(2, 2);
        }

        @Operation
        public Integer put3() {
            return map.put(3, 3);
        }

        @Operation
        public Integer remove1() {
            return map.remove(1);
        }
    }

    /** Ours, whose operations of one key are published at once. */
    @Scenario("; putAll12 | text")
    @Scenario("; putAll12 | put2 count ; text")
    @Scenario("put1 ; update | put2 text ; text")
    @Scenario("put1 ; update | update ; text")
    @Scenario("put1 put2 ; replaceAll | text put3 ; text")
    @Scenario("put1 put3 ; removeIfOdd | text ; text")
    @Scenario("put1 put3 ; count | remove1")
    @Scenario("put1 ; select1 | put2")
    @Scenario("put1 put2 ; clearBelow3 | text put1 ; text")
    @Scenario("put2 ; putInTail2 | clearBelow3 isEmpty")
    @Scenario("put1 ; removeIfOdd | rank4 isEmpty put3 ; text")
    public static class Bulk extends Operations {
        private final PathCopyingMap<Integer, Integer> ours;

        public Bulk() {
            this(PathCopyingMap.withPatience(0, 2));
        }

        private Bulk(PathCopyingMap<Integer, Integer> ours) {
            super(ours);
            this.ours = ours;
        }

        @Override
        public void update() {
            ours.update(now -> now.minus(1).plus(3, now.size()));
        }

        @Override
        public int count() {
            return ours.countRange(2, 4);
        }

        @Override
        public int rank4() {
            return ours.rank(4);
        }

        @Override
        public String select1() {
            return ours.select(1).toString();
        }
    }

    /** What all of them do, one after the other. */
    public static class Spec extends Operations {
        public Spec() {
            super(new TreeMap<>());
        }

        @Override
        public void update() {
            int size = map.size();
            map.remove(1);
            map.put(3, size);
        }

        @Override
        public int count() {
            return map.subMap(2, 4).size();
        }

        @Override
        public int rank4() {
            return map.headMap(4).size();
        }

        @Override
        public String select1() {
            return new ArrayList<>(map.entrySet()).get(1).toString();
        }
    }

    @Test
    void operationsOfManyKeys_areLinearizable() {
        PathCopyingMapLincheckTest.quick(Checks.brief().iterations(3))
                .sequentialSpecification(Spec.class)
                .check(Bulk.class);
    }

    @Test
    void racesWorthEverySchedule_areLinearizable() {
        directed(Checks.brief(), Bulk.class).check(Bulk.class);
    }

    @Test
    @Tag("mutant")
    void putAllKeyByKey_isRejected() {
        rejected(
                LiveReads.class,
                "transform(root -> Entries.plusAll(root, tree, order()));",
                "entries.forEach(this::put);");
    }

    @Test
    @Tag("mutant")
    void updateOfAnOldVersion_isRejected() {
        rejected(
                PathCopyingMap.class,
                "Object[] installed = new Object[1];\n        transform(root -> {",
                "Object[] installed = new Object[1]; Object root = root(); transform(now -> {");
    }

    @Test
    @Tag("mutant")
    void rangeCountedInTwoVersions_isRejected() {
        rejected(
                SortedReads.class,
                "return Math.max(0, end(root, part) - start(root, part));",
                "int start = start(root(), part); return Math.max(0, end(root(), part) - start);");
    }

    @Test
    @Tag("mutant")
    void selectionInTwoVersions_isRejected() {
        rejected(
                PathCopyingMap.class,
                "Objects.checkIndex(index, Nodes.size(root))));",
                "Objects.checkIndex(index, Nodes.size(root()))));");
    }

    @Test
    @Tag("mutant")
    void replacementKeyByKey_isRejected() {
        rejected(
                LiveReads.class,
                "        transform(root -> inRange(\n"
                        + "                root, part -> Maps.mapValues(part, (key, value) -> function.apply(key(key), value(value)), null)));",
                "for (Map.Entry<K, V> each : entrySet()) {"
                        + " put(each.getKey(), function.apply(each.getKey(), each.getValue())); }");
    }

    @Test
    @Tag("mutant")
    void removalKeyByKey_isRejected() {
        rejected(
                LiveReads.class,
                "        return transform(root ->\n"
                        + "                inRange(root, part -> Maps.filter(part, (key, value) -> !test.test(key(key), value(value)), null)));",
                "boolean[] any = new boolean[1];"
                        + " for (Map.Entry<K, V> each : entrySet()) {"
                        + " any[0] |= test.test(each.getKey(), each.getValue())"
                        + " && remove(each.getKey(), each.getValue()); } return any[0];");
    }

    private static ModelCheckingOptions directed(ModelCheckingOptions options, Class<?> subject) {
        PathCopyingMapLincheckTest.quick(options.iterations(0)).sequentialSpecification(Spec.class);
        Scenario.Parser.of(subject).forEach(options::addCustomScenario);
        return options;
    }

    private static void rejected(Class<?> original, String text, String replacement) {
        Class<?> subject = Mutant.of(original, text, replacement).load(Bulk.class);
        Checks.rejected(directed(Checks.mutant(), subject), subject, Checks.INVALID_RESULTS);
    }
}
