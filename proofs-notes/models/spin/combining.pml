// SPDX-License-Identifier: Apache-2.0
/*
 * A root replaced by compare-and-set, whose writers combine, step by step as in Combining.
 *
 *   cell     the current version: a state, and the batch of operations that it came with,
 *            emptied once each of them has been told its outcome
 *   slot i   operation i is published
 *   told i   its outcome; 0 until then
 *
 * The state is the number of operations applied. An operation takes the number before it and
 * adds one, so that each result shows when its operation took effect. Operation VOID (if any)
 * changes nothing: it tells the number that it finds.
 *
 * Writer i tries PAT times for itself (bit i of PATIENT: once; else not at all), then publishes
 * and goes on until it is told. A writer in NEVER does not publish. Writer RESTORE (if any; in NEVER)
 * puts the state of version 0 back, as the caller's function may. Everybody finishes the batch
 * of the version that it read before it does anything else, and takes along what it finds in the slots.
 *
 * Applying, and the compare-and-set together with the making of a fresh version, are one step:
 * they touch no shared state but the cell. A version without a batch that an edit made is its root, put
 * into the cell as it is: a fresh object too, so it is like any other here. What a function gives is not
 * fresh; version 0 is the root of an edit before, so that a function can give it. Reading one slot is two steps: is it published, is it told.
 *
 * Bounds: N writers of one operation each; NV versions (asserted, never cut).
 *
 * Properties:
 *   once      no operation takes effect twice
 *   lost      at the end all have taken effect, and the state is their number unless it was put back; who collects
 *             nothing was told
 *   result    what an owner is told is what its operation met when it took effect
 *   voids     a void operation tells a number that was current during it
 *   clean     at the end no slot is taken and no batch is left but that of a stalled finisher: none
 *   bound     NV versions suffice
 */
#ifndef N
#define N 3
#endif
#ifndef PATIENT
#define PATIENT 0
#endif
#ifndef NEVER
#define NEVER 0
#endif
#ifndef VOID
#define VOID 9
#endif
#ifndef RESTORE
#define RESTORE 9
#endif
#ifndef NV
#define NV 6
#endif

#define HAS(set, i) (((set) >> (i)) & 1)

hidden byte once, lost, result, voids, clean, bound; /* names, always 0 */

byte cur;                       /* the current version */
byte nv = 1;                    /* versions made */
byte state[NV];
byte batch[NV];                 /* operations not yet known to be told */
byte res[NV * N];               /* their outcomes */
bit slot[N];
byte told[N];                   /* outcome + 1 */
byte pending;

/* ghosts */
byte times[N];                  /* how often operation i took effect */
byte met[N];                    /* the number that it met */
byte low[N];                    /* the number when operation i began */
byte done;

/* Installs a fresh version with own (if any) and the batch applied, if the cell is still s; s is that version then. */
inline install(ok, s, own, set) {
  d_step {
#ifdef M_PLAIN
    if
    :: true ->
#else
    if
    :: cur == s ->
#endif
       assert(bound || nv < NV);
#ifdef M_REUSE
       v = 1 - s;
#else
#ifdef M_RAWFUNCTION
       if
       :: own == RESTORE && set == 0 -> v = 0  /* the root itself, and no version around it */
       :: else -> v = nv; nv++
       fi;
#else
       v = nv; nv++;
#endif
#endif
       c = state[s];
       if
       :: own == RESTORE -> take(own); c = state[0]
       :: own < N && own != RESTORE -> take(own)
       :: else
       fi;
       j = 0;
       do
       :: j < N && HAS(set, j) ->
#ifdef M_SAMEOUTCOME
          res[v * N + j] = state[s];
#else
          res[v * N + j] = c;
#endif
          take(j); j++
       :: j < N && !HAS(set, j) -> j++
       :: j == N -> break
       od;
       state[v] = c; batch[v] = set; cur = v; ok = 1; s = v
    :: else -> ok = 0
    fi;
    v = 0; c = 0; j = 0
  }
}

/* An operation takes effect on the number c. */
inline take(i) {
  times[i]++;
  assert(once || times[i] == 1);
  met[i] = c;
  if :: i != VOID -> c++ :: else fi
}

inline finish(s) {
  k = 0;
  b = batch[s];
#ifdef M_EMPTYFIRST
  batch[s] = 0;
#endif
  do
  :: k < N && HAS(b, k) -> told[k] = res[s * N + k] + 1; k++
  :: k < N && !HAS(b, k) -> k++
  :: k == N -> break
  od;
  if :: b != 0 -> batch[s] = 0 :: else fi;
  k = 0; b = 0
}

/* The cell, with its batch finished. */
inline settle(s) {
  s = cur;
#ifndef M_NOFINISH
  finish(s)
#endif
}

/* What is published and was told nothing. */
inline collect(set) {
  set = 0; k = 0;
  if
  :: pending > 0 ->
     do
     :: k < N ->
        if
        :: slot[k] ->
#ifdef M_RECOLLECT
           set = set | (1 << k)
#else
           if :: told[k] == 0 -> set = set | (1 << k) :: else fi
#endif
#ifdef M_EARLYCLEAR
           ; slot[k] = 0
#endif
        :: else
        fi;
        k++
     :: k == N -> break
     od
  :: else
  fi;
  k = 0
}

proctype writer(byte me) {
  byte s; byte set; byte v; byte c; byte j; byte k; byte b; bit ok; byte tries;
  d_step {
    low[me] = state[cur];
    tries = (HAS(NEVER, me) -> 255 : (HAS(PATIENT, me) -> 1 : 0))
  }
  do
  :: tries > 0 ->                              /* for itself */
     settle(s);
     if
     :: me == VOID ->                          /* void: told by the read of the cell */
        d_step { times[me]++; met[me] = state[s];
                 assert(voids || (state[s] >= low[me] && state[s] <= state[cur])) }
        goto over
     :: else
     fi;
     collect(set);
     install(ok, s, me, set);
     if
     :: ok -> finish(s); goto over
     :: else -> if :: tries < 255 -> tries-- :: else fi
     fi
  :: else -> break
  od;
  atomic { pending++; }
  slot[me] = 1;
  do
  :: settle(s);
     if :: told[me] -> break :: else fi;
     collect(set);
     if
     :: set != 0 ->
#ifdef M_VOIDATONCE
        if
        :: set == (1 << VOID) -> d_step { told[VOID] = state[s] + 1; times[VOID]++; met[VOID] = state[s]; assert(once || times[VOID] == 1) }; set = 0; goto again
        :: else
        fi;
#endif
        install(ok, s, N, set);
        if
        :: ok -> finish(s)
        :: else
        fi
     :: else -> assert(lost || told[me])     /* it stands in its slot until it is told */
     fi;
again: skip
  od;
  assert(result || told[me] == met[me] + 1);
  slot[me] = 0;
  atomic { pending--; }
over: skip;
  d_step { done++; s = 0; set = 0; tries = 0; ok = 0 }
}

init {
  byte i;
  atomic {
    i = 0;
    do :: i < N -> run writer(i); i++ :: i == N -> break od;
    i = 0
  }
  done == N;
  d_step {
    do
    :: i < N ->
       assert(lost || times[i] == 1);
       assert(clean || (slot[i] == 0 && batch[cur] == 0));
       i++
    :: i == N -> break
    od;
    assert(lost || RESTORE < N || state[cur] == N - (VOID < N -> 1 : 0));
    assert(clean || pending == 0)
  }
}
