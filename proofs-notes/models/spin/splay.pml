// SPDX-License-Identifier: Apache-2.0
/*
 * The base list of the splay-list under its index, step by step as in SplayList (find, put, linked, remove),
 * SplayUpkeep (settle, work) and SplayIndex (pass, drop, unlink).
 *
 *   node n     key[n], val[n] (LIVE, DEAD, KEPT, CUT), next[n], mark[n]: its marker has come, next[n] is frozen
 *   entry[k]   the node that the index holds for key k, or NIL. One level; a read of it that goes to the entry before
 *              a key is one step, the careful walk is one for each entry.
 *   pend       nodes pushed and not yet worked off, a set of bits
 *   lock       of the upkeep, taken by try only
 *   kept       how many nodes are kept, as it is counted
 *
 * A pass lets its key rise or sink, both are tried. Weights are not modelled: which entries there are is any choice.
 * Which removed keys are kept is any choice, and so is when a kept one is cut, as a rebuild or the removal of a key between
 * two of them does.
 * Values are not modelled: a key is there or not, and each thread knows what it took effect on.
 *
 * Bounds: T threads, the operations of thread t are the digits of OPSt, from the left two a time: what (1 put,
 * 2 remove, 3 get, 4 get that is sampled) and of which key (1 to 3). At the start 1 and 2 are there, 2 in the index.
 * NN nodes (asserted).
 *
 * Properties:
 *   twice      a key is linked only while no other node of it is live
 *   missed     an operation that does not find its key: there was a moment of it without the key
 *   held       an operation that takes effect on a live node: the key is there
 *   cutonly    only a removed key is cut
 *   quietbase  at rest the base holds the live keys, in order, and no removed ones but those that are kept
 *   quietindex at rest no entry stands for a removed key that is not kept
 *   counted    at rest as many nodes are kept as are counted
 *   stranded   at rest nothing is pending
 *   bound      NN nodes suffice
 */
#ifndef T
#define T 2
#endif
#ifndef OPS0
#define OPS0 2200
#endif
#ifndef OPS1
#define OPS1 1333
#endif
#ifndef OPS2
#define OPS2 0
#endif
#ifndef NN
#define NN 5
#endif

#define NIL  9
#define LIVE 1
#define DEAD 2
#define CUT  3
#define KEPT 4

hidden byte twice, missed, held, cutonly, quietbase, quietindex, counted, stranded, bound; /* names, always 0 */

byte key[NN + 1]; byte val[NN + 1]; byte next[NN + 1]; bit mark[NN + 1];
byte nn = 2;          /* nodes made, beside the head, node 0 */
byte entry[4];
byte pend; bit lock;
short kept;           /* -1 for an instant if a revival is counted before the removal */

/* ghosts */
bit there[4];
byte asked[T];        /* the key that a thread is at */
bit absent[T];        /* there was a moment of its operation without that key */

inline begin(k) { asked[_pid - 1] = k; absent[_pid - 1] = !there[k] }

inline gone(k) { /* ghost */
  there[k] = 0;
  g = 0;
  do
  :: g < T -> absent[g] = absent[g] || asked[g] == k; g++
  :: else -> g = 0; break
  od
}

/* where the index leads before a key */
inline lead(k, s) {
  s = (k > 2 && entry[2] != NIL -> entry[2] : (k > 1 && entry[1] != NIL -> entry[1] : 0))
}

/* the careful walk: steps on no entry seen cut */
inline careful(k, s) {
  s = (k > 1 && entry[1] != NIL && val[entry[1]] != CUT -> entry[1] : 0);
  s = (k > 2 && entry[2] != NIL && val[entry[2]] != CUT -> entry[2] : s)
}

/* a node before a key, not cut at a moment of this search */
inline before(k, s) {
  atomic { lead(k, s) };
  if
  :: val[s] == CUT -> careful(k, s)
  :: else
  fi
}

