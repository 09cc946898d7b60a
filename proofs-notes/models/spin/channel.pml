// SPDX-License-Identifier: Apache-2.0
/*
 * A channel of cells as in CellChannel: tickets S and R, the limit R + C while calm, the window while a cell at or above R is
 * dead, close and cancel; C = 0 is the rendezvous, and with PLAIN a channel without limit: the senders of PLAIN find room
 * anywhere, the others are transfers.
 *
 * The word R is a ticket or {flag, period}; the object `win` is {period, r, b, gap, pend, mark, state}. A compare-and-set of
 * `win` compares the object, so a reader links itself (bit `me` of `fresh`) and every change of `win` cuts all links. A loop of
 * "read, compare-and-set of the same word, else again" is one step; a look at a cell and a step on `win` or on a waiter's
 * word are two. A ticket that is void (flagged R, closed S) changes nothing here. Out of cells: `cut`, no check at rest.
 *
 * Bounds: the run starts with FILL elements and PARKED senders behind them; SENDERS and RECEIVERS operate once (REPEAT:
 * receivers more often); LEAVES: bit i = sender i, counted with the elements, gives up if it waits; LOSES: it is the clause of a
 * select that chooses another one: dead at once, before anybody has counted it; RLEAVES: receivers; TRYS, TRYR: trySend, tryReceive; CLOSE: processes that close, CANCEL: that cancel; N cells. POISONS: how often a sender
 * under way is given up; after that it is waited for.
 *
 * Properties (each assertion starts with its name):
 *   capacity  never more than C elements committed at or above the next receive
 *   early     C = 0: a send that waits for its receive ends when a receiver has the ticket, no sooner
 *   once      no element is delivered or dropped twice, none that was refused
 *   none      a sender that waited when a tryReceive found nothing does not give up afterwards
 *   lost      rest: what was sent is delivered, dropped by cancel, or in the buffer
 *   calm      while calm no cell at or above R is dead; a dead sender never gets a calm ticket
 *   owner     a window step is taken on the window of R's period, and R returns only to that window's r
 *   stuck     rest: no sender waits below the limit, no receiver beside an element or a waiting sender, nobody if closed
 *   room      rest: [R, limit) has exactly C cells that are not dead
 *   books     rest: gap and pend are the dead cells below and above b, no mark is left
 *   truly     trySend fails only at an instant with C committed
 *   closed    no send that begins after close ended succeeds; sFinal is where S was flagged
 */
#ifndef C
#define C 1
#endif
#ifndef N
#define N 4
#endif
#ifndef FILL
#define FILL 0
#endif
#ifndef PARKED
#define PARKED 0
#endif
#ifndef SENDERS
#define SENDERS 0
#endif
#ifndef POISONS
#define POISONS 1
#endif
#ifndef RECEIVERS
#define RECEIVERS 0
#endif
#ifndef REPEAT
#define REPEAT 1
#endif
#ifndef LEAVES
#define LEAVES 0
#endif
#ifndef RLEAVES
#define RLEAVES 0
#endif
#ifndef TRYS
#define TRYS 0
#endif
#ifndef TRYR
#define TRYR 0
#endif
#ifndef PLAIN /* senders that do not wait, and elements that are there, if C = 0 */
#define PLAIN 0
#endif
#ifndef CLOSE
#define CLOSE 0
#endif
#ifndef CANCEL
#define CANCEL 0
#endif

#define WAITERS (FILL + PARKED + SENDERS) /* elements and senders that may wait */
#define IDS (WAITERS + TRYS)
#define RIDS ((RECEIVERS + TRYR) * REPEAT + 1)

/* cells */
#define EMPTY   0
#define DONE    1
#define BROKEN  2
#define INTS    3
#define INTR    4
#define CLOSED  5
#define ELEM(i) (8 + (i))
#define SND(i)  (16 + (i))
#define RCV(i)  (24 + (i))
#define ISELEM(x) ((x) >= 8 && (x) < 16)
#define ISSND(x)  ((x) >= 16 && (x) < 24)
#define ISRCV(x)  ((x) >= 24)
#define ID(x)     ((x) & 7)
#define ISPLAIN(i) ((PLAIN >> (i)) & 1)

/* words of waiters; a receiver's word may be ELEM(i) */
#define WAIT    1
#define BYRCV   2
#define BYEXP   3
#define ABORTED 4
#define ENDED   5
#define LOST    6 /* its select has chosen another clause, and nobody has counted that yet */

/* results of sends */
#define SENT    1
#define GAVEUP  2
#define REFUSED 3
#define FULL    4

/* state of a window; GONE: not of this period */
#define FROZEN    0
#define LIVE      1
#define CANCELLED 2
#define GONE      3

hidden byte capacity, early, once, none, lost, calm, owner, stuck, room, books, truly, closed; /* names, always 0 */

byte S; bit sClosed;                   /* the word S */
byte rVal; bit rFlag; byte rPer;       /* the word R */
byte wPer; byte wR; byte wB; short wGap; short wPend; byte wMark; byte wSt; byte wEntry; /* win; mark: 1 + index, above that 1 + its sender if there is one */
byte cell[N];
byte sw[IDS]; byte rw[RIDS];
byte sFinal;                           /* of the closing object: 1 + index, 0 while not written */
short fresh;

