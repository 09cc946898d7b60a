// SPDX-License-Identifier: Apache-2.0
/*
 * The phase-fair read-write lock, step by step as in ReadWriteQueue (enterRead, enterWrite,
 * tryRead, tryWrite, leave, enlisted, left, startDrain, drain, serve) with the word of
 * ReadWriteWord, on two queues as in WaitQueue (enlist, peek, select, deselect). Not barging:
 * GRANT and WOKEN are never set. Reentrancy and owners lie outside of that class.
 *
 *   word   {writer, reads, waiting writers, waiting readers, TURN, DRAIN, DIRTY}
 *   side   0: readers, 1: writers; each with cells, tail and head
 *
 * A read followed by a whole-word CAS that is retried until it succeeds is one step: failed
 * attempts change nothing. Where a snapshot is used across another access (drain, serve) the
 * read and the CAS are two steps. The tail is moved in a step of its own, by anybody.
 *
 * Bounds: READERS, WRITERS that enter once; RLEAVES, WLEAVES: bit i = that reader or writer may
 * give up at any moment after its install; TRYR, TRYW: so many tryRead, tryWrite; STAYS: 1: the
 * first reader never leaves.
 *
 * Properties:
 *   exclusion   a writer is alone
 *   truth       at every grant and leave: the word counts those inside, and those selected for
 *               whom it was just changed
 *   stranded    quiet: not servable, and no reader waits for a writer that has gone
 *   quietword   quiet: waiting counts = live cells, no flag, no cell left SELECTED
 *   phase       a reader installed when a writer leaves, or the last waiting writer gives up,
 *               enters before any writer that is let in from the queue afterwards
 *   order       grants of a side in the order of its cells
 *   onedrainer  a drainer never meets a cell that another one has selected
 */
#ifndef READERS
#define READERS 2
#endif
#ifndef WRITERS
#define WRITERS 1
#endif
#ifndef RLEAVES
#define RLEAVES 0
#endif
#ifndef WLEAVES
#define WLEAVES 0
#endif
#ifndef TRYR
#define TRYR 0
#endif
#ifndef TRYW
#define TRYW 0
#endif
#ifndef STAYS
#define STAYS 0
#endif

#define M 3 /* cells of a side */

#define EMPTY     0
#define WAIT      1
#define SELECTED  2
#define ASKED     3 /* SELECTED, and its waiter asked to leave: ABORTING */
#define GRANTED   4
#define CANCELLED 5

hidden byte exclusion, truth, stranded, quietword, phase, order, onedrainer; /* names, always 0 */

bit writer; byte reads; byte waiting[2]; bit turn; bit drain; bit dirty; /* the word */
byte cell[2 * M]; byte tail[2];
byte head[2]; byte batchEnd;               /* the drainer's */

/* ghosts */
byte readersIn; byte writersIn;            /* holds assigned and not given back */
bit assigned[2 * M]; bit due[M];
byte cellOf[2 * M];                        /* 1 + offset of reader or writer i once installed */
byte g;                                    /* scratch of ghost loops, 0 between steps */

#define WORD (writer + 2 * turn + 4 * drain + 8 * dirty + 16 * reads + 128 * waiting[0] + 1024 * waiting[1])
#define SERVABLE \
  (!writer && ((waiting[0] > 0 && (turn || waiting[1] == 0)) || (waiting[1] > 0 && reads == 0)))
#ifdef M_NOMAYENTER
#define MAY_ENTER(side) true
#else
#define MAY_ENTER(side) (!writer && (!(side) || (reads == 0 && !turn)))
#endif
#define LIVE(c) ((cell[c] == WAIT || cell[c] == SELECTED || cell[c] == ASKED) && !assigned[c])

inline insideOk() {
  assert(exclusion || writersIn == 0 || (writersIn == 1 && readersIn == 0));
  assert(truth || (writersIn == writer && readersIn == reads))
}

/* startDrain(s, after), where after differs from s by what the caller did in this step. */
inline startDrain() {
  if
  :: drain ->
#ifndef M_NODIRTY
     dirty = 1;
#endif
     goto d_done
  :: else -> drain = 1; goto d_loop
  fi
}

inline serveIfServable() { if :: SERVABLE -> startDrain() :: else -> goto d_done fi }

/* The readers that are in the queue by now are next. */
inline markDue() {
  do
  :: g < M -> due[g] = g < tail[0] && LIVE(g); g++
  :: else -> g = 0; break
  od
}

