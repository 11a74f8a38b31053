/* SPDX-License-Identifier: MIT */
/*
 * The split ring: driver as in runtime/driver, device as the specification demands of one.
 * Section: Basic Facilities of a Virtio Device / Split Virtqueues.
 *
 * The driver adds requests without end, kicks them in batches, gets back what was used, and when
 * nothing is used it enables interrupts and sleeps. The device keeps requests as long as it likes,
 * uses them in any order, signals them in batches, and when nothing is available it enables
 * notifications and pops no more until one comes. A request is one descriptor; its content is a
 * tag that alternates, and comes back in the used entry.
 *
 * -DEVENTS: suppression by used_event and avail_event (EVENT_IDX). Without it by the two flags.
 *
 * -DINDIRECT: the descriptors are bound to a table each from the beginning, and the tag is in the table, which
 * the driver writes anew for each request. The device may load a table late.
 *
 * -DIN_ORDER: descriptors are used in the order of the ring, so that what the driver writes into the
 * available ring is always the same; here it is there from the beginning. The device uses requests in
 * that order. One used entry is enough for a batch of them: it stands where the entry of the first would
 * be, and has the id of the last. The tag comes back in the buffer, which the device writes.
 *
 * A process goes from one load, or from one mb, to the next in one atomic step. What it stores
 * between them could wait in its buffer as well, so it changes nothing that it is done early.
 */

#define SIZE 2
#define COUNT 4 /* twice the size, as 65536 is for the largest ring */

/* Locations in memory: the driver writes those up to DRIVER_EVENT, the device those from USED_IDX on. */
#define DESC(id) (id)
#define RING(index) (SIZE + (index) % SIZE)
#define AVAIL_IDX (2 * SIZE)
#define DRIVER_EVENT (2 * SIZE + 1) /* avail.flags or used_event */
#define USED_IDX (2 * SIZE + 2)
#define DEVICE_EVENT (2 * SIZE + 3) /* used.flags or avail_event */
#define USED(index) (2 * SIZE + 4 + (index) % SIZE)
#define ANSWER(id) (3 * SIZE + 4 + (id)) /* in order: the buffer that the device writes */
#ifdef IN_ORDER
#define TABLE(id) (4 * SIZE + 4 + (id))
#else
#define TABLE(id) (3 * SIZE + 4 + (id))
#endif
#ifdef INDIRECT
#define LOCATIONS TABLE(SIZE)
#else
#define LOCATIONS TABLE(0)
#endif

#include "memory.pml"
#include "ring.pml"

/* What a side writes to suppress events, and what the other understands. */
#ifdef EVENTS
#define SUPPRESSION(index) index
#define AS_SUPPRESSION(value) EVENT(value)
#else
#define SUPPRESSION(index) ALL
#define AS_SUPPRESSION(value) value
#endif

/* In order the next one is known. */
#ifdef IN_ORDER
#define CAN_ADD (FREE(avail_next % SIZE))
#else
#define CAN_ADD (FREE(0) || FREE(1))
#endif

bit device_owns[SIZE];
byte tag[SIZE];

/* Events are disabled; with EVENT_IDX there is nothing to write. */
inline disable(who, where)
{
#ifndef EVENTS
    store(who, where, NONE)
#else
    skip
#endif
}

/* The request's content. */
inline write_request()
{
#ifdef INDIRECT
    MUST(!IS_READ_LATE(DRIVER, TABLE(TABLE_OF(id) - 1)), wrong_payload);
    store(DRIVER, TABLE(TABLE_OF(id) - 1), tag[id])
#else
    store(DRIVER, DESC(id), tag[id])
#endif
}

inline add() /* vwr_queue_add, vwr_queue_post */
{
#ifdef IN_ORDER
    id = avail_next % SIZE;
#else
    if
    :: FREE(0) -> id = 0
    :: else -> id = 1
    fi;
    store(DRIVER, RING(avail_next), id);
#endif
    MUST(!device_owns[id], overrun);
    in_flight[id] = 1;
    device_owns[id] = 1;
    tag[id] = (tag[id] == 1 -> 2 : 1);
#ifndef WRONG_POST
    write_request();
#endif
    avail_next = PLUS(avail_next, 1);
    id = 0
}

