/* SPDX-License-Identifier: MIT */
/*
 * Weak memory between two processes, DRIVER and DEVICE. The including file defines LOCATIONS.
 *
 * A location is what is written and read whole: a descriptor's content, an index, flags. A process
 * touches memory only so:
 *
 *   store   goes into the process's own store buffer. It arrives in memory some time later, and
 *           stores to different locations arrive in any order. The buffer has room for one store to
 *           each location; a second one lets the first arrive.
 *   load    of a location gives the process's own store if that is still in the buffer; or else one of:
 *           what the process last loaded there, what is in memory, what the other
 *           process has in its buffer and no wmb holds back (which has then arrived).
 *   wmb     what is in the buffer arrives before what is stored later. It does not wait, and so
 *           does not order a load behind a store.
 *   rmb     what was loaded is forgotten: later loads give what is in memory now, or newer.
 *   release what wmb does, and a late load is done.
 *   mb      the buffer is emptied, a late load is done, and then as rmb.
 *
 * A load of data, on which nothing depends that is stored later, may be late: until a release or an mb it
 * could still be done again, so who stores to its location asks IS_READ_LATE. Neither rmb nor wmb puts it before
 * a later store.
 *
 * So stores overtake stores and late loads, loads overtake loads and stores, and no order is tried in vain:
 * whether a store has arrived is decided by the load that asks for it. What a process loads of one location
 * does not get older again.
 *
 * Not modelled: a store that overtakes another load before it, since in a ring each depends on what was
 * loaded; two locations that are torn; that what is loaded is neither the oldest nor the newest.
 *
 * Interrupts and notifications are bits beside the memory. They wait for no store, and who gets
 * one has loaded nothing by that.
 */

#define DRIVER 0
#define DEVICE 1
#define AT(who, where) ((who) * LOCATIONS + (where))

byte memory[LOCATIONS];
byte loaded[2 * LOCATIONS];
byte stored[2 * LOCATIONS];
byte age[2 * LOCATIONS]; /* of what is stored and has not arrived: 1 + the wmb since; 0: nothing */
byte late[2];         /* 1 + the location of a late load that may not be done yet */
byte location;
#define IS_READ_LATE(who, where) (late[1 - (who)] == 1 + (where))

inline arrive(who, where)
{
    memory[where] = stored[AT(who, where)];
    loaded[AT(who, where)] = memory[where];
    stored[AT(who, where)] = 0;
    age[AT(who, where)] = 0
}

/* One store, and first of all those that a wmb holds it behind. */
inline let_arrive(who, where)
{
    d_step {
        for (location : 0 .. LOCATIONS - 1) {
            if
            :: age[AT(who, location)] > age[AT(who, where)] -> arrive(who, location)
            :: else
            fi
        }
        location = 0;
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
        :: loaded[AT(who, where)] != memory[where] -> loaded[AT(who, where)] = memory[where]
        :: age[AT(1 - who, where)] != 0 ->
            let_arrive(1 - who, where);
            loaded[AT(who, where)] = memory[where]
        fi;
        value = loaded[AT(who, where)]
    fi
}

/* What is there before both begin. */
inline begin_with(where, value)
{
    memory[where] = value;
    loaded[AT(DRIVER, where)] = value;
    loaded[AT(DEVICE, where)] = value
}

inline load_late(who, where, value)
{
    load(who, where, value);
    late[who] = 1 + (where)
}

/* The barriers. This one is for a barrier that was taken away. */
inline nothing(who)
{
    skip
}

inline wmb(who)
{
    d_step {
        for (location : 0 .. LOCATIONS - 1) {
            if
            :: age[AT(who, location)] != 0 -> age[AT(who, location)]++
            :: else
            fi
        }
        location = 0
    }
}

inline rmb(who)
{
    d_step {
        for (location : 0 .. LOCATIONS - 1) {
            loaded[AT(who, location)] = memory[location]
        }
        location = 0
    }
}

/* Both in a row: on RISC-V `fence r, r` and `fence w, w`. */
inline rmb_wmb(who)
{
    rmb(who);
    wmb(who)
}

inline release(who)
{
    late[who] = 0;
    wmb(who)
}

inline mb(who)
{
    d_step {
        late[who] = 0;
        for (location : 0 .. LOCATIONS - 1) {
            if
            :: age[AT(who, location)] != 0 -> arrive(who, location)
            :: else
            fi;
            loaded[AT(who, location)] = memory[location]
        }
        location = 0
    }
}
