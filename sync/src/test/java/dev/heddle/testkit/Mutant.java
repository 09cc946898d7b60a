// SPDX-License-Identifier: Apache-2.0
package dev.heddle.testkit;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/**
 * A class of ours with a fault put in: the source as it is now, with one piece of text replaced, and compiled. A mutant
 * can't go stale: if the text is no longer there, exactly once, making it fails.
 *
 * <p>{@link #load} gives the test subject made of the faulty class: a copy, under a name of its own, of the subject and of
 * every class between it and the fault. The copies live in the loader of the tests, where Lincheck looks for classes.
 */
public final class Mutant {
    private static final String OURS = "dev/heddle/";
    private static final String TESTKIT = "dev/heddle/testkit/";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String prefix = "Mutant" + NUMBER.incrementAndGet() + "_";
    private final Map<String, byte[]> faulty; // by internal name
    private final Map<String, Class<?>> copies = new HashMap<>(); // by internal name of the original

    private Mutant(Map<String, byte[]> faulty) {
        this.faulty = faulty;
    }

    /**
     * The original with {@code text} replaced.
     *
     * @param original a top-level class of a main source tree
     * @throws AssertionError if the text does not occur exactly once, or the result does not compile
     */
    public static Mutant of(Class<?> original, String text, String replacement) {
        String source = source(original);
        int at = source.indexOf(text);
        if (at < 0 || source.indexOf(text, at + 1) >= 0) {
            throw new AssertionError("not exactly once in " + original.getName() + ": " + text);
        }
        return new Mutant(compile(original, source.replace(text, replacement)));
    }

    /** The test subject, made of the faulty class. */
    public Class<?> load(Class<?> subject) {
        String root = subject.getName().replace('.', '/');
        Set<String> copied = affected(root);
        if (!copied.contains(root)) {
            throw new AssertionError(subject.getName() + " does not use the mutant");
        }
        for (String name : copied) {
            define(name, copied);
        }
        return copies.get(root);
    }

    /** A fresh body for an interleaving test; {@code subject} has a constructor without parameters. */
    public Runnable body(Class<? extends Runnable> subject) {
        try {
            var constructor = load(subject).getDeclaredConstructor();
            constructor.setAccessible(true);
            return (Runnable) constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /** The class file of a faulty class, by internal name; null for a class without fault. */
    byte[] code(String name) {
        return faulty.get(name);
    }

    // ---- copying

    /** The classes reachable from {@code root} that reach the faulty ones. */
    private Set<String> affected(String root) {
        Map<String, Set<String>> users = new HashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of(root));
        Set<String> seen = new HashSet<>(open);
        while (!open.isEmpty()) {
            String name = open.remove();
            for (String used : used(name)) {
                users.computeIfAbsent(used, any -> new HashSet<>()).add(name);
                if (seen.add(used)) {
                    open.add(used);
                }
            }
        }
        Set<String> affected = new TreeSet<>();
        faulty.keySet().stream().filter(seen::contains).forEach(open::add);
        while (!open.isEmpty()) {
            String name = open.remove();
            if (affected.add(name)) {
                open.addAll(users.getOrDefault(name, Set.of()));
            }
        }
        return affected;
    }

    private Set<String> used(String name) {
        Set<String> used = new HashSet<>();
        var collector = new Remapper(Opcodes.ASM9) {
            @Override
            public String map(String other) {
                if (other.startsWith(OURS) && !other.startsWith(TESTKIT)) {
                    used.add(other);
                }
                return other;
            }
        };
        new ClassReader(codeOf(name)).accept(new ClassRemapper(new ClassWriter(0), collector), 0);
        return used;
    }

    private Class<?> define(String name, Set<String> copied) {
        Class<?> done = copies.get(name);
        if (done != null) {
            return done;
        }
        var reader = new ClassReader(codeOf(name));
        if (copied.contains(reader.getSuperName())) {
            define(reader.getSuperName(), copied);
        }
        for (String each : reader.getInterfaces()) {
            if (copied.contains(each)) {
                define(each, copied);
            }
        }
        var writer = new ClassWriter(0);
        reader.accept(
                new ClassRemapper(writer, new Remapper(Opcodes.ASM9) {
                    @Override
                    public String map(String other) {
                        return copied.contains(other) ? renamed(other) : other;
                    }
                }),
                0);
        Class<?> copy = defineBeside(name, writer.toByteArray());
        copies.put(name, copy);
        return copy;
    }

    private Class<?> defineBeside(String name, byte[] code) {
        ClassLoader loader = Mutant.class.getClassLoader();
        try {
            Class<?> original = Class.forName(name.replace('/', '.'), false, loader);
            try {
                return MethodHandles.privateLookupIn(original, MethodHandles.lookup())
                        .defineClass(code);
            } catch (NoClassDefFoundError missing) { // defined, but its check needs a copy that comes later
                return Class.forName(renamed(name).replace('/', '.'), false, loader);
            }
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private String renamed(String name) {
        int simple = name.lastIndexOf('/') + 1;
        return name.substring(0, simple) + prefix + name.substring(simple);
    }

    private byte[] codeOf(String name) {
        byte[] code = faulty.get(name);
        if (code != null) {
            return code;
        }
        try (InputStream in = Mutant.class.getClassLoader().getResourceAsStream(name + ".class")) {
            if (in == null) {
                throw new AssertionError("no class file of " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- compiling

    private static Path classes(Class<?> original) {
        try {
            return Path.of(
                    original.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static String source(Class<?> original) {
        Path sources = classes(original).resolve("../../src/main/java");
        try {
            return Files.readString(sources.resolve(original.getName().replace('.', '/') + ".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, byte[]> compile(Class<?> original, String source) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var problems = new DiagnosticCollector<JavaFileObject>();
        var unit =
                new SimpleJavaFileObject(
                        URI.create("string:///" + original.getName().replace('.', '/') + ".java"),
                        JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        String path = classes(original) + File.pathSeparator + System.getProperty("java.class.path");
        List<String> options = List.of("--release", "17", "-proc:none", "-g", "-cp", path);
        try (var files = new Memory(compiler.getStandardFileManager(problems, null, null))) {
            boolean done = compiler.getTask(null, files, problems, options, null, List.of(unit))
                    .call();
            if (!done) {
                throw new AssertionError("mutant of " + original.getName() + ": " + problems.getDiagnostics());
            }
            return files.classes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps what the compiler writes. */
    private static final class Memory extends ForwardingJavaFileManager<StandardJavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

        Memory(StandardJavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                JavaFileManager.Location where, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + name.replace('.', '/') + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    var out = new ByteArrayOutputStream();
                    written.put(name.replace('.', '/'), out);
                    return out;
                }
            };
        }

        Map<String, byte[]> classes() {
            Map<String, byte[]> all = new HashMap<>();
            written.forEach((name, out) -> all.put(name, out.toByteArray()));
            return all;
        }
    }
}
