// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.sync.contract.ContractCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Covers sync 9, 24. A condition of a mutex does what a program written for the JDK expects of it. */
class ConditionContractTest {
    @TestFactory
    Stream<DynamicNode> contract() {
        return ContractCases.ofBoth("ConditionContract", "ConditionWaitContract");
    }
}
