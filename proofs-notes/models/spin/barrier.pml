// SPDX-License-Identifier: Apache-2.0
/*
 * The cyclic barrier, step by step as in CyclicBarrier (arrive, trip, awaitNext, startNext,
 * reset) and BarrierRound (takePlace, breakUp, fail, gate, openGate) on the cells of CellQueue
 * (await, meet, abort). Threads only: the phases of an Arrival, the future of a party, are not
 * modelled.
 *
 *   round  {places, BROKEN, RESET} one word; a queue with tickets S and R; a gate
 *
 * Bounds: N threads that arrive once, PARTIES places, NR rounds (asserted); LEAVES: bit i =
 * thread i may be interrupted on entry, or interrupted or timed out while it waits; RESETS calls
 * of reset; ACTION: 0 none, 1 succeeds, 2 may fail, 3 may reset the barrier and may fail.
 *
 * Properties:
 *   place    each index of a round is given once
 *   agree    who gets an index: all arrived and the round tripped; who gets a broken barrier or
 *            leaves: the round was broken or reset; one at most leaves a round
 *   before   nobody goes on before the action has ended
 *   stuck    quiet: nobody waits in a decided round, and in an open one wait all who arrived
 *   rest     quiet: no verdict left in a cell, and no resume beyond the sleepers
 *   cells    a resume meets no other state than the table of CellQueue allows; the breaker's
 *            compare-and-set on its own cell succeeds
 *   bound    NR rounds suffice
 */
#ifndef PARTIES
#define PARTIES 2
#endif
#ifndef N
#define N 2
#endif
#ifndef LEAVES
#define LEAVES 0
#endif
#ifndef RESETS
#define RESETS 0
#endif
#ifndef ACTION
#define ACTION 0
#endif
#ifndef NR
#define NR 4
#endif

#define NC PARTIES /* one more than sleepers: a stray resume shows */

#define EMPTY      0
#define WAIT       1
#define FIRST      2 /* a verdict that came first: FIRST false, FIRST + 1 true */
#define DELIVERED  4 /* a verdict: DELIVERED false, DELIVERED + 1 true */
#define TAKEN      6
#define CANCELLING 7
#define CANCELLED  8
#define REFUSE     9

#define UNDECIDED 0
#define TRIPPED   1
#define UNDONE    2 /* broken, or reset */

hidden byte place, agree, before, stuck, rest, cells, bound; /* names, always 0 */

byte generation;
short places[NR] = PARTIES; bit broken[NR]; bit wasReset[NR]; /* the word */
byte S[NR]; byte R[NR]; byte cell[NR * NC];
bit gateMade[NR]; bit gateOpen[NR];

/* ghosts */
byte verdict[NR]; bit acted[NR]; bit given[NR * PARTIES]; byte leavers[NR];

#define DECIDED(r) (broken[r] || places[r] <= 0)

inline startNext() { /* CAS(generation, r, fresh) */
  atomic { if :: generation == r -> assert(bound || r + 1 < NR); generation = r + 1 :: else fi }
}

/* breakUp(flags) under the label given; ends at lost if the round is decided. */
inline breakUp(flag, lost) {
  atomic {
    if
    :: DECIDED(r) -> goto lost
    :: else -> broken[r] = 1; wasReset[r] = flag; left = PARTIES - places[r]; verdict[r] = UNDONE
    fi
  }
#ifdef M_LATECOUNT
  left = (places[r] > 0 -> PARTIES - places[r] : PARTIES); /* mutant: late arrivals are counted */
#endif
}

/* One of resumeMany(v, left), under the label resume; left is counted down before. */
inline resumeOne() {
  atomic { i = R[r]; R[r]++; assert(rest || i < NC) }
  atomic {
    if
    :: cell[r * NC + i] == EMPTY -> cell[r * NC + i] = FIRST + v
    :: cell[r * NC + i] == WAIT -> cell[r * NC + i] = DELIVERED + v
#ifdef M_NOREFUSE
    :: cell[r * NC + i] == CANCELLED -> left++
#endif
    :: else -> assert(cells || cell[r * NC + i] == REFUSE)
    fi;
    i = 0
  }
}

/* awaitNext(r), under the label given; goes to again. */
inline awaitNext(again) {
#if ACTION
  if :: broken[r] :: else -> goto at_gate fi;
#endif
  startNext();
  goto again;
#if ACTION
  at_gate:
#ifdef M_GATELATE
  if :: generation == r :: else -> goto again fi;
  if :: !broken[r] :: else -> goto again fi; /* mutant: makes the gate after it has looked */
  gateMade[r] = 1;
#else
  gateMade[r] = 1;
  if :: generation == r :: else -> goto again fi; /* isTripping */
  if :: !broken[r] :: else -> goto again fi;
#endif
  atomic { gateOpen[r] -> goto again }
#endif
}

