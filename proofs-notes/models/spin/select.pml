// SPDX-License-Identifier: Apache-2.0
/*
 * The word of a select, and selects that wait in both directions on a channel without a buffer, as in Selection and TwoWay.
 * What a clause leaves in a buffered channel when it loses: channel.pml, LOSES.
 *
 * The channel is given by its effect: an operation meets the waiters of the other side one by one, each in two steps (it
 * finds it, it claims it), and installs itself when there is none; what it has met and not won is dead. A select has one
 * word; the round is part of it, since a waiter of an old round is dead. Rounds are counted up to ROUNDS, then `cut`:
 * two selects may disturb each other for ever.
 *
 * Bounds: BOTH selects in both directions; RECV and SENDS selects with one clause; PLAIN senders and PLAINR receivers that
 * wait; TRYS trySends, each once; CANCEL: the last select in both directions is asynchronous, and somebody cancels it; OTHERS:
 * selects with one clause here have another one elsewhere, which may be chosen by the runner or while they wait.
 *
 * Properties (each assertion starts with its name):
 *   once   the word of a select that has chosen or was given up does not change; each exchange has two ends
 *   stuck  rest: nobody waits to send while somebody else waits to receive
 *   clean  rest: a select that has ended stands in no cell and no list
 */
#ifndef BOTH
#define BOTH 0
#endif
#ifndef RECV
#define RECV 0
#endif
#ifndef SENDS
#define SENDS 0
#endif
#ifndef PLAIN
#define PLAIN 0
#endif
#ifndef PLAINR
#define PLAINR 0
#endif
#ifndef TRYS
#define TRYS 0
#endif
#ifndef CANCEL
#define CANCEL 0
#endif
#ifndef OTHERS
#define OTHERS 0
#endif
#ifndef ROUNDS
#define ROUNDS 4
#endif

#define SELECTS (BOTH + RECV + SENDS)
#define ALL     (SELECTS + PLAIN + PLAINR + TRYS)

/* directions */
#define GIVES 1
#define TAKES 2
#define OTHER(d) (3 - (d))
#define MAYGIVE(i) ((i) < BOTH || ((i) >= BOTH + RECV && (i) < SELECTS) || cell[i] == GIVES) /* if it waits */
#define MAYTAKE(i) ((i) < BOTH + RECV || cell[i] == TAKES)

/* words: of a select; a plain operation has WAITING and CHOSEN only */
#define NEW       0
#define ROUND     1
#define WAITING   2
#define DISTURBED 3
#define AGAIN     4
#define CHOSEN    5
#define GIVENUP   6

hidden byte once, stuck, clean; /* names, always 0 */

byte word[ALL]; byte round[ALL];
byte cell[ALL];    /* the direction of a live waiter in a cell, or 0 */
bit listed[ALL];
byte out[ALL];     /* ghost: the direction in which it was served */
byte gave; byte took; bit cut;

/* Partner j of round n is chosen in direction d: won. A select that registers is disturbed instead. */
inline claim(j, n, d) {
  atomic {
    won = 0;
    if
    :: word[j] == WAITING && round[j] == n -> word[j] = CHOSEN; served(j, d); won = 1
#ifdef M_CHOSENINROUND
    :: word[j] == ROUND && round[j] == n -> word[j] = CHOSEN; served(j, d); won = 1
#else
#ifndef M_NODISTURB
    :: word[j] == ROUND && round[j] == n -> word[j] = DISTURBED
#endif
#endif
    :: else
    fi
  }
}
inline served(j, d) { out[j] = d; if :: d == GIVES -> gave++ :: else -> took++ fi }

/* Another one looks again. */
inline disturb(j) {
  atomic {
    if
    :: word[j] == ROUND -> word[j] = DISTURBED
    :: word[j] == WAITING -> word[j] = AGAIN
    :: else
    fi
  }
}

inline pokeAll() {
  k = 0;
  do
  :: k < BOTH -> if :: k != me && listed[k] -> disturb(k) :: else fi; k++
  :: else -> k = 0; break
  od
}

/* Looks for a partner in the cells, in direction d: won. */
inline tryCells(d) {
  won = 0;
  do
  :: atomic {
       j = 0;
       do
       :: j < ALL && (j == me || cell[j] != OTHER(d)) -> j++
       :: else -> break
       od;
       if :: j == ALL -> j = 0; break :: else -> n = round[j]; cell[j] = 0 fi /* it gets a ticket; that cell is passed */
     }
     claim(j, n, OTHER(d));
     n = 0; j = 0;
     if :: won -> break :: else fi
  od
}

/* Then among the listed selects. */
inline tryListed(d) {
  k = 0;
  do
  :: !won && k < BOTH ->
     if
     :: k != me && listed[k] ->
        atomic { if :: word[k] == WAITING -> word[k] = CHOSEN; served(k, OTHER(d)); won = 1 :: else fi }
     :: else
     fi;
     k++
  :: else -> k = 0; break
  od
}

/* The runner itself has done d. */
inline choose(d) {
  atomic { assert(once || word[me] == ROUND || word[me] == DISTURBED); word[me] = CHOSEN; served(me, d); won = 0 }
}

inline attempt(d) { tryCells(d); tryListed(d); if :: won -> choose(d); goto ended :: else fi }

inline begin() {
  atomic {
    if
    :: word[me] == GIVENUP || word[me] == CHOSEN -> goto ended
    :: round[me] == ROUNDS -> cut = 1; goto stopped
    :: else -> word[me] = ROUND; round[me]++
    fi
  }
}

