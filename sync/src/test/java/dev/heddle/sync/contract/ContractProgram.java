// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A contract program, compiled for one target and loaded by a class loader of its own. */
public final class ContractProgram {
    private static final String FOLDER = "contract";

    private final Class<?> main;

    private ContractProgram(Class<?> main) {
        this.main = main;
    }

    /** The class whose cases are asked. */
    public Class<?> main() {
        return main;
    }

    /** The text of a contract source, as written against the JDK. */
    public static String source(String name) {
        String file = "/" + FOLDER + "/" + name + ".java";
        try (InputStream in = ContractProgram.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("no contract source " + file);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiles the named source for the target; fails unless it compiles without any further change. */
    public static ContractProgram compile(String name, Target target) {
        SourceSwap swap = new SourceSwap(target.types());
        Map<String, String> texts = Stream.of("Contract", name)
                .collect(Collectors.toMap(n -> n, n -> swap.apply(source(n)), (a, b) -> a, TreeMap::new));
        Map<String, byte[]> classes = compile(texts);
        if (target.left()) {
            target.types().keySet().forEach(type -> requireGone(type, classes));
        }
        try {
            return new ContractProgram(new Memory(classes).loadClass(FOLDER + "." + name));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** No class of the changed program mentions the type it left. */
    private static void requireGone(String type, Map<String, byte[]> classes) {
        Pattern mention = Pattern.compile(type.replace('.', '/') + "(?![\\w])");
        classes.forEach((name, bytes) -> {
            if (mention.matcher(new String(bytes, ISO_8859_1)).find()) {
                throw new AssertionError(name + " still uses " + type);
            }
        });
    }

    private static Map<String, byte[]> compile(Map<String, String> texts) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("no compiler in " + System.getProperty("java.home") + ": a JDK is needed");
        }
        StringWriter complaints = new StringWriter();
        try (Output output = new Output(compiler.getStandardFileManager(null, null, UTF_8))) {
            boolean done = compiler.getTask(
                            complaints,
                            output,
                            null,
                            Stream.of("--release", "17", "-proc:none", "-classpath", classPath())
                                    .toList(),
                            null,
                            texts.entrySet().stream().map(Text::new).toList())
                    .call();
            if (!done) {
                throw new AssertionError("does not compile:\n" + complaints);
            }
            return output.classes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the shipped classes and the test classes lie. */
    private static String classPath() {
        return Stream.of("dev.heddle.sync.Fairness", ContractProgram.class.getName())
                .map(ContractProgram::location)
                .distinct()
                .collect(Collectors.joining(System.getProperty("path.separator")));
    }

    private static String location(String type) {
        try {
            Class<?> loaded = Class.forName(type);
            URI place =
                    loaded.getProtectionDomain().getCodeSource().getLocation().toURI();
            return Path.of(place).toString();
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A source in memory. */
    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(Map.Entry<String, String> source) {
            super(URI.create("string:///" + FOLDER + "/" + source.getKey() + ".java"), Kind.SOURCE);
            text = source.getValue();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** Keeps what the compiler writes. */
    private static final class Output extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written = new TreeMap<>();

        Output(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("bytes:///" + name.replace('.', '/') + kind.extension), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return written.computeIfAbsent(name, n -> new ByteArrayOutputStream());
                }
            };
        }

        Map<String, byte[]> classes() {
            Map<String, byte[]> classes = new TreeMap<>();
            written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
            return classes;
        }
    }

    /** Defines the compiled classes; everything else comes from the class loader of the tests. */
    private static final class Memory extends ClassLoader {
        private final Map<String, byte[]> classes;

        Memory(Map<String, byte[]> classes) {
            super(ContractProgram.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
