// SPDX-License-Identifier: Apache-2.0
package dev.heddle.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The table has a row for each numbered property, its names exist, and the check notices when one does not. */
class TraceabilityTest {
    private static final Path NOTES = Path.of("").toAbsolutePath();
    private static final Pattern NAME = Pattern.compile("`[^`]+`");

    private final Traceability table;
    private final String chapter;

    TraceabilityTest() throws IOException {
        table = new Traceability(NOTES.getParent());
        chapter = Files.readString(NOTES.resolve("09-traceability.md"));
    }

    @Test
    void table_asItIs_isComplete() {
        assertEquals(List.of(), table.complaints(chapter));
    }

    @Test
    void chapters_asTheyAre_nameNothingThatIsMissing() throws IOException {
        List<String> dangling = new ArrayList<>();
        try (var files = Files.list(NOTES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".md")).toList()) {
                dangling.addAll(table.dangling(Files.readString(file)));
            }
        }
        assertEquals(List.of(), dangling);
        assertEquals(
                List.of("spin/none.pml", "NoSuchTest"), table.dangling("`spin/none.pml`, `NoSuchTest`, `RunnerTest`"));
    }

    /** Each name of the table in turn gets a letter more: the check must complain. */
    @TestFactory
    Stream<DynamicTest> everyName_changed_isNoticed() {
        TreeSet<String> names = new TreeSet<>();
        for (String row : Traceability.rows(chapter)) {
            Matcher name = NAME.matcher(row);
            while (name.find()) {
                names.add(name.group());
            }
        }
        return names.stream()
                .map(name -> dynamicTest(name, () -> {
                    String changed = chapter.replace(name, name.substring(0, name.length() - 1) + "x`");
                    assertFalse(table.complaints(changed).isEmpty());
                }));
    }

    @Test
    void row_missing_isNoticed() {
        for (String row : Traceability.rows(chapter)) {
            String id = row.substring(2, row.indexOf(' ', 2));
            String without = chapter.replaceAll("(?m)^\\| " + id + " .*\\R", "");
            assertEquals(List.of("no row for property " + id), table.complaints(without));
        }
    }

    @Test
    void level_withoutEvidence_isNoticed() {
        String row = "| SY-1 | c | Model-checked | a | – | – | `RunnerTest` | – | 0.1.0 |";
        assertEquals(
                "SY-1: nothing shows the level Model-checked",
                table.complaints(row).get(0));
        assertEquals(
                "SY-1: nothing shows the level Tested",
                table.complaints("| SY-1 | c | Tested | a | – | – | – | – | 0.1.0 |")
                        .get(0));
        assertEquals(
                "SY-1: nothing shows the level Surely",
                table.complaints("| SY-1 | c | Surely | a | – | – | – | – | 0.1.0 |")
                        .get(0));
        assertEquals(
                "SY-1: CLAIM is empty",
                table.complaints("| SY-1 |  | Argued | a | – | – | – | – | 0.1.0 |")
                        .get(0));
        assertEquals(
                "not 9 columns: | SY-1 | c |", table.complaints("| SY-1 | c |").get(0));
    }
}