/* ghosts */
byte res[IDS]; byte got[IDS]; byte dropped[IDS];
byte poisons; bit promised[IDS]; bit cut; bit closeEnded; bit cancelEnded;

#define LINK    fresh = fresh | (1 << me)
#define ISFRESH ((fresh >> me) & 1)
#define CHANGED fresh = 0
#define MARKED  ((mk & 7) - 1)                               /* the cell of a mark */
#define VICTIM  (mk >> 3 -> SND((mk >> 3) - 1) : EMPTY)      /* and what it must hold to become BROKEN */
#define NEXT    (rFlag -> wR : rVal)
#define LIMIT   (rFlag -> wB : rVal + C)

byte gi; byte gn; /* scratch of ghost loops, 0 between steps */
inline committed() { /* into gn */
  gi = NEXT; gn = 0;
  do
  :: gi < N ->
     if
     :: ISELEM(cell[gi]) -> gn++
     :: ISSND(cell[gi]) && sw[ID(cell[gi])] == BYEXP -> gn++
     :: else
     fi;
     gi++
  :: else -> gi = 0; break
  od
}
inline checkCapacity() { d_step { committed(); assert(capacity || PLAIN || gn <= C); gn = 0 } }
inline checkSent() { /* of the sender id with ticket s */
  d_step {
    committed(); assert(capacity || PLAIN || gn <= C); gn = 0;
    assert(early || C > 0 || ISPLAIN(id) || s < NEXT)
  }
}
inline checkCalm() {
  d_step {
    gi = (C > 0 -> rVal : N);
    do
    :: gi < N && gi < S ->
       assert(calm || !(cell[gi] == INTS || cell[gi] == BROKEN
           || (ISSND(cell[gi]) && sw[ID(cell[gi])] == ABORTED)));
       gi++
    :: else -> break
    od;
    gi = 0
  }
}

/* tryReceive has found nothing: whoever waits now is promised to a receiver. */
inline sayNone() {
  d_step {
    gi = 0;
    do
    :: gi < IDS -> if :: sw[gi] == WAIT -> promised[gi] = 1 :: else fi; gi++
    :: else -> break
    od;
    gi = 0
  }
}

/* R, flagged with period p, goes back to ticket cr. */
inline leaveWindow() {
  atomic {
    if
    :: rFlag && rPer == p -> assert(owner || (wPer == p && wR == cr)); rFlag = 0; rVal = cr; rPer = 0; checkCalm(); wR = 0; wEntry = 0
    :: else
    fi
  }
}

/* One look at win for period p: st, cr, cb, mk. */
inline look() {
  atomic {
    if
    :: wPer == p -> st = wSt; cr = wR; cb = wB; mk = wMark; LINK
    :: else -> st = GONE
    fi
  }
  if
  :: st == FROZEN -> leaveWindow(); st = GONE
  :: else
  fi
}

/* The limit into lim: of R, or of the window of R's period. */
inline readLimit() {
  do
  :: atomic { if :: rFlag -> p = rPer :: else -> lim = rVal + C; p = 0; break fi }
     atomic { if :: wPer == p -> lim = wB; p = 0; break :: else fi }
  od
}

#define NOCELL 255
#define ROOM 255 /* period: there is room */
#ifdef M_TOUCHEDCANDIDATE
#define CANDIDATE wR
#else
#define CANDIDATE (wR == wEntry -> wR : NOCELL) /* a window that a ticket has left is none */
#endif

#ifdef M_OWNCANDIDATE
#define ISCANDIDATE(kind) (st == kind)
#else
#define ISCANDIDATE(kind) (st != FROZEN)
#endif

/* Flags R, unless it is, and gives the period p. */
inline enter(kind) {
  do
  :: atomic { q = wPer; cr = CANDIDATE; st = wSt; LINK }
     atomic {
       if
       :: rFlag -> p = rPer; break
       :: else -> v = rVal; if :: ISCANDIDATE(kind) && cr == v -> mk = 1 :: else -> mk = 0 fi
       fi
     }
     if
     :: mk -> atomic {
          if
          :: !rFlag && rVal == v -> rFlag = 1; rPer = q; rVal = 0; p = q; break
          :: else
          fi
        }
     :: else -> atomic {
          if
          :: ISFRESH ->
             wPer = q + 1; wR = v; wB = v + C; wGap = 0; wPend = 0; wMark = 0; wSt = kind; wEntry = v; CHANGED
          :: else
          fi
        }
     fi
  od;
  q = 0; v = 0; mk = 0
}

/* The cell is at or above r and marked: poison it if it holds the victim still, and count it. */
inline finishMark() {
  atomic {
    if
    :: cell[MARKED] == VICTIM -> cell[MARKED] = BROKEN; x = 1
    :: cell[MARKED] == BROKEN -> x = 1
    :: else -> x = 0
    fi
  }
  atomic { if :: ISFRESH -> wMark = 0; wGap = wGap + x; CHANGED :: else fi; x = 0; mk = 0 }
}

