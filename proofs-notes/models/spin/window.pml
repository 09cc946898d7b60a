// SPDX-License-Identifier: Apache-2.0
/*
 * Edges in flight, step by step as in Window (enter, decide, isFree, losersArePrivate, link). Every edge
 * has a process of its own and may begin at any moment. Stamp, pair, stamp of an earlier edge are
 * one read: the stamp only goes on to "decided", and the second read of it is the one that counts.
 * Compaction is left out: it changes no root (F3).
 *
 *   cell   of a root: its size, negative; else an ancestor (here: what it was linked under)
 *   pst    of edge i: nothing published, a pair, decided
 *
 * Bounds: N vertices, E edges between different vertices, all choices of them, all in flight; FIXED: four
 * edges between five vertices. SIZE: link by size, else by index.
 *
 * Properties:
 *   forest  the same vertices are linked under the same ones by the same edges as in a sequential run
 *   sizes   the sizes of roots are those of a sequential run
 */
#ifndef E
#define E 3
#endif
#ifdef FIXED
#define N 5
#else
#define N 4
#endif
#define NONE 0
#define PAIR 1
#define DONE 2
#define NOBODY 9

#ifdef SIZE
#define LOSES(u, v, cu, cv) ((cu) > (cv) || ((cu) == (cv) && (u) > (v)))
#else
#define LOSES(u, v, cu, cv) ((u) > (v))
#endif

hidden byte forest, sizes; /* names, always 0 */

short cell[N];
byte target[N]; byte by[N];
byte pst[E]; byte pu[E]; byte pv[E];
byte x[E]; byte y[E];

/* the sequential run */
hidden short scell[N];
byte starget[N]; byte sby[N]; short ssize[N];

proctype edge(byte i) {
  byte u; byte v; byte a; byte g; byte k; byte ku; byte kv; byte n; byte j; byte m; short cu; short cv;
  bit shared; bit bad;
  byte seen[2 * E];

  atomic { u = x[i]; v = y[i] }
again:
  if
  :: atomic { cell[u] >= 0 -> u = cell[u] }; goto again
  :: atomic { cell[u] < 0 -> skip }
  fi;
other:
  if
  :: atomic { cell[v] >= 0 -> v = cell[v] }; goto other
  :: atomic { cell[v] < 0 -> skip }
  fi;
  if
  :: u == v -> goto decided
  :: else
  fi;
#ifdef M_ORIENTED
  cu = cell[u];
  cv = cell[v];
  atomic {
    pu[i] = (LOSES(u, v, cu, cv) -> u : v);
    pv[i] = (LOSES(u, v, cu, cv) -> v : u);
    pst[i] = PAIR };
#else
  atomic { pu[i] = u; pv[i] = v; pst[i] = PAIR };
#endif
  cu = cell[u];
  cv = cell[v];
  atomic {
    bad = (cu >= 0 || cv >= 0);
    a = (LOSES(u, v, cu, cv) -> u : v);
    g = (LOSES(u, v, cu, cv) -> v : u);
    cu = 0; cv = 0; n = 0; shared = 0;
#ifdef M_DESCENDING
    k = i
#else
    k = 0
#endif
  };
  if
  :: bad -> bad = 0; goto again
  :: else
  fi;
#ifdef M_DESCENDING
  do
  :: k > 0 ->
     k--;
#else
  do
  :: k < i ->
#endif
     atomic { j = pst[k]; ku = pu[k]; kv = pv[k] };
     if
     :: j == DONE -> skip
#ifdef M_UNPUBLISHED
     :: j == NONE -> skip
#else
     :: j == NONE -> goto again
#endif
     :: j == PAIR ->
        cu = cell[ku];
        cv = cell[kv];
        atomic {
#ifdef M_STALE
          bad = 0;
#else
          bad = (cu >= 0 || cv >= 0);
#endif
          if
#ifdef M_ORIENTED
          :: true -> seen[n] = ku; seen[n + 1] = kv
#else
          :: LOSES(ku, kv, cu, cv) -> seen[n] = ku; seen[n + 1] = kv
          :: else -> seen[n] = kv; seen[n + 1] = ku
#endif
          fi;
#ifndef M_LOSER
          bad = bad || a == seen[n] || a == seen[n + 1];
#endif
#ifndef M_WINNER
          bad = bad || g == seen[n];
#endif
          shared = shared || g == seen[n + 1];
          n = n + 2; cu = 0; cv = 0
        };
        if
        :: bad -> bad = 0; goto again
        :: else
        fi
     fi;
     atomic { ku = 0; kv = 0; j = 0 };
#ifndef M_DESCENDING
     k++
#endif
  :: else -> break
  od;
  atomic {
    k = 0;
    bad = 0;
#ifndef M_SHARED
    if
    :: shared ->
       do
       :: k < n ->
          if
          :: seen[k + 1] == g ->
             j = 0; m = 0;
             do
             :: j < n -> m = m + (seen[j] == seen[k] -> 1 : 0); j++
             :: else -> break
             od;
             bad = bad || m > 1
          :: else
          fi;
          k = k + 2
       :: else -> break
       od
    :: else
    fi;
#endif
    k = 0; j = 0; m = 0; shared = 0;
    do
    :: n > 0 -> n--; seen[n] = 0
    :: else -> break
    od
  };
  if
  :: bad -> bad = 0; goto again
  :: else
  fi;
  cu = cell[a];
  cv = cell[g];
#ifndef M_NOLOOK
  if
  :: cu >= 0 || cv >= 0 || !LOSES(a, g, cu, cv) -> cu = 0; cv = 0; goto again
  :: else
  fi;
#endif
  atomic { cell[a] = g; target[a] = g; by[a] = i };
  atomic { cell[g] = cell[g] + cu; cu = 0; cv = 0; a = 0; g = 0 };
decided:
  atomic { pst[i] = DONE; pu[i] = 0; pv[i] = 0; u = 0; v = 0 }
}

