// SPDX-License-Identifier: Apache-2.0
/*
 * The count-down latch, step by step as in CountDownLatch (countDown, open, announce,
 * Waiters.onCancellation) on the cells of CellQueue (await, meet, abort, settleAbort) with
 * asynchronous resumption and smart cancellation.
 *
 *   count    events still to come       waiters  announced waiters, and OPEN beside them
 *   cells    one per announced waiter; two tickets: S of the sleepers, R of the wakers
 *
 * A loop "read the cell, compare-and-set, else read again" is one step: failed attempts change
 * nothing. Segments are left out: they are segments.pml.
 *
 * Bounds: COUNT events needed, EVENTS calls of countDown, N waiters; ABORTS: bit i = waiter i
 * may give up at any moment after its install.
 *
 * Properties:
 *   early    nobody passes before the last event
 *   stuck    quiet and open: nobody waits
 *   rest     quiet: no value left in a cell, no handler half done, no resume beyond the sleepers
 *   counted  quiet and not open: the announced waiters are the live cells
 *   cells    a resume meets no other state than the table of CellQueue allows
 */
#ifndef COUNT
#define COUNT 1
#endif
#ifndef EVENTS
#define EVENTS COUNT
#endif
#ifndef N
#define N 2
#endif
#ifndef ABORTS
#define ABORTS 0
#endif

#define NC (N + 1) /* one more than sleepers: a stray resume shows */

#define EMPTY      0
#define WAIT       1
#define VALUE      2 /* a resume came first */
#define TAKEN      3
#define RESUMED    4
#define CANCELLING 5
#define DELEGATED  6 /* a resume met CANCELLING and left its value */
#define CANCELLED  7
#define REFUSE     8

hidden byte early, stuck, rest, counted, cells; /* names, always 0 */

short count = COUNT; byte waiters; bit isopen; /* waiters and isopen are one word */
byte S; byte R;                                /* tickets */
byte cell[NC];
byte cellOf[N];                                /* 1 + cell of waiter i once installed, else 0 */

/* One resume, under the label r_ticket; falls out when it has found its cell. */
inline resumeOne() {
  atomic { i = R; R++; assert(rest || i < NC) }
  atomic {
    if
    :: cell[i] == EMPTY -> cell[i] = VALUE
    :: cell[i] == WAIT -> cell[i] = RESUMED
#ifdef M_OVERWRITE
    :: cell[i] == CANCELLING -> cell[i] = RESUMED /* mutant: does not leave its value to the handler */
#else
    :: cell[i] == CANCELLING -> cell[i] = DELEGATED
#endif
    :: cell[i] == CANCELLED -> goto r_ticket
    :: else -> assert(cells || cell[i] == REFUSE)
    fi;
    i = 0
  }
}

proctype Counter() {
  byte i; byte left;
  atomic { count--; if :: count == 0 :: else -> goto done fi } /* countDown */
#ifdef M_TWOSTEPS
  left = waiters; /* mutant: the number first, then OPEN */
  isopen = 1;
#else
  atomic { left = waiters; isopen = 1 } /* open: FAA(waiters, OPEN) */
#endif
  more: if :: left > 0 -> left-- :: else -> goto done fi;
  r_ticket: resumeOne();
  goto more;
  done: skip
}

proctype Waiter(byte id) {
  byte i;
#ifdef M_EARLY
  atomic { if :: count <= 1 -> goto passed :: else fi } /* mutant */
#else
  atomic { if :: count <= 0 -> goto passed :: else fi }
#endif
#ifdef M_LOOKFIRST
  atomic { if :: isopen -> goto passed :: else fi } /* mutant: looks, then announces itself */
  waiters++;
#else
  atomic { /* announce */
    waiters++;
    if :: isopen -> goto passed :: else fi
  }
#endif
  atomic { i = S; S++ }
  atomic {
    if
    :: cell[i] == EMPTY -> cell[i] = WAIT; cellOf[id] = i + 1
    :: else -> assert(cells || cell[i] == VALUE); cell[i] = TAKEN; goto passed
    fi
  }
  end_parked: atomic {
    if
    :: cell[i] == RESUMED
    :: cell[i] == CANCELLED || cell[i] == REFUSE -> goto done
    fi
  }
  passed: assert(early || count <= 0);
  done: skip
}

/* The abort of one waiter: by its own thread, or the cancel of its future. */
proctype Aborter(byte id) {
  byte i; byte c; bit out;
  end_idle: atomic { cellOf[id] > 0 -> c = cellOf[id] - 1; if :: skip :: goto done fi }
  atomic { if :: cell[c] == WAIT -> cell[c] = CANCELLING :: else -> goto done fi }
  atomic { /* onCancellation */
    waiters--;
#ifdef M_NOREFUSE
    out = 1 /* mutant */
#else
#ifdef M_ALWAYSREFUSE
    out = 0 /* mutant */
#else
    out = !isopen
#endif
#endif
  }
  atomic { /* settleAbort */
    if
    :: cell[c] == DELEGATED && out -> cell[c] = CANCELLED
    :: else -> cell[c] = (out -> CANCELLED : REFUSE); goto done
    fi
  }
  r_ticket: resumeOne();
  done: skip
}

init {
  byte k; byte live;
  atomic {
    do :: k < EVENTS -> run Counter(); k++ :: else -> break od;
    k = 0;
    do :: k < N -> run Waiter(k); k++ :: else -> break od;
    k = 0;
    do
    :: k < N -> if :: (ABORTS >> k) & 1 -> run Aborter(k) :: else fi; k++
    :: else -> k = 0; break
    od
  }
  timeout -> atomic {
    do
    :: k < NC ->
       assert(rest || (cell[k] != VALUE && cell[k] != DELEGATED && cell[k] != CANCELLING));
       assert(stuck || count > 0 || cell[k] != WAIT);
       if :: cell[k] == WAIT -> live++ :: else fi;
       k++
    :: else -> break
    od;
    assert(rest || R <= S);
    assert(counted || isopen || waiters == live)
  }
}
