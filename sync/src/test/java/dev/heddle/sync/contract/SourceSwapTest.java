// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The swap changes the names it should and nothing else. */
class SourceSwapTest {
    private static final SourceSwap SWAP = new SourceSwap(
            Map.of("a.b.Old", "x.New", "a.b.Same", "x.Same", "a.b.Older", "x.Newer", "a.Nest", "x.y.Home"));

    private static final List<String> SOURCES = List.of(
            "Contract",
            "SemaphoreContract",
            "SemaphoreWaitContract",
            "SemaphoreOrderContract",
            "MutexContract",
            "MutexWaitContract",
            "MutexLimitContract",
            "ConditionContract",
            "ConditionWaitContract",
            "ReadWriteMutexContract",
            "ReadWriteMutexWaitContract",
            "ReadWriteMutexQueryContract",
            "ReadWriteMutexSubclassContract",
            "ReadWriteMutexLimitContract",
            "CountDownLatchContract",
            "CyclicBarrierContract",
            "CyclicBarrierBreakContract");

    @Test
    void apply_plainImport_changesImportAndName() {
        assertEquals(
                "import x.New;\nclass C { New o = new New(New.class, New::new); }",
                SWAP.apply("import a.b.Old;\nclass C { Old o = new Old(Old.class, Old::new); }"));
    }

    @Test
    void apply_sameSimpleName_changesImportOnly() {
        assertEquals("import x.Same;\nSame s;", SWAP.apply("import a.b.Same;\nSame s;"));
    }

    @Test
    void apply_spacedAndCommentedImport_isUnderstood() {
        assertEquals("import x.New; New o;", SWAP.apply("import a . b /* here */ .\n Old ; Old o;"));
    }

    @Test
    void apply_nestedAndStaticImports_areChanged() {
        assertEquals(
                "import x.y.Home.Inner;\nimport static x.y.Home.of;\nInner i = of(Home.Inner.class);",
                SWAP.apply("import a.Nest.Inner;\nimport static a.Nest.of;\nInner i = of(Nest.Inner.class);"));
    }

    @Test
    void apply_longerNames_areLeftAlone() {
        String source = "import a.b.Oldest; import a.b.Old.X; Oldest o; MyOld m; Old_ u; Old1 n; $Old d;";
        assertEquals(source.replace("a.b.Old.X", "x.New.X"), SWAP.apply(source));
    }

    @Test
    void apply_twoTypesOneNamePrefixOfTheOther_areKeptApart() {
        assertEquals(
                "import x.Newer; import x.New; Newer p; New q;",
                SWAP.apply("import a.b.Older; import a.b.Old; Older p; Old q;"));
    }

    @Test
    void apply_commentsAndLiterals_areLeftAlone() {
        String rest =
                "/* Old */ // Old \" Old\n String s = \"Old \\\" Old\"; char c = '\"'; char q = '\\''; /** {@link Old} */"
                        + " String t = \"\"\"\n Old \" Old \"\" Old \\\"\"\" Old\n \"\"\"; ";
        assertEquals("import x.New; " + rest + "New o;", SWAP.apply("import a.b.Old; " + rest + "Old o;"));
    }

    @Test
    void apply_memberOfTheSameName_isLeftAlone() {
        assertEquals(
                "import x.New; New o = this.Old + f().Old;", SWAP.apply("import a.b.Old; Old o = this.Old + f().Old;"));
    }

    @Test
    void apply_typeNotImported_isLeftAlone() {
        assertEquals("import c.Old; Old o;", SWAP.apply("import c.Old; Old o;"));
        assertEquals("Old o;", SWAP.apply("Old o;"));
    }

    @Test
    void apply_wildcardImport_isRefused() {
        refused("import a.b.*; Old o;", "wildcard");
        assertEquals("import a.b.c.*;", SWAP.apply("import a.b.c.*;"));
    }

    @Test
    void apply_qualifiedNameInTheCode_isRefused() {
        refused("class C { a.b.Old o; }", "qualified");
        refused("class C { Object o = new a . b . Old(); }", "qualified");
        assertEquals("b.Old o; x.a.b.Old p;", SWAP.apply("b.Old o; x.a.b.Old p;"));
    }

    @Test
    void apply_newNameInUse_isRefused() {
        refused("import a.b.Old; class New { Old o; }", "already uses the name New");
    }

    @Test
    void apply_thereAndBack_givesEachContractSource() {
        SourceSwap heddle = new SourceSwap(Target.HEDDLE.types());
        for (String name : SOURCES) {
            String source = ContractProgram.source(name);
            assertEquals(source, heddle.reversed().apply(heddle.apply(source)), name);
        }
    }

    private static void refused(String source, String reason) {
        var e = assertThrows(IllegalArgumentException.class, () -> SWAP.apply(source));
        assertTrue(e.getMessage().contains(reason), e::getMessage);
    }
}
