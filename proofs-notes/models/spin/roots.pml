// SPDX-License-Identifier: Apache-2.0
/*
 * Is the root that an edit makes a new object? Combining puts it into the cell as it is, without a
 * version around it, and takes an unchanged cell for proof that nothing happened (06.3, I3).
 *
 * One level of the tree: the root and how much each of its kids holds, MIN to MAX entries or kids.
 * What an edit does below the root reaches it as a kid that holds one more, as many, or one less,
 * whatever its height; a new object in each case. When the root goes and its only kid is left, what
 * that one holds is any shape again. The tree to begin with is any in shape: batches, joins and cuts,
 * whose results come in a version, may have made it.
 *
 * In the code MIN is 4 and MAX is 16; here they are small, with MAX at least twice MIN as there.
 *
 * Properties:
 *   fresh     the root after an edit that changed something is no node of the tree before, or it is empty
 *   shape     kids hold MIN to MAX, and a root that is no leaf has 2 to MAX of them
 */
#ifndef MAX
#define MAX 5
#endif
#ifndef MIN
#define MIN 2
#endif

hidden byte fresh, shape; /* names, always 0 */

bit inner;                /* the root has kids, and is no leaf */
byte n;                   /* kids, or entries of a leaf */
byte fill[MAX + 2];       /* what each kid holds */
bit kept[MAX + 2];        /* the kid is a node of the tree before */

/* What the root holds is known; if it has kids, what those hold may be anything. */
inline anyKids(rootKept) {
  if
  :: inner = 0
  :: n >= 2 ->
     inner = 1; i = 0;
     do
     :: i < n -> select(f : MIN .. MAX); fill[i] = f; kept[i] = rootKept; i++
     :: i == n -> break
     od
  fi;
  i = 0; f = 0
}

/* Another kid after kid at: its own kids, or entries, are cut at c. */
inline cut(c) {
  i = n;
  do
  :: i > at + 1 -> fill[i] = fill[i - 1]; kept[i] = kept[i - 1]; i--
  :: else -> break
  od;
  fill[at + 1] = fill[at] - c; kept[at + 1] = 0;
  fill[at] = c; kept[at] = 0;
  n++; i = 0
}

/* Kid at goes. */
inline drop() {
  i = at;
  do
  :: i + 1 < n -> fill[i] = fill[i + 1]; kept[i] = kept[i + 1]; i++
  :: else -> break
  od;
  n--; fill[n] = 0; kept[n] = 0; i = 0
}

/* Kid at and the one after it become one, or two if that would be too large. */
inline together() {
  f = fill[at] + fill[at + 1];
#ifdef M_SHARE
  if
  :: fill[at] == 0 -> drop()                     /* nothing to add to the other one: it stays as it is */
  :: fill[at] != 0 && fill[at + 1] == 0 -> at++; drop()
  :: else ->
#endif
     fill[at] = f; kept[at] = 0;
     at++; drop(); at--;
     if
     :: f > MAX -> cut(f / 2)
     :: else
     fi
#ifdef M_SHARE
  fi
#endif
}

/* A root with too many kids is one of two, which hold c and the rest. */
inline higher(c) {
  f = n - c; n = 2; inner = 1;
  fill[0] = c; fill[1] = f;
  i = 2;
  do :: i < MAX + 2 -> fill[i] = 0; kept[i] = 0; i++ :: else -> break od;
  kept[0] = 0; kept[1] = 0
}

inline grow(holds, c) { /* where a node that holds one too many is cut */
  if
  :: c = holds / 2
  :: c = holds - MIN
  :: c = MIN
  fi
}

active proctype edits() {
  byte at; byte i; byte f; byte c; bit rootKept;
  select(f : 1 .. MAX);
  n = f;
  anyKids(1);
  do
  :: d_step {
       rootKept = 0; i = 0;                      /* the path is copied, root included */
       do :: i < n && inner -> kept[i] = 1; i++ :: else -> break od;
       i = 0; at = 0; c = 0; f = 0
     }
     if
     :: !inner && n > 0 -> n--
     :: !inner -> n++; grow(n, c); if :: n > MAX -> higher(c) :: else fi
     :: inner ->
        select(at : 0 .. (n - 1));
        kept[at] = 0;
        if
        :: true                                  /* as many */
        :: fill[at]++;                           /* one more */
           if
           :: fill[at] > MAX -> grow(fill[at], c); cut(c)
           :: else
           fi;
           if
           :: n > MAX -> grow(n, c); higher(c)
           :: else
           fi
        :: fill[at]--;                           /* one less */
           if
#ifdef M_LEAVE
           :: fill[at] == 0 ->
#else
           :: fill[at] < MIN ->
#endif
              if :: at > 0 -> at-- :: else fi;
              together()
           :: else
           fi
        fi;
        at = 0
     fi;
     if
     :: inner && n == 1 ->                       /* its only kid is the root */
        rootKept = kept[0]; n = fill[0];
        fill[0] = 0; kept[0] = 0;
        anyKids(rootKept)
     :: else
     fi;
     assert(fresh || n == 0 || !rootKept);
     d_step {
       assert(shape || !inner || (n >= 2 && n <= MAX));
       assert(shape || inner || n <= MAX);
       i = 0;
       do
       :: i < n && inner -> assert(shape || (fill[i] >= MIN && fill[i] <= MAX)); i++
       :: else -> break
       od;
       i = 0; c = 0; f = 0
     }
  :: break                                       /* enough */
  od
}
