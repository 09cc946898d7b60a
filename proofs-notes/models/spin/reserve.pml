// SPDX-License-Identifier: Apache-2.0
/*
 * A window of edges that reserve their roots in rounds, step by step as in Reservations (reserve, mark,
 * commit, link). Every edge has a process; phases are separated as by the crew. The loop of a mark,
 * "read, compare-and-set if smaller", is one step; so is the look of a commit at its two marks, which nobody
 * but their holder changes in that phase.
 *
 * Bounds: N vertices, E edges between different vertices, all choices of them.
 *
 * Properties:
 *   accept  the accepted edges are those of a sequential run
 *   cycle   no walk meets a vertex twice
 *   vacant  between rounds nothing is reserved at a live root
 */
#ifndef E
#define E 3
#endif
#define N 4
#define FREE 9

hidden byte accept, cycle, vacant; /* names, always 0 */

byte parent[N];
byte mark[N];
byte x[E]; byte y[E];
bit accepted[E];
bit saccepted[E];
bit live[E];
hidden byte sparent[N];
byte phase; /* 0: reserve, 1: commit */
byte waiting; byte undecided = E;

inline walk(r) {
  j = 0;
  do
  :: parent[r] != r -> r = parent[r]; j++; assert(cycle || j < N)
  :: else -> break
  od;
  j = 0
}

proctype edge(byte i) {
  byte u; byte v; byte high; byte low; byte j;
  do
  :: atomic { phase == 0 && live[i] ->
     u = x[i]; v = y[i]; walk(u); walk(v);
     high = (u > v -> u : v); low = (u > v -> v : u); u = 0; v = 0 };
     if
     :: high != low ->
        atomic { mark[high] = (mark[high] > i -> i : mark[high]) };
#ifndef M_ONEEND
        atomic { mark[low] = (mark[low] > i -> i : mark[low]) }
#endif
     :: else
     fi;
     atomic { waiting++ };
     atomic { phase == 1 -> skip };
     if
     :: high == low -> live[i] = 0
     :: else ->
        if
        :: atomic { mark[high] == i ->
#ifndef M_STAYS
           if
           :: mark[low] == i -> mark[low] = FREE
           :: else
           fi
#endif
           }; atomic { parent[high] = low; accepted[i] = 1; live[i] = 0 }
        :: atomic { mark[high] != i && mark[low] == i -> skip };
           atomic { parent[low] = high; accepted[i] = 1; live[i] = 0 }
        :: atomic { mark[high] != i && mark[low] != i -> skip }
        fi
     fi;
     atomic { high = 0; low = 0; waiting++ };
     atomic { phase == 0 || undecided == 0 -> skip }
  :: atomic { !live[i] -> break }
  od
}

init {
  byte i; byte u; byte v;
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
    atomic {
      i = 0;
      do
      :: i < N -> parent[i] = i; sparent[i] = i; mark[i] = FREE; i++
      :: else -> break
      od;
      i = 0;
      do
      :: i < E ->
         u = x[i]; v = y[i]; live[i] = 1;
         do
         :: sparent[u] != u -> u = sparent[u]
         :: else -> break
         od;
         do
         :: sparent[v] != v -> v = sparent[v]
         :: else -> break
         od;
         if
         :: u != v -> saccepted[i] = 1; sparent[u] = v
         :: else
         fi;
         i++
      :: else -> break
      od;
      i = 0; u = 0; v = 0
    };
    do
    :: i < E -> run edge(i); i++
    :: else -> break
    od;
    i = 0
  };
  do
  :: undecided > 0 ->
     atomic { waiting == undecided -> waiting = 0; phase = 1 };
     atomic { waiting == undecided -> waiting = 0;
       undecided = 0; i = 0;
       do
       :: i < E -> undecided = undecided + live[i]; i++
       :: else -> break
       od;
       i = 0 };
     do
     :: i < N -> assert(vacant || parent[i] != i || mark[i] == FREE); i++
     :: else -> break
     od;
     atomic { i = 0; phase = 0 }
  :: else -> break
  od;
  _nr_pr == 1;
  do
  :: i < E -> assert(accept || accepted[i] == saccepted[i]); i++
  :: else -> break
  od
}
