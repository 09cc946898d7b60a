// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal

import dev.heddle.testkit.Checks
import dev.heddle.testkit.Mutant

/** Asserts that the check of this subject fails, in the given way, where one text of a class of ours is another. */
internal fun rejected(
    original: Class<*>,
    text: String,
    fault: String,
    subject: Class<*>,
    spec: Class<*>,
    kind: String = Checks.INVALID_RESULTS,
) = Checks.waitingRejected(Mutant.of(original, text, fault).load(subject), spec, kind)
