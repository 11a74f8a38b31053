/* SPDX-License-Identifier: MIT */
/*
 * The packed ring. Section: Basic Facilities of a Virtio Device / Packed Virtqueues.
 *
 * Driver and device live as they do in split.pml. The ring has three descriptors, request 0 needs
 * one of them and request 1 two, so that chains lie across the end of the ring too. A used
 * descriptor stands where the device has got to, whichever request it is for.
 *
 * -DEVENTS: both sides wish for a descriptor (RING_EVENT_FLAGS_DESC). Without it they enable all.
 *
 * A position is an offset and its wrap counter: 0 to SIZE - 1 with the counter at 1, as both begin,
 * then SIZE to 2 * SIZE - 1 with 0.
 */

#define SIZE 3
#define COUNT (2 * SIZE)
#define IDS 2
#define LENGTH(id) ((id) + 1)

/* Places in memory. Both sides write descriptors; then one event structure of each. */
#define BODY(position) ((position) % SIZE)
#define FLAGS(position) (SIZE + (position) % SIZE)
#define DRIVER_EVENT (2 * SIZE)
#define DEVICE_EVENT (2 * SIZE + 1)
#define PLACES (2 * SIZE + 2)

#include "memory.pml"
#include "ring.pml"

#define WRAP(position) ((position) < SIZE)
#ifdef WRONG_AVAIL_WRAP /* the driver does not toggle its counter for available descriptors */
#define AVAIL_WRAP(position) 1
#else
#define AVAIL_WRAP(position) WRAP(position)
#endif
#ifdef WRONG_USED_WRAP /* for used ones */
#define USED_WRAP(position) 1
#else
#define USED_WRAP(position) WRAP(position)
#endif

/* Flags of a descriptor: AVAIL, USED, NEXT. */
#define AVAILABLE(wrap) (wrap -> 1 : 2)
#define USED(wrap) (wrap -> 3 : 0)
#define NEXT 4
#define IS_AVAILABLE(flags, position) ((flags) % NEXT == AVAILABLE(WRAP(position)))
#define IS_USED(flags, position) ((flags) % NEXT == USED(USED_WRAP(position)))

/* The rest of it: the buffer's id, in the last of a chain, and the tag. */
#define NO_ID IDS
#define ID(body) ((body) % (IDS + 1))
#define TAG(body) ((body) / (IDS + 1))
#define BODY_OF(id, tag) ((id) + (IDS + 1) * (tag))

#ifdef EVENTS
#define WISH(index) EVENT(index)
#else
#define WISH(index) ALL
#endif

bit lent[IDS]; /* by id: to the device */
byte tag[IDS];
byte given_back; /* the position that the device has got to in giving back */

/* One descriptor; the flags of the first of a batch wait for the kick. */
inline describe(body, more)
{
    store(DRIVER, BODY(avail_next), body);
    if
    :: avail_next == published -> first_flags = AVAILABLE(AVAIL_WRAP(avail_next)) + more
    :: else -> store(DRIVER, FLAGS(avail_next), AVAILABLE(AVAIL_WRAP(avail_next)) + more)
    fi;
    avail_next = PLUS(avail_next, 1)
}

inline add()
{
    if
    :: FREE(0) -> id = 0
    :: else -> id = 1
    fi;
    MUST(!lent[id] && FROM_TO(given_back, avail_next) + LENGTH(id) <= SIZE, overrun);
    out[id] = 1;
    lent[id] = 1;
    tag[id] = (tag[id] == 1 -> 2 : 1);
    if
    :: LENGTH(id) == 2 -> describe(BODY_OF(NO_ID, tag[id]), NEXT)
    :: else
    fi;
    describe(BODY_OF(id, tag[id]), 0);
    id = 0
}

inline kick()
{
    KICK_RELEASE(DRIVER);
    store(DRIVER, FLAGS(published), first_flags);
    first_flags = 0
}

inline notify()
{
    KICK_MB(DRIVER);
    load(DRIVER, DEVICE_EVENT, value);
    ring_if_wished(value, BEFORE(published, avail_next), avail_next, notification);
    published = avail_next;
    value = 0
}

inline take()
{
    load(DRIVER, BODY(used_next), value);
    id = ID(value);
    MUST(id != NO_ID && out[id] && !lent[id], not_submitted);
    MUST(TAG(value) == tag[id], wrong_payload);
    out[id] = 0;
    used_next = PLUS(used_next, LENGTH(id));
    id = 0;
    value = 0
}