/* a node of a key that is not cut, or NIL */
inline find(k, n) {
  atomic { n = entry[k] };
  if
#ifdef M_FOUNDCUT
  :: n != NIL
#else
  :: n != NIL && val[n] != CUT
#endif
  :: else ->
#ifdef M_NOLOOK
     atomic { lead(k, s) };
#else
#ifdef M_CARELESS
     atomic { lead(k, s) };
     if
     :: val[s] == CUT -> atomic { lead(k, s) }
     :: else
     fi;
#else
     before(k, s);
#endif
#endif
     atomic { n = next[s]; s = 0 };
     do
     :: atomic { n == NIL || key[n] > k -> n = NIL; break }
     :: atomic { n != NIL && key[n] == k && val[n] != CUT -> break }
     :: atomic { n != NIL && (key[n] < k || (key[n] == k && val[n] == CUT)) -> n = next[n] }
     od
  fi
}

/* one turn at unlinking x behind p */
inline unlink(p, x) {
#ifndef M_NOMARK
  atomic { mark[x] = 1 };
#endif
  atomic {
    if
#ifdef M_PLAIN
    :: true -> next[p] = next[x]
#else
    :: next[p] == x && !mark[p] -> next[p] = next[x]
    :: else
#endif
    fi
  }
}

/* with the lock */
inline drop(n) {
  atomic {
#ifdef M_STALE
    skip
#else
    entry[key[n]] = NIL
#endif
  };
  p = 0;
  do
  :: atomic { x = next[p] };
     if
     :: atomic { x == NIL -> break }
     :: atomic { x != NIL && val[x] == CUT -> skip };
        unlink(p, x)
     :: atomic { x != NIL && val[x] != CUT && key[x] < key[n] -> p = x }
     :: atomic { x != NIL && val[x] != CUT && key[x] >= key[n] -> break }
     fi
  od;
  atomic { p = 0; x = 0 }
}

inline pass(n) {
  if
  :: entry[key[n]] = n
  :: entry[key[n]] = NIL
  fi
}

/* with the lock: all that is pending */
inline drain() {
  atomic { took = pend; pend = 0; i = 1 };
  do
  :: atomic { i > NN -> i = 0; took = 0; break }
  :: atomic { i <= NN && !((took >> i) & 1) -> i++ }
#ifdef M_KEPTBLIND
  :: atomic { i <= NN && !((took >> i) & 1) && val[i] == KEPT -> skip };
     atomic { assert(cutonly || val[i] != LIVE); val[i] = CUT };
#else
  :: atomic { i <= NN && !((took >> i) & 1) && val[i] == KEPT -> val[i] = CUT };
#endif
     kept--;
     drop(i);
     i++
  :: i <= NN && ((took >> i) & 1) ->
     if
#ifdef M_SWEEP
     :: atomic { val[i] != CUT && (val[i] == DEAD || key[i] == 2) -> assert(cutonly || val[i] == DEAD); val[i] = CUT };
#else
     :: atomic { val[i] == DEAD -> val[i] = CUT };
#endif
        drop(i)
     :: atomic { val[i] == DEAD -> val[i] = KEPT };
        kept++
     :: atomic { val[i] == KEPT -> skip }
     :: atomic { val[i] == LIVE -> skip };
        pass(i)
     :: atomic { val[i] == CUT -> skip }
     fi;
     i++
  od
}

inline settle() {
  do
  :: atomic { pend == 0 -> break }
  :: atomic { pend != 0 && lock -> break }
  :: atomic { pend != 0 && !lock -> lock = 1 };
     drain();
     atomic {
       lock = 0;
#ifdef M_NOAGAIN
       break
#endif
     }
  od
}

inline sample(n) {
  if
  :: atomic { lock -> skip }
  :: atomic { !lock -> lock = 1 };
#ifdef M_PASSCUT
     pass(n);
#else
     if
     :: val[n] != CUT -> pass(n)
     :: else
     fi;
#endif
     drain();
     lock = 0;
     settle()
  fi
}

inline get(k) {
  atomic { begin(k) };
  find(k, n);
  if
  :: atomic { n != NIL && val[n] == LIVE -> assert(held || there[k]) }
  :: atomic { n == NIL || val[n] != LIVE -> assert(missed || absent[_pid - 1]); n = NIL }
  fi;
  asked[_pid - 1] = 0
}

