// SPDX-License-Identifier: Apache-2.0
/*
 * The pool, first in first out: BlockingPool (put, take, tryTake) over QueueStore (insert, fetch,
 * awaitInsert). A put stores its element and then gives a permit; a take has a permit and then
 * fetches. The permits are one atomic counter here: that PermitQueue is such a counter, with
 * waiters in arrival order, is gate.pml. Whoever serves a waiting taker fetches for it, as if the
 * taker did so itself. Segments are segments.pml.
 *
 * Bounds: PUTS puts of distinct elements, TAKES takes, TRIES calls of tryTake; NC cells
 * (asserted).
 *
 * Properties:
 *   found    a fetch never overtakes the inserts: its ticket is below theirs
 *   once     an element is fetched once
 *   waits    quiet: nobody waits while an element is there
 *   conserve quiet: elements in the store = permits = puts - takes that succeeded
 *   order    of two elements that were put one after the other, the one put first is not fetched
 *            by a take that began after the other one's take had ended
 *   bound    NC cells suffice
 */
#ifndef PUTS
#define PUTS 2
#endif
#ifndef TAKES
#define TAKES 2
#endif
#ifndef TRIES
#define TRIES 0
#endif
#ifndef NC
#define NC 7
#endif

#define EMPTY  0
#define TAKEN  20
#define BROKEN 21
/* 1..PUTS: an element */

hidden byte found, once, waits, conserve, order, bound; /* names, always 0 */

short permits; byte inserts; byte fetches; byte cell[NC];

/* ghosts */
bit gone[PUTS + 1];          /* element was fetched, its take has ended */
bit out[PUTS + 1];           /* element was fetched */
bit older[PUTS * PUTS + PUTS + 2]; /* older[a * PUTS + b]: the put of a ended before that of b began */
bit putDone[PUTS + 1];
byte taken; byte g;

proctype Put(byte e) {
  byte i;
  atomic { do :: g < PUTS -> g++; older[g * PUTS + e] = putDone[g] :: else -> g = 0; break od }
#ifdef M_COUNTFIRST
  permits++; /* mutant: counts, then stores, as the paper does */
#endif
  insert: atomic { i = inserts; inserts++; assert(bound || i < NC) }
  atomic {
    if
    :: cell[i] == EMPTY -> cell[i] = e
#ifdef M_DROPPED
    :: else /* mutant: the insert does not start over */
#else
    :: else -> assert(once || cell[i] == BROKEN); goto insert
#endif
    fi
  }
#ifdef M_COUNTFIRST
  putDone[e] = 1
#else
  atomic { permits++; putDone[e] = 1 } /* giveOne */
#endif
}

proctype Take(bit tries) {
  byte i; byte e; bit before[PUTS + 1];
  atomic { do :: g < PUTS -> g++; before[g] = gone[g] :: else -> g = 0; break od }
  if :: tries -> goto try :: else fi;
  end_wait: atomic { permits > 0 -> permits--; goto fetch }
  try: atomic { if :: permits > 0 -> permits-- :: else -> goto done fi }
#ifdef M_NEWEST
  fetch: atomic { /* mutant: takes the newest */
    i = NC - 1;
    do :: i > 0 && (cell[i] == EMPTY || cell[i] > PUTS) -> i-- :: else -> break od;
    e = cell[i]; cell[i] = TAKEN; goto have
  }
#else
  fetch: atomic { i = fetches; fetches++; assert(found || i < inserts) }
#endif
  e = cell[i];
  if :: e != EMPTY -> goto have :: else fi;
#ifdef M_LEAVES
  goto fetch; /* mutant: leaves the cell without spoiling it */
#endif
  atomic { if :: cell[i] == EMPTY -> cell[i] = BROKEN; goto fetch :: else fi }
  e = cell[i];
  have: atomic {
    assert(once || (e <= PUTS && !out[e])); out[e] = 1; taken++;
    do :: g < PUTS -> g++; assert(order || !(before[g] && older[e * PUTS + g])) :: else -> g = 0; break od
  }
  cell[i] = TAKEN;
  atomic { gone[e] = 1; do :: g < PUTS -> g++; before[g] = 0 :: else -> g = 0; e = 0; i = 0; break od }
  done: skip
}

init {
  byte k; byte left;
  atomic {
    do :: k < PUTS -> k++; run Put(k) :: else -> k = 0; break od;
    do :: k < TAKES -> run Take(0); k++ :: else -> k = 0; break od;
    do :: k < TRIES -> run Take(1); k++ :: else -> k = 0; break od
  }
  timeout -> atomic {
    do
    :: k < NC ->
       if :: cell[k] >= 1 && cell[k] <= PUTS -> left++ :: else fi;
       k++
    :: else -> break
    od;
    assert(conserve || (left == permits && left == PUTS - taken));
    assert(waits || permits == 0 || taken >= TAKES)
  }
}