inline second_look()
{
    ARM_MB(DRIVER);
    load(DRIVER, FLAGS(used_next), flags);
    more = SECOND_LOOK(IS_USED(flags, used_next));
    flags = 0
}

active proctype driver()
{
    bit out[IDS]; /* what the driver has sent and not got back */
    bit more;
    byte avail_next, published, used_next, first_flags, flags, id, value;

again:
    do
    :: atomic { FREE(0) || FREE(1) -> add() }
    :: atomic { avail_next != published -> kick() }
       atomic { notify() }
    :: atomic {
           avail_next == published && used_next != published ->
           load(DRIVER, FLAGS(used_next), flags);
           if
           :: IS_USED(flags, used_next) ->
               flags = 0;
               LOOK_RMB(DRIVER);
               goto used
           :: else ->
               flags = 0;
#ifndef WRONG_CLEARING
               interrupt = 0;
#endif
               store(DRIVER, DRIVER_EVENT, WISH(USED_EVENT))
           fi
       }
       atomic {
           second_look();
           if
           :: more -> more = 0; store(DRIVER, DRIVER_EVENT, NONE); goto again
           :: else
           fi
       }
#ifdef WRONG_CLEARING /* forgets an interrupt that is meant */
       interrupt = 0;
#endif
       if
       :: true -> /* sleeps */
           atomic { interrupt -> interrupt = 0; store(DRIVER, DRIVER_EVENT, NONE) }
       :: atomic { FREE(0) || FREE(1) -> add() } /* or has something else to do */
       fi
    od;
used:
    atomic { take() }
#ifdef PROGRESS
progress:
    skip;
#endif
    goto again
}

inline look_for_work()
{
    load(DEVICE, FLAGS(avail_next), flags);
    if
    :: IS_AVAILABLE(flags, avail_next) -> FETCH_RMB(DEVICE)
    :: else
    fi
}

/* The last of a chain has the id. */
inline fetch_last()
{
    load(DEVICE, BODY(avail_next), value);
    id = ID(value);
    MUST(id != NO_ID && lent[id] && !holds[id], not_submitted);
    MUST(TAG(value) == tag[id] && (first == 0 || TAG(first) == tag[id]), wrong_payload);
    holds[id] = 1;
    avail_next = PLUS(avail_next, 1);
    first = 0;
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
    store(DEVICE, BODY(given_back), BODY_OF(id, tag[id]));
    if
    :: given_back == published -> skip
    :: else -> store(DEVICE, FLAGS(given_back), USED(WRAP(given_back)))
    fi;
    given_back = PLUS(given_back, LENGTH(id));
    id = 0
}

inline publish()
{
    PUBLISH_RELEASE(DEVICE);
    store(DEVICE, FLAGS(published), USED(WRAP(published)))
}

inline signal()
{
    PUBLISH_MB(DEVICE);
    load(DEVICE, DRIVER_EVENT, value);
    ring_if_wished(value, BEFORE(published, given_back), given_back, interrupt);
    published = given_back;
    value = 0
}

inline second_look_for_work()
{
    ENABLE_MB(DEVICE);
    load(DEVICE, FLAGS(avail_next), flags);
    asleep = !SECOND_LOOK_FOR_WORK(IS_AVAILABLE(flags, avail_next));
    flags = 0;
    if
    :: asleep
    :: else -> store(DEVICE, DEVICE_EVENT, NONE)
    fi
}

active proctype device()
{
    bit holds[IDS]; /* fetched and not completed */
    bit asleep;
    byte avail_next, published, flags, id, value, first;

again:
    do
    :: atomic { holds[0] || holds[1] -> complete() }
    :: atomic { given_back != published -> publish() }
       atomic { signal() }
    :: atomic {
           !asleep ->
           look_for_work();
           if
           :: IS_AVAILABLE(flags, avail_next) -> goto available
           :: else ->
               flags = 0;
               notification = 0;
               store(DEVICE, DEVICE_EVENT, WISH(avail_next))
           fi
       }
       atomic { second_look_for_work() }
    :: atomic { asleep && notification -> notification = 0; asleep = 0; store(DEVICE, DEVICE_EVENT, NONE) }
    od;
available:
    if
    :: atomic {
           flags >= NEXT ->
           flags = 0;
           load(DEVICE, BODY(avail_next), first);
           avail_next = PLUS(avail_next, 1)
       }
       atomic {
           load(DEVICE, FLAGS(avail_next), flags);
           MUST(IS_AVAILABLE(flags, avail_next) && flags < NEXT, broken_chain)
       }
    :: else
    fi;
    atomic { flags = 0; fetch_last() }
    goto again
}
