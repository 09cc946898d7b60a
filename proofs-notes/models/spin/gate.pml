// SPDX-License-Identifier: Apache-2.0
/*
 * The semaphore's gate: unit operations are one fetch-and-add while permits last, bulk
 * waiters stand in the drained queue (drained.pml). The semaphore refers to its current
 * epoch {fast, slow}:
 *
 *   fast   open, p permits (p <= 0 means none)  ->  CLOSED(f), for ever
 *   slow   {x, waiters, DRAIN, DIRTY, FROZEN}   used once fast is CLOSED
 *   free   open: max(p, 0)    closed: f + x     (FROZEN: the same, in the next epoch's fast)
 *
 * A FAA that finds no permit (acquire, p <= 0), a negative p (release) or CLOSED is void: it
 * counts for nothing and is not undone. On CLOSED it changes bits outside f and is left out
 * of the model. FROZEN comes only with waiters = 0 and no flags; whoever meets it installs the
 * next epoch. Retired epochs keep CLOSED and FROZEN; their numbers are dead and set to 0 here.
 *
 * Bounds: N acquirers with needs N0..N2, K permits, NE epochs (bound asserted, never cut);
 * ABORTS: bit i = a canceller may abort acquirer i at any moment after its install; TRY = n:
 * one tryAcquire(n), then release(n); KEEP: bit i = acquirer i never releases.
 *
 * Properties:
 *   exclusion   at most K permits are held
 *   conserve    at every linearization point: free + assigned = K; quiet: free + held = K
 *   quiethead   quiet: no installed live head whose need fits
 *   quietword   quiet: waiters = live cells, no DRAIN, no DIRTY, no cell left SELECTED;
 *               open or retired epochs have no waiters
 *   fifo        a grant through cell c: every older cell is GRANTED or CANCELLED; an acquire
 *               that does not wait: no live installed waiter
 *   try         tryAcquire(n) fails only if at some instant of the call free < n
 *   stay        an epoch with waiters is current
 *   bound       NE epochs suffice
 */
#ifndef K
#define K 1
#endif
#ifndef N
#define N 2
#endif
#ifndef N0
#define N0 1
#endif
#ifndef N1
#define N1 1
#endif
#ifndef N2
#define N2 1
#endif
#ifndef ABORTS
#define ABORTS 0
#endif
#ifndef TRY
#define TRY 0
#endif
#ifndef KEEP
#define KEEP 0
#endif
#ifndef NE
#define NE 5
#endif

#define EMPTY     0
#define WAIT      1
#define SELECTED  2
#define ASKED     3 /* SELECTED, and its waiter asked to leave */
#define GRANTED   4
#define CANCELLED 5

hidden byte exclusion, conserve, quiethead, quietword, fifo, try, stay, bound; /* names, always 0 */

byte ref;                                    /* the current epoch */
bit closed[NE]; short p[NE];                 /* fast: p permits, or closed with f = p */
short x[NE]; byte waiters[NE];               /* slow */
bit drain[NE]; bit dirty[NE]; bit frozen[NE];
byte tickets; byte head;                     /* head: touched by the holder of DRAIN only */
byte cell[N]; byte need[N];

/* ghosts */
byte cellOf[N];        /* 1 + cell of acquirer i once installed, else 0 */
byte held;             /* permits in the hands of clients */
byte committed;        /* permits assigned and not yet released */
bit assigned[N];       /* the permits of cell c are assigned */
bit tryOpen; bit tryLow;
byte g;                /* scratch of ghost loops, 0 between steps */

#define LIVE(c) ((cell[c] == WAIT || cell[c] == SELECTED || cell[c] == ASKED) && !assigned[c])
#define MAX0(v) (v > 0 -> v : 0)
#ifdef M_NOCLOSE
/* mutant: a waiter registers while fast stays open; slow then counts for itself */
#define F(e)    (closed[e] -> p[e] : 0)
#define FREE    (closed[ref] -> p[ref] + x[ref] : MAX0(p[ref]) + x[ref])
#else
#define F(e)    p[e]
#define FREE    (closed[ref] -> p[ref] + x[ref] : MAX0(p[ref]))
#endif

inline balanced() { assert(conserve || FREE + committed == K) }

inline commit(n) {
  committed = committed + n;
  balanced();
  if :: tryOpen && K - committed < TRY -> tryLow = 1 :: else fi
}

inline uncommit(n) { committed = committed - n; balanced() }

inline assign(c) {
  do
  :: g < c -> assert(fifo || cell[g] == GRANTED || cell[g] == CANCELLED); g++
  :: else -> g = 0; break
  od;
  assigned[c] = 1; commit(need[c])
}

inline nobodyWaits() {
  do
  :: g < N -> assert(fifo || !LIVE(g)); g++
  :: else -> g = 0; break
  od
}