/* The element of a sender that an expansion has claimed goes into the cell. */
inline settle(c, i) { atomic { if :: cell[c] == SND(i) -> cell[c] = ELEM(i) :: else fi } }

#ifdef LOSES
#ifdef M_BURYBELOW
#define BELOWLIMIT false
#else
#define BELOWLIMIT (c < wB)
#endif
/* The sender i in cell c has lost its select: it is taken out, unless it is its receiver's by now. The caller expands. */
inline bury(c, i) {
  do
  :: atomic { if :: sw[i] != LOST || cell[c] != SND(i) || c < NEXT || C == 0 -> break :: else fi }
     enter(LIVE);
     atomic {
       if
       :: wPer == p && wSt == LIVE -> st = LIVE; cr = wR; cb = wB; mk = wMark; LINK
       :: wPer == p && wSt != LIVE -> st = wSt; cr = wR
       :: else -> st = GONE
       fi
     };
     if
     :: st == FROZEN -> leaveWindow()
     :: st == CANCELLED -> claimLost(c, i); break
     :: st == GONE
     :: st == LIVE && mk -> finishMark()
     :: st == LIVE && !mk && BELOWLIMIT -> /* if it is below r its receiver sees to it */
        atomic {
          if
#ifdef M_BURIEDTWICE
          :: c >= cr && cell[c] == SND(i) -> y = 1
#else
          :: c >= cr && cell[c] == SND(i) && sw[i] == LOST -> y = 1
#endif
          :: else -> y = 0
          fi
        };
        atomic {
          if
          :: y && ISFRESH -> wMark = 1 + c + 8 * (1 + i); CHANGED; mk = wMark; LINK
          :: else -> mk = 0
          fi;
          y = 0
        };
        if :: mk -> finishMark() :: else fi
     :: else ->
#ifdef M_BURYSILENTLY
        claimLost(c, i)
#else
        atomic { if :: ISFRESH -> wPend++; CHANGED; y = 1 :: else -> y = 0 fi };
        if
        :: y -> claimLost(c, i); if :: !x -> atomic { if :: wPer == p && wSt == LIVE -> wPend--; CHANGED :: else fi } :: else fi
        :: else
        fi
#endif
     fi
  od;
  if :: C == 0 -> claimLost(c, i) :: else fi;
  q = 0; v = 0; st = 0; cr = 0; cb = 0; x = 0; y = 0; mk = 0
}

/* x: it was the first to say so. */
inline claimLost(c, i) {
  atomic { if :: sw[i] == LOST -> sw[i] = ABORTED; x = 1 :: else -> x = 0 fi };
  if :: x -> atomic { if :: cell[c] == SND(i) -> cell[c] = INTS :: else fi } :: else fi
}
#endif

inline admit(c, i) { /* an expansion looks at the waiting sender i in cell c; x: 1 = found dead */
  x = 0;
  atomic {
    if
    :: sw[i] == WAIT -> sw[i] = BYEXP; x = 2; checkCapacity()
    :: sw[i] == ABORTED -> x = 1
#ifdef LOSES
    :: sw[i] == LOST -> x = 4
#endif
    :: else
    fi
  }
  if :: x == 2 -> settle(c, i); x = 0 :: else fi;
#ifdef LOSES
  if
  :: x == 4 -> bc = c; bi = i; bury(bc, bi); bc = 0; bi = 0; fresh = fresh & ~(1 << me) /* the caller looks again */
  :: else
  fi
#endif
}

#ifdef M_EXITPENDING
#define NOTHINGPENDS true
#else
#define NOTHINGPENDS (wPend == 0)
#endif
#ifdef M_SAMETICKET
#define TICKETMOVED true
#else
#define TICKETMOVED (wR > wEntry)
#endif
#ifdef M_NOSECONDLOOK
#define SECONDLOOK 0
#else
#define SECONDLOOK 1
#endif

/* Brings the room of the window of period p up to C; ends the period if nothing holds it. */
inline expand() {
  do
  :: atomic {
       if
       :: wPer != p || wSt == CANCELLED -> break
       :: wPer == p && wSt == FROZEN -> st = FROZEN; cr = wR
       :: wPer == p && wSt == LIVE ->
          LINK; cb = wB; mk = wMark;
          if
          :: mk != 0 || wB - wR - wGap < C -> st = LIVE
          :: else ->
             if
             :: wGap == 0 && wB == wR + C && NOTHINGPENDS && TICKETMOVED ->
                wSt = FROZEN; CHANGED; st = FROZEN; cr = wR
             :: else -> break
             fi
          fi
       fi
     }
     if
     :: st == FROZEN -> leaveWindow(); break
     :: st == LIVE && mk != 0 -> finishMark()
     :: else ->
        y = 0;
        atomic { if :: S > cb && cb < N -> y = 1 :: else fi }
        x = 0;
        if
        :: y -> atomic {
             if
             :: ISSND(cell[cb]) -> y = ID(cell[cb]); x = 3
             :: cell[cb] == INTS -> x = 1
             :: else
             fi
           };
           if :: x == 3 -> admit(cb, y) :: else fi
        :: else
        fi;
        atomic {
          if
          :: ISFRESH ->
             wB++; wGap = wGap + x; wPend = wPend - x; CHANGED;
             x = 1 - x
          :: else -> x = 0
          fi;
          y = 0
        }
        if
        :: x && SECONDLOOK -> atomic { x = 0; if :: S > cb && cb < N -> y = 1 :: else fi };
           if
           :: y -> atomic { y = 0; if :: ISSND(cell[cb]) -> y = ID(cell[cb]); x = 3 :: else fi };
              if :: x == 3 -> admit(cb, y); x = 0; y = 0 :: else fi
           :: else
           fi
        :: else
        fi
     fi
  od;
  st = 0; cr = 0; cb = 0; x = 0; y = 0; mk = 0
}