inline withoutWaiter(side) {
  waiting[side]--;
  if :: side == 1 && waiting[1] == 0 -> markDue() :: else fi;
  if
  :: waiting[0] == 0 -> turn = 0
#ifndef M_NOTURNBYABORT
  :: waiting[0] > 0 && side == 1 && waiting[1] == 0 -> turn = 1
#endif
  :: else
  fi
}

/* Under the label d_loop; the caller holds DRAIN, here it is given up. Falls out at its end. */
inline drainQueues() {
  atomic {
    if
    :: dirty -> dirty = 0; goto d_loop
    :: !dirty && turn && !writer -> s = WORD; goto d_turn
    :: else ->
       s = WORD;
       if
       :: writer || waiting[0] == 0 ->
          side = 1; if :: !writer && reads == 0 && waiting[1] > 0 -> goto d_peek :: else -> goto d_stop fi
       :: else -> side = 0; if :: waiting[1] == 0 -> goto d_open :: else -> goto d_peek fi
       fi
    fi
  }
  d_turn: batchEnd = tail[0];
  atomic { if :: WORD == s -> turn = 0 :: else fi; goto d_loop }
  d_open: batchEnd = tail[0];
  d_peek: atomic {
    do
    :: head[side] < M && (cell[side * M + head[side]] == CANCELLED || cell[side * M + head[side]] == GRANTED) ->
       head[side]++
    :: else -> break
    od;
    if
    :: head[side] < M && cell[side * M + head[side]] != EMPTY && (side == 1 || head[0] < batchEnd) ->
       assert(onedrainer || cell[side * M + head[side]] == WAIT)
    :: else ->
       /* no reader: the same snapshot says whether to look for a writer */
       if
       :: side == 0 && s / 1024 > 0 && (s / 16) % 8 == 0 && s % 2 == 0 -> side = 1; goto d_peek
       :: else -> goto d_stop
       fi
    fi
  }
  atomic {
    if
    :: cell[side * M + head[side]] == WAIT -> cell[side * M + head[side]] = SELECTED
    :: else -> goto d_loop
    fi
  }
  d_decide: atomic {
    if
    :: MAY_ENTER(side) -> s = WORD; last = (side == 1 || waiting[0] == 1)
    :: else -> goto d_refuse
    fi
  }
#ifndef M_NOPASSHEAD
  if :: last -> head[side]++ :: else fi;
#endif
  atomic {
    if
    :: WORD != s -> goto d_retry
    :: else ->
#ifndef M_NOPASSHEAD
       c = side * M + head[side] - last;
#else
       c = side * M + head[side];
#endif
       do /* ghosts */
       :: g < c % M -> assert(order || assigned[side * M + g] || cell[side * M + g] == CANCELLED); g++
       :: else -> g = 0; break
       od;
       do
       :: side == 1 && g < M -> assert(phase || !due[g] || !LIVE(g)); g++
       :: else -> g = 0; break
       od;
       assigned[c] = 1;
       if
       :: side == 1 -> waiting[1]--; writer = 1; writersIn++
       :: else ->
          waiting[0]--; if :: waiting[0] == 0 -> turn = 0 :: else fi;
          reads++; readersIn++; due[c] = 0
       fi;
       insideOk();
       if :: last -> drain = 0; dirty = 0 :: else fi
    fi
  }
  atomic {
    assert(onedrainer || cell[c] == SELECTED || cell[c] == ASKED);
    cell[c] = GRANTED; c = 0;
    if :: last -> last = 0; goto d_done :: else -> goto d_loop fi
  }
  d_retry:
#ifndef M_NOPASSHEAD
  if :: last -> head[side]-- :: else fi;
#endif
  atomic { last = 0; goto d_decide }
  d_refuse: atomic {
    if
    :: cell[side * M + head[side]] == SELECTED -> cell[side * M + head[side]] = WAIT; goto d_loop
    :: else ->
       assert(onedrainer || cell[side * M + head[side]] == ASKED);
       cell[side * M + head[side]] = CANCELLED
    fi
  }
  atomic { withoutWaiter(side); goto d_loop } /* uncount */
  d_stop: atomic { if :: WORD == s -> drain = 0 :: else -> goto d_loop fi }
  d_done: atomic { s = 0; side = 0; c = 0 }
}

inline leaveRead() { atomic { readersIn--; reads--; insideOk(); serveIfServable() } }

inline leaveWrite() {
  atomic {
    writersIn--; writer = 0;
#ifndef M_WRITERSFIRST
    turn = waiting[0] > 0;
#else
    if :: waiting[0] == 0 -> turn = 0 :: else fi;
#endif
    markDue(); insideOk(); serveIfServable()
  }
}

