// SPDX-License-Identifier: Apache-2.0
package dev.heddle.proofs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The table from claim to evidence, and what is wrong with it. What stands in backticks in the columns of models, mutants,
 * tests and assertions is a name that must lead somewhere:
 *
 * <ul>
 *   <li>model: {@code spin/gate.pml:fifo}, a property of a model that a recorded mutant is killed by
 *   <li>mutant: {@code gate.pml M_EARLY}, a recorded mutant
 *   <li>test: {@code SemaphoreTest} or {@code SemaphoreTest.method}, in a tree of tests
 *   <li>assertion: {@code PermitEpoch.give}, in what is shipped
 * </ul>
 */
final class Traceability {
    /** How many numbered properties each module has, by the letters that its rows begin with. */
    private static final Map<String, Integer> PROPERTIES =
            Map.of("SY", 26, "CH", 24, "SL", 11, "PC", 12, "MC", 11, "UF", 27);

    private static final Set<String> SHIPPED = Set.of("sync", "channels", "structures", "unionfind");
    private static final List<String> MODULES =
            List.of("sync", "channels", "structures", "unionfind", "stress-tests", "jmh", "proofs-notes");
    private static final Pattern ID = Pattern.compile("([A-Z]{2})-(\\d+)");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");
    private static final List<String> LEVELS = List.of("Proved", "Model-checked", "Tested", "Argued", "Open");

    /** The columns of the table, in order. */
    private enum Column {
        ID,
        CLAIM,
        LEVEL,
        ASSUMPTIONS,
        MODEL,
        MUTANT,
        TEST,
        ASSERTION,
        SINCE
    }

    private static final List<Column> COLUMNS = List.of(Column.values());

    private final Path models;
    private final List<Expectation> runs;
    private final Map<String, List<Source>> sources;
    private final Map<String, Boolean> known = new HashMap<>(); // names looked up

    private record Source(Path path, String text) {}

    Traceability(Path root) throws IOException {
        models = root.resolve("proofs-notes/models");
        runs = Expectation.readAll(models.resolve("expectations.csv"));
        sources = sources(root);
    }

    private static Map<String, List<Source>> sources(Path root) throws IOException {
        Map<String, List<Source>> found = new LinkedHashMap<>();
        for (String module : MODULES) {
            try (var paths = Files.walk(root.resolve(module).resolve("src"))) {
                for (Path path : paths.filter(Files::isRegularFile).toList()) {
                    String file = path.getFileName().toString();
                    if (file.endsWith(".java") || file.endsWith(".kt")) {
                        found.computeIfAbsent(file.substring(0, file.lastIndexOf('.')), name -> new ArrayList<>())
                                .add(new Source(root.relativize(path), Files.readString(path)));
                    }
                }
            }
        }
        return found;
    }

    /** The rows of the table, each from its line. */
    static List<String> rows(String chapter) {
        return chapter.lines()
                .filter(line ->
                        line.startsWith("| ") && ID.matcher(line.substring(2)).lookingAt())
                .toList();
    }

