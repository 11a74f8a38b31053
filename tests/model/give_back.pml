/* SPDX-License-Identifier: MIT */
/*
 * A buffer that was read and goes back to the other side, which then writes into it: what was read may not
 * be what comes next. Section: Basic Facilities of a Virtio Device / Split Virtqueues.
 *
 * One request goes to and fro for ever. The driver reads the answer to the last one (a checksum, a copy),
 * writes the next one and gives both buffers to the device; the device reads that, writes the answer
 * and gives both back. A value is a round's number. AVAIL and USED are what makes a buffer the other side's:
 * an index, or the flags of a packed descriptor.
 */

#define REQUEST 0
#define ANSWER 1
#define AVAIL 2
#define USED 3
#define PLACES 4
#define COUNT 3

#include "memory.pml"
#include "ring.pml"

#define AFTER(round) (1 + (round) % COUNT)

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
    byte value, round;

again:
    atomic {
        LOOK_RMB(DRIVER);
        load_late(DRIVER, ANSWER, value); /* before the first round there is none: 0 */
        MUST(value == round, wrong_payload);
        round = AFTER(round);
        value = 0;
        MUST(!IS_READ_LATE(DRIVER, REQUEST), wrong_payload);
        store(DRIVER, REQUEST, round);
        KICK_RELEASE(DRIVER);
        store(DRIVER, AVAIL, round)
    }
    atomic { mb(DRIVER) }
    await(DRIVER, USED, round);
    goto again
}

active proctype device()
{
    byte value, round;

again:
    await(DEVICE, AVAIL, AFTER(round));
    atomic {
        FETCH_RMB(DEVICE);
        round = AFTER(round);
        load_late(DEVICE, REQUEST, value);
        MUST(value == round, wrong_payload);
        value = 0;
        MUST(!IS_READ_LATE(DEVICE, ANSWER), wrong_payload);
        store(DEVICE, ANSWER, round);
        PUBLISH_RELEASE(DEVICE);
        store(DEVICE, USED, round)
    }
    atomic { mb(DEVICE) }
    goto again
}
