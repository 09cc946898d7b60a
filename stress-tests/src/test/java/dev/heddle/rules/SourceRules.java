// SPDX-License-Identifier: Apache-2.0
package dev.heddle.rules;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The rules of the house that a machine can check in one source file. */
final class SourceRules {
    static final String LICENCE = "// SPDX-License-Identifier: Apache-2.0";
    static final int LONGEST_FILE = 500;
    static final int LONGEST_METHOD = 40;

    /** A line that breaks a rule for a reason says so: {@code // reason: ...}. */
    private static final String REASON = "// reason: ";

    private static final String SHIPPED = "(sync|channels|structures|unionfind)/src/main/.*";
    private static final String TEST = ".*/src/test/.*|stress-tests/.*";
    private static final String UNIT_TEST = ".*/src/test/.*";
    private static final String ANY = ".*";

    private record Rule(String name, Pattern where, Pattern forbidden) {}

    private static final List<Rule> RULES = List.of(
            rule("no Unsafe", ANY, "\\bsun\\.misc\\b|\\bjdk\\.internal\\b"),
            rule("no monitor", SHIPPED, "\\bsynchronized\\b"),
            rule("no printing", SHIPPED, "\\bSystem\\.(out|err)\\b|\\bprintStackTrace\\b"),
            rule("no thread-local", SHIPPED, "\\b(Inheritable)?ThreadLocal\\b"),
            rule("no sleep", ANY, "\\bThread\\.sleep\\b|\\b(NANOSECONDS|MICROSECONDS|MILLISECONDS|SECONDS)\\.sleep\\b"),
            rule(
                    "no disabled test",
                    TEST,
                    "^(?!import ).*(@Disabled\\b|@Ignore\\b|\\bassume(True|False|That)\\b|\\bassumingThat\\b)"),
            rule("no swallowed failure", TEST, "catch *\\((final )?(Exception|Throwable|Error) \\w+\\) *\\{ *\\}"),
            rule("no assert statement in tests", UNIT_TEST, "^\\s*assert\\b"));

    /** In comments too. Written in two halves, or this file would break its own rule. */
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

    private SourceRules() {}

    /** The violations in one file, each as {@code path:line: rule: text}; the path uses slashes, from the root on. */
    static List<String> violations(String path, String text) {
        List<String> found = new ArrayList<>();
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.get(0).equals(LICENCE)) {
            found.add(path + ":1: licence line missing");
        }
        if (lines.size() > LONGEST_FILE) {
            found.add(path + ":1: file of " + lines.size() + " lines");
        }
        List<String> code = withoutComments(text).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (UNFINISHED.matcher(line).find()) {
                found.add(path + ":" + (i + 1) + ": unfinished: " + line.strip());
            }
            for (Rule rule : RULES) {
                if (rule.where.matcher(path).matches()
                        && !line.contains(REASON)
                        && rule.forbidden.matcher(code.get(i)).find()) {
                    found.add(path + ":" + (i + 1) + ": " + rule.name + ": " + line.strip());
                }
            }
        }
        if (path.endsWith(".java")) {
            found.addAll(longMethods(path, text));
        }
        return found;
    }

    private static Rule rule(String name, String where, String forbidden) {
        return new Rule(name, Pattern.compile(where), Pattern.compile(forbidden));
    }

    /** The text with comments, strings and characters blanked out, line by line as before. */
    static String withoutComments(String text) {
        Pattern hidden = Pattern.compile(
                "//[^\n]*|/\\*.*?\\*/|\"\"\".*?\"\"\"|\"(\\\\.|[^\"\\\\\n])*\"|'(\\\\.|[^'\\\\\n])*'", Pattern.DOTALL);
        return hidden.matcher(text).replaceAll(match -> match.group().replaceAll("[^\n]", " "));
    }

    private static List<String> longMethods(String path, String text) {
        List<String> found = new ArrayList<>();
        JavaFileObject source = new SimpleJavaFileObject(URI.create("string:///" + path), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
        try {
            JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                    .getTask(null, null, diagnostic -> {}, List.of("-proc:none"), null, List.of(source));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                LineMap map = unit.getLineMap();
                unit.accept(
                        new TreeScanner<Void, Void>() {
                            @Override
                            public Void visitMethod(MethodTree method, Void none) {
                                long first = map.getLineNumber(positions.getStartPosition(unit, method));
                                long last = map.getLineNumber(positions.getEndPosition(unit, method));
                                if (last - first + 1 > LONGEST_METHOD) {
                                    found.add(path + ":" + first + ": method " + method.getName() + " of "
                                            + (last - first + 1) + " lines");
                                }
                                return super.visitMethod(method, null);
                            }
                        },
                        null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