#ifdef M_LEAVESIT
#define LEAVESIT(i) true
#else
#define LEAVESIT(i) ISPLAIN(i)
#endif

proctype Sender(byte me; byte id; bit leaves; bit installed) {
#ifdef LOSES
  byte bc; byte bi;
#endif
  byte s; byte p; byte q; byte cr; byte cb; byte v; byte st; byte lim; byte x; byte y; byte mk;
  bit late;
  if :: installed -> s = id; installed = 0; goto s_park :: else -> late = closeEnded fi;
  s_new: atomic {
    if
    :: sClosed -> res[id] = REFUSED; goto s_out
    :: else -> if :: S >= N -> cut = 1; goto s_out :: else -> s = S; S++ fi
    fi
  }
  readLimit();
  s_cell: atomic {
    if
    :: cell[s] == EMPTY && (s < lim || LEAVESIT(id)) ->
       cell[s] = ELEM(id); checkSent(); res[id] = SENT; goto s_out
    :: cell[s] == EMPTY && s >= lim && !LEAVESIT(id) -> cell[s] = SND(id); sw[id] = WAIT
    :: ISRCV(cell[s]) -> x = ID(cell[s]); goto s_meet
    :: cell[s] == BROKEN || cell[s] == INTR -> goto s_new
    :: cell[s] == CLOSED -> res[id] = REFUSED; goto s_out
    fi
  }
#ifndef M_NOREREAD
  readLimit();
#ifdef LOSES
  if :: (LOSES >> id) & 1 -> lim = 0 :: else fi; /* its word is not its own: it loses, and tries again */
#endif
  if :: s < lim -> goto s_own :: else fi;
#endif
  lim = 0;
  goto s_park;
  s_meet: atomic {
    if
    :: rw[x] == WAIT -> rw[x] = ELEM(id)
#ifdef M_BLINDCLAIM
    :: rw[x] == ABORTED
#endif
    :: else -> x = 0; goto s_new
    fi
  }
  atomic { cell[s] = DONE; x = 0; res[id] = SENT; goto s_out }
  s_own: atomic { if :: sw[id] == WAIT -> sw[id] = BYEXP; checkSent() :: else fi }
  settle(s, id);
  s_park:
#ifdef LOSES
  if
  :: (LOSES >> id) & 1 ->
     atomic { if :: sw[id] == WAIT -> sw[id] = LOST :: else -> goto end_parked fi };
     bury(s, id);
     atomic { if :: rFlag -> p = rPer :: else -> p = 0 fi };
     if :: p -> expand() :: else fi;
     p = 0
  :: else
  fi;
#endif
  if :: leaves -> goto a_enter :: else fi;
  end_parked: atomic {
    if
    :: sw[id] == BYRCV || sw[id] == BYEXP -> res[id] = SENT
    :: sw[id] == ABORTED || sw[id] == LOST -> res[id] = GAVEUP
    :: sw[id] == ENDED -> res[id] = REFUSED
    fi;
    goto s_out
  }

  /* a waiting sender gives up */
  a_enter: atomic {
    p = 0; q = 0; cr = 0; cb = 0; v = 0; st = 0; lim = 0; x = 0; y = 0; mk = 0; fresh = fresh & ~(1 << me);
    if :: sw[id] != WAIT -> leaves = 0; goto end_parked :: else fi
  }
#if C == 0
  atomic {
    if
#ifndef M_LATEABORT
    :: s < NEXT -> leaves = 0; goto s_own
#endif
    :: else -> assert(none || !promised[id]); goto a_claim
    fi
  }
#endif
#ifdef M_SILENTABORT
  goto a_claim;
#endif
  enter(LIVE);
  a_look: atomic {
    if
    :: wPer == p -> st = wSt; cr = wR;
       if
       :: st == LIVE && s >= wB -> wPend++; CHANGED; assert(none || !promised[id])
       :: st == LIVE && s < wB -> st = GONE; p = ROOM
       :: else
       fi
    :: else -> st = GONE
    fi
  }
  if
  :: st == FROZEN -> leaveWindow(); goto a_enter
#ifdef M_SAMETICKET
  :: st == GONE && p == ROOM -> p = wPer; expand(); leaves = 0; goto s_own
#else
  :: st == GONE && p == ROOM -> leaves = 0; goto s_own
#endif
  :: st == GONE && p != ROOM -> goto a_enter
  :: else
  fi;
  a_claim: atomic {
    if
    :: sw[id] == WAIT -> sw[id] = ABORTED; x = 1
    :: else -> x = 0
    fi
  }
  if
  :: x -> atomic { if :: cell[s] == SND(id) -> cell[s] = INTS :: else fi }
  :: else -> if
     :: C > 0 -> atomic { if :: wPer == p && wSt == LIVE -> wPend--; CHANGED :: else fi }; expand()
     :: else
     fi
  fi;
  leaves = 0; x = 0;
  goto end_parked;

  s_out: atomic {
    assert(closed || !(late && res[id] == SENT));
    s = 0; p = 0; q = 0; cr = 0; cb = 0; v = 0; st = 0; lim = 0; x = 0; y = 0; mk = 0; late = 0;
    leaves = 0; fresh = fresh & ~(1 << me)
  }
}

