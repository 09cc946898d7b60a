// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.heddle.tools.ToolException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The facts without which a figure means nothing. */
final class Machine {
    /** What is compared with, by its property in the POM. */
    private static final Map<String, String> PEERS = new LinkedHashMap<>();

    static {
        PEERS.put("coroutines", "kotlinx.coroutines");
        PEERS.put("jox", "jox");
        PEERS.put("jctools", "JCTools");
        PEERS.put("disruptor", "Disruptor");
        PEERS.put("vavr", "Vavr");
        PEERS.put("pcollections", "PCollections");
        PEERS.put("clojure", "Clojure");
        PEERS.put("scala", "Scala");
        PEERS.put("jgrapht", "JGraphT");
    }

    private Machine() {}

    /** Machine, JDK, commit, peers and command, by name. */
    static Map<String, String> facts(Path root, Jvm jvm, String command) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("command", command);
        facts.put(
                "begun",
                ZonedDateTime.now(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'")));
        facts.put("commit", commit(root));
        facts.put("JDK", jvm.name());
        facts.put("peers", peers(root.resolve("pom.xml")));
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

    /** Names and versions of the libraries that are compared, as the build takes them. */
    static String peers(Path pom) {
        List<String> peers = new ArrayList<>(List.of("the JDK's own"));
        String text;
        try {
            text = Files.readString(pom);
        } catch (IOException e) {
            throw new ToolException("cannot read " + pom + ": " + e.getMessage(), e);
        }
        PEERS.forEach((property, name) -> {
            Matcher version =
                    Pattern.compile("<" + property + "\\.version>([^<]+)<").matcher(text);
            peers.add(name + " " + (version.find() ? version.group(1) : "of unknown version"));
        });
        return String.join(", ", peers);
    }
}