proctype TwoWay(byte me) {
  byte j; byte k; byte n; bit won;
  again: begin();
  attempt(TAKES);
  attempt(GIVES);
  if
  :: !listed[me] ->
     listed[me] = 1;
#ifndef M_NOSECONDTRY
     attempt(TAKES);
     attempt(GIVES)
#endif
  :: else
  fi;
  atomic { if :: word[me] == ROUND -> word[me] = WAITING :: else -> goto again fi }
#ifndef M_NOMEETING
  k = 0;
  do
  :: k < BOTH ->
     if
     :: k != me && listed[k] && word[k] == WAITING ->
        if
        :: k < me -> atomic { if :: word[me] == WAITING -> word[me] = DISTURBED; k = 0; goto again :: else fi }
#ifdef M_OLDERIGNORES
        :: else
#else
        :: else -> disturb(k)
#endif
        fi
     :: else
     fi;
     k++
  :: else -> k = 0; break
  od;
#endif
  end_parked: atomic {
    if
    :: word[me] == AGAIN -> goto again
    :: word[me] == CHOSEN || word[me] == GIVENUP -> goto ended
    fi
  }
  ended: listed[me] = 0;
  stopped: atomic { k = 0; won = 0; j = 0; n = 0 }
}

proctype OneWay(byte me; byte d) {
  byte j; byte k; byte n; bit won;
  again: begin();
  atomic { cell[me] = 0 } /* retired */
  attempt(d);
  /* the ticket: as tryCells, but in the end there is a waiter */
  install: atomic {
    j = 0;
    do
    :: j < ALL && (j == me || cell[j] != OTHER(d)) -> j++
    :: else -> break
    od;
    if :: j == ALL -> j = 0; cell[me] = d :: else -> n = round[j]; cell[j] = 0 fi
  }
  if
  :: cell[me] == 0 && n + j > 0 ->
     claim(j, n, OTHER(d));
     n = 0; j = 0;
     if :: won -> choose(d); goto ended :: else -> goto install fi
  :: else
  fi;
  if
  :: OTHERS -> atomic { assert(once || word[me] == ROUND || word[me] == DISTURBED); word[me] = CHOSEN; goto ended }
  :: true
  fi;
  atomic { if :: word[me] == ROUND -> word[me] = WAITING :: else -> goto again fi }
  pokeAll();
  end_parked: atomic {
    if
    :: word[me] == AGAIN -> goto again
    :: word[me] == CHOSEN -> goto ended
    :: OTHERS && word[me] == WAITING -> word[me] = CHOSEN; goto ended
    fi
  }
  ended:
#ifndef M_NOTRETIRED
  cell[me] = 0;
#endif
  stopped: atomic { k = 0; won = 0; j = 0; n = 0 }
}

proctype Plain(byte me; byte d; bit waits) {
  byte j; byte k; byte n; bit won;
  install: atomic {
    j = 0;
    do
    :: j < ALL && (j == me || cell[j] != OTHER(d)) -> j++
    :: else -> break
    od;
    if
    :: j == ALL -> j = 0; if :: waits -> cell[me] = d; word[me] = WAITING :: else fi
    :: else -> n = round[j]; cell[j] = 0; j++
    fi
  }
  if
  :: j > 0 ->
     claim(j - 1, n, OTHER(d));
     n = 0; j = 0;
     if :: won -> won = 0; atomic { word[me] = CHOSEN; served(me, d) } goto ended :: else -> goto install fi
  :: else
  fi;
#ifndef M_NOPOKE
  if :: waits -> pokeAll() :: else fi;
#endif
  if
  :: !waits -> tryListed(d); if :: won -> won = 0; atomic { word[me] = CHOSEN; served(me, d) } :: else fi; goto ended
  :: else
  fi;
  end_parked: word[me] == CHOSEN;
  ended: skip
}

proctype Canceller(byte who) {
  end_running: atomic {
    if
    :: word[who] == WAITING || word[who] == AGAIN -> word[who] = GIVENUP
#ifdef M_CANCELDISTURBED
    :: word[who] == DISTURBED -> word[who] = GIVENUP
#endif
    :: word[who] == CHOSEN
    fi
  }
}

init {
  byte i; byte a;
  atomic {
    do :: i < BOTH -> run TwoWay(i); i++ :: else -> break od;
    do :: i < BOTH + RECV -> run OneWay(i, TAKES); i++ :: else -> break od;
    do :: i < SELECTS -> run OneWay(i, GIVES); i++ :: else -> break od;
    do :: i < SELECTS + PLAIN -> run Plain(i, GIVES, 1); i++ :: else -> break od;
    do :: i < SELECTS + PLAIN + PLAINR -> run Plain(i, TAKES, 1); i++ :: else -> break od;
    do :: i < ALL -> run Plain(i, GIVES, 0); i++ :: else -> break od;
    if :: CANCEL -> run Canceller(BOTH - 1) :: else fi;
    i = 0
  }
  timeout -> d_step {
    do
    :: i < ALL ->
       a = 0;
       do
       :: a < ALL ->
          assert(stuck || cut || a == i || word[i] != WAITING || word[a] != WAITING
              || !MAYGIVE(i) || !MAYTAKE(a));
          a++
       :: else -> break
       od;
       assert(clean || cut || word[i] == WAITING || (cell[i] == 0 && !listed[i]));
       i++
    :: else -> break
    od;
    assert(once || cut || gave == took)
  }
}
