// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** The checkout that the command works on, and what can be built in it. */
public final class Checkout {
    private static final Pattern MODULE = Pattern.compile("\\[INFO] Building (.+) \\S+ +\\[(\\d+)/(\\d+)]");

    private final Path root;

    private Checkout(Path root) {
        this.root = root;
    }

    /** The checkout named by the property {@code heddle.root}, which the launcher sets. */
    public static Checkout current() {
        String root = System.getProperty("heddle.root");
        if (root == null) {
            throw new ToolException("start this program with ./heddle: the property heddle.root is not set");
        }
        return new Checkout(Path.of(root));
    }

    public Path root() {
        return root;
    }

    /** The java that measures what every JDK can do: the one that runs this program. */
    public Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** A java of version 21 or newer, for rows with virtual threads, if this machine has one. */
    public Optional<Path> newerJava() {
        if (Runtime.version().feature() >= 21) {
            return Optional.of(java());
        }
        String home = System.getProperty("heddle.newerJdk", "");
        return home.isEmpty() ? Optional.empty() : Optional.of(Path.of(home, "bin", "java"));
    }

    /** The benchmarks as one jar, built now if it is older than what it is made of. */
    public Path benchmarks() {
        Path jar = root.resolve("jmh/target/benchmarks.jar");
        List<Path> sources = List.of(
                root.resolve("pom.xml"),
                root.resolve("sync/pom.xml"),
                root.resolve("sync/src/main"),
                root.resolve("channels/pom.xml"),
                root.resolve("channels/src/main"),
                root.resolve("structures/pom.xml"),
                root.resolve("structures/src/main"),
                root.resolve("unionfind/pom.xml"),
                root.resolve("unionfind/src/main"),
                root.resolve("jmh/pom.xml"),
                root.resolve("jmh/src/main"));
        if (olderThan(jar, sources)) {
            build("jmh");
        }
        return jar;
    }

    private void build(String module) {
        List<String> command =
                List.of("mvn", "-B", "package", "-pl", module, "-am", "-Dmaven.test.skip", "-DskipTests");
        List<String> log = new ArrayList<>();
        try (ProgressBar bar = bar("building " + module, 100)) {
            Process maven = new ProcessBuilder(command)
                    .directory(root.toFile())
                    .redirectErrorStream(true)
                    .start();
            try (var lines = maven.inputReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    log.add(line);
                    Matcher building = MODULE.matcher(line);
                    if (building.find()) {
                        bar.maxHint(Long.parseLong(building.group(3)));
                        bar.stepTo(Long.parseLong(building.group(2)) - 1);
                        bar.setExtraMessage(building.group(1));
                    }
                }
            }
            if (maven.waitFor() != 0) {
                throw new ToolException("the build failed:\n" + String.join("\n", log));
            }
            bar.stepTo(bar.getMax());
        } catch (IOException e) {
            throw new ToolException("cannot run mvn: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ToolException("interrupted", e);
        }
    }

    /** A progress bar on the standard error stream in the style of all commands. */
    public static ProgressBar bar(String task, long max) {
        ProgressBarBuilder bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(max)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(500);
        if (!Boolean.getBoolean("heddle.terminal")) { // nobody watches: a log would fill with bars
            bar.setConsumer(new DelegatingProgressBarConsumer(ignored -> {}));
        }
        return bar.build();
    }

    /** True if the file is missing, or anything in or below the sources is newer. */
    static boolean olderThan(Path file, List<Path> sources) {
        if (!Files.exists(file)) {
            return true;
        }
        FileTime built = modified(file);
        return sources.stream().filter(Files::exists).anyMatch(source -> {
            try (Stream<Path> below = Files.walk(source)) {
                return below.anyMatch(path -> modified(path).compareTo(built) > 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static FileTime modified(Path path) {
        try {
            return Files.getLastModifiedTime(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