proctype TrySender(byte me; byte id) {
#ifdef LOSES
  byte bc; byte bi;
#endif
  byte s; byte p; byte q; byte cr; byte cb; byte v; byte st; byte lim; byte x; byte y; byte mk; byte j; byte n; byte open;
  bit late;
  late = closeEnded;
  t_new: atomic {
    s = 0; lim = 0; x = 0; y = 0; mk = 0; j = 0; n = 0; open = 0; cr = 0; cb = 0; st = 0; q = 0; v = 0;
    fresh = fresh & ~(1 << me);
    if :: rFlag -> p = rPer :: else -> p = 0; lim = rVal + C; cr = rVal fi
  }
  if
  :: p -> look(); if :: st == GONE -> goto t_new :: else -> lim = cb; if :: mk -> finishMark() :: else fi fi
  :: else
  fi;
  j = cr;
  atomic {
    if
    :: sClosed -> res[id] = REFUSED; goto t_out
    :: !sClosed && S < lim -> if :: S >= N -> cut = 1; goto t_out :: else -> s = S; S++ fi; goto t_cell
    :: else -> s = S
    fi
  }
#if C == 0
  res[id] = FULL; goto t_out;
#endif
  do
  :: j < s && j < N -> atomic {
       x = 0;
       if
       :: ISELEM(cell[j]) -> n++
       :: cell[j] == EMPTY && j < lim -> open = j + 1
       :: ISSND(cell[j]) -> x = 1; y = ID(cell[j])
       :: else
       fi
     };
     if
     :: x -> atomic {
          x = 0;
          if
          :: sw[y] == BYEXP -> n++
          :: sw[y] == WAIT && j < lim -> sw[y] = BYEXP; x = 1; n++; checkCapacity()
#ifdef LOSES
#ifdef M_LOSTISTAKEN
          :: sw[y] == LOST && j < lim -> n++
#else
          :: sw[y] == LOST && j < lim -> x = 4
#endif
#endif
#ifdef M_SUSPENDEDISFULL
          :: sw[y] == WAIT && j >= lim -> n++
#endif
          :: else
          fi
        };
#ifdef LOSES
        if
        :: x == 4 -> bi = y; bury(j, bi); bi = 0;
           atomic { if :: rFlag -> p = rPer :: else -> p = 0 fi };
           if :: p -> expand() :: else fi;
           goto t_new
        :: else
        fi;
#endif
        if :: x -> settle(j, y); x = 0 :: else fi;
        y = 0
     :: else
     fi;
     j++
  :: else -> break
  od;
  j = 0;
  if
  :: n >= C -> atomic {
       if
#ifndef M_STALEFULL
       :: (p == 0 && (rFlag || rVal != cr)) || (p != 0 && !ISFRESH) -> goto t_new
#endif
       :: else -> d_step { committed(); assert(truly || gn == C); gn = 0 }; res[id] = FULL; goto t_out
       fi
     }
  :: n < C && open == 0 -> if :: p -> expand() :: else fi; goto t_new
  :: n < C && open != 0
  fi;
  enter(LIVE);
  look();
  if
  :: st == GONE || st == CANCELLED -> goto t_new
  :: else -> if :: mk -> finishMark(); goto t_new :: else fi
  fi;
  if :: cr > open - 1 -> goto t_new :: else fi;
  atomic { /* blocks, a bound of the model, when all poison is used up */
    if
    :: poisons < POISONS -> poisons++
    :: poisons == POISONS && cell[open - 1] != EMPTY -> goto t_new
    fi
  }
#ifdef M_POISONPENDING
  /* mutant: announced by pend, counted whatever has become of the ticket */
  atomic { if :: ISFRESH -> wPend++; CHANGED :: else -> goto t_new fi }
  atomic { if :: cell[open - 1] == EMPTY -> cell[open - 1] = BROKEN; x = 1 :: else -> x = 0 fi }
  atomic { wPend--; wGap = wGap + x; x = 0; CHANGED }
#else
#ifdef M_COUNTFIRST
  atomic { if :: ISFRESH -> wMark = open; wGap++; CHANGED; mk = open :: else -> goto t_new fi }
  atomic { if :: cell[mk - 1] == EMPTY -> cell[mk - 1] = BROKEN; x = 0 :: else -> x = 1 fi }
  expand();
  atomic { if :: wMark == mk -> wMark = 0; wGap = wGap - x; CHANGED :: else fi; x = 0; mk = 0 }
#else
  atomic { if :: cell[open - 1] == EMPTY -> skip :: else -> goto t_new fi }
  atomic { if :: ISFRESH -> wMark = open; CHANGED :: else -> goto t_new fi }
  look();
  if :: st == LIVE && mk != 0 -> finishMark() :: else fi;
#endif
#endif
  expand();
  goto t_new;
  t_cell: atomic {
    if
    :: cell[s] == EMPTY -> cell[s] = ELEM(id); checkSent(); res[id] = SENT; goto t_out
    :: ISRCV(cell[s]) -> x = ID(cell[s])
    :: cell[s] == BROKEN || cell[s] == INTR -> goto t_new
    :: cell[s] == CLOSED -> res[id] = REFUSED; goto t_out
    fi
  }
  atomic {
    if
    :: rw[x] == WAIT -> rw[x] = ELEM(id)
    :: else -> x = 0; goto t_new
    fi
  }
  atomic { cell[s] = DONE; res[id] = SENT }
  t_out: atomic {
    assert(closed || !(late && res[id] == SENT));
    s = 0; p = 0; q = 0; cr = 0; cb = 0; v = 0; st = 0; lim = 0; x = 0; y = 0; mk = 0; j = 0; n = 0; open = 0; late = 0;
    fresh = fresh & ~(1 << me)
  }
}

