// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands above the figures. */
class MachineTest {
    @Test
    void peers_ofTheBuild_haveAllTheirVersion() {
        String peers = Machine.peers(Path.of("..", "pom.xml"));
        for (String name :
                List.of("kotlinx.coroutines", "jox", "JCTools", "Vavr", "PCollections", "Clojure", "Scala")) {
            assertTrue(peers.matches(".*" + name + " [0-9].*"), peers);
        }
        assertFalse(peers.contains("unknown"), peers);
    }

    @Test
    void options_ofEverySuite_fixCollectorAndHeapAndAreNamed() {
        for (Suite suite : List.of(Suite.quick(), Suite.areas(1), Suite.full(), Suite.scaling())) {
            List<String> options = suite.jvmOptions();
            assertEquals(List.of("-XX:+UseG1GC", "-Xms1g", "-Xmx1g"), options.subList(0, 3), suite::name);
            assertEquals(!suite.name().equals("quick"), options.contains("-XX:+AlwaysPreTouch"), suite::name);
            assertTrue(suite.facts().get("JVM options").startsWith(String.join(" ", options)), suite::name);
            assertTrue(suite.facts().get("JMH options").startsWith(String.join(" ", suite.steady())), suite::name);
        }
    }
}
