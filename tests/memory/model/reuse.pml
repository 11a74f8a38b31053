/* SPDX-License-Identifier: MIT */
/*
 * A buffer that was read is passed to the other side, which then writes it again: what was read must not
 * be what is written next. Section: Basic Facilities of a Virtio Device / Split Virtqueues.
 *
 * One request goes to and fro for ever. The driver reads the answer to the last one (a checksum, a copy),
 * writes the next one and makes both buffers available; the device reads that, writes the answer
 * and returns both as used. A value is a generation. AVAIL and USED are what passes the buffers on: an index, or the flags of a packed descriptor.
 */

#define REQUEST 0
#define ANSWER 1
#define AVAIL 2
#define USED 3
#define LOCATIONS 4
#define COUNT 3

#include "memory.pml"
#include "ring.pml"

#define AFTER(generation) (1 + (generation) % COUNT)

/* The load of the index, again and again until it has come to `wanted`. */
inline await(who, where, wanted)
{
    do
    :: atomic {
           true ->
           load(who, where, value);
           if
           :: value == wanted -> value = 0; break
           :: else -> value = 0
           fi
       }
    od
}

active proctype driver()
{
    byte value, generation;

again:
    atomic {
        GET_USED_ACQUIRE(DRIVER);
        load_late(DRIVER, ANSWER, value); /* before the first one there is none: 0 */
        MUST(value == generation, wrong_payload);
        generation = AFTER(generation);
        value = 0;
        MUST(!IS_READ_LATE(DRIVER, REQUEST), wrong_payload);
        store(DRIVER, REQUEST, generation);
        KICK_PUBLISH(DRIVER);
        store(DRIVER, AVAIL, generation)
    }
    atomic { mb(DRIVER) }
    await(DRIVER, USED, generation);
    goto again
}

active proctype device()
{
    byte value, generation;

again:
    await(DEVICE, AVAIL, AFTER(generation));
    atomic {
        POP_ACQUIRE(DEVICE);
        generation = AFTER(generation);
        load_late(DEVICE, REQUEST, value);
        MUST(value == generation, wrong_payload);
        value = 0;
        MUST(!IS_READ_LATE(DEVICE, ANSWER), wrong_payload);
        store(DEVICE, ANSWER, generation);
        SIGNAL_PUBLISH(DEVICE);
        store(DEVICE, USED, generation)
    }
    atomic { mb(DEVICE) }
    goto again
}
