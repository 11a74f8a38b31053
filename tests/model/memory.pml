/* SPDX-License-Identifier: MIT */
/*
 * Weak memory between two processes, DRIVER and DEVICE. The including file defines PLACES.
 *
 * A place is what is written and read whole: a descriptor's content, an index, flags. A process
 * touches memory only so:
 *
 *   store   goes into the process's own store buffer. It arrives in memory some time later, and
 *           stores to different places arrive in any order. The buffer has room for one store to
 *           each place; a second one lets the first arrive.
 *   load    of a place gives the process's own store if that is still in the buffer; or else one of:
 *           what the process saw there when it last looked, what is in memory, what the other
 *           process has in its buffer and no wmb holds back (which has then arrived).
 *   wmb     what is in the buffer arrives before what is stored later. It does not wait, and so
 *           does not order a load behind a store.
 *   rmb     what was seen is forgotten: later loads give what is in memory now, or newer.
 *   mb      the buffer is emptied, and then as rmb.
 *
 * So stores overtake stores, loads overtake loads and stores, and no order is tried in vain: whether
 * a store has arrived is decided when it is looked for. What a process saw of one place never gets
 * older again.
 *
 * Not modelled: a store that overtakes a load before it, since in a ring each depends on what was
 * loaded; two places that are torn; that what was seen is neither the oldest nor the newest.
 *
 * Interrupts and notifications are bits beside the memory. They wait for no store, and who gets
 * one has not looked at memory by that.
 */

#define DRIVER 0
#define DEVICE 1
#define AT(who, where) ((who) * PLACES + (where))

byte memory[PLACES];
byte seen[2 * PLACES];
byte stored[2 * PLACES];
byte age[2 * PLACES]; /* of what is stored and has not arrived: 1 + the wmb since; 0: nothing */
byte place;

inline arrive(who, where)
{
    memory[where] = stored[AT(who, where)];
    seen[AT(who, where)] = memory[where];
    stored[AT(who, where)] = 0;
    age[AT(who, where)] = 0
}

/* One store, and first of all those that a wmb holds it behind. */
inline let_arrive(who, where)
{
    d_step {
        for (place : 0 .. PLACES - 1) {
            if
            :: age[AT(who, place)] > age[AT(who, where)] -> arrive(who, place)
            :: else
            fi
        }
        place = 0;
        arrive(who, where)
    }
}

inline store(who, where, value)
{
    if
    :: age[AT(who, where)] != 0 -> let_arrive(who, where)
    :: else
    fi;
    stored[AT(who, where)] = value;
    age[AT(who, where)] = 1
}

inline load(who, where, value)
{
    if
    :: age[AT(who, where)] != 0 -> value = stored[AT(who, where)]
    :: else ->
        if
        :: true
        :: seen[AT(who, where)] != memory[where] -> seen[AT(who, where)] = memory[where]
        :: age[AT(1 - who, where)] != 0 ->
            let_arrive(1 - who, where);
            seen[AT(who, where)] = memory[where]
        fi;
        value = seen[AT(who, where)]
    fi
}

/* The barriers. This one is for a barrier that was taken away. */
inline nothing(who)
{
    skip
}

inline wmb(who)
{
    d_step {
        for (place : 0 .. PLACES - 1) {
            if
            :: age[AT(who, place)] != 0 -> age[AT(who, place)]++
            :: else
            fi
        }
        place = 0
    }
}

inline rmb(who)
{
    d_step {
        for (place : 0 .. PLACES - 1) {
            seen[AT(who, place)] = memory[place]
        }
        place = 0
    }
}

inline mb(who)
{
    d_step {
        for (place : 0 .. PLACES - 1) {
            if
            :: age[AT(who, place)] != 0 -> arrive(who, place)
            :: else
            fi;
            seen[AT(who, place)] = memory[place]
        }
        place = 0
    }
}
