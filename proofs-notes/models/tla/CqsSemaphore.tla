\* SPDX-License-Identifier: Apache-2.0
------------------------------- MODULE CqsSemaphore -------------------------------
(* The reference unit semaphore on the CancellableQueueSynchronizer: asynchronous or
   synchronous resumption, smart cancellation (sync 2.3, 2.5).

   One label is one access to shared state. A loop "read the cell, decide, compare-and-set,
   else read again" is one step: its failed attempts change nothing.

   Cells: Empty; Waiter; Value (a resume came first); Taken; Broken; Resumed; Cancelling;
   Delegated (a resume met Cancelling and left its value to the handler); Cancelled; Refuse.

   Bounds: N processes, each acquires and releases once; Cancels waiters may be cancelled; Breaks
   cells may be broken (Sync only); Cells cells (asserted). *)
EXTENDS Integers, FiniteSets, TLC
CONSTANTS N, K, Cells, Sync, Cancels, Breaks, Mutant

(* --algorithm CqsSemaphore
variables
  state = K;                                   \* permits if positive, else minus the waiters
  suspendIdx = 0; resumeIdx = 0;
  cell = [c \in 0..Cells-1 |-> "Empty"];
  breaks = 0;
  \* ghosts
  holders = {};
  counted = 0;                                 \* acquires not yet given back or cancelled
  debts = 0;                                   \* broken cells that their acquirer has not met
  owed = 0;                                    \* resumes that broke a cell and will count again
  entered = -1;                                \* the last cell that let somebody in

define
  Exclusion == Cardinality(holders) <= K
  Newest    == LET w == { c \in 0..Cells-1 : cell[c] = "Waiter" }
               IN IF w = {} THEN resumeIdx ELSE CHOOSE c \in w : \A d \in w : d <= c
  Conserve  == state = K - counted + debts - owed
end define;

macro enter(c) begin
  \* a cell lets its owner in only after a resume has reached every older one
  assert Assert(resumeIdx > c, "fifo") /\ (K > 1 \/ Assert(c > entered, "strictfifo"));
  entered := c;
  holders := holders \union {self};
end macro;

fair process proc \in 1..N
variables i = -1; again = FALSE;
begin
acquire:
  counted := counted + 1;
  state := state - 1;
  if state >= 0 then
    holders := holders \union {self};
    goto release;
  end if;
suspend:
  assert Assert(suspendIdx < Cells, "bound");
  i := suspendIdx;
  suspendIdx := suspendIdx + 1;
install:
  if cell[i] = "Empty" then
    cell[i] := "Waiter";
    goto park;
  end if;
take:
  if cell[i] = "Broken" then
    cell[i] := "Taken";
    debts := debts - 1;
    counted := counted - 1;
    goto acquire;
  else
    cell[i] := "Taken";
    enter(i);
    goto release;
  end if;
park:
  await cell[i] # "Waiter";
  if cell[i] = "Resumed" then
    enter(i);
  else
    goto leave;
  end if;
release:
  holders := holders \ {self};
  i := -1;
  if again then owed := owed - 1 else counted := counted - 1 end if;
  state := state + 1;
  if state > 0 then
    goto leave;
  end if;
resume:
  assert Assert(resumeIdx < Cells, "bound");
  if Mutant = "newest" then                    \* mutant: serves the last waiter first
    i := Newest;
  else
    i := resumeIdx;
  end if;
  resumeIdx := resumeIdx + 1;
visit:
  await ~(Sync /\ cell[i] = "Cancelling");     \* Sync: wait for the verdict
  if cell[i] = "Empty" then
    cell[i] := "Value";
    if Sync then goto pair else goto leave end if;
  elsif cell[i] = "Waiter" then
    if Mutant = "lostcas" then
      goto blind;
    else
      cell[i] := "Resumed";
      goto leave;
    end if;
  elsif cell[i] = "Cancelling" then
    cell[i] := "Delegated";
    goto leave;
  elsif cell[i] = "Cancelled" then
    goto resume;
  else
    assert Assert(cell[i] = "Refuse", "cells");
    goto leave;
  end if;
blind:                                         \* mutant: does not look whether the CAS failed
  if cell[i] = "Waiter" then cell[i] := "Resumed" end if;
  goto leave;
pair:                                          \* Sync: a bounded wait, then CAS Value -> Broken
  either
    await cell[i] = "Taken";
  or
    await cell[i] = "Value" /\ breaks < Breaks;
    breaks := breaks + 1;
    again := TRUE;
    if Mutant = "giveup" then
      skip;
    else
      cell[i] := "Broken";
      debts := debts + 1;
      owed := owed + 1;
    end if;
    goto release;
  end either;
leave:
  i := -1;
  again := FALSE;
end process;

fair process canceller = 0
variables at = -1; n = 0; skippable = FALSE;
begin
begin_:
  while n < Cancels do
    either
      with d \in { x \in 0..Cells-1 : cell[x] = "Waiter" } do
        cell[d] := "Cancelling";
        at := d;
      end with;
    or
      goto gone;
    end either;
count:                                         \* onCancellation
    n := n + 1;
    counted := counted - 1;
    state := state + 1;
    skippable := state <= 0 \/ Mutant = "norefuse";
verdict:
    if skippable then
      if cell[at] = "Delegated" \/ Mutant = "grants" then \* mutant: every abort grants
        cell[at] := "Cancelled";
      else
        cell[at] := "Cancelled";
        goto next;
      end if;
    else
      cell[at] := "Refuse";                     \* a refused permit is back in state already
      goto next;
    end if;
pass:                                          \* hands a delegated value on: resume()
    assert Assert(resumeIdx < Cells, "bound");
    at := resumeIdx;
    resumeIdx := resumeIdx + 1;
passVisit:
    if cell[at] = "Empty" then
      cell[at] := "Value";
    elsif cell[at] = "Waiter" then
      cell[at] := "Resumed";
    elsif cell[at] = "Cancelled" then
      goto pass;
    else
      assert Assert(cell[at] = "Refuse", "cells");
    end if;
next:
    at := -1;
    skippable := FALSE;
  end while;
gone:
  skip;
end process;
end algorithm; *)
\* BEGIN TRANSLATION
\* END TRANSLATION

Quiet == /\ \A p \in ProcSet : pc[p] = "Done"

QuietEnd == Quiet => /\ state = K
                     /\ \A x \in 0..Cells-1 : cell[x] \notin {"Value", "Delegated", "Cancelling", "Waiter"}
                     /\ suspendIdx = resumeIdx \/ Cancels > 0

Ends == <>Quiet
===================================================================================
