// SPDX-License-Identifier: Apache-2.0
/*
 * Drained queue: grants go only to installed waiters (design: sync 2.4 b).
 *
 * One word {permits, waiters, DRAIN, DIRTY}, changed as a whole. A read followed by a
 * whole-word CAS that is retried until it succeeds is one step here: its failed attempts
 * change nothing. Where a snapshot is used across another access (the drain loop) the read
 * and the CAS are two steps.
 *
 * Bounds: N acquirers with needs N0..N2, K permits; ABORTS: bit i = a canceller may abort
 * acquirer i at any moment after its install; TRIES processes call tryAcquire(1) once and
 * give the permit back; KEEP: bit i = acquirer i never releases.
 *
 * Properties (each assertion starts with its name):
 *   exclusion    at most K permits are held
 *   conserve     quiet: permits + held = K
 *   quiethead    quiet: no installed live head whose need fits
 *   quietword    quiet: waiters = live cells, no DRAIN, no DIRTY, no cell left SELECTED
 *   fifo         a grant through cell c: every older cell is GRANTED or CANCELLED;
 *                a fast acquire: no live installed waiter
 *   try          tryAcquire(1) fails only if at some instant of the call no permit was free
 *                (free = K minus permits irrevocably assigned)
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
#ifndef TRIES
#define TRIES 0
#endif
#ifndef KEEP
#define KEEP 0
#endif

#define EMPTY     0
#define WAIT      1
#define SELECTED  2
#define ASKED     3 /* SELECTED, and its waiter asked to leave */
#define GRANTED   4
#define CANCELLED 5

hidden byte exclusion, conserve, quiethead, quietword, fifo, try; /* names, always 0 */

short permits = K; byte waiters; bit drain; bit dirty; /* the word */
byte tickets;                                          /* next cell to hand out */
byte head;                                             /* touched by the holder of DRAIN only */
byte cell[N]; byte need[N];                            /* need is part of the installed waiter */

/* ghosts */
byte cellOf[N];        /* 1 + cell of acquirer i once installed, else 0 */
byte held;             /* permits in the hands of clients */
byte committed;        /* permits irrevocably assigned */
bit assigned[N];       /* the permits of cell c are assigned */
bit tryOpen; bit tryLow;
byte g;                /* scratch of ghost loops, 0 between steps */

#define LIVE(c) ((cell[c] == WAIT || cell[c] == SELECTED || cell[c] == ASKED) && !assigned[c])

inline commit(n) {
  committed = committed + n;
  if :: tryOpen && K - committed < 1 -> tryLow = 1 :: else fi
}

inline assign(c) {
  do
  :: g < c -> assert(fifo || cell[g] == GRANTED || cell[g] == CANCELLED); g++
  :: else -> g = 0; break
  od;
  assigned[c] = 1; commit(need[c])
}

inline fastFifo() {
  do
  :: g < N -> assert(fifo || !LIVE(g)); g++
  :: else -> g = 0; break
  od
}