inline kick() /* vwr_queue_kick */
{
    KICK_PUBLISH(DRIVER);
    store(DRIVER, AVAIL_IDX, avail_next)
#ifdef WRONG_POST /* writes the last request when it is available already */
    ;
    id = PLUS(avail_next, COUNT - 1) % SIZE;
    write_request();
    id = 0
#endif
}

inline notify() /* the other half of vwr_queue_kick */
{
    KICK_MB(DRIVER);
    load(DRIVER, DEVICE_EVENT, value);
    notify_if_needed(AS_SUPPRESSION(value), BEFORE(published, avail_next), avail_next, notification);
    published = avail_next;
    value = 0
}

inline poll_used() /* vwr_queue_get_used, vwr_queue_reap */
{
    load(DRIVER, USED_IDX, value);
    if
    :: value != used_next ->
        GET_USED_ACQUIRE(DRIVER);
        used_idx = value
    :: else
    fi;
    value = 0
}

#ifndef IN_ORDER

inline get_used()
{
    load(DRIVER, USED(used_next), value);
    id = value % SIZE;
    MUST(in_flight[id] && !device_owns[id], not_submitted);
    MUST(value / SIZE == tag[id], wrong_payload);
    in_flight[id] = 0;
    used_next = PLUS(used_next, 1);
    id = 0;
    value = 0
}

#else

inline get_one()
{
    MUST(in_flight[id] && !device_owns[id], not_submitted);
    load(DRIVER, ANSWER(id), value);
    MUST(value == tag[id], wrong_payload);
    in_flight[id] = 0;
    value = 0
}

/* A batch: all up to the one that the entry names. */
inline get_used()
{
    load(DRIVER, USED(used_next), last);
#ifndef WRONG_ONE /* takes an entry to be for one buffer */
    id = used_next % SIZE;
    if
    :: id != last ->
        get_one();
#ifndef WRONG_FREEING /* gets all of a batch, and frees one position */
        used_next = PLUS(used_next, 1)
#endif
    :: else
    fi;
#endif
    id = last;
    get_one();
    used_next = PLUS(used_next, 1);
    last = 0;
    id = 0
}

#endif

inline poll_again() /* the other half of vwr_queue_arm */
{
    ARM_MB(DRIVER);
    load(DRIVER, USED_IDX, value);
    more = POLL_AGAIN(value != used_next);
    value = 0
}

active proctype driver()
{
    bit in_flight[SIZE]; /* added, and not got back */
    bit more;
    byte avail_next, published, used_next, used_idx, id, value;
#ifdef IN_ORDER
    byte last;
#endif

#ifdef INDIRECT
    d_step { begin_with(DESC(0), TABLE_OF(0)); begin_with(DESC(1), TABLE_OF(1)) } /* vwr_queue_bind */
#endif
again:
    do
    :: atomic { used_next != used_idx -> get_used() }
#ifdef PROGRESS
progress:
        skip
#endif
    :: atomic { used_next == used_idx && CAN_ADD -> add() }
    :: atomic { used_next == used_idx && avail_next != published -> kick() }
       atomic { notify() }
    :: atomic {
           used_next == used_idx && avail_next == published && (in_flight[0] || in_flight[1]) ->
           poll_used();
           if
           :: used_next != used_idx -> goto again
           :: else ->
#ifndef WRONG_CLEARING
               interrupt = 0;
#endif
               store(DRIVER, DRIVER_EVENT, SUPPRESSION(USED_EVENT)) /* vwr_queue_arm */
           fi
       }
       atomic {
           poll_again();
           if
           :: more -> more = 0; disable(DRIVER, DRIVER_EVENT); goto again
           :: else
           fi
       }
#ifdef WRONG_CLEARING /* forgets an interrupt that counts */
       interrupt = 0;
#endif
       if
       :: true -> /* sleeps */
           atomic { interrupt -> interrupt = 0; disable(DRIVER, DRIVER_EVENT) }
       :: atomic { CAN_ADD -> add() } /* or has something else to do */
       fi
    od
}

