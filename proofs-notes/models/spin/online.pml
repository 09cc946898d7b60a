// SPDX-License-Identifier: Apache-2.0
/*
 * The online union-find, step by step as in ConcurrentUnionFind (unite, sameSet, walk), linked by index. Walks
 * halve paths by blind writes.
 *
 *   set    ghost: the least member of the set of each, changed by the links
 *
 * Bounds: N members, E calls of unite between different ones and QUERIES (0 or 1) of sameSet, all choices.
 *
 * Properties:
 *   rises      no cell holds more than its own index: no cycle
 *   count      as many links are made as sets vanish; no union is lost
 *   same       sameSet says neither "no" of two that were one set at the call nor "yes" of two that are two at
 *              the return
 *   partition  in the end the root of each is the least member of its set
 */
#ifndef E
#define E 2
#endif
#ifndef QUERIES
#define QUERIES 1
#endif
#define N 4

hidden byte rises, count, same, partition; /* names, always 0 */

byte p[N];
byte set[N];
byte x[E + 1]; byte y[E + 1]; /* the last is asked for */
byte links;

/* every read is a step, and so is the write */
inline walk(r) {
  do
  :: atomic { q = p[r]; assert(rises || q <= r) };
     if
     :: atomic { q == r -> break }
     :: else
     fi;
     g = p[q];
     if
     :: atomic { q == g -> r = q; break }
     :: else
     fi;
     atomic { p[r] = g; r = g }
  od;
  atomic { q = 0; g = 0 }
}

inline merge(loser, winner) { /* ghost */
  q = set[loser]; g = set[winner]; k = 0;
  do
  :: k < N -> set[k] = (set[k] == q || set[k] == g -> (q < g -> q : g) : set[k]); k++
  :: else -> break
  od;
  links++; q = 0; g = 0; k = 0
}

proctype unite(byte i) {
  byte u; byte v; byte q; byte g; byte k; byte loser; byte winner; bit free;
  atomic { u = x[i]; v = y[i] };
  do
  :: walk(u);
     walk(v);
     if
     :: atomic { u == v -> u = 0; v = 0; break }
     :: else
     fi;
     atomic {
#ifdef M_ARGUMENTS
       loser = u; winner = v;
#else
       loser = (u > v -> u : v); winner = (u > v -> v : u);
#endif
       u = 0; v = 0 };
#ifdef M_PLAIN
     free = (p[loser] == loser);
     if
     :: atomic { free -> p[loser] = winner; merge(loser, winner); free = 0; loser = 0; winner = 0; break }
     :: atomic { !free -> u = loser; v = winner; loser = 0; winner = 0 }
     fi
#else
     if
     :: atomic { p[loser] == loser -> p[loser] = winner; merge(loser, winner); loser = 0; winner = 0; break }
     :: atomic { p[loser] != loser -> u = loser; v = winner; loser = 0; winner = 0 }
     fi
#endif
  od
}

proctype query() {
  byte u; byte v; byte q; byte g; bit were;
  atomic { u = x[E]; v = y[E]; were = (set[u] == set[v]) };
  do
  :: walk(u);
     walk(v);
     if
     :: atomic { u == v -> assert(same || set[x[E]] == set[y[E]]); break }
     :: else
     fi;
#ifdef M_NOLOOK
     atomic { assert(same || !were); break }
#else
     if
     :: p[v] == v ->
#ifndef M_ONEROOT
        if
        :: p[u] == u ->
#endif
           atomic { assert(same || !were); break }
#ifndef M_ONEROOT
        :: else
        fi
#endif
     :: else
     fi
#endif
  od;
  atomic { u = 0; v = 0; were = 0 }
}

init {
  byte i; byte sets; byte at;
  do
  :: i < E + QUERIES ->
     if
     :: atomic { x[i] = 0; y[i] = 1 }
     :: atomic { x[i] = 0; y[i] = 2 }
     :: atomic { x[i] = 0; y[i] = 3 }
     :: atomic { x[i] = 1; y[i] = 2 }
     :: atomic { x[i] = 1; y[i] = 3 }
     :: atomic { x[i] = 2; y[i] = 3 }
     :: atomic { x[i] = 3; y[i] = 2 }
     :: atomic { x[i] = 3; y[i] = 1 }
     fi;
     i++
  :: else -> break
  od;
  atomic {
    i = 0;
    do
    :: i < N -> p[i] = i; set[i] = i; i++
    :: else -> break
    od;
    i = 0;
    do
    :: i < E -> run unite(i); i++
    :: else -> break
    od;
#if QUERIES
    run query();
#endif
    i = 0
  };
  _nr_pr == 1;
  atomic {
    do
    :: i < N ->
       sets = sets + (set[i] == i -> 1 : 0);
       at = i;
       do
       :: p[at] < at -> at = p[at]
       :: else -> break
       od;
       assert(partition || at == set[i]);
       i++
    :: else -> break
    od;
    assert(count || links == N - sets);
    i = 0;
    do
    :: i < E -> assert(partition || set[x[i]] == set[y[i]]); i++
    :: else -> break
    od
  }
}
