// SPDX-License-Identifier: Apache-2.0
/*
 * The read-write lock with fair = false, step by step as in ReadWriteQueue (enterRead, enterWrite,
 * leave, enlisted, left, compete, startDrain, drain, serve) and WaitQueue (enlist, awaitVerdict,
 * leave, abandon); see readwrite.pml for the fair one. Who leaves lets no thread in but wakes the
 * one that is next (WOKEN); a thread that is awake in the queue drains, and so may let in itself
 * and others, or leaves the running drainer the order to do so (GRANT). A future can't compete.
 *
 *   word   {writer, reads, waiting writers, waiting readers, TURN, WOKEN, GRANT, DRAIN, DIRTY}
 *   token  of a thread: it was unparked, and not parked since
 *
 * Merged steps as in readwrite.pml; enlisting (cell and tail) is one step here.
 *
 * Bounds: READERS, WRITERS that enter once; RFUTURES, WFUTURES: bit i = that one is a future;
 * RLEAVES, WLEAVES: bit i = it may be interrupted (a thread leaves by itself) or cancelled at any
 * moment; TRYR, TRYW: so many tryRead, tryWrite; STAYS: 1: the first reader never leaves.
 *
 * Properties:
 *   exclusion   a writer is alone
 *   truth       the word counts those inside
 *   stranded    quiet: not servable, and nobody waits for one who has gone
 *   quietword   quiet: waiting counts = live cells, no flag but TURN, no cell left SELECTED
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
#ifndef RFUTURES
#define RFUTURES 0
#endif
#ifndef WFUTURES
#define WFUTURES 0
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

hidden byte exclusion, truth, stranded, quietword, order, onedrainer; /* names, always 0 */

bit writer; byte reads; byte waiting[2]; bit turn; bit drain; bit dirty; bit woken; bit grant; /* the word */
byte cell[2 * M]; byte tail[2]; byte who[2 * M];
bit token[2 * M]; bit interrupted[2 * M];  /* of reader i: i; of writer i: M + i */
byte head[2]; byte batchEnd;               /* the drainer's */

/* ghosts */
byte readersIn; byte writersIn;            /* holds assigned and not given back */
bit assigned[2 * M];
byte cellOf[2 * M];                        /* 1 + offset of reader or writer i once installed */
byte g;                                    /* scratch of ghost loops, 0 between steps */

#define WORD \
  (writer + 2 * turn + 4 * drain + 8 * dirty + 16 * reads + 128 * waiting[0] + 1024 * waiting[1] + 8192 * woken + 16384 * grant)
#define IS_FUTURE(c) ((c) < M -> (RFUTURES >> (c)) & 1 : (WFUTURES >> ((c) - M)) & 1)
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

/* startDrain(s, after, granting), where after differs from s by what the caller did in this step. */
inline startDrain(granting) {
  if
  :: drain ->
#ifndef M_NODIRTY
     dirty = 1;
#endif
     grant = grant || granting;
     goto d_done
  :: else ->
     drain = 1;
#ifndef M_KEEPWOKEN
     woken = 0;
#endif
     gr = granting; goto d_loop
  fi
}

inline withoutWaiter(side) {
  waiting[side]--;
  if
  :: waiting[0] == 0 -> turn = 0
  :: waiting[0] > 0 && side == 1 && waiting[1] == 0 -> turn = 1
  :: else
  fi
}

/* Under the label d_loop; the caller holds DRAIN, here it is given up. Falls out at its end. */
inline drainQueues() {
  atomic {
    if
    :: dirty || grant -> gr = gr || grant; dirty = 0; grant = 0; goto d_loop
    :: !dirty && !grant && gr && turn && !writer -> s = WORD; goto d_turn
    :: else ->
       s = WORD;
       if
       :: writer || waiting[0] == 0 ->
          side = 1; if :: !writer && reads == 0 && waiting[1] > 0 -> goto d_peek :: else -> goto d_stop fi
       :: else -> side = 0; if :: turn || waiting[1] == 0 -> goto d_open :: else -> goto d_peek fi
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
       assert(onedrainer || cell[side * M + head[side]] == WAIT);
       if
       :: gr
       :: !gr && IS_FUTURE(side * M + who[side * M + head[side]]) -> gr = 1; goto d_loop
       :: else -> c = side * M + who[side * M + head[side]]; goto d_wake
       fi
    :: else ->
       /* no reader: the same snapshot says whether to look for a writer */
       if
       :: side == 0 && (s / 1024) % 8 > 0 && (s / 16) % 8 == 0 && s % 2 == 0 -> side = 1; goto d_peek
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
       assigned[c] = 1;
       if
       :: side == 1 -> waiting[1]--; writer = 1; writersIn++
       :: else ->
          waiting[0]--; if :: waiting[0] == 0 -> turn = 0 :: else fi;
          reads++; readersIn++
       fi;
       insideOk();
       if :: last -> drain = 0; dirty = 0; grant = 0 :: else fi
    fi
  }
  atomic {
    assert(onedrainer || cell[c] == SELECTED || cell[c] == ASKED);
    cell[c] = GRANTED; token[side * M + who[c]] = 1; c = 0; /* and its unpark */
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
       cell[side * M + head[side]] = CANCELLED; token[side * M + who[side * M + head[side]]] = 1
    fi
  }
  atomic { withoutWaiter(side); goto d_loop } /* uncount */
  d_wake: atomic { if :: WORD == s -> drain = 0; woken = 1 :: else -> c = 0; goto d_loop fi }
#ifdef M_NOUNPARK
  goto d_done; /* mutant */
#endif
  atomic { token[c] = 1; goto d_done }
  d_stop: atomic { if :: WORD == s -> drain = 0 :: else -> goto d_loop fi }
  d_done: atomic { s = 0; side = 0; c = 0; gr = 0 }
}