/* The content of the descriptor `id`. */
inline pop_avail()
{
    load(DEVICE, DESC(id), value);
#ifdef INDIRECT
    MUST(value == TABLE_OF(id), wrong_payload);
    load_late(DEVICE, TABLE(TABLE_OF(id) - 1), value);
#endif
    MUST(device_owns[id] && !popped[id], not_submitted);
    MUST(value == tag[id], wrong_payload);
    popped[id] = 1;
    avail_next = PLUS(avail_next, 1);
    id = 0;
    value = 0
}

inline add_used()
{
#ifdef IN_ORDER
    id = used_next % SIZE;
#else
    if
    :: popped[0] -> id = 0
    :: popped[1] -> id = 1
    fi;
#endif
    popped[id] = STILL_POPPED;
    device_owns[id] = 0;
#ifdef IN_ORDER
    store(DEVICE, ANSWER(id), tag[id]);
    if
    :: used_next == published || true -> first = used_next /* a batch begins */
    :: used_next != published
    fi;
#ifdef WRONG_ID /* of the first */
    id = first % SIZE;
#endif
    store(DEVICE, USED(first), id);
#else
    store(DEVICE, USED(used_next), id + SIZE * tag[id]);
#endif
#ifdef WRONG_SKIPPING /* counts entries, not buffers */
    used_next = PLUS(first, 1);
#else
    used_next = PLUS(used_next, 1);
#endif
    id = 0
}

inline publish() /* vwr_vqueue_signal */
{
    SIGNAL_PUBLISH(DEVICE);
    store(DEVICE, USED_IDX, used_next)
}

inline signal() /* the other half */
{
    SIGNAL_MB(DEVICE);
    load(DEVICE, DRIVER_EVENT, value);
    notify_if_needed(AS_SUPPRESSION(value), BEFORE(published, used_next), used_next, interrupt);
    published = used_next;
    value = 0
}

inline poll_avail()
{
    load(DEVICE, AVAIL_IDX, value);
    if
    :: value != avail_next ->
        MUST(FROM_TO(used_next, value) <= SIZE, overrun);
        POP_ACQUIRE(DEVICE);
        avail_idx = value
    :: else
    fi;
    value = 0
}

inline device_poll_again() /* the other half of vwr_vqueue_arm */
{
    DEVICE_ARM_MB(DEVICE);
    load(DEVICE, AVAIL_IDX, value);
    asleep = !DEVICE_POLL_AGAIN(value != avail_next);
    value = 0;
    if
    :: asleep
    :: else -> disable(DEVICE, DEVICE_EVENT)
    fi
}

active proctype device()
{
    bit popped[SIZE]; /* and not used */
    bit asleep;       /* pops nothing; what it has goes on */
    byte avail_next, avail_idx, used_next, published, id, value;
#ifdef IN_ORDER
    byte first; /* of the batch */
#endif

again:
    do
#ifdef IN_ORDER
    :: atomic { avail_next != avail_idx -> id = avail_next % SIZE; pop_avail() }
#else
    :: atomic { avail_next != avail_idx -> load(DEVICE, RING(avail_next), id) }
       atomic { pop_avail() }
#endif
    :: atomic { avail_next == avail_idx && (popped[0] || popped[1]) -> add_used() }
    :: atomic { avail_next == avail_idx && used_next != published -> publish() }
       atomic { signal() }
    :: atomic {
           avail_next == avail_idx && !asleep ->
           poll_avail();
           if
           :: avail_next != avail_idx -> goto again
           :: else ->
               notification = 0;
               store(DEVICE, DEVICE_EVENT, SUPPRESSION(avail_next)) /* vwr_vqueue_arm */
           fi
       }
       atomic { device_poll_again() }
    :: atomic { asleep && notification -> notification = 0; asleep = 0; disable(DEVICE, DEVICE_EVENT) }
    od
}