proctype Party(byte me) {
  byte r; byte i; byte left; bit v; bit failed;
  arrive: r = generation;
  atomic {
    if
    :: broken[r] && !wasReset[r] -> goto isBroken
    :: DECIDED(r) && !(broken[r] && !wasReset[r]) -> goto late
    :: else -> skip
    fi
  }
  if
  :: (LEAVES >> me) & 1 -> goto entry
  :: skip
  fi;
#ifdef M_TWOSTEPS
  i = places[r]; /* mutant: reads, then writes */
  atomic {
    if :: DECIDED(r) -> goto arrive :: else fi;
    places[r] = i - 1;
#else
  atomic { /* takePlace */
    i = places[r] * !DECIDED(r);
    places[r]--;
    if :: i == 0 -> goto arrive :: else fi;
#endif
    i--;
    assert(place || !given[r * PARTIES + i]); given[r * PARTIES + i] = 1;
    if
    :: i == 0 -> verdict[r] = TRIPPED; goto trip
    :: else
    fi
  }
  atomic { i = S[r]; S[r]++ }
  atomic {
    if
    :: cell[r * NC + i] == EMPTY -> cell[r * NC + i] = WAIT
    :: else ->
       v = cell[r * NC + i] - FIRST; assert(cells || cell[r * NC + i] <= FIRST + 1);
       cell[r * NC + i] = TAKEN; goto outcome
    fi
  }
  if
  :: (LEAVES >> me) & 1 -> goto leave
  :: skip
  fi;
  end_parked: atomic { cell[r * NC + i] != WAIT -> v = cell[r * NC + i] - DELIVERED; cell[r * NC + i] = TAKEN }
  outcome: atomic {
    assert(agree || verdict[r] == (v -> TRIPPED : UNDONE));
    assert(before || !v || !ACTION || acted[r]);
    goto done
  }

  leave: atomic { if :: cell[r * NC + i] == WAIT :: else -> goto end_parked fi }
#ifdef M_NOBREAK
  cell[r * NC + i] = REFUSE; /* mutant: leaves as in the paper, the others are not told */
  atomic { leavers[r]++; assert(agree || verdict[r] == UNDONE); goto done }
#else
  breakUp(0, end_parked);
  atomic { assert(cells || cell[r * NC + i] == WAIT); cell[r * NC + i] = CANCELLING }
#ifdef M_NOREFUSE
  atomic { cell[r * NC + i] = CANCELLED; i = 0 } /* mutant */
#else
  atomic { assert(cells || cell[r * NC + i] == CANCELLING); cell[r * NC + i] = REFUSE; i = 0 }
#endif
#endif
  goto gone;
  entry: breakUp(0, arrive);
  gone: atomic { leavers[r]++; assert(agree || (leavers[r] == 1 && verdict[r] == UNDONE)) }
  goto tell;

  trip:
#if ACTION
  if
#if ACTION > 1
  :: atomic { failed = 1; acted[r] = 1 }
#endif
#if ACTION > 2
  :: wasReset[r] = 1; failed = 1; acted[r] = 1 /* resetByAction, then it fails */
  :: wasReset[r] = 1; verdict[r] = UNDONE; acted[r] = 1
#endif
  :: acted[r] = 1
  fi;
#endif
  v = !wasReset[r] && !failed;
  if :: failed -> goto fails :: else fi;
  startNext();
#ifdef M_FEWER
  left = PARTIES - 2; goto tell; /* mutant: one is forgotten */
#else
  left = PARTIES - 1; goto tell;
#endif
  fails: wasReset[r] = 0;
  atomic { broken[r] = 1; verdict[r] = UNDONE; left = PARTIES - 1 }

  tell: if :: left > 0 -> left-- :: else -> goto told fi;
  resume: resumeOne(); goto tell;
  told: if :: gateMade[r] -> gateOpen[r] = 1 :: else fi; /* openGate; nobody makes a gate without an action */
  goto done;

  late: awaitNext(arrive);
  isBroken: assert(agree || verdict[r] == UNDONE);
  done: skip
}

#if RESETS > 0
proctype Resetter() {
  byte r; byte i; byte left; bit v;
  again: r = generation;
  atomic {
    if
    :: broken[r] -> goto next
    :: !broken[r] && places[r] <= 0 -> goto late
    :: else -> skip
    fi
  }
  breakUp(1, again);
  startNext();
  tell: if :: left > 0 -> left-- :: else -> goto done fi;
  resume: resumeOne(); goto tell;
  late: awaitNext(again);
  next: startNext();
  done: skip
}
#endif

init {
  byte k; byte c; byte live;
  atomic {
    do :: k < N -> run Party(k); k++ :: else -> break od;
    k = 0;
#if RESETS > 0
    do :: k < RESETS -> run Resetter(); k++ :: else -> k = 0; break od
#endif
  }
  timeout -> atomic {
    do
    :: k < NR ->
       c = 0; live = 0;
       do
       :: c < NC ->
          assert(rest || (cell[k * NC + c] != FIRST && cell[k * NC + c] != FIRST + 1));
          assert(rest || (cell[k * NC + c] != DELIVERED && cell[k * NC + c] != DELIVERED + 1));
          if :: cell[k * NC + c] == WAIT -> live++ :: else fi;
          c++
       :: else -> break
       od;
       assert(rest || R[k] <= S[k]);
       assert(stuck || (DECIDED(k) -> live == 0 : live == PARTIES - places[k]));
       k++
    :: else -> break
    od
  }
}