#ifdef M_EXPANDFIRST
#define EXPANDS 0
#else
#define EXPANDS (C > 0)
#endif

proctype Receiver(byte me; byte id; bit leaves; bit try; byte times) {
#ifdef LOSES
  byte bc; byte bi; byte q; byte v;
#endif
  byte r; byte p; byte cr; byte cb; byte st; byte x; byte y; byte mk; byte sv; byte e;
  r_new: atomic {
    r = 0; p = 0; cr = 0; cb = 0; st = 0; x = 0; y = 0; mk = 0; sv = 0; fresh = fresh & ~(1 << me);
    if
    :: rFlag -> p = rPer; goto w_look
    :: !rFlag && try -> r = rVal
#ifdef M_EXPANDFIRST
    :: !rFlag && !try -> r = rVal
#else
    :: !rFlag && !try -> if :: rVal >= N -> cut = 1; goto r_out :: else -> r = rVal; rVal++; goto r_cell fi
#endif
    fi
  }
#ifdef M_EXPANDFIRST
  if
  :: !try && r + C < N ->
     atomic { if :: ISSND(cell[r + C]) -> y = ID(cell[r + C]); x = 3 :: else fi };
     if :: x == 3 -> admit(r + C, y) :: else fi;
     x = 0; y = 0;
     atomic {
       if
       :: rFlag -> goto r_new
       :: !rFlag && rVal >= N -> cut = 1; goto r_out
       :: else -> r = rVal; rVal++; goto r_cell
       fi
     }
  :: else
  fi;
#endif
  /* tryReceive, calm: the ticket only if there is something */
  atomic { if :: r >= S -> sayNone(); goto r_out :: else fi }
  if
  :: r >= N -> goto r_out
  :: else -> atomic { if :: !rFlag && rVal == r -> rVal++ :: else -> goto r_new fi }
  fi;
  r_cell: atomic { sv = S; if :: sClosed && r >= S -> goto r_out :: else fi }
  r_again: atomic {
    if
    :: ISELEM(cell[r]) -> e = 1 + ID(cell[r]); goto r_take
    :: ISSND(cell[r]) -> y = ID(cell[r]); goto r_meet
#ifdef M_NOPOISON
    :: cell[r] == EMPTY && sv > r && poisons < POISONS -> poisons++; goto r_expand
#else
    :: cell[r] == EMPTY && sv > r && poisons < POISONS -> cell[r] = BROKEN; poisons++; goto r_expand
#endif
#if CLOSE + CANCEL > 0
    :: cell[r] == EMPTY && sv <= r -> skip
#else
    :: cell[r] == EMPTY && sv <= r -> cell[r] = RCV(id); rw[id] = WAIT; goto r_expand
#endif
    :: cell[r] == BROKEN -> goto r_expand
    :: cell[r] == INTS -> x = 1; goto r_dead
    :: cell[r] == CLOSED -> goto r_out
    fi
  }
#if CLOSE + CANCEL > 0
  /* empty, and nobody on the way; a sender may have come since, and the close after it */
  atomic {
    if
#ifdef M_CLOSEDISEMPTY
    :: sClosed -> goto r_out
#else
    :: sClosed -> if :: r < S -> goto r_cell :: else -> goto r_out fi
#endif
    :: else
    fi
  }
  atomic { if :: cell[r] == EMPTY -> cell[r] = RCV(id); rw[id] = WAIT; goto r_expand :: else -> goto r_again fi }
#endif
  r_take: atomic { cell[r] = DONE; got[e - 1]++; assert(once || got[e - 1] + dropped[e - 1] == 1); goto r_expand }
  r_meet: atomic {
    if
    :: sw[y] == WAIT -> sw[y] = BYRCV; e = 1 + y
    :: sw[y] == BYEXP -> e = 1 + y
    :: sw[y] == ABORTED -> x = 1
#ifdef M_LOSTISABORTED
    :: sw[y] == LOST -> sw[y] = ABORTED; x = 1
#else
    :: sw[y] == LOST -> sw[y] = ABORTED; x = 2 /* the first to say so: no announcement stands for it */
#endif
    :: sw[y] == ENDED -> x = 1
    fi;
    y = 0
  }
  if :: e -> goto r_take :: else fi;
  if :: x == 2 -> atomic { cell[r] = DONE; x = 0; goto r_expand } :: else fi;
  r_dead: atomic {
    assert(calm || C == 0 || p != 0);
    x = 0;
    if :: p != 0 -> assert(owner || wPer == p); if :: wSt == LIVE -> wPend--; CHANGED :: else fi
    :: else
    fi
  }
  r_expand:
  if
  :: p -> expand()
  :: else ->
     if
     :: EXPANDS && sv > r + C && r + C < N ->
        atomic { if :: ISSND(cell[r + C]) -> y = ID(cell[r + C]); x = 3 :: else fi };
        if :: x == 3 -> admit(r + C, y) :: else fi;
        x = 0; y = 0
#ifdef LOSES
        /* as the code; the loser itself would do it later */
        ;
        atomic { if :: rFlag -> p = rPer :: else -> p = 0 fi };
        if :: p -> expand() :: else fi
        /* nothing, if the period is over by now */
#endif
     :: else
     fi
  fi;
  sv = 0;
  if
  :: e -> e = 0; goto r_out
  :: else -> atomic { if :: rw[id] != 0 -> skip :: else -> goto r_new fi }
  fi;
#ifndef M_NOSELFTELL
  if
  :: CLOSE + CANCEL > 0 ->
     atomic { if :: sClosed && r >= S -> x = 1 :: else fi };
     if
     :: x -> atomic { x = 0; if :: rw[id] == WAIT -> rw[id] = ENDED :: else fi };
        atomic { if :: cell[r] == RCV(id) -> cell[r] = CLOSED :: else fi }
     :: else
     fi
  :: else
  fi;
#endif
  if
  :: leaves -> leaves = 0; atomic {
       if
       :: rw[id] == WAIT -> rw[id] = ABORTED
       :: else -> goto end_parked
       fi
     };
     atomic { if :: cell[r] == RCV(id) -> cell[r] = INTR :: else fi }
  :: else
  fi;
  end_parked: atomic {
    if
    :: rw[id] >= 8 -> got[ID(rw[id])]++; assert(once || got[ID(rw[id])] + dropped[ID(rw[id])] == 1)
    :: rw[id] == ABORTED
    :: rw[id] == ENDED
    fi;
    goto r_out
  }

  /* the window */
  w_look: look();
  if
  :: st == GONE -> goto r_new
  :: st == CANCELLED -> goto r_out
  :: else
  fi;
  if :: mk != 0 && MARKED == cr -> finishMark(); goto r_new :: else fi;
  atomic { if :: (try || sClosed) && cr >= S -> sayNone(); goto r_out :: else fi }
  if :: cr >= N -> cut = 1; goto r_out :: else fi;
  atomic {
    x = 0;
    if
    :: ISSND(cell[cr]) -> x = 3; y = ID(cell[cr])
    :: cell[cr] == INTS || cell[cr] == BROKEN -> x = 1
    :: else
    fi
  }
  if
  :: x == 3 -> atomic { if :: sw[y] == ABORTED -> x = 1 :: else -> x = 0 fi; y = 0 }
  :: else
  fi;
#ifdef M_TICKETFORDEAD
  x = 0;
#endif
  atomic {
    if
    :: ISFRESH ->
       wR++;
       if
       :: x && cr < cb -> wGap--
       :: x && cr >= cb -> wPend--
       :: else
       fi;
       if :: wB < wR -> wB = wR :: else fi;
       CHANGED
    :: else -> x = 2
    fi
  }
  if
  :: x -> x = 0; goto r_new
  :: else -> r = cr; goto r_cell
  fi;
  r_out: atomic {
    r = 0; p = 0; cr = 0; cb = 0; st = 0; x = 0; y = 0; mk = 0; sv = 0; e = 0; fresh = fresh & ~(1 << me);
    times--;
    if :: times -> id++; goto r_new :: else fi
  }
}

