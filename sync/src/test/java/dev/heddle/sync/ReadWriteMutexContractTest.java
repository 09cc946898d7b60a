// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.sync.contract.ApiSurface;
import dev.heddle.sync.contract.ContractCases;
import dev.heddle.sync.contract.Target;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Covers sync 1, 6, 21. A read-write mutex does what a program written for the JDK expects of it. */
class ReadWriteMutexContractTest {
    @TestFactory
    Stream<DynamicNode> contract() {
        return ContractCases.ofBoth(
                "ReadWriteMutexContract",
                "ReadWriteMutexWaitContract",
                "ReadWriteMutexQueryContract",
                "ReadWriteMutexSubclassContract");
    }

    @TestFactory
    @Tag("slow")
    Stream<DynamicNode> limits() {
        return ContractCases.ofBoth("ReadWriteMutexLimitContract");
    }

    @Test
    void api_everyMemberOfTheJdkType_isThere() {
        assertEquals(
                List.of(),
                ApiSurface.differences(java.util.concurrent.locks.ReentrantReadWriteLock.class, Target.HEDDLE));
    }
}
