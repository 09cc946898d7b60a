// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The facts without which a figure means nothing. */
final class Machine {
    private Machine() {}

    /** Machine, JDK, commit, peers and command, by name. */
    static Map<String, String> facts(Path root, Jvm jvm, Path benchmarks, String command) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("command", command);
        facts.put(
                "begun",
                ZonedDateTime.now(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'")));
        facts.put("commit", commit(root));
        facts.put("JDK", jvm.name());
        facts.put(
                "peers",
                "the JDK's own; kotlinx.coroutines " + coroutines(benchmarks)
                        + "; jox, JCTools, Disruptor: see pom.xml");
        facts.put("processors", system.getAvailableProcessors() + " x " + processor());
        facts.put("memory", system.getTotalMemorySize() / (1 << 20) + " MiB");
        facts.put("system", system.getName() + " " + system.getVersion() + " " + system.getArch());
        facts.put("load before", Goals.number(system.getSystemLoadAverage()));
        return facts;
    }

    private static String commit(Path root) {
        Commands.Output head = Commands.run(root, List.of("git", "rev-parse", "--short=12", "HEAD"));
        if (!head.ok()) {
            return "not a checkout of git";
        }
        Commands.Output changes = Commands.run(root, List.of("git", "status", "--porcelain", "--untracked-files=no"));
        return head.text() + (changes.text().isEmpty() ? "" : " with uncommitted changes");
    }

    private static String processor() {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(info)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    private static String coroutines(Path benchmarks) {
        try (JarFile jar = new JarFile(benchmarks.toFile())) {
            var entry = jar.getJarEntry("META-INF/kotlinx_coroutines_core.version");
            if (entry == null) {
                return "of unknown version";
            }
            return new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "of unknown version";
        }
    }
}
