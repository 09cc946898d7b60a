// SPDX-License-Identifier: Apache-2.0
/*
 * The barging queue, step by step as in PermitQueue (closed epoch) and WaitQueue: a release
 * only wakes the thread at the head (WOKEN), which competes; whoever is faster takes the
 * permit. A future can't compete: the drainer serves it.
 *
 *   word   {x, waiters, DRAIN, DIRTY, WOKEN}
 *   token  of a thread: it was unparked, and not parked since
 *
 * A read followed by a whole-word CAS that is retried until it succeeds is one step: failed
 * attempts change nothing. Enlisting (compare-and-set on the first empty cell) is one step.
 *
 * Bounds: N acquirers with needs N0..N3, K permits; GIVERS of them are held at the start, each by
 * a process that releases it; FUTURES: bit i = acquirer i is a future;
 * ABORTS: bit i = acquirer i may be interrupted (a thread leaves by itself) or cancelled, at any
 * moment after its install; TRY: one tryAcquire(1), then release; REDUCE = n: one
 * reducePermits(n), then increasePermits(n); DRAINALL: one drainPermits() after the reduction
 * instead; KEEP: bit i = acquirer i never releases; STAYS = 1: a head that finds too little may
 * stay awake (WOKEN) and look again before it parks.
 *
 * Properties:
 *   exclusion   at most K permits are held
 *   conserve    quiet: permits + held = K
 *   quiethead   quiet: no installed live head whose need fits
 *   quietword   quiet: waiters = live cells, no flag, no cell left SELECTED
 *   once        a waiter is served once; a served cell is no other waiter's
 *   try         tryAcquire(1) fails only if at some instant of the call no permit was free
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
#ifndef FUTURES
#define FUTURES 0
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
#ifndef DRAINALL
#define DRAINALL 0
#endif
#ifndef KEEP
#define KEEP 0
#endif

#ifndef GIVERS
#define GIVERS 0
#endif
#ifndef STAYS
#define STAYS 0
#endif

#define EMPTY     0
#define WAIT      1
#define SELECTED  2
#define ASKED     3 /* SELECTED, and its waiter asked to leave: ABORTING */
#define GRANTED   4
#define CANCELLED 5

hidden byte exclusion, conserve, quiethead, quietword, once, try; /* names, always 0 */

short x = K - GIVERS; byte waiters; bit drain; bit dirty; bit woken; /* the word */
byte head;                                                  /* moved by the holder of DRAIN only */
byte cell[N]; byte need[N]; byte who[N];
bit token[N]; bit interrupted[N];

/* ghosts */
byte cellOf[N];        /* 1 + cell of acquirer i once installed, else 0 */
byte held = GIVERS;    /* permits in the hands of clients */
short committed = GIVERS; /* permits assigned or taken away and not yet given back */
bit tryOpen; bit tryLow;

#define IS_FUTURE(i) ((FUTURES >> (i)) & 1)
#define MAY_SERVE(w, v) ((w) > 0 && (v) >= 1)

inline commit(n) {
  committed = committed + n;
  if :: tryOpen && K - committed < 1 -> tryLow = 1 :: else fi
}

/* startDrain(s, after), where after differs from s by what the caller did in this step. */
inline startDrain() {
  if
  :: drain -> dirty = 1
  :: else ->
     drain = 1;
#ifndef M_KEEPWOKEN
     woken = 0;
#endif
     goto d_loop
  fi
}