/* One reader (mine = 0) or writer (mine = 1). */
proctype Client(bit mine; byte id) {
  bit side; short s; byte c; bit last; byte at; bit leaving;
  atomic {
    if
    :: !mine && !writer && waiting[1] == 0 -> reads++; readersIn++; insideOk(); goto in
    :: mine && !writer && reads == 0 && waiting[0] == 0 && waiting[1] == 0 ->
       writer = 1; writersIn++; insideOk(); goto in
    :: else -> waiting[mine]++
    fi
  }
  enlist: atomic {
    at = tail[mine];
    if
    :: cell[mine * M + at] == EMPTY -> cell[mine * M + at] = WAIT; cellOf[mine * M + id] = at + 1
    :: else
    fi
  }
  atomic { /* Cursor.advance, also for another's cell */
    if :: tail[mine] == at -> tail[mine]++ :: else fi;
    if :: cellOf[mine * M + id] == at + 1 -> at = 0 :: else -> at = 0; goto enlist fi
  }
#ifdef M_NOCHECK
  goto end_parked;
#endif
  atomic { serveIfServable() } /* enlisted */
  d_loop: drainQueues();
  if :: leaving -> goto done :: else fi;
  end_parked: atomic {
    if
    :: cell[mine * M + cellOf[mine * M + id] - 1] == GRANTED
    :: cell[mine * M + cellOf[mine * M + id] - 1] == CANCELLED -> goto done
    fi
  }
  in: leaving = 1;
  if
  :: STAYS && !mine && id == 0 -> goto done
  :: mine -> leaveWrite()
  :: !mine && !(STAYS && id == 0) -> leaveRead()
  fi;
  done: skip
}

/* The abort of one waiter. A waiter found SELECTED stays until the drainer decides. */
proctype Aborter(bit mine; byte id) {
  bit side; short s; byte c; bit last;
  end_idle: atomic { cellOf[mine * M + id] > 0 -> c = mine * M + cellOf[mine * M + id] - 1; if :: skip :: goto done fi }
  atomic {
    if
    :: cell[c] == WAIT -> cell[c] = CANCELLED; if :: !mine -> due[c] = 0 :: else fi
    :: cell[c] == SELECTED ->
#ifdef M_SELECTED
       cell[c] = CANCELLED /* mutant */
#else
       cell[c] = ASKED; goto done
#endif
    :: else -> goto done
    fi
  }
  atomic { /* left */
#ifndef M_NOUNCOUNT
    withoutWaiter(mine);
#endif
    c = 0;
#ifdef M_NOABORTDRAIN
    goto d_done; /* mutant: those behind are not looked at */
#endif
    if :: SERVABLE || drain -> startDrain() :: else -> goto d_done fi
  }
  d_loop: drainQueues();
  done: skip
}

proctype Tryer(bit mine) {
  bit side; short s; byte c; bit last;
  atomic {
    if
    :: mine && !writer && reads == 0 -> writer = 1; writersIn++; insideOk()
    :: !mine && !writer -> reads++; readersIn++; insideOk()
    :: else -> goto done
    fi
  }
  if
  :: mine -> leaveWrite()
  :: else -> leaveRead()
  fi;
  d_loop: drainQueues();
  done: skip
}

init {
  byte k; byte side; byte live;
  atomic {
    do
    :: k < READERS -> run Client(0, k); if :: (RLEAVES >> k) & 1 -> run Aborter(0, k) :: else fi; k++
    :: else -> k = 0; break
    od;
    do
    :: k < WRITERS -> run Client(1, k); if :: (WLEAVES >> k) & 1 -> run Aborter(1, k) :: else fi; k++
    :: else -> k = 0; break
    od;
    do :: k < TRYR -> run Tryer(0); k++ :: else -> k = 0; break od;
    do :: k < TRYW -> run Tryer(1); k++ :: else -> k = 0; break od
  }
  timeout -> atomic {
    assert(truth || (writersIn == writer && readersIn == reads));
    do
    :: side < 2 ->
       k = 0; live = 0;
       do
       :: k < M ->
          assert(quietword || (cell[side * M + k] != SELECTED && cell[side * M + k] != ASKED));
          if :: cell[side * M + k] == WAIT -> live++ :: else fi;
          k++
       :: else -> break
       od;
       assert(quietword || waiting[side] == live);
       assert(stranded || live == 0 || (STAYS && (side == 1 || waiting[1] > 0)));
       side++
    :: else -> break
    od;
    assert(quietword || (!drain && !dirty && (!turn || waiting[0] > 0)));
    assert(stranded || !SERVABLE)
  }
}
