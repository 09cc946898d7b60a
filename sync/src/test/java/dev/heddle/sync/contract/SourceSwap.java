// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync.contract;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes a Java source as its owner would who moves to another type: the import, and the simple name where it
 * differs. Works on whole tokens; comments, strings and characters stay as they are. What such an owner could not do
 * without a further change is refused: a wildcard import that hides the type, a qualified name in the code, a new name
 * that the source already uses.
 */
public final class SourceSwap {
    private static final Pattern TOKEN =
            Pattern.compile("(?<skip>//[^\\n]*|/\\*(?s:.*?)\\*/|\"\"\"(?s:\\\\.|[^\\\\])*?\"\"\""
                    + "|\"(?:\\\\.|[^\"\\\\\\n])*+\"|'(?:\\\\.|[^'\\\\\\n])++'|\\s++)"
                    + "|(?<name>\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*+)"
                    + "|(?<other>(?s:.))");

    private final Map<String, String> types;

    /** Qualified names of the types to leave, each with the qualified name of what takes its place. */
    public SourceSwap(Map<String, String> types) {
        this.types = new TreeMap<>(types);
    }

    /** The source after the change. */
    public String apply(String source) {
        return new Pass(source).run();
    }

    /** The swap that undoes this one. */
    public SourceSwap reversed() {
        Map<String, String> back = new HashMap<>();
        types.forEach((from, to) -> back.put(to, from));
        return new SourceSwap(back);
    }

    private static String simple(String qualified) {
        return qualified.substring(qualified.lastIndexOf('.') + 1);
    }

    private static String owner(String qualified) {
        return qualified.substring(0, qualified.lastIndexOf('.'));
    }

    /** One walk over one source. */
    private final class Pass {
        private final Matcher tokens;
        private final StringBuilder out = new StringBuilder();
        private final Map<String, String> names = new HashMap<>();
        private final StringBuilder qualified = new StringBuilder(); // names joined by dots, up to this token

        Pass(String source) {
            tokens = TOKEN.matcher(source);
        }

        String run() {
            boolean dotted = false;
            while (tokens.find()) {
                String token = tokens.group();
                if (tokens.group("skip") != null) {
                    out.append(token);
                } else if (token.equals("import")) {
                    importStatement();
                } else if (tokens.group("name") != null) {
                    out.append(dotted ? member(token) : start(token));
                    dotted = false;
                } else {
                    dotted = token.equals(".");
                    qualified.append(dotted ? "." : "");
                    if (!dotted) {
                        qualified.setLength(0);
                    }
                    out.append(token);
                }
            }
            return out.toString();
        }

        private void importStatement() {
            StringBuilder text = new StringBuilder("import");
            StringBuilder name = new StringBuilder();
            for (boolean open = true; open && tokens.find(); ) {
                String token = tokens.group();
                text.append(token);
                open = !token.equals(";");
                if (open && tokens.group("skip") == null && !token.equals("static")) {
                    name.append(token);
                }
            }
            out.append(swapImport(text.toString(), name.toString()));
        }

        private String swapImport(String text, String name) {
            for (Map.Entry<String, String> type : types.entrySet()) {
                String from = type.getKey();
                if (name.equals(owner(from) + ".*")) {
                    throw new IllegalArgumentException("wildcard import may hide " + from + ": " + text);
                }
                if (name.equals(from) || name.startsWith(from + ".")) {
                    names.put(simple(from), simple(type.getValue()));
                    return "import " + (text.contains("static") ? "static " : "") + type.getValue()
                            + name.substring(from.length()) + ";";
                }
            }
            return text;
        }

        /** A name at the start of an expression or a type. */
        private String start(String name) {
            qualified.setLength(0);
            qualified.append(name);
            Set<String> taken = Set.copyOf(names.values());
            if (taken.contains(name) && !names.containsKey(name)) {
                throw new IllegalArgumentException("the source already uses the name " + name);
            }
            return names.getOrDefault(name, name);
        }

        /** A name after a dot: belongs to what stands before it. */
        private String member(String name) {
            qualified.append(name);
            if (types.containsKey(qualified.toString())) {
                throw new IllegalArgumentException("qualified name in the code: " + qualified);
            }
            return name;
        }
    }
}
