// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.cas;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.ExternalProfiler;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/** Failed compare-and-sets per operation, as {@code cas.failed.norm}: {@code -prof} with the name of this class. */
public final class FailedCasProfiler implements ExternalProfiler, InternalProfiler {
    private long before;

    @Override
    public String getDescription() {
        return "Failed compare-and-sets per operation, counted by an agent";
    }

    @Override
    public Collection<String> addJVMInvokeOptions(BenchmarkParams params) {
        return List.of();
    }

    @Override
    public Collection<String> addJVMOptions(BenchmarkParams params) {
        return List.of("-javaagent:" + agentJar());
    }

    @Override
    public void beforeTrial(BenchmarkParams params) {
        // the agent counts from the start of the fork
    }

    @Override
    public Collection<? extends Result<?>> afterTrial(BenchmarkResult result, long pid, File out, File err) {
        return List.of();
    }

    @Override
    public boolean allowPrintOut() {
        return true;
    }

    @Override
    public boolean allowPrintErr() {
        return true;
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        if (CasCounter.class.getClassLoader() != null) {
            throw new IllegalStateException("the agent is not there: run with forks");
        }
        before = CasCounter.failed();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        long failed = CasCounter.failed() - before;
        double norm = (double) failed / Math.max(1, result.getMetadata().getAllOps());
        return List.of(new ScalarResult("cas.failed.norm", norm, "#/op", AggregationPolicy.AVG));
    }

    /**
     * Writes a jar that names the agent and holds the counter for the boot loader; the agent itself is found on the
     * class path of the fork.
     */
    private static Path agentJar() {
        try {
            Path jar = Files.createTempFile("heddle-cas-", ".jar");
            jar.toFile().deleteOnExit();
            Manifest manifest = new Manifest();
            Attributes main = manifest.getMainAttributes();
            main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
            main.putValue("Premain-Class", CasAgent.class.getName());
            main.putValue("Can-Retransform-Classes", "true");
            main.putValue("Boot-Class-Path", jar.getFileName().toString());
            String counter = CasCounter.class.getName().replace('.', '/') + ".class";
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                    InputStream in = CasCounter.class.getClassLoader().getResourceAsStream(counter)) {
                out.putNextEntry(new JarEntry(counter));
                in.transferTo(out);
                out.closeEntry();
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