/* Under the label d_loop; the caller holds DRAIN, here it is given up. Falls out at its end. */
inline drainQueue() {
  atomic { dirty = 0; sp = x; sw = waiters; so = woken }
  d_peek: atomic {
    if
    :: head < N && (cell[head] == CANCELLED || cell[head] == GRANTED) -> head++; goto d_peek
    :: head < N && cell[head] == WAIT && need[head] <= sp ->
       if :: IS_FUTURE(who[head]) :: else -> h = who[head]; goto d_wake fi
    :: else -> goto d_stop
    fi
  }
  atomic { if :: cell[head] == WAIT -> cell[head] = SELECTED :: else -> goto d_loop fi }
  d_decide: atomic {
    if
    :: x < need[head] -> goto d_refuse
    :: else -> sp = x; sw = waiters; so = woken; last = !dirty && !MAY_SERVE(waiters - 1, x - need[head])
    fi
  }
  if :: last -> head++ :: else fi;
  atomic {
    if
    :: x == sp && waiters == sw && woken == so && !(last && dirty) ->
       h = head - last; x = x - need[h]; waiters--; commit(need[h]);
       if :: last -> drain = 0 :: else fi
    :: else -> goto d_retry
    fi
  }
  atomic {
    assert(once || cell[h] == SELECTED || cell[h] == ASKED);
    cell[h] = GRANTED; h = 0;
    if :: last -> last = 0; goto d_done :: else -> goto d_loop fi
  }
  d_retry: if :: last -> head-- :: else fi;
  atomic { last = 0; goto d_decide }
  d_refuse: atomic {
    if
    :: cell[head] == SELECTED -> cell[head] = WAIT; goto d_loop
    :: else -> assert(once || cell[head] == ASKED); cell[head] = CANCELLED
    fi
  }
  atomic { waiters--; goto d_loop }
  d_wake: atomic {
    if
    :: x == sp && waiters == sw && woken == so && !dirty -> drain = 0; woken = 1
    :: else -> h = 0; goto d_loop
    fi
  }
  atomic { if :: so :: else -> token[h] = 1 fi; goto d_done }
  d_stop: atomic {
    if
    :: x == sp && waiters == sw && woken == so && !dirty -> drain = 0
    :: else -> goto d_loop
    fi
  }
  d_done: atomic { sp = 0; sw = 0; so = 0; h = 0 }
}

/* left(index), under the label l_again */
inline left(index) {
  atomic { sp = x; sw = waiters; flags = 4 * woken + 2 * drain + dirty }
  wasHead = (head == index);
  atomic {
    if
    :: x != sp || waiters != sw || 4 * woken + 2 * drain + dirty != flags -> goto l_again
    :: else ->
       waiters--; flags = 0;
#ifndef M_LEFTKEEPSWOKEN
       if :: wasHead -> woken = 0 :: else fi;
#endif
       if
#ifdef M_LEFTNODIRTY
       :: wasHead && MAY_SERVE(waiters, x) -> startDrain()
#else
       :: wasHead && (drain || MAY_SERVE(waiters, x)) -> startDrain()
#endif
       :: else
       fi;
       goto d_done
    fi
  }
}

proctype Acquirer(byte id; byte n) {
  byte c; byte h; short sp; byte sw; bit so; bit last; byte flags; bit wasHead; byte after;
#if STAYS
  bit stayed; /* since it was last unparked */
#endif
  atomic {
    if
    :: x >= n -> x = x - n; commit(n); goto in
    :: else -> waiters++
    fi
  }
  atomic { /* enlist in the first empty cell */
    do :: c < N && cell[c] != EMPTY -> c++ :: else -> break od;
    cell[c] = WAIT; need[c] = n; who[c] = id; cellOf[id] = c + 1
  }
  atomic { /* enlisted */
    if
    :: woken || x < n -> goto wait
    :: else -> startDrain(); goto wait
    fi
  }
  d_loop: drainQueue();
  if
  :: after == 1 -> goto in
  :: after == 2 -> goto done
  :: else
  fi;

  wait: /* awaitVerdict */
  if :: IS_FUTURE(id) -> goto end_future :: else fi;
  atomic {
    if
    :: cell[c] == GRANTED -> goto in
    :: cell[c] == CANCELLED -> goto done
    :: else -> if :: interrupted[id] -> goto leave :: else fi
    fi
  }
  if :: head == c :: else -> goto end_parked fi; /* compete: isHead */
#if STAYS
  atomic { /* compete, stays */
    if
    :: !stayed ->
       stayed = 1;
#ifdef M_STAYSWITHDRAINER
       if :: x < n -> woken = 1 :: else fi;
#else
       if :: x < n && !drain -> woken = 1 :: else fi;
#endif
       goto wait
    :: true -> stayed = 0
    fi
  }
#ifdef M_STAYERPARKS
  goto end_parked; /* mutant: does not look once more without staying */
#endif
#endif
  compete: atomic {
    if
#ifdef M_BLINDLOSER
    :: x < n && !(x == 0 && n == 1) ->
#else
    :: x < n ->
#endif
#ifndef M_LOSERKEEPSWOKEN
       woken = 0;
#endif
       goto end_parked
#ifdef M_BLINDLOSER
    :: x == 0 && n == 1 -> waiters--; woken = 1; commit(n) /* mutant: the woken head does not check */
#endif
    :: else -> x = x - n; waiters--; woken = 1; commit(n)
    fi
  }
  atomic { assert(once || cell[c] == WAIT); cell[c] = GRANTED; after = 1 }
#ifdef M_NOPASS
  atomic { woken = 0; goto in } /* mutant: what is left is not passed on */
#endif
  atomic {
    woken = 0;
#ifdef M_PASSNODIRTY
    if :: MAY_SERVE(waiters, x) -> startDrain() :: else fi;
#else
    if :: drain || MAY_SERVE(waiters, x) -> startDrain() :: else fi;
#endif
    goto in
  }
  end_parked: atomic { token[id] -> token[id] = 0; goto wait }

  leave: atomic { assert(once || cell[c] == WAIT); cell[c] = CANCELLED } /* nobody else serves a thread */
  after = 2;
  l_again: left(c);

  end_future: atomic {
    if
    :: cell[c] == GRANTED
    :: cell[c] == CANCELLED -> goto done
    fi
  }
  in: atomic { held = held + n; assert(exclusion || held <= K) }
  if :: (KEEP >> id) & 1 -> goto done :: else fi;
  atomic { /* give */
    held = held - n; committed = committed - n; x = x + n; after = 2;
    if
    :: waiters == 0 || woken
    :: else -> startDrain()
    fi;
    goto d_done
  }
  done: skip
}

