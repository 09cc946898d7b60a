// SPDX-License-Identifier: Apache-2.0
/*
 * The fair semaphore, step by step as in PermitEpoch, PermitQueue and Semaphore: unit
 * operations are one fetch-and-add while permits last; waiters, bulk ones too, stand in a
 * drained queue. The semaphore refers to its current epoch {fast, slow}:
 *
 *   fast   open, p permits (p <= 0 means none)  ->  CLOSED(f), for ever
 *   slow   {x, waiters, DRAIN, DIRTY, FROZEN}   counts once fast is CLOSED
 *   free   open: max(p, 0)    closed: f + x     (FROZEN: the same, in the next epoch's fast)
 *
 * A FAA that finds no permit (acquire, p <= 0), a negative p (release) or CLOSED is void: it
 * counts for nothing and is not undone. On CLOSED it changes bits outside f and is left out
 * of the model. FROZEN comes only with waiters = 0 and no flags; whoever meets it installs the
 * next epoch. Retired epochs keep CLOSED and FROZEN; their numbers are dead and set to 0 here.
 *
 * A read followed by a whole-word CAS that is retried until it succeeds is one step: failed
 * attempts change nothing. Enlisting (compare-and-set on the first empty cell) is one step:
 * cells fill in order. Freezing happens after any calm release or not at all.
 *
 * Bounds: N acquirers with needs N0..N3, K permits, NE epochs (bound asserted, never cut);
 * ABORTS: bit i = acquirer i may be cancelled at any moment after its install; TRY = n: one
 * tryAcquire(n), then release(n); REDUCE = n: one reducePermits(n), then increasePermits(n);
 * KEEP: bit i = acquirer i never releases; LOCK: the epoch starts closed and is never ended
 * (a mutex).
 *
 * Properties:
 *   exclusion   at most K permits are held
 *   conserve    at every linearization point: free + assigned = K; quiet: free + held = K
 *   quiethead   quiet: no installed live head whose need fits
 *   quietword   quiet: waiters = live cells, no DRAIN, no DIRTY, no cell left SELECTED;
 *               open or retired epochs have no waiters
 *   fifo        a grant through cell c: every older cell is granted or CANCELLED; an acquire
 *               that does not wait: no live installed waiter
 *   try         tryAcquire(n) fails only if at some instant of the call free < n
 *   stay        an epoch with waiters is current
 *   onedrainer  a drainer never meets a cell that another one has selected
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
#ifndef N3
#define N3 1
#endif
#ifndef ABORTS
#define ABORTS 0
#endif
#ifndef TRY
#define TRY 0
#endif
#ifndef REDUCE
#define REDUCE 0
#endif
#ifndef KEEP
#define KEEP 0
#endif
#ifndef LOCK
#define LOCK 0
#endif
#ifndef NE
#define NE 6
#endif

#define EMPTY     0
#define WAIT      1
#define SELECTED  2
#define ASKED     3 /* SELECTED, and its waiter asked to leave: ABORTING */
#define GRANTED   4
#define CANCELLED 5

hidden byte exclusion, conserve, quiethead, quietword, fifo, try, stay, onedrainer, bound; /* names, always 0 */

byte ref;                                    /* the current epoch */
bit closed[NE]; short p[NE];                 /* fast: p permits, or closed with f = p */
short x[NE]; byte waiters[NE];               /* slow */
bit drain[NE]; bit dirty[NE]; bit frozen[NE];
byte head;                                   /* moved by the holder of DRAIN only */
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
  :: g < c -> assert(fifo || assigned[g] || cell[g] == CANCELLED); g++
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

/* replace(e): CAS(ref, e, new epoch open with f + x) */
inline reopen(e) {
  if
  :: ref == e ->
     assert(bound || e + 1 < NE);
     p[e + 1] = p[e] + x[e]; ref = e + 1;
#ifndef M_ENLISTFROZEN
     p[e] = 0; x[e] = 0
#endif
  :: else
  fi
}

/*
 * Under the label d_loop; the caller holds DRAIN of epoch e, here it is given up. sp, sw: the
 * snapshot of slow; last: this grant ends the drain. Falls out at its end.
 */
