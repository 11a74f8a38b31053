/* SPDX-License-Identifier: MIT */
/*
 * The split ring: driver as in runtime/driver/vwr_split.c, device as the document asks of one.
 * Section: Basic Facilities of a Virtio Device / Split Virtqueues.
 *
 * The driver adds requests without end, publishes them in batches, takes back what was used, and
 * when there is nothing to take it asks for an interrupt and sleeps. The device holds requests as
 * long as it likes, completes them in any order, publishes them in batches, and when there is
 * nothing to fetch it asks for a notification and fetches no more until one comes. A request is
 * one descriptor; its content is a tag that alternates, and comes back in the used entry.
 *
 * -DEVENTS: the wishes are used_event and avail_event (EVENT_IDX). Without it they are the two flags.
 *
 * A process goes from one load, or from one mb, to the next in one atomic step. What it stores
 * between them could wait in its buffer as well, so it changes nothing that it is done early.
 */

#define SIZE 2
#define COUNT 4 /* twice the size, as 65536 is for the largest ring */

/* Places in memory: the driver writes those up to AVAIL_WISH, the device the others. */
#define DESC(id) (id)
#define RING(index) (SIZE + (index) % SIZE)
#define AVAIL_IDX (2 * SIZE)
#define AVAIL_WISH (2 * SIZE + 1) /* avail.flags or used_event */
#define USED(index) (2 * SIZE + 2 + (index) % SIZE)
#define USED_IDX (3 * SIZE + 2)
#define USED_WISH (3 * SIZE + 3) /* used.flags or avail_event */
#define PLACES (3 * SIZE + 4)

#include "memory.pml"
#include "ring.pml"

/* What a side writes as its wish, and what the other understands. */
#ifdef EVENTS
#define WISH(index) index
#define UNDERSTOOD(value) EVENT(value)
#else
#define WISH(index) ALL
#define UNDERSTOOD(value) value
#endif

bit lent[SIZE]; /* to the device */
byte tag[SIZE];

/* Interrupts or notifications are not wanted; with EVENT_IDX there is nothing to write. */
inline disable(who, where)
{
#ifndef EVENTS
    store(who, where, NONE)
#else
    skip
#endif
}

inline add() /* vwr_queue_add */
{
    if
    :: FREE(0) -> id = 0
    :: else -> id = 1
    fi;
    MUST(!lent[id], overrun);
    out[id] = 1;
    lent[id] = 1;
    tag[id] = (tag[id] == 1 -> 2 : 1);
    store(DRIVER, DESC(id), tag[id]);
    store(DRIVER, RING(avail_next), id);
    avail_next = PLUS(avail_next, 1);
    id = 0
}

inline kick() /* vwr_queue_kick */
{
    KICK_RELEASE(DRIVER);
    store(DRIVER, AVAIL_IDX, avail_next)
}

inline notify() /* the other half of vwr_queue_kick */
{
    KICK_MB(DRIVER);
    load(DRIVER, USED_WISH, value);
    ring_if_wished(UNDERSTOOD(value), BEFORE(published, avail_next), avail_next, notification);
    published = avail_next;
    value = 0
}

inline look() /* vwr_queue_look */
{
    load(DRIVER, USED_IDX, value);
    if
    :: value != used_next ->
        LOOK_RMB(DRIVER);
        used_seen = value
    :: else
    fi;
    value = 0
}

inline take() /* vwr_queue_get_used, after the look */
{
    load(DRIVER, USED(used_next), value);
    id = value % SIZE;
    MUST(out[id] && !lent[id], not_submitted);
    MUST(value / SIZE == tag[id], wrong_payload);
    out[id] = 0;
    used_next = PLUS(used_next, 1);
    id = 0;
    value = 0
}

inline second_look() /* the other half of vwr_queue_arm */
{
    ARM_MB(DRIVER);
    load(DRIVER, USED_IDX, value);
    more = SECOND_LOOK(value != used_next);
    value = 0
}

