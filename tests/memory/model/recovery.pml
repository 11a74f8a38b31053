/* SPDX-License-Identifier: MIT */
/*
 * A request that takes too long: reset, memory back to the caller, and a new life of the device.
 * Section: Basic Facilities of a Virtio Device / Device Reset.
 *
 * In each life the driver sets up the queue and sends one request. It waits for its end or for its
 * own patience's, which may come at any time. Then it resets the device as vwr_dev_reset does, and
 * takes the memory back when the device has acknowledged that; if that takes too long as well, the
 * memory is not taken back ever. The device may write into the buffer and complete as late as it
 * likes, as long as it has not acknowledged the reset.
 *
 * Registers are locations in memory too, as weak as all others: more than a bus does to them. A life
 * is a number, and all that is written in it tells which.
 */

#define LIVES 3 /* then their numbers begin anew */

#define AVAIL 0
#define USED 1
#define REQUEST 2
#define BUFFER 3
#define QUEUE_READY 4 /* registers */
#define RESET 5
#define RESET_DONE 6
#define LOCATIONS 7
#define COUNT LIVES

#include "memory.pml"
#include "ring.pml"

#ifndef SET_QUEUE_WMB /* the zeroed ring, then the register that shows it */
#define SET_QUEUE_WMB wmb
#endif
#ifndef START_RMB /* the device: that register, then the ring */
#define START_RMB rmb
#endif
#ifndef ACKNOWLEDGE_WMB /* the device: all that it wrote, then that it has been reset */
#define ACKNOWLEDGE_WMB wmb
#endif

#define NUMBER(life) ((life) + 1)
#define CALLERS (LIVES + 1) /* what the caller writes where nobody else may */

bit late_write; /* the device writes into memory that was handed back */

inline set_up() /* vwr_queue_prepare_, the transport's set_queue */
{
    store(DRIVER, AVAIL, 0);
    store(DRIVER, USED, 0);
    SET_QUEUE_WMB(DRIVER);
    store(DRIVER, QUEUE_READY, NUMBER(life))
}

inline send()
{
    store(DRIVER, REQUEST, NUMBER(life));
    KICK_PUBLISH(DRIVER);
    store(DRIVER, AVAIL, 1)
}

inline check_buffer(wanted, property)
{
    load(DRIVER, BUFFER, value);
    MUST(value == wanted, property);
    value = 0
}

active proctype driver()
{
    byte life, value;

begin:
    atomic { set_up() }
    atomic { send() }
    atomic { mb(DRIVER) }
    do
    :: true -> break /* out of patience */
    :: atomic {
           true -> /* or else the `else` of load would be that of the whole loop */
           load(DRIVER, USED, value);
           if
           :: value == 0
           :: else -> value = 0; GET_USED_ACQUIRE(DRIVER); goto completed
           fi
       }
    od;
again:
    atomic { store(DRIVER, RESET, NUMBER(life)) } /* vwr_dev_reset */
#ifndef WRONG_RECLAIM /* does not wait for the device */
    do
    :: atomic {
           true ->
           load(DRIVER, RESET_DONE, value);
           if
           :: value == NUMBER(life) -> value = 0; break
           :: else -> value = 0
           fi
       }
#ifdef WRONG_PATIENCE /* takes back what a dead device has */
    :: true -> break
#else
    :: true -> goto dead
#endif
    od;
#endif
    atomic { store(DRIVER, BUFFER, CALLERS) }
    atomic { mb(DRIVER) }
    atomic { check_buffer(CALLERS, late_write) }
    life = PLUS(life, 1);
    goto begin;

completed:
    atomic { check_buffer(NUMBER(life), wrong_payload); store(DRIVER, BUFFER, CALLERS) }
    atomic { mb(DRIVER) }
    atomic { check_buffer(CALLERS, late_write) }
    goto again;

dead:
end:
    false
}

#define IDLE 0
#define HOLDS 1
#define WRITTEN 2
#define COMPLETED 3

inline start()
{
    load(DEVICE, QUEUE_READY, value);
    if
    :: value == NUMBER(life) -> runs = 1; START_RMB(DEVICE)
    :: else
    fi;
    value = 0
}

inline pop_avail()
{
    load(DEVICE, REQUEST, value);
    MUST(value == NUMBER(life), not_submitted);
    value = 0;
    work = HOLDS
}

inline handle_reset()
{
    load(DEVICE, RESET, value);
    if
    :: value == NUMBER(life) ->
        ACKNOWLEDGE_WMB(DEVICE);
        store(DEVICE, RESET_DONE, NUMBER(life));
        runs = 0;
        work = IDLE;
        life = PLUS(life, 1)
    :: else
    fi;
    value = 0
}

active proctype device()
{
    bit runs;
    byte life, work, value;

again:
    do
    :: atomic { !runs -> start() }
    :: atomic {
           runs && work == IDLE ->
           load(DEVICE, AVAIL, value);
           if
           :: value == 0 -> goto again
           :: else -> value = 0; POP_ACQUIRE(DEVICE)
           fi
       }
       atomic { pop_avail() }
    :: atomic { work == HOLDS -> store(DEVICE, BUFFER, NUMBER(life)); work = WRITTEN }
    :: atomic { work == WRITTEN -> SIGNAL_PUBLISH(DEVICE); store(DEVICE, USED, 1); work = COMPLETED }
    :: atomic { runs -> handle_reset() }
    od
}
