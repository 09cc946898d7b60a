// SPDX-License-Identifier: Apache-2.0
/*
 * A mutex and its condition, step by step as in MutexCondition (waitForSignal, signal,
 * signalFirst, link, unlink) and in Mutex (lockSlow, release, ConditionOfThis). A signal moves
 * its waiter into the queue of the lock and wakes nobody.
 *
 * The lock's queue is an abstract one here, first in first out, a grant and its unpark one
 * step: that PermitQueue is such a queue is gate.pml with LOCK.
 *
 *   list   waiters of the condition in order; by the holder of the lock only
 *   st     WAITING, SIGNALLED or CANCELLED: the claim word of a node
 *   placed the node stands in the lock's queue (its segment is set)
 *   token  of a thread: it was unparked, and not parked since
 *
 * Bounds: W waiters that wait once, S signallers that signal once; ALL: they signal all;
 * LEAVES: bit i = waiter i may be interrupted or meet its deadline at any moment; FAILS: that
 * many attempts to enlist a signalled node may run out of memory.
 *
 * Properties:
 *   exclusion  one thread is inside
 *   owner      who holds the lock finds itself as the owner, whoever released it before
 *   lost       quiet: as many waiters return as signalled as were signalled; and a signal that
 *              finds nobody: nobody waited
 *   order      a signal claims the waiter that has waited longest
 *   onewake    a signalled waiter is unparked once
 *   gone       quiet: nobody waits on who was interrupted
 */
#ifndef W
#define W 2
#endif
#ifndef S
#define S 1
#endif
#ifndef ALL
#define ALL 0
#endif
#ifndef LEAVES
#define LEAVES 0
#endif
#ifndef FAILS
#define FAILS 0
#endif

#define T (W + S)
#define NONE 99

#define WAITING   0
#define SIGNALLED 1
#define CANCELLED 2

hidden byte exclusion, owner, lost, order, onewake, gone; /* names, always 0 */

chan queue = [T] of { byte }; /* of the lock */
bit locked; bit granted[T]; bit token[T]; bit interrupted[W];
byte own = NONE;
chan list = [W] of { byte };
byte st[W]; bit placed[W];
byte fails = FAILS;

/* ghosts */
byte inside; byte sent; byte got; byte wakes[W];
bit waits[W]; byte came[W]; byte arrivals;
byte g; /* scratch, 0 between steps */

/* Takes the lock, perhaps after a wait. */
inline lock(me) {
  atomic {
    if
    :: !locked -> locked = 1; granted[me] = 1
    :: else -> queue!me
    fi
  }
  atomic { granted[me] -> granted[me] = 0; token[me] = 0 } /* spurious tokens only cost a loop */
  enter(me)
}

inline enter(me) { atomic { own = me; inside++; assert(exclusion || inside == 1) } }

/* Mutex.release: the owner goes first. */
inline unlock(me) {
  atomic { assert(owner || own == me); inside-- }
#ifdef M_LATECLEAR
  pass();
  own = NONE; /* mutant: hits the next owner */
#else
  own = NONE;
  pass()
#endif
}

inline pass() {
  atomic {
    if
    :: nempty(queue) ->
       queue?g; granted[g] = 1; token[g] = 1;
       if
       :: g < W && st[g] == SIGNALLED -> wakes[g]++; assert(onewake || wakes[g] == 1)
       :: else
       fi;
       g = 0
    :: else -> locked = 0
    fi
  }
}

inline unlink(node) {
  atomic { assert(owner || inside == 1); if :: list??[eval(node)] -> list??eval(node) :: else fi }
}

proctype Waiter(byte me) {
  bit leave;
  lock(me);
#ifdef M_SORTED
  atomic { list!!me; waits[me] = 1; came[me] = arrivals; arrivals++ } /* mutant: not in order of arrival */
#else
  atomic { list!me; waits[me] = 1; came[me] = arrivals; arrivals++ } /* link */
#endif
  unlock(me);

  look: atomic { if :: placed[me] -> goto back :: else fi }
  leave = interrupted[me];
  if :: leave :: else -> goto end_parked fi;
  atomic {
    if
    :: st[me] == WAITING -> st[me] = CANCELLED; waits[me] = 0
#ifdef M_BLINDABORT
    :: else -> st[me] = CANCELLED /* mutant: does not look whether the claim was lost */
#else
    :: else -> goto end_parked
#endif
    fi
  }
  lock(me); /* reacquire */
  unlink(me);
  goto out;

  end_parked: atomic { token[me] -> token[me] = 0; leave = 0; goto look }

  back:
#ifdef M_WAKE
  lock(me); /* mutant: the signal has only woken it */
  goto signalled;
#endif
  atomic { granted[me] -> granted[me] = 0; token[me] = 0 }
  enter(me);
  signalled:
#ifdef M_THROWS
  if :: interrupted[me] -> goto out :: else fi; /* mutant: a late interrupt is thrown all the same */
#endif
  got++;
  out: unlock(me)
}

proctype Signaller(byte me) {
  byte node = NONE;
  lock(me);
  next: atomic { /* first */
    if
    :: list?[node] -> list?<node>
    :: else ->
       do :: g < W -> assert(lost || !waits[g]); g++ :: else -> g = 0; break od;
       goto out
    fi
  }
  atomic { /* claim */
    if
    :: st[node] == WAITING ->
       st[node] = SIGNALLED;
       do
       :: g < W -> assert(order || !waits[g] || came[g] >= came[node]); g++
       :: else -> g = 0; break
       od;
       waits[node] = 0
    :: else -> goto passed
    fi
  }
#ifdef M_WAKE
  atomic { sent++; placed[node] = 1; token[node] = 1; wakes[node]++; goto passed }
#endif
#if FAILS > 0
  if
  :: fails > 0 -> fails--; goto failed
  :: skip
  fi;
#endif
  atomic { queue!node; sent++ } /* enlist: the lock is held, so nobody serves it yet */
  placed[node] = 1;
  passed: unlink(node);
  atomic {
#ifdef M_NOSKIP
    if :: st[node] != SIGNALLED -> do :: g < W -> assert(lost || !waits[g]); g++ :: else -> g = 0; break od :: else fi;
    node = NONE; goto out /* mutant: a cancelled node uses the signal up */
#else
    if :: st[node] == SIGNALLED && !ALL -> node = NONE; goto out :: else -> node = NONE; goto next fi
#endif
  }
#if FAILS > 0
  failed: atomic { st[node] = WAITING; waits[node] = 1 }
#ifndef M_NOUNPARK
  token[node] = 1; /* it may have put off an abort */
#endif
#endif
  out: unlock(me)
}

/* The interrupt, or the deadline, of one waiter. */
proctype Interrupter(byte id) {
  atomic { interrupted[id] = 1; token[id] = 1 }
}

init {
  byte k;
  atomic {
    do
    :: k < W ->
       run Waiter(k);
       if :: (LEAVES >> k) & 1 -> run Interrupter(k) :: else fi;
       k++
    :: else -> break
    od;
    do :: k < T -> run Signaller(k); k++ :: else -> k = 0; break od
  }
  timeout -> atomic {
    assert(lost || sent == got);
    assert(exclusion || (!locked && own == NONE && inside == 0));
    do
    :: k < W -> assert(gone || !(waits[k] && interrupted[k])); k++
    :: else -> break
    od
  }
}