/* CAS(ref, e, new Epoch(open, f + x)) */
inline reopen(e) {
  if
  :: ref == e ->
     assert(bound || e + 1 < NE);
     p[e + 1] = p[e] + x[e]; ref = e + 1;
     p[e] = 0; x[e] = 0
  :: else
  fi
}

/* Under the label d_enter; sp, sw are the snapshot of slow[e]. Falls out at its end. */
inline drainQueue() {
  atomic {
    if
    :: frozen[e] || waiters[e] == 0 -> goto d_done
    :: !frozen[e] && waiters[e] > 0 && drain[e] -> dirty[e] = 1; goto d_done
    :: else -> drain[e] = 1
    fi
  }
  d_loop: atomic { dirty[e] = 0; sp = x[e]; sw = waiters[e] }
  d_head: atomic {
    if
    :: head < N && (cell[head] == CANCELLED || cell[head] == GRANTED) -> head++; goto d_head
    :: head < N && cell[head] == WAIT && need[head] <= F(e) + sp -> skip
    :: else -> goto d_none
    fi
  }
  atomic { if :: cell[head] == WAIT -> cell[head] = SELECTED :: else -> goto d_loop fi }
  atomic {
    if
    :: x[e] == sp && waiters[e] == sw && !dirty[e] ->
       x[e] = x[e] - need[head]; waiters[e]--; assign(head)
    :: else -> goto d_undo
    fi
  }
  atomic { cell[head] = GRANTED; goto d_loop }
  d_undo: atomic {
    if
    :: cell[head] == SELECTED -> cell[head] = WAIT; goto d_loop
    :: else -> assert(cell[head] == ASKED); cell[head] = CANCELLED
    fi
  }
  atomic { waiters[e]--; goto d_loop }
  d_none: atomic {
    if
    :: x[e] == sp && waiters[e] == sw && !dirty[e] -> drain[e] = 0
    :: else -> goto d_loop
    fi
  }
  d_done: atomic { sp = 0; sw = 0 }
}

/* Freezes an epoch that nobody waits in, if permits are free; then, or if frozen, reopens. */
inline freeze() {
#ifdef M_NOFROZEN
  /* mutant: the new epoch is installed straight after reading slow */
  atomic {
    if
    :: ref == e && waiters[e] == 0 && !drain[e] && !dirty[e] && p[e] + x[e] > 0 -> sp = p[e] + x[e]
    :: else -> goto f_done
    fi
  }
  atomic {
    if
    :: ref == e -> assert(bound || e + 1 < NE); p[e + 1] = sp; ref = e + 1; balanced()
    :: else
    fi;
    sp = 0; goto f_done
  }
#else
  atomic {
    if
    :: frozen[e] -> skip
#ifdef M_REOPENWAITERS
    :: !frozen[e] && !drain[e] && !dirty[e] && p[e] + x[e] > 0 -> frozen[e] = 1 /* mutant */
#else
    :: !frozen[e] && waiters[e] == 0 && !drain[e] && !dirty[e] && F(e) + x[e] > 0 -> frozen[e] = 1
#endif
    :: else -> goto f_done
    fi
  }
  atomic { reopen(e) }
#endif
  f_done: skip
}

/* release(n) from the label r_start; the slow form re-reads ref after helping. */
inline release(n) {
  if :: n > 1 -> goto r_slow :: else fi;
  e = ref;
  atomic { /* FAA(fast, +1) */
    if
    :: closed[e] -> skip
#ifdef M_VOIDRELEASE
    :: !closed[e] && p[e] >= -1 -> p[e]++; uncommit(1); goto done /* mutant */
    :: !closed[e] && p[e] < -1 -> p[e]++
#else
    :: !closed[e] && p[e] >= 0 -> p[e]++; uncommit(1); goto done
    :: !closed[e] && p[e] < 0 -> p[e]++ /* void */
#endif
    fi
  }
  r_slow: e = ref;
  atomic {
    if
    :: !closed[e] -> p[e] = MAX0(p[e]) + n; uncommit(n); goto done
    :: else
    fi
  }
  atomic {
    if
    :: frozen[e] -> skip
    :: else -> x[e] = x[e] + n; uncommit(n); goto d_enter
    fi
  }
  atomic { reopen(e); goto r_slow }
}