/* leave: lets nobody in, but wakes the next. */
inline wakeIfServable() { if :: SERVABLE && !woken -> startDrain(0) :: else -> goto d_done fi }

inline leaveRead() { atomic { readersIn--; reads--; insideOk(); wakeIfServable() } }

inline leaveWrite() {
  atomic { writersIn--; writer = 0; turn = waiting[0] > 0; insideOk(); wakeIfServable() }
}

/* left, for side mine */
inline left() {
  withoutWaiter(mine);
#ifndef M_LEFTKEEPSWOKEN
  woken = 0;
#endif
  if :: SERVABLE || drain -> startDrain(0) :: else -> goto d_done fi
}

#define MINE cell[mine * M + at]

/* One reader (mine = 0) or writer (mine = 1). */
proctype Client(bit mine; byte id) {
  bit side; int s; byte c; bit last; bit gr; byte at; byte after;
  atomic {
    if
    :: !mine && !writer && (waiting[1] == 0 || turn) -> reads++; readersIn++; insideOk(); goto in
    :: mine && !writer && reads == 0 -> writer = 1; writersIn++; insideOk(); goto in
    :: else -> waiting[mine]++
    fi
  }
  atomic {
    at = tail[mine]; tail[mine]++; MINE = WAIT; who[mine * M + at] = id; cellOf[mine * M + id] = at + 1
  }
#ifdef M_NOCHECK
  goto wait;
#endif
  atomic { if :: SERVABLE -> startDrain(1) :: else -> goto d_done fi } /* enlisted */
  d_loop: drainQueues();
  if
  :: after == 1 -> goto done
  :: after == 2 && MINE == GRANTED -> goto in /* compete: isGranted */
  :: after == 2 && MINE != GRANTED -> goto end_parked
  :: else
  fi;

  wait: /* awaitVerdict */
  if :: IS_FUTURE(mine * M + id) -> goto end_future :: else fi;
  atomic {
    if
    :: MINE == GRANTED -> goto in
    :: MINE == CANCELLED -> goto done
    :: else -> if :: interrupted[mine * M + id] -> goto leave :: else fi
    fi
  }
  atomic { /* compete */
    after = 2;
#ifndef M_LOSERKEEPSWOKEN
    woken = 0;
#endif
    if :: SERVABLE -> startDrain(1) :: else -> goto d_done fi
  }
  end_parked: atomic { token[mine * M + id] -> token[mine * M + id] = 0; goto wait }

  leave: atomic {
    if
    :: MINE == WAIT -> MINE = CANCELLED
    :: MINE == SELECTED -> MINE = ASKED; goto asked
    :: MINE == GRANTED -> goto in
    :: MINE == CANCELLED -> goto done
    fi
  }
  atomic { after = 1; left() }
  asked: atomic {
    if
    :: MINE == GRANTED -> goto in
    :: MINE == CANCELLED -> goto done
    fi
  }

  end_future: atomic {
    if
    :: MINE == GRANTED
    :: MINE == CANCELLED -> goto done
    fi
  }
  in: atomic { after = 1; token[mine * M + id] = 0 }
  if
  :: STAYS && !mine && id == 0 -> goto done
  :: mine -> leaveWrite()
  :: !mine && !(STAYS && id == 0) -> leaveRead()
  fi;
  done: skip
}

/* Interrupts a thread; cancels a future. */
proctype Aborter(bit mine; byte id) {
  bit side; int s; byte c; bit last; bit gr;
  end_idle: atomic { cellOf[mine * M + id] > 0 -> c = mine * M + cellOf[mine * M + id] - 1; if :: skip :: goto done fi }
  if
  :: IS_FUTURE(mine * M + id)
  :: else -> interrupted[mine * M + id] = 1; token[mine * M + id] = 1; goto done
  fi;
  atomic {
    if
    :: cell[c] == WAIT -> cell[c] = CANCELLED
    :: cell[c] == SELECTED -> cell[c] = ASKED; goto done
    :: else -> goto done
    fi
  }
  atomic { c = 0; left() }
  d_loop: drainQueues();
  done: skip
}

proctype Tryer(bit mine) {
  bit side; int s; byte c; bit last; bit gr;
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
    assert(quietword || (!drain && !dirty && !woken && !grant && (!turn || waiting[0] > 0)));
    assert(stranded || !SERVABLE)
  }
}