init {
  byte i; byte u; byte v; byte a; byte g;
  i = 0;
#ifdef FIXED
  atomic { x[0] = 1; y[0] = 3; x[1] = 2; y[1] = 0; x[2] = 0; y[2] = 1; x[3] = 4; y[3] = 1 };
#else
  do
  :: i < E ->
     if
     :: atomic { x[i] = 0; y[i] = 1 }
     :: atomic { x[i] = 0; y[i] = 2 }
     :: atomic { x[i] = 0; y[i] = 3 }
     :: atomic { x[i] = 1; y[i] = 2 }
     :: atomic { x[i] = 1; y[i] = 3 }
     :: atomic { x[i] = 2; y[i] = 3 }
     fi;
     i++
  :: else -> break
  od;
#endif
  atomic {
    atomic {
      i = 0;
      do
      :: i < N -> cell[i] = -1; scell[i] = -1; target[i] = NOBODY; starget[i] = NOBODY; i++
      :: else -> break
      od;
      i = 0;
      do
      :: i < E ->
         u = x[i]; v = y[i];
         do
         :: scell[u] >= 0 -> u = scell[u]
         :: else -> break
         od;
         do
         :: scell[v] >= 0 -> v = scell[v]
         :: else -> break
         od;
         if
         :: u != v ->
            a = (LOSES(u, v, scell[u], scell[v]) -> u : v);
            g = (LOSES(u, v, scell[u], scell[v]) -> v : u);
            scell[g] = scell[g] + scell[a]; scell[a] = g; starget[a] = g; sby[a] = i
         :: else
         fi;
         i++
      :: else -> break
      od;
      i = 0;
      do
      :: i < N -> ssize[i] = (scell[i] < 0 -> scell[i] : 0); i++
      :: else -> break
      od;
      i = 0; u = 0; v = 0; a = 0; g = 0
    };
    do
    :: i < E -> run edge(i); i++
    :: else -> break
    od;
    i = 0
  };
  _nr_pr == 1;
  do
  :: i < N ->
     assert(forest || (target[i] == starget[i] && by[i] == sby[i]));
     assert(sizes || cell[i] >= 0 || cell[i] == ssize[i]);
     i++
  :: else -> break
  od
}