proctype Closer(byte me; bit cancels) {
  byte p; byte q; byte v; byte cr; byte st; byte mk; byte j; byte x; byte y;
  do
  :: x = sFinal;
     atomic { if :: sClosed -> break :: else -> v = S + 1 fi }
     if
#ifdef M_PLAINFINAL
     :: x != v -> sFinal = v
#else
     :: x != v -> atomic { if :: sFinal == x -> sFinal = v :: else fi }
#endif
     :: else -> atomic { if :: !sClosed && S + 1 == v -> sClosed = 1; break :: else fi }
     fi
  od;
  assert(closed || sFinal == S + 1);
  x = 0; v = 0;
  c_enter:
  if
  :: cancels ->
#ifndef M_NOWINDOW
     enter(CANCELLED);
     atomic {
       if
       :: wPer == p -> st = wSt; cr = wR; if :: st == LIVE -> wSt = CANCELLED; CHANGED; st = CANCELLED :: else fi
       :: else -> st = GONE
       fi
     };
     if
     :: st == FROZEN -> leaveWindow(); goto c_enter
     :: st == GONE -> goto c_enter
     :: else
     fi
#else
     atomic { cr = NEXT } /* mutant: R stays calm */
#endif
  :: else -> cr = N
  fi;
  j = N;
  do
  :: j > 0 -> atomic {
       j--;
       if
       :: j >= cr && j < S && cell[j] == EMPTY -> cell[j] = CLOSED
       :: j >= S && ISRCV(cell[j]) -> x = 1; y = ID(cell[j])
       :: j >= cr && j < S && ISELEM(cell[j]) -> dropped[ID(cell[j])]++;
          assert(once || got[ID(cell[j])] + dropped[ID(cell[j])] == 1); cell[j] = CLOSED
       :: j >= cr && ISSND(cell[j]) -> x = 2; y = ID(cell[j])
       :: else
       fi
     };
     if
     :: x == 1 -> atomic { if :: rw[y] == WAIT -> rw[y] = ENDED :: else fi };
        atomic { if :: cell[j] == RCV(y) -> cell[j] = CLOSED :: else fi; x = 0; y = 0 }
     :: x == 2 -> atomic {
          if
          :: sw[y] == WAIT -> sw[y] = ENDED
          :: sw[y] == BYEXP -> x = 3
          :: else
          fi
        };
        atomic {
          if
          :: cell[j] == SND(y) || cell[j] == ELEM(y) ->
             cell[j] = CLOSED;
             if :: x == 3 -> dropped[y]++; assert(once || got[y] + dropped[y] == 1) :: else fi
          :: else
          fi;
          x = 0; y = 0
        }
     :: else
     fi
  :: else -> break
  od;
  atomic { closeEnded = 1; cancelEnded = cancelEnded | cancels; cr = 0; p = 0; st = 0; fresh = fresh & ~(1 << me) }
}