/* Interrupts a thread; cancels a future. */
proctype Aborter(byte id) {
  byte h; short sp; byte sw; bit so; bit last; byte flags; bit wasHead;
  end_idle: atomic { cellOf[id] > 0 -> if :: skip :: goto done fi }
  if
  :: IS_FUTURE(id)
  :: else -> interrupted[id] = 1; token[id] = 1; goto done
  fi;
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
  l_again: left(cellOf[id] - 1);
  d_loop: drainQueue();
  done: skip
}

proctype Giver() {
  byte h; short sp; byte sw; bit so; bit last;
  atomic {
    held--; committed--; x++;
    if
    :: waiters == 0 || woken
    :: else -> startDrain()
    fi;
    goto d_done
  }
  d_loop: drainQueue();
}

#if TRY > 0
proctype Tryer() {
  byte h; short sp; byte sw; bit so; bit last;
  atomic { tryOpen = 1; tryLow = (K - committed < 1) }
  atomic {
    if
    :: x >= 1 -> x--; tryOpen = 0; tryLow = 0; commit(1)
    :: else -> assert(try || tryLow); tryOpen = 0; tryLow = 0; goto done
    fi
  }
  atomic { held++; assert(exclusion || held <= K) }
  atomic {
    held--; committed--; x++;
    if
    :: waiters == 0 || woken
    :: else -> startDrain()
    fi;
    goto d_done
  }
  d_loop: drainQueue();
  done: skip
}
#endif

#if REDUCE > 0
proctype Reducer() {
  byte h; short sp; byte sw; bit so; bit last; bit again;
  atomic { x = x - REDUCE; commit(REDUCE) }
#if DRAINALL
  atomic { /* drainPermits: of a negative number only, here */
    if
    :: x < 0 ->
       committed = committed + x; x = 0; again = 1;
       if :: waiters > 0 -> startDrain() :: else fi
    :: else
    fi;
    goto d_done
  }
#endif
  r_give: atomic {
    again = 0; x = x + REDUCE; committed = committed - REDUCE;
    if
    :: waiters == 0 || woken
    :: else -> startDrain()
    fi;
    goto d_done
  }
  d_loop: drainQueue();
  done: skip
}
#endif

init {
  atomic {
#if GIVERS > 0
    run Giver();
#endif
#if GIVERS > 1
    run Giver();
#endif
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
    assert(conserve || x + held == K - (committed - held));
    do
    :: i < N ->
       assert(quietword || (cell[i] != SELECTED && cell[i] != ASKED));
       if
       :: cell[i] == WAIT ->
          assert(quiethead || !(first && need[i] <= x));
          first = false; live++
       :: else
       fi;
       i++
    :: else -> break
    od;
    assert(quietword || (waiters == live && !drain && !dirty && !woken))
  }
}