inline drainQueue() {
  atomic { dirty[e] = 0; sp = x[e]; sw = waiters[e] }
  d_peek: atomic {
    if
    :: head < N && (cell[head] == CANCELLED || cell[head] == GRANTED) -> head++; goto d_peek
    :: head < N && cell[head] == WAIT && need[head] <= F(e) + sp -> skip
    :: else ->
       assert(onedrainer || head == N || (cell[head] != SELECTED && cell[head] != ASKED));
       goto d_stop
    fi
  }
#ifdef M_EARLY
  /* mutant: permits leave the word before the claim is won */
  atomic {
    if
    :: x[e] == sp && waiters[e] == sw && !dirty[e] -> x[e] = x[e] - need[head]
    :: else -> goto d_loop
    fi
  }
  atomic {
    if
    :: cell[head] == WAIT -> cell[head] = GRANTED; assigned[head] = 1; committed = committed + need[head]
    :: else -> sw = 255
    fi
  }
  atomic {
    if
    :: sw == 255 -> x[e] = x[e] + need[head]
    :: else -> waiters[e]--
    fi;
    goto d_loop
  }
#endif
  atomic { if :: cell[head] == WAIT -> cell[head] = SELECTED :: else -> goto d_loop fi }
  d_decide: atomic {
    if
    :: F(e) + x[e] < need[head] -> goto d_refuse
    :: else ->
       sp = x[e]; sw = waiters[e];
       last = !dirty[e] && !(waiters[e] > 1 && F(e) + x[e] - need[head] >= 1)
    fi
  }
#ifndef M_NOPASSHEAD
  if :: last -> head++ :: else fi;
#endif
  atomic {
    if
    :: x[e] == sp && waiters[e] == sw && !(last && dirty[e]) ->
#ifndef M_NOPASSHEAD
       c = head - last;
#else
       c = head;
#endif
       x[e] = x[e] - need[c]; waiters[e]--; assign(c);
       if :: last -> drain[e] = 0 :: else fi
    :: else -> goto d_retry
    fi
  }
  atomic {
    cell[c] = GRANTED; c = 0;
    if :: last -> last = 0; goto d_done :: else -> goto d_loop fi
  }
  d_retry:
#ifndef M_NOPASSHEAD
  if :: last -> head-- :: else fi;
#endif
  atomic { last = 0; goto d_decide }
  d_refuse: atomic {
    if
    :: cell[head] == SELECTED -> cell[head] = WAIT; goto d_loop
    :: else -> assert(onedrainer || cell[head] == ASKED); cell[head] = CANCELLED
    fi
  }
  atomic { waiters[e]--; goto d_loop }
  d_stop: atomic {
    if
    :: x[e] == sp && waiters[e] == sw && !dirty[e] -> drain[e] = 0
    :: else -> goto d_loop
    fi
  }
  d_done: atomic { sp = 0; sw = 0 }
}

/* endEpoch: freezes an epoch that nobody waits in, if permits are free, and replaces it. */
inline freeze() {
#ifdef M_NOFROZEN
  /* mutant: the new epoch is installed straight after reading slow */
  atomic {
    if
    :: ref == e && closed[e] && waiters[e] == 0 && !drain[e] && !dirty[e] && p[e] + x[e] > 0 -> sp = p[e] + x[e]
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
    :: LOCK -> goto f_done
    :: !LOCK -> goto f_done /* not yet calm */
#ifdef M_REOPENWAITERS
    :: !LOCK && closed[e] && !frozen[e] && !drain[e] && !dirty[e] && F(e) + x[e] > 0 -> frozen[e] = 1 /* mutant */
#else
    :: !LOCK && closed[e] && !frozen[e] && waiters[e] == 0 && !drain[e] && !dirty[e] && F(e) + x[e] > 0 ->
       frozen[e] = 1
#endif
    fi
  }
  atomic { reopen(e) }
#endif
  f_done: skip
}

/* release() if n = 1 and start is r_unit, else give(n); from the label r_slow. */
inline give(n) {
  e = ref;
  atomic {
    if
    :: !closed[e] -> p[e] = MAX0(p[e]) + n; uncommit(n); goto done
    :: else
    fi
  }
  atomic {
    if
    :: frozen[e] -> skip
    :: !frozen[e] && waiters[e] == 0 -> x[e] = x[e] + n; uncommit(n); goto d_done
    :: !frozen[e] && waiters[e] > 0 && drain[e] -> x[e] = x[e] + n; uncommit(n); dirty[e] = 1; goto d_done
    :: else -> x[e] = x[e] + n; uncommit(n); drain[e] = 1; goto d_loop
    fi
  }
  atomic { reopen(e); goto r_slow }
}

/* FAA(fast, +1) */
inline giveFast() {
  e = ref;
  atomic {
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
}

proctype Acquirer(byte id; byte n) {
  byte c; byte e; short sp; byte sw; bit last; bit leaving;
  if :: n > 1 || LOCK -> goto a_slow :: else fi;
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
#ifdef M_PASSES
    :: (!frozen[e]) && closed[e] && p[e] + x[e] >= n -> /* mutant: a newcomer passes the queue */
#else
    :: (!frozen[e]) && waiters[e] == 0 && closed[e] && p[e] + x[e] >= n ->
#endif
       x[e] = x[e] - n; nobodyWaits(); commit(n); goto in
    :: else -> waiters[e]++
    fi
  }
  atomic { /* enlist in the first empty cell */
    do :: c < N && cell[c] != EMPTY -> c++ :: else -> break od;
    cell[c] = WAIT; need[c] = n; cellOf[id] = c + 1; c = 0
  }
#ifdef M_NOCHECK
  goto park;
#endif
  atomic { /* enlisted */
    if
#ifdef M_ENLISTFROZEN
    :: F(e) + x[e] >= n && !drain[e] -> drain[e] = 1; goto d_loop /* mutant */
#else
    :: !frozen[e] && F(e) + x[e] >= n && !drain[e] -> drain[e] = 1; goto d_loop
#endif
    :: !frozen[e] && F(e) + x[e] >= n && drain[e] ->
#ifndef M_NODIRTY
       dirty[e] = 1;
#endif
       goto park
    :: else -> goto park
    fi
  }
  d_loop: drainQueue();
  if :: leaving -> goto calm :: else fi;
  park: e = 0;
  end_parked: atomic {
    if
    :: cell[cellOf[id] - 1] == GRANTED
    :: cell[cellOf[id] - 1] == CANCELLED -> goto done
    fi
  }
  in: atomic { held = held + n; assert(exclusion || held <= K) }
  if :: (KEEP >> id) & 1 -> goto done :: else fi;
  atomic { held = held - n; leaving = 1; e = 0; if :: n > 1 || LOCK -> goto r_slow :: else fi }
  giveFast();
  r_slow: give(n);
#ifdef M_UNDO
  a_undo: atomic { if :: !closed[e] -> p[e]++ :: else fi; goto a_slow } /* mutant */
#endif
  a_help: atomic { reopen(e); goto a_slow }
  calm: freeze();
  done: skip
}

