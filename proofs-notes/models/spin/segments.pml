// SPDX-License-Identifier: Apache-2.0
/*
 * The infinite array: append, moving a cursor, removing dead segments, skipping (sync 2.1),
 * at the granularity of dev.heddle.sync.internal.Segment and Cursor. A segment is named by its
 * id: at most one of an id is ever linked. Cursor 0 serves suspends, cursor 1 resumes.
 *
 * Bounds: K cells a segment, NS segments (bound asserted); PRE segments are linked at the
 * start, all their cells hold waiters; then SUSPENDS suspends, RESUMES resumes, and for each
 * bit c of ABORTS the waiter in cell c may leave once it is installed.
 *
 * Properties:
 *   reach      a suspend gets the segment of its ticket; a resume gets it, or every cell it
 *              passes over is CANCELLED
 *   head       no cursor ever refers to a removed segment
 *   order      next leads to a higher id, prev to a lower one
 *   vanish     quiet: from the resume cursor on, next and prev lead over no removed segment
 *              except the tail
 *   linked     quiet: the segment of every live waiter is reached from the resume cursor
 *   pointers   quiet: the pointer count of a segment is the number of cursors on it
 *   bound      NS segments suffice
 */
#ifndef K
#define K 1
#endif
#ifndef NS
#define NS 6
#endif
#ifndef PRE
#define PRE 1
#endif
#ifndef SUSPENDS
#define SUSPENDS 0
#endif
#ifndef RESUMES
#define RESUMES 0
#endif
#ifndef ABORTS
#define ABORTS 0
#endif

#define NONE 99

#define EMPTY     0
#define WAIT      1
#define RESUMED   2
#define VALUE     3
#define TAKEN     4
#define CANCELLED 5

#define SUSPEND 0
#define RESUME  1
#define ABORT   2

#define REMOVED(s) (pointers_[s] == 0 && dead[s] == K)

hidden byte reach, head, order, vanish, linked, pointers, bound; /* names, always 0 */

byte next[NS] = NONE; byte prev[NS] = NONE; /* links */
byte pointers_[NS]; byte dead[NS];          /* the segment word, changed as a whole */
byte cell[NS * K];
byte index[2]; byte segment[2];             /* the cursors */
byte g;                                     /* scratch of ghost loops, 0 between steps */

/* One of the two counts of x has just changed. */
inline checkHead(x) { assert(head || !REMOVED(x) || (segment[0] != x && segment[1] != x)) }

inline passed(from, to) {
  g = from;
  do
  :: g < to -> assert(reach || cell[g] == CANCELLED); g++
  :: else -> g = 0; break
  od
}

