/* SPDX-License-Identifier: MIT */
/*
 * Weak memory between two processes, DRIVER and DEVICE.
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

inline nothing(who) /* a barrier that was taken away */
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
