// SPDX-FileCopyrightText: ClinicDesk contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Why no row can be missed (docs/sync.md): two pushers, a puller and crashes, in every order.
//
// A push is one transaction: its rows become visible when it commits, and not at all when it is rolled back.
// The head is the last lock it takes and is held until the commit, so numbers are in the order of commits. The
// puller reads a head and everything up to it that is visible, stores rows and cursor in one transaction, and
// may be killed anywhere. Checked: a group whose number is at or below the cursor is on the device.
//
// HEAD_EARLY plants "the number is taken first and its lock let go": a later number may commit before.
// CURSOR_FIRST plants "the cursor is stored before the rows": a crash between them loses rows.

#define PUSHES 2 // per pusher
#define SEQS 6   // room for every number that may be given

bool visible[SEQS]; // group seq committed on the server
bool onDevice[SEQS];
byte head = 0;    // committed head
byte given = 0;   // HEAD_EARLY: numbers given so far
byte locked = 0;  // who holds the head's row; 0 = nobody
byte cursor = 0;  // the device's, durable
byte done = 0;

proctype Pusher(byte me)
{
    byte n = 0;
    byte seq;
    do
    :: n < PUSHES ->
#ifdef HEAD_EARLY
        atomic { given++; seq = given; }
        if
        :: skip // the connection is lost: rolled back, the number with it never comes
        :: atomic { visible[seq] = true; if :: seq > head -> head = seq :: else fi }
        fi;
#else
        atomic { locked == 0 -> locked = me; }
        seq = head + 1;
        if
        :: atomic { locked = 0; } // crash or error before the commit: number and lock come back
        :: atomic { visible[seq] = true; head = seq; locked = 0; }
        fi;
#endif
        n++
    :: n == PUSHES -> break
    od;
    done++
}

proctype Puller()
{
    byte upto;
    byte from;
    byte i;
    bool page[SEQS];
    byte pulls = 0;
    do
    :: pulls < 4 ->
        from = cursor;
        // One statement sees one committed state: head and rows belong together.
        d_step {
            upto = head;
            i = 0;
            do
            :: i < SEQS -> page[i] = (visible[i] && i > from && i <= upto); i++
            :: else -> break
            od
        }
#ifdef CURSOR_FIRST
        cursor = upto;
        if
        :: skip -> d_step {
            i = 0;
            do
            :: i < SEQS -> if :: page[i] -> onDevice[i] = true :: else fi; i++
            :: else -> break
            od }
        :: skip // killed: the rows are not there
        fi;
#else
        if
        :: d_step { // one transaction on the device
            i = 0;
            do
            :: i < SEQS -> if :: page[i] -> onDevice[i] = true :: else fi; i++
            :: else -> break
            od;
            cursor = upto }
        :: skip // killed before the commit, or the answer was lost
        fi;
#endif
        pulls++
    :: pulls == 4 -> break
    od
}

init
{
    atomic { run Pusher(1); run Pusher(2); run Puller(); }
}

// Evaluated in every state where both pushers are between statements; the puller's transactions are atomic.
active proctype Watch()
{
    byte i;
    do
    :: done <= 2 ->
        d_step {
            i = 1;
            do
            :: i < SEQS ->
                assert(!(visible[i] && i <= cursor && !onDevice[i]));
                i++
            :: else -> break
            od
        }
        if
        :: done == 2 -> break
        :: else
        fi
    od
}