/* arg: the cell to abort; i: ticket, then cell; start, s: as in Cursor.locate; y, x: see below. */
proctype Worker(byte kind; byte arg) {
  byte start; byte i; byte s; byte y; byte x; byte l; byte r; byte t; byte back;

  if
  :: kind == ABORT -> goto abort
  :: else
  fi;

  /* start is read before the ticket is taken */
  ticket:
#ifdef M_LATESEGMENT
  atomic { i = index[kind]; index[kind]++ }
  start = segment[kind];
#else
  start = segment[kind];
  atomic { i = index[kind]; index[kind]++; assert(bound || index[kind] <= NS * K) }
#endif
  if
  :: start == i / K ->
     atomic { if :: segment[kind] == start -> s = start; goto located :: else fi }
  :: else
  fi;

  locate: s = start;
  find: atomic { if :: s < i / K || REMOVED(s) :: else -> goto move fi }
  atomic { t = next[s]; if :: t != NONE -> s = t; t = 0; goto find :: else -> t = 0 fi }
  atomic { /* append */
    if
    :: next[s] == NONE ->
       assert(bound || s + 1 < NS);
       next[s] = s + 1; prev[s + 1] = s
    :: else -> goto find
    fi
  }
#ifdef M_NOAPPENDERREMOVES
  atomic { s++; goto find }
#else
  atomic { if :: REMOVED(s) -> x = s; back = 1; goto remove :: else -> s++; goto find fi }
#endif

  move: atomic { y = segment[kind]; if :: y >= s -> goto located :: else fi }
#ifdef M_LATEPOINTER
  atomic { if :: segment[kind] == y -> segment[kind] = s; assert(head || !REMOVED(s)) :: else -> goto move fi }
  atomic { pointers_[s]++ }
#else
  atomic { if :: REMOVED(s) -> goto locate :: else -> pointers_[s]++ fi }
  atomic {
    if
    :: segment[kind] == y -> segment[kind] = s; assert(head || !REMOVED(s))
    :: else -> goto drop
    fi
  }
#endif
  atomic { /* the old segment loses its pointer */
    pointers_[y]--; checkHead(y);
    if :: REMOVED(y) -> x = y; back = 2; goto remove :: else -> goto located fi
  }
  drop: atomic {
    pointers_[s]--; checkHead(s);
    if :: REMOVED(s) -> x = s; back = 3; goto remove :: else -> goto move fi
  }

  located: atomic { start = 0; y = 0 }
  if :: kind == RESUME -> goto resume :: else fi;

  atomic {
    assert(reach || s == i / K);
    if
    :: cell[i] == EMPTY -> cell[i] = WAIT
    :: else -> assert(reach || cell[i] == VALUE); cell[i] = TAKEN
    fi;
    goto done
  }

  resume: prev[s] = NONE;
  if
  :: s > i / K ->
     atomic { /* raiseTo, whole loop */
       passed(i, s * K);
       if :: index[1] < s * K -> index[1] = s * K :: else fi;
       s = 0; goto ticket
     }
  :: else -> assert(reach || s == i / K)
  fi;
  atomic {
    if
    :: cell[i] == EMPTY -> cell[i] = VALUE; goto done
    :: cell[i] == WAIT -> cell[i] = RESUMED; goto done
    :: else -> assert(reach || cell[i] == CANCELLED); s = 0; goto ticket
    fi
  }

  abort:
  end_idle: atomic { cell[arg] != EMPTY -> if :: skip :: goto done fi }
  atomic { if :: cell[arg] == WAIT -> cell[arg] = CANCELLED :: else -> goto done fi }
  atomic {
    x = arg / K; dead[x]++; checkHead(x);
    if :: REMOVED(x) -> back = 4; goto remove :: else -> goto done fi
  }

  /* Unlinks x, then goes back to its caller. */
  remove: atomic { if :: next[x] == NONE -> goto unlinked :: else fi }
  l = prev[x];
  left: if
  :: l == NONE -> goto rightStart
  :: else
  fi;
  atomic { if :: REMOVED(l) :: else -> goto rightStart fi }
  l = prev[l]; goto left;
  rightStart: r = next[x];
  right: atomic { if :: REMOVED(r) :: else -> goto relink fi }
  atomic { t = next[r]; if :: t == NONE -> t = 0; goto relink :: else -> r = t; t = 0; goto right fi }
  relink: atomic { t = prev[r]; if :: t == NONE -> goto forward :: else fi }
  atomic {
    if
    :: prev[r] == t -> prev[r] = l; assert(order || l == NONE || l < r)
    :: else -> goto relink
    fi
  }
  forward: t = 0;
  if
  :: l != NONE -> atomic { next[l] = r; assert(order || l < r) }
  :: else
  fi;
#ifndef M_NORECHECK
  atomic { if :: REMOVED(r) :: else -> goto leftAgain fi }
  atomic { if :: next[r] != NONE -> goto remove :: else fi }
  leftAgain: if
  :: l != NONE -> atomic { if :: REMOVED(l) -> goto remove :: else fi }
  :: else
  fi;
#endif
  unlinked: atomic {
    l = 0; r = 0; x = 0;
    if
    :: back == 1 -> back = 0; s++; goto find
    :: back == 2 -> back = 0; goto located
    :: back == 3 -> back = 0; goto move
    :: else -> back = 0
    fi
  }
  done: skip
}

init {
  byte n; byte m;
  atomic {
    do
    :: n < PRE ->
       m = 0;
       do
       :: m < K -> cell[n * K + m] = WAIT; m++
       :: else -> break
       od;
       if :: n > 0 -> prev[n] = n - 1; next[n - 1] = n :: else fi;
       n++
    :: else -> break
    od;
    segment[0] = PRE - 1; index[0] = PRE * K;
    pointers_[0] = 1; pointers_[PRE - 1]++;
    n = 0;
    do :: n < SUSPENDS -> run Worker(SUSPEND, 0); n++ :: else -> break od;
    n = 0;
    do :: n < RESUMES -> run Worker(RESUME, 0); n++ :: else -> break od;
    n = 0;
    do
    :: n < NS * K -> if :: (ABORTS >> n) & 1 -> run Worker(ABORT, n) :: else fi; n++
    :: else -> break
    od;
    n = 0; m = 0
  }
  timeout -> atomic {
    /* right from the resume cursor */
    n = segment[1];
    do
    :: n != NONE ->
       assert(vanish || !REMOVED(n) || next[n] == NONE);
       assert(order || next[n] == NONE || next[n] > n);
       assert(order || prev[n] == NONE || prev[n] < n);
       assert(vanish || prev[n] == NONE || prev[n] < segment[1] || !REMOVED(prev[n]));
       m = n + 1;
       do /* a segment that is jumped over has no live waiter */
       :: m < NS && m < next[n] ->
          g = 0;
          do :: g < K -> assert(linked || cell[m * K + g] != WAIT); g++ :: else -> break od;
          m++
       :: else -> break
       od;
       n = next[n]
    :: else -> break
    od;
    n = 0;
    do
    :: n < NS ->
       assert(pointers || pointers_[n] == (segment[0] == n -> 1 : 0) + (segment[1] == n -> 1 : 0));
       n++
    :: else -> break
    od
  }
}