/* Once per proctype, under the label d_enter; sp, sw are the snapshot of the word. */
inline drainQueue() {
  atomic {
    if
    :: waiters == 0 -> goto d_done
    :: waiters > 0 && drain ->
#if !defined(M_NODIRTY) && !defined(M_REREAD)
       dirty = 1;
#endif
       goto d_done
    :: else -> drain = 1
    fi
  }
  d_loop: atomic { dirty = 0; sp = permits; sw = waiters }
  d_head: atomic {
    if
    :: head < N && (cell[head] == CANCELLED || cell[head] == GRANTED) -> head++; goto d_head
    :: head < N && cell[head] == WAIT && need[head] <= sp -> skip
    :: else -> goto d_none
    fi
  }
#ifdef M_EARLY
  atomic { /* mutant: permits leave the word before the claim is won */
    if
    :: permits == sp && waiters == sw && !dirty -> permits = permits - need[head]
    :: else -> goto d_loop
    fi
  }
  atomic {
    if
    :: cell[head] == WAIT -> assign(head); cell[head] = GRANTED
    :: else -> sw = 255
    fi
  }
  atomic {
    if
    :: sw == 255 -> permits = permits + need[head]
    :: else -> waiters--
    fi;
    goto d_loop
  }
#else
  atomic { if :: cell[head] == WAIT -> cell[head] = SELECTED :: else -> goto d_loop fi }
  atomic {
    if
    :: permits == sp && waiters == sw && !dirty ->
       permits = permits - need[head]; waiters--; assign(head)
    :: else -> goto d_undo
    fi
  }
  atomic { cell[head] = GRANTED; goto d_loop }
  d_undo: atomic {
    if
    :: cell[head] == SELECTED -> cell[head] = WAIT; goto d_loop
    :: cell[head] == ASKED -> cell[head] = CANCELLED
    :: else -> goto d_loop /* by a mutant only */
    fi
  }
  atomic { waiters--; goto d_loop }
#endif
  d_none: atomic {
    if
    :: permits == sp && waiters == sw && !dirty -> drain = 0
    :: else -> goto d_loop
    fi
  }
#ifdef M_REREAD
  atomic { /* mutant: no DIRTY, a second look at the head cell after DRAIN was given up */
    if
    :: head < N && cell[head] == WAIT && need[head] <= permits -> goto d_enter
    :: else
    fi
  }
#endif
  d_done: atomic { sp = 0; sw = 0 }
}

proctype Acquirer(byte id; byte n) {
  byte c; short sp; byte sw; bit leaving;
  atomic {
    if
    :: waiters == 0 && permits >= n -> fastFifo(); permits = permits - n; commit(n); goto in
    :: else -> waiters++
    fi
  }
  atomic { c = tickets; tickets++ }
  atomic { cell[c] = WAIT; need[c] = n; cellOf[id] = c + 1 }
#ifdef M_NOCHECK
  goto end_parked;
#endif
  d_enter: drainQueue();
  if :: leaving -> goto out :: else fi;
  end_parked: atomic {
    if
    :: cell[c] == GRANTED
    :: cell[c] == CANCELLED -> goto out
    fi
  }
  in: atomic { held = held + n; assert(exclusion || held <= K) }
  if :: (KEEP >> id) & 1 -> goto out :: else fi;
  atomic { held = held - n; committed = committed - n; permits = permits + n; leaving = 1; goto d_enter }
  out: skip
}

/* The canceller of one waiter. A waiter found SELECTED stays parked until the drainer decides. */
proctype Aborter(byte id) {
  byte c; short sp; byte sw;
  end_idle: atomic { cellOf[id] > 0 -> c = cellOf[id] - 1 }
  if :: skip :: goto out fi;
  a_try: atomic {
    if
    :: cell[c] == WAIT -> cell[c] = CANCELLED
#ifdef M_SELECTED
    :: cell[c] == SELECTED -> cell[c] = CANCELLED /* mutant */
#else
    :: cell[c] == SELECTED -> cell[c] = ASKED; goto out
#endif
    :: else -> goto out
    fi
  }
  atomic { waiters-- }
#ifdef M_NOABORTDRAIN
  goto out; /* mutant: the next in line is not examined */
#endif
  d_enter: drainQueue();
  out: skip
}

proctype Tryer() {
  short sp; byte sw;
  atomic { tryOpen = 1; tryLow = (K - committed < 1) }
  atomic {
    if
    :: permits >= 1 -> permits--; tryOpen = 0; tryLow = 0; commit(1)
    :: else -> assert(try || tryLow); tryOpen = 0; tryLow = 0; goto out
    fi
  }
  atomic { held++; assert(exclusion || held <= K) }
  atomic { held--; committed--; permits++ }
  d_enter: drainQueue();
  out: skip
}

init {
  atomic {
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
#if TRIES > 0
    run Tryer();
#endif
  }
  timeout -> atomic {
    byte c; byte live; bool first = true;
    assert(conserve || permits + held == K);
    do
    :: c < N ->
       assert(quietword || (cell[c] != SELECTED && cell[c] != ASKED));
       if
       :: cell[c] == WAIT ->
          assert(quiethead || !(first && need[c] <= permits));
          first = false; live++
       :: else
       fi;
       c++
    :: else -> break
    od;
    assert(quietword || (waiters == live && !drain && !dirty))
  }
}