inline remove(k) {
  atomic { begin(k) };
  find(k, n);
  if
  :: atomic { n != NIL && val[n] == LIVE -> assert(held || there[k]); val[n] = DEAD; gone(k) };
     atomic { asked[_pid - 1] = 0; pend = pend | (1 << n); n = 0 };
     settle()
  :: atomic { n == NIL || val[n] != LIVE -> assert(missed || absent[_pid - 1]); asked[_pid - 1] = 0; n = 0 }
  fi
}

inline put(k) {
  before(k, p);
  do
  :: atomic { x = next[p]; m = mark[p] };
     if
     :: atomic { m -> m = 0; x = 0 };
        before(k, p)
     :: atomic { !m && x != NIL && val[x] == CUT -> skip };
        unlink(p, x)
     :: atomic { !m && x != NIL && val[x] != CUT && key[x] < k -> p = x }
     :: atomic { !m && x != NIL && val[x] != CUT && key[x] == k -> n = x };
        if
        :: atomic { val[n] == LIVE -> assert(held || there[k]); break }
        :: atomic { val[n] == DEAD -> val[n] = LIVE; assert(twice || !there[k]); there[k] = 1; break }
        :: atomic { val[n] == KEPT -> val[n] = LIVE; assert(twice || !there[k]); there[k] = 1 };
#ifndef M_UNCOUNTED
           kept--;
#endif
           break
        :: atomic { val[n] == CUT -> n = 0 };
           before(k, p)
        fi
     :: atomic { !m && (x == NIL || key[x] > k) -> skip };
        if
#ifdef M_BLIND
        :: atomic { true ->
#else
        :: atomic { next[p] == x && !mark[p] ->
#endif
             nn++; assert(bound || nn <= NN);
             key[nn] = k; val[nn] = LIVE; next[nn] = x; next[p] = nn;
             assert(twice || !there[k]); there[k] = 1;
             n = nn };
           atomic { pend = pend | (1 << n); n = 0; p = 0; x = 0 };
           settle();
           break
        :: atomic { next[p] != x || mark[p] -> skip }
        fi
     fi
  od;
  atomic { n = 0; p = 0; x = 0; s = 0; m = 0 }
}

proctype Thread(short ops) {
  short left = ops; short d = 1000;
  byte k; byte what; byte n; byte p; byte x; byte s; byte i; byte took; byte g; bit m;
  do
  :: atomic { d < 10 || left / (d / 10) == 0 -> left = 0; d = 0; break }
  :: atomic { d >= 10 && left / (d / 10) != 0 ->
       what = left / d; left = left % d;
       k = left / (d / 10); left = left % (d / 10);
       d = d / 100 };
     if
     :: what == 1 -> put(k)
     :: what == 2 -> remove(k)
     :: what >= 3 ->
        get(k);
        if
        :: what == 4 && n != NIL -> sample(n)
        :: else
        fi
     fi;
     atomic { n = 0; what = 0; k = 0 }
  od
}

init {
  byte i; byte k;
  atomic {
    key[1] = 1; key[2] = 2; val[0] = LIVE; val[1] = LIVE; val[2] = LIVE;
    next[0] = 1; next[1] = 2; next[2] = NIL;
    entry[1] = NIL; entry[2] = 2; entry[3] = NIL;
    there[1] = 1; there[2] = 1;
    run Thread(OPS0);
    run Thread(OPS1);
#if T > 2
    run Thread(OPS2);
#endif
  };
  _nr_pr == 1;
  atomic {
    assert(stranded || (pend == 0 && !lock));
    i = next[0]; k = 1;
    do
    :: k <= 3 ->
       assert(quietindex || entry[k] == NIL || val[entry[k]] == LIVE || val[entry[k]] == KEPT);
       do
       :: i != NIL && val[i] == KEPT -> assert(quietbase || !there[key[i]]); kept--; i = next[i]
       :: else -> break
       od;
       if
       :: there[k] -> assert(quietbase || (i != NIL && key[i] == k && val[i] == LIVE)); i = next[i]
       :: else
       fi;
       k++
    :: else -> break
    od;
    assert(quietbase || i == NIL);
    assert(counted || kept == 0)
  }
}
