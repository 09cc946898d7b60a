// SPDX-License-Identifier: Apache-2.0
/*
 * The pipe, step by step as in Ring and Pipe (take, awaitRoom, filter, tryCommit, commitNext, unite). Every
 * block is one edge. Compaction is left out: it changes no root (F3). The survivors of a block are written
 * together with its mark "ready", which publishes them.
 *
 *   cell   of a root: its size, negative; else an ancestor (here: what it was linked under)
 *   ready  of a slot: the number of the block that is ready in it, plus one
 *
 * Bounds: W workers, R slots, N vertices, E edges between different vertices, all choices of them; by size.
 *
 * Properties:
 *   forest  the same vertices are linked under the same ones by the same edges as in a sequential run
 *   sizes   the sizes of roots are those of a sequential run
 *   remains  no block: when all workers have left, all of them are committed
 */
#ifndef E
#define E 3
#endif
#ifndef W
#define W 2
#endif
#ifndef R
#define R 2
#endif
#define N 4
#define NOBODY 9
#define LOSES(u, v, cu, cv) ((cu) > (cv) || ((cu) == (cv) && (u) > (v)))

hidden byte forest, sizes, remains; /* names, always 0 */

byte next; byte committed; bit token;
byte ready[R]; bit survives[R]; byte slotu[R]; byte slotv[R];
short cell[N];
byte target[N]; byte by[N];
byte x[E]; byte y[E];

/* the sequential run */
hidden short scell[N];
byte starget[N]; byte sby[N]; short ssize[N];

inline walk(r) {
  do
  :: atomic { cell[r] >= 0 -> r = cell[r] }
  :: atomic { cell[r] < 0 -> break }
  od
}

inline commit() {
  if
  :: atomic { survives[c % R] -> u = slotu[c % R]; v = slotv[c % R] };
     walk(u);
     walk(v);
     if
     :: u != v ->
        atomic {
          a = (LOSES(u, v, cell[u], cell[v]) -> u : v);
          g = (LOSES(u, v, cell[u], cell[v]) -> v : u);
          size = cell[a];
          cell[g] = cell[g] + size };
        atomic { cell[a] = g; target[a] = g; by[a] = c; a = 0; g = 0; size = 0 }
     :: else
     fi
  :: atomic { !survives[c % R] -> skip }
  fi;
  u = 0; v = 0
}

inline tryCommit() {
  do
  :: c = committed;
     if
     :: ready[c % R] != c + 1 -> break
     :: else
     fi;
#ifndef M_NOTOKEN
     atomic { got = !token; token = 1 };
     if
     :: !got -> break
     :: else
     fi;
#endif
     do
     :: c = committed;
        if
        :: ready[c % R] != c + 1 -> break
        :: else
        fi;
        commit();
        committed = c + 1
     od;
     token = 0
#ifdef M_NOLOOK
     ; break
#endif
  od;
  atomic { c = 0; got = 0 }
}

proctype worker() {
  byte b; byte c; byte u; byte v; byte a; byte g; short size; bit got;
  do
  :: atomic { b = next; next = (next < E -> next + 1 : next) };
     if
     :: b == E -> break
     :: else
     fi;
#ifndef M_NOROOM
     do
     :: atomic { b - committed >= R -> skip };
        tryCommit()
     :: atomic { b - committed < R -> break }
     od;
#endif
     atomic { u = x[b]; v = y[b] };
     walk(u);
     walk(v);
     atomic {
       survives[b % R] = (u != v); slotu[b % R] = u; slotv[b % R] = v; ready[b % R] = b + 1;
       u = 0; v = 0 };
#ifdef M_UNORDERED
     atomic { token == 0 -> token = 1; c = b };
     commit();
     atomic { committed++; token = 0; c = 0; b = 0 }
#else
     b = 0;
     tryCommit()
#endif
  od
}

init {
  byte i; byte u; byte v; byte a; byte g;
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
    i = 0; u = 0; v = 0; a = 0; g = 0;
    do
    :: i < W -> run worker(); i++
    :: else -> break
    od;
    i = 0
  };
  _nr_pr == 1;
  assert(remains || committed == E);
  do
  :: i < N ->
     assert(forest || (target[i] == starget[i] && by[i] == sby[i]));
     assert(sizes || cell[i] >= 0 || cell[i] == ssize[i]);
     i++
  :: else -> break
  od
}