init {
  byte i; byte live; byte dead; byte over; byte buf; byte waitS; byte waitR;
  atomic {
    wSt = FROZEN;
    do
    :: i < FILL -> cell[i] = ELEM(i); res[i] = SENT; i++
    :: i >= FILL && i < FILL + PARKED -> cell[i] = SND(i); sw[i] = WAIT; run Sender(i, i, (LEAVES >> i) & 1, 1); i++
    :: i >= FILL + PARKED && i < WAITERS -> run Sender(i, i, (LEAVES >> i) & 1, 0); i++
    :: i >= WAITERS && i < IDS -> run TrySender(i, i); i++
    :: else -> break
    od;
    S = FILL + PARKED;
    i = 0;
    do
    :: i < RECEIVERS + TRYR ->
       run Receiver(IDS + i, i * REPEAT, (RLEAVES >> i) & 1, i >= RECEIVERS, REPEAT); i++
    :: else -> break
    od;
    i = 0;
    do :: i < CLOSE -> run Closer(IDS + RECEIVERS + TRYR + i, 0); i++ :: else -> break od;
    i = 0;
    do :: i < CANCEL -> run Closer(IDS + RECEIVERS + TRYR + CLOSE + i, 1); i++ :: else -> break od;
    i = 0
  }
  timeout -> d_step {
    i = 0;
    assert(owner || !rFlag || (wPer == rPer && wSt != FROZEN));
    do
    :: i < N ->
       if
       :: ISSND(cell[i]) && sw[ID(cell[i])] == WAIT ->
          waitS++; assert(stuck || cut || i >= LIMIT); assert(stuck || cut || i >= NEXT)
       :: ISSND(cell[i]) && sw[ID(cell[i])] == LOST -> assert(books || cut || i < NEXT)
       :: ISRCV(cell[i]) && rw[ID(cell[i])] == WAIT -> waitR++; assert(stuck || cut || i >= S)
       :: ISELEM(cell[i]) -> buf++; assert(lost || cut || i >= NEXT)
       :: else
       fi;
       if
       :: cell[i] == INTS || cell[i] == BROKEN -> 
          if :: i >= NEXT && i < LIMIT -> dead++ :: i >= LIMIT -> over++ :: else fi
       :: else
       fi;
       i++
    :: else -> break
    od;
    assert(stuck || cut || waitR == 0 || (buf == 0 && waitS == 0));
    assert(stuck || cut || !closeEnded || waitR == 0);
    assert(stuck || cut || !cancelEnded || waitS == 0);
    assert(lost || cut || !cancelEnded || buf == 0);
    assert(room || cut || C == 0 || cancelEnded || (sClosed && NEXT >= S) || LIMIT - NEXT - dead == C);
    assert(books || cut || C == 0 || !rFlag || cancelEnded || (wGap == dead && wPend == over && wMark == 0));
    assert(calm || cut || C == 0 || rFlag || dead + over == 0);
    i = 0;
    do
    :: i < IDS ->
       if
       :: res[i] == SENT ->
          live = 0; dead = 0;
          do
          :: dead < N -> if :: cell[dead] == ELEM(i) -> live++ :: else fi; dead++
          :: else -> break
          od;
          assert(lost || cut || got[i] + dropped[i] + live == 1)
       :: else -> assert(once || got[i] + dropped[i] == 0)
       fi;
       i++
    :: else -> break
    od
  }
}