proctype Acquirer(byte id; byte n) {
  byte c; byte e; short sp; byte sw; bit leaving;
  if :: n > 1 -> goto a_slow :: else fi;
  e = ref;
  atomic { /* FAA(fast, -1) */
    if
    :: closed[e] -> skip
    :: !closed[e] && p[e] > 0 -> p[e]--; nobodyWaits(); commit(1); goto in
    :: !closed[e] && p[e] <= 0 -> p[e]--; /* void */
#ifdef M_UNDO
       goto a_undo
#endif
    fi
  }
  a_slow: e = ref;
  atomic {
    if
    :: closed[e] -> skip
    :: !closed[e] && p[e] >= n -> p[e] = p[e] - n; nobodyWaits(); commit(n); goto in
    :: !closed[e] && p[e] < n ->
#ifndef M_NOCLOSE
       closed[e] = 1;
#ifdef M_FLOST
       p[e] = 0
#else
       p[e] = MAX0(p[e])
#endif
#else
       skip
#endif
    fi
  }
  atomic {
    if
#ifndef M_MISSFROZEN
    :: frozen[e] -> goto a_help
#endif
    :: (!frozen[e]) && waiters[e] == 0 && closed[e] && p[e] + x[e] >= n ->
       x[e] = x[e] - n; nobodyWaits(); commit(n); goto in
    :: else -> waiters[e]++
    fi
  }
  atomic { c = tickets; tickets++ }
  atomic { cell[c] = WAIT; need[c] = n; cellOf[id] = c + 1 }
  d_enter: drainQueue();
  freeze();
  if :: leaving -> goto done :: else -> e = 0 fi;
  end_parked: atomic {
    if
    :: cell[c] == GRANTED
    :: cell[c] == CANCELLED -> goto done
    fi
  }
  in: atomic { held = held + n; assert(exclusion || held <= K) }
  if :: (KEEP >> id) & 1 -> goto done :: else fi;
  atomic { held = held - n; leaving = 1; e = 0; c = 0 }
  release(n);
#ifdef M_UNDO
  a_undo: atomic { if :: !closed[e] -> p[e]++ :: else fi; goto a_slow } /* mutant */
#endif
  a_help: atomic { reopen(e); goto a_slow }
  done: skip
}

/* The canceller of one waiter. A waiter found SELECTED stays parked until the drainer decides. */
proctype Aborter(byte id) {
  byte e; short sp; byte sw;
  end_idle: atomic { cellOf[id] > 0 -> if :: skip :: goto done fi }
  atomic {
    if
    :: cell[cellOf[id] - 1] == WAIT -> cell[cellOf[id] - 1] = CANCELLED
    :: cell[cellOf[id] - 1] == SELECTED -> cell[cellOf[id] - 1] = ASKED; goto done
    :: else -> goto done
    fi
  }
  e = ref;
  atomic { assert(stay || (waiters[e] > 0 && closed[e] && !frozen[e])); waiters[e]-- }
  d_enter: drainQueue();
  freeze();
  done: skip
}

#if TRY > 0
proctype Tryer() {
  byte e; short sp; byte sw;
  atomic { tryOpen = 1; tryLow = (K - committed < TRY) }
  t_ref: e = ref;
  atomic {
    if
    :: closed[e] -> skip
    :: !closed[e] && p[e] >= TRY -> p[e] = p[e] - TRY; tryOpen = 0; tryLow = 0; commit(TRY); goto in
    :: !closed[e] && p[e] < TRY -> goto t_fail
    fi
  }
  atomic {
    if
    :: frozen[e] -> skip
    :: !frozen[e] && p[e] + x[e] >= TRY ->
       x[e] = x[e] - TRY; tryOpen = 0; tryLow = 0; commit(TRY); goto in
    :: !frozen[e] && p[e] + x[e] < TRY -> goto t_fail
    fi
  }
  atomic { reopen(e); goto t_ref }
  t_fail: atomic { assert(try || tryLow); tryOpen = 0; tryLow = 0; goto done }
  in: atomic { held = held + TRY; assert(exclusion || held <= K) }
  atomic { held = held - TRY; e = 0 }
  release(TRY);
  d_enter: drainQueue();
  freeze();
  done: skip
}
#endif

init {
  atomic {
    p[0] = K;
    run Acquirer(0, N0);
#if N > 1
    run Acquirer(1, N1);
#endif
#if N > 2
    run Acquirer(2, N2);
#endif
#if ABORTS & 1
    run Aborter(0);
#endif
#if ABORTS & 2
    run Aborter(1);
#endif
#if ABORTS & 4
    run Aborter(2);
#endif
#if TRY > 0
    run Tryer();
#endif
  }
  timeout -> atomic {
    byte c; byte live; bool first = true;
    assert(conserve || FREE + held == K);
    do
    :: c < N ->
       assert(quietword || (cell[c] != SELECTED && cell[c] != ASKED));
       if
       :: cell[c] == WAIT ->
          assert(quiethead || !(first && need[c] <= FREE));
          first = false; live++
       :: else
       fi;
       c++
    :: else -> break
    od;
    assert(quietword || (waiters[ref] == live && !drain[ref] && !dirty[ref]));
    assert(quietword || !frozen[ref]);
    assert(quietword || closed[ref] || waiters[ref] == 0)
  }
}