/* The canceller of one waiter. A waiter found SELECTED stays until the drainer decides. */
proctype Aborter(byte id) {
  byte c; byte e; short sp; byte sw; bit last; byte flags; bit wasHead;
  end_idle: atomic { cellOf[id] > 0 -> if :: skip :: goto done fi }
  atomic {
    if
    :: cell[cellOf[id] - 1] == WAIT -> cell[cellOf[id] - 1] = CANCELLED
#ifdef M_SELECTED
    :: cell[cellOf[id] - 1] == SELECTED -> cell[cellOf[id] - 1] = CANCELLED /* mutant */
#else
    :: cell[cellOf[id] - 1] == SELECTED -> cell[cellOf[id] - 1] = ASKED; goto done
#endif
    :: else -> goto done
    fi
  }
  e = ref; /* the waiter's own epoch, which is the current one */
  assert(stay || (waiters[e] > 0 && closed[e] && !frozen[e]));
  l_again: atomic { sp = x[e]; sw = waiters[e]; flags = 2 * drain[e] + dirty[e] }
  wasHead = (head == cellOf[id] - 1);
  atomic {
    if
    :: x[e] != sp || waiters[e] != sw || 2 * drain[e] + dirty[e] != flags -> goto l_again
    :: else ->
       waiters[e]--; flags = 0;
#ifdef M_NOABORTDRAIN
       goto d_done; /* mutant: the next in line is not examined */
#endif
       if
       :: wasHead && drain[e] -> dirty[e] = 1; goto d_done
       :: wasHead && waiters[e] > 0 && F(e) + x[e] >= 1 && !drain[e] -> drain[e] = 1; goto d_loop
       :: else -> goto d_done
       fi
    fi
  }
  d_loop: drainQueue();
  done: skip
}

#if TRY > 0
proctype Tryer() {
  byte c; byte e; short sp; byte sw; bit last;
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
  atomic { held = held - TRY; e = 0; if :: TRY > 1 || LOCK -> goto r_slow :: else fi }
  giveFast();
  r_slow: give(TRY);
  d_loop: drainQueue();
  freeze();
  done: skip
}
#endif

#if REDUCE > 0
proctype Reducer() {
  byte c; byte e; short sp; byte sw; bit last;
  t_ref: e = ref;
  atomic {
    if
    :: closed[e] -> skip
    :: !closed[e] && p[e] >= REDUCE -> p[e] = p[e] - REDUCE; commit(REDUCE); goto r_slow
    :: !closed[e] && p[e] < REDUCE -> closed[e] = 1; p[e] = MAX0(p[e])
    fi
  }
  atomic {
    if
    :: frozen[e] -> skip
    :: !frozen[e] -> x[e] = x[e] - REDUCE; commit(REDUCE); goto r_slow
    fi
  }
  atomic { reopen(e); goto t_ref }
  r_slow: give(REDUCE);
  d_loop: drainQueue();
  freeze();
  done: skip
}
#endif

init {
  atomic {
    if
    :: LOCK -> closed[0] = 1; x[0] = K
    :: !LOCK -> p[0] = K
    fi;
    run Acquirer(0, N0);
#if N > 1
    run Acquirer(1, N1);
#endif
#if N > 2
    run Acquirer(2, N2);
#endif
#if N > 3
    run Acquirer(3, N3);
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
#if REDUCE > 0
    run Reducer();
#endif
  }
  timeout -> atomic {
    byte i; byte live; bool first = true;
    assert(conserve || FREE + held == K);
    do
    :: i < N ->
       assert(quietword || (cell[i] != SELECTED && cell[i] != ASKED));
       if
       :: cell[i] == WAIT ->
          assert(quiethead || !(first && need[i] <= FREE));
          first = false; live++
       :: else
       fi;
       i++
    :: else -> break
    od;
    assert(quietword || (waiters[ref] == live && !drain[ref] && !dirty[ref]));
    assert(quietword || !frozen[ref]);
    assert(quietword || closed[ref] || waiters[ref] == 0)
  }
}