active proctype driver()
{
    bit out[SIZE]; /* what the driver has sent and not got back */
    bit more;
    byte avail_next, published, used_next, used_seen, id, value; /* as in struct vwr_queue */

again:
    do
    :: atomic { used_next != used_seen -> take() }
#ifdef PROGRESS
progress:
        skip
#endif
    :: atomic { used_next == used_seen && (FREE(0) || FREE(1)) -> add() }
    :: atomic { used_next == used_seen && avail_next != published -> kick() }
       atomic { notify() }
    :: atomic {
           used_next == used_seen && avail_next == published && (out[0] || out[1]) ->
           look();
           if
           :: used_next != used_seen -> goto again
           :: else ->
#ifndef WRONG_CLEARING
               interrupt = 0;
#endif
               store(DRIVER, AVAIL_WISH, WISH(USED_EVENT)) /* vwr_queue_arm */
           fi
       }
       atomic {
           second_look();
           if
           :: more -> more = 0; disable(DRIVER, AVAIL_WISH); goto again
           :: else
           fi
       }
#ifdef WRONG_CLEARING /* forgets an interrupt that is meant */
       interrupt = 0;
#endif
       if
       :: true -> /* sleeps */
           atomic { interrupt -> interrupt = 0; disable(DRIVER, AVAIL_WISH) }
       :: atomic { FREE(0) || FREE(1) -> add() } /* or has something else to do */
       fi
    od
}

inline fetch() /* after the look, and the entry */
{
    load(DEVICE, DESC(id), value);
    MUST(lent[id] && !holds[id], not_submitted);
    MUST(value == tag[id], wrong_payload);
    holds[id] = 1;
    avail_next = PLUS(avail_next, 1);
    id = 0;
    value = 0
}

inline complete()
{
    if
    :: holds[0] -> id = 0
    :: holds[1] -> id = 1
    fi;
    holds[id] = STILL_HELD;
    lent[id] = 0;
    store(DEVICE, USED(used_next), id + SIZE * tag[id]);
    used_next = PLUS(used_next, 1);
    id = 0
}

inline publish()
{
    PUBLISH_RELEASE(DEVICE);
    store(DEVICE, USED_IDX, used_next)
}

inline signal() /* the other half of publish */
{
    PUBLISH_MB(DEVICE);
    load(DEVICE, AVAIL_WISH, value);
    ring_if_wished(UNDERSTOOD(value), BEFORE(published, used_next), used_next, interrupt);
    published = used_next;
    value = 0
}

inline look_for_work()
{
    load(DEVICE, AVAIL_IDX, value);
    if
    :: value != avail_next ->
        MUST(FROM_TO(used_next, value) <= SIZE, overrun);
        FETCH_RMB(DEVICE);
        avail_seen = value
    :: else
    fi;
    value = 0
}

inline second_look_for_work()
{
    ENABLE_MB(DEVICE);
    load(DEVICE, AVAIL_IDX, value);
    asleep = !SECOND_LOOK_FOR_WORK(value != avail_next);
    value = 0;
    if
    :: asleep
    :: else -> disable(DEVICE, USED_WISH)
    fi
}

active proctype device()
{
    bit holds[SIZE]; /* fetched and not completed */
    bit asleep;      /* fetches nothing; what it holds goes on */
    byte avail_next, avail_seen, used_next, published, id, value;

again:
    do
    :: atomic { avail_next != avail_seen -> load(DEVICE, RING(avail_next), id) }
       atomic { fetch() }
    :: atomic { avail_next == avail_seen && (holds[0] || holds[1]) -> complete() }
    :: atomic { avail_next == avail_seen && used_next != published -> publish() }
       atomic { signal() }
    :: atomic {
           avail_next == avail_seen && !asleep ->
           look_for_work();
           if
           :: avail_next != avail_seen -> goto again
           :: else ->
               notification = 0;
               store(DEVICE, USED_WISH, WISH(avail_next))
           fi
       }
       atomic { second_look_for_work() }
    :: atomic { asleep && notification -> notification = 0; asleep = 0; disable(DEVICE, USED_WISH) }
    od
}