    /** Everything that is wrong with the table; empty if nothing is. */
    List<String> complaints(String chapter) {
        List<String> complaints = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String row : rows(chapter)) {
            String[] cells = row.substring(1).split("\\|", -1);
            if (cells.length != COLUMNS.size() + 1) {
                complaints.add("not " + COLUMNS.size() + " columns: " + row);
                continue;
            }
            String[] trimmed = Arrays.stream(cells).map(String::strip).toArray(String[]::new);
            seen.add(cell(trimmed, Column.ID));
            check(trimmed, complaints);
        }
        PROPERTIES.forEach((module, last) -> IntStream.rangeClosed(1, last)
                .mapToObj(n -> module + "-" + n)
                .filter(id -> !seen.contains(id))
                .forEach(id -> complaints.add("no row for property " + id)));
        return complaints;
    }

    private static String cell(String[] cells, Column column) {
        return cells[COLUMNS.indexOf(column)];
    }

    private void check(String[] cells, List<String> complaints) {
        String id = cell(cells, Column.ID);
        for (Column column : COLUMNS) {
            String text = cell(cells, column);
            if (text.isEmpty()) {
                complaints.add(id + ": " + column + " is empty");
            }
            for (String name : names(text)) {
                if (!resolves(column, name)) {
                    complaints.add(id + ": " + column + " `" + name + "` does not exist");
                }
            }
        }
        String level = cell(cells, Column.LEVEL);
        boolean checked = !names(cell(cells, Column.MODEL)).isEmpty()
                && !names(cell(cells, Column.MUTANT)).isEmpty();
        boolean tested = !names(cell(cells, Column.TEST)).isEmpty();
        if (!LEVELS.contains(level)
                || (level.equals("Model-checked") && !checked)
                || (level.equals("Tested") && !tested)) {
            complaints.add(id + ": nothing shows the level " + level);
        }
    }

    private static List<String> names(String text) {
        return NAME.matcher(text).results().map(found -> found.group(1)).toList();
    }

    private boolean resolves(Column column, String name) {
        return known.computeIfAbsent(column + " " + name, key -> leadsSomewhere(column, name));
    }

    private boolean leadsSomewhere(Column column, String name) {
        return switch (column) {
            case MODEL -> isProperty(name);
            case MUTANT -> isMutant(name);
            case TEST -> isMember(name, true);
            case ASSERTION -> isMember(name, false);
            default -> true; // prose
        };
    }

    private boolean isProperty(String name) {
        int colon = name.indexOf(':');
        if (colon < 0 || !Files.isRegularFile(models.resolve(name.substring(0, colon)))) {
            return false;
        }
        String model = name.substring(0, colon);
        String property = name.substring(colon + 1);
        return runs.stream().anyMatch(run -> run.model().equals(model) && run.passes())
                && runs.stream()
                        .anyMatch(run -> run.model().equals(model)
                                && run.property().equals(property)
                                && run.configuration().startsWith("mutant: "));
    }

    private boolean isMutant(String name) {
        int space = name.indexOf(' ');
        String file = "/" + name.substring(0, Math.max(space, 0));
        String fault = name.substring(space + 1);
        return runs.stream()
                .filter(run -> run.model().endsWith(file) && !run.passes())
                .flatMap(run -> run.flags().stream())
                .anyMatch(flag -> flag.equals("-D" + fault) || flag.equals("Mutant=\"" + fault + "\""));
    }

    private boolean isMember(String name, boolean inTests) {
        int dot = name.indexOf('.');
        String type = dot < 0 ? name : name.substring(0, dot);
        for (Source source : sources.getOrDefault(type, List.of())) {
            Path path = source.path();
            boolean test = !(SHIPPED.contains(path.getName(0).toString())
                    && path.getName(2).toString().equals("main"));
            if (test == inTests && (dot < 0 || declares(source.text(), name.substring(dot + 1)))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a method of this name, or a field, is declared; a mere call or mention is none. */
    private static boolean declares(String text, String member) {
        Matcher method = Pattern.compile(
                        "(?m)^\\s*(?!return |throw |new |else |assert |\\*|//)[\\w@<>\\[\\].?,&\" ]*[\\w>\\]?]\\s+"
                                + Pattern.quote(member) + "(\\(| =|;)")
                .matcher(text);
        return method.find();
    }

    /** Names in backticks, in any chapter, that look like a model or a class of tests and are none. */
    List<String> dangling(String chapter) {
        Pattern model = Pattern.compile("(?:spin|tla)/\\w+\\.(?:pml|tla)");
        Pattern test = Pattern.compile("\\w+(?:Test|Stress|Soak)");
        return names(chapter).stream()
                .filter(name -> (model.matcher(name).matches() && !Files.isRegularFile(models.resolve(name)))
                        || (test.matcher(name).matches() && !sources.containsKey(name)))
                .toList();
    }
}
