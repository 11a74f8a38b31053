/* SPDX-License-Identifier: MIT */
/*
 * The packed ring: driver as in runtime/driver, device as the specification demands of one.
 * Section: Basic Facilities of a Virtio Device / Packed Virtqueues.
 *
 * Driver and device live as they do in split.pml. The ring has three descriptors, request 0 needs
 * one of them and request 1 two, so that chains lie across the end of the ring too. A used
 * descriptor stands where the device has got to, whichever request it is for.
 *
 * -DEVENTS: both sides ask for an event at a descriptor (RING_EVENT_FLAGS_DESC). Without it they enable all.
 *
 * -DINDIRECT: the ring has two descriptors, and each request takes one, which points at a table; the tag is
 * in the table. The device may load a table late.
 *
 * -DIN_ORDER: ids 0 and 1 follow each other, and a request needs one descriptor and two alternately. The
 * device uses requests in that order. One used descriptor is enough for a batch of them: it stands where
 * that of the first would be, has the id of the last, and the device skips the descriptors of all. The tag
 * comes back in the buffer, which the device writes.
 *
 * A position is an offset and its wrap counter: 0 to SIZE - 1 with the counter at 1, as both begin,
 * then SIZE to 2 * SIZE - 1 with 0.
 */

#define IDS 2
#ifdef INDIRECT
#define SIZE 2
#define LENGTH(id) 1
#else
#define SIZE 3
#ifdef IN_ORDER
#define LENGTH(id) tag[id]
#else
#define LENGTH(id) ((id) + 1)
#endif
#endif
#define COUNT (2 * SIZE)

/* Locations in memory. Both sides write descriptors; then one event structure of each. */
#define BODY(position) ((position) % SIZE)
#define FLAGS(position) (SIZE + (position) % SIZE)
#define DRIVER_EVENT (2 * SIZE)
#define DEVICE_EVENT (2 * SIZE + 1)
#define ANSWER(id) (2 * SIZE + 2 + (id)) /* in order: the buffer that the device writes */
#ifdef IN_ORDER
#define TABLE(id) (2 * SIZE + 2 + IDS + (id))
#else
#define TABLE(id) (2 * SIZE + 2 + (id))
#endif
#ifdef INDIRECT
#define LOCATIONS TABLE(IDS)
#else
#define LOCATIONS TABLE(0)
#endif

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

/* The rest of it: the buffer's id, in the last of a chain, and the tag, or the table. */
#define NO_ID IDS
#define ID(body) ((body) % (IDS + 1))
#define TAG(body) ((body) / (IDS + 1))
#define BODY_OF(id, tag) ((id) + (IDS + 1) * (tag))
#ifdef INDIRECT
#define CONTENT(id) TABLE_OF(id)
#else
#define CONTENT(id) tag[id]
#endif

#ifdef EVENTS
#define SUPPRESSION(index) EVENT(index)
#else
#define SUPPRESSION(index) ALL
#endif

/* In order the next id is known, and how many descriptors it needs; otherwise there are enough for all. */
#ifdef IN_ORDER
#define OTHER(id) (1 - (id))
#define NEXT_LENGTH (tag[avail_id] == 1 && !ALWAYS_ONE -> 2 : 1)
#define CAN_ADD (FREE(avail_id) && FROM_TO(used_next, avail_next) + NEXT_LENGTH <= SIZE)
#else
#define CAN_ADD (FREE(0) || FREE(1))
#endif
#ifdef INDIRECT
#define ALWAYS_ONE true
#else
#define ALWAYS_ONE false
#endif

bit device_owns[IDS];
byte tag[IDS];
byte device_used; /* the position that the device has got to with used descriptors */

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

inline write_table()
{
    MUST(!IS_READ_LATE(DRIVER, TABLE(TABLE_OF(id) - 1)), wrong_payload);
    store(DRIVER, TABLE(TABLE_OF(id) - 1), tag[id])
}

inline add() /* vwr_queue_add, vwr_queue_post */
{
#ifdef IN_ORDER
    id = avail_id;
    avail_id = OTHER(avail_id);
#else
    if
    :: FREE(0) -> id = 0
    :: else -> id = 1
    fi;
#endif
    in_flight[id] = 1;
    tag[id] = (tag[id] == 1 -> 2 : 1);
    MUST(!device_owns[id] && FROM_TO(device_used, avail_next) + LENGTH(id) <= SIZE, overrun);
    device_owns[id] = 1;
#ifdef INDIRECT
#ifdef WRONG_POST
    last_added = id;
#else
    write_table();
#endif
#else
    if
    :: LENGTH(id) == 2 -> describe(BODY_OF(NO_ID, tag[id]), NEXT)
    :: else
    fi;
#endif
    describe(BODY_OF(id, CONTENT(id)), 0);
    id = 0
}

inline kick() /* vwr_queue_kick */
{
    KICK_PUBLISH(DRIVER);
    store(DRIVER, FLAGS(published), first_flags);
    first_flags = 0
#ifdef WRONG_POST /* writes the last table when it is available already */
    ;
    id = last_added;
    write_table();
    id = 0
#endif
}

inline notify() /* the other half of vwr_queue_kick */
{
    KICK_MB(DRIVER);
    load(DRIVER, DEVICE_EVENT, value);
    notify_if_needed(value, BEFORE(published, avail_next), avail_next, notification);
    published = avail_next;
    value = 0
}

#ifndef IN_ORDER

inline get_used() /* vwr_queue_get_used, vwr_queue_reap */
{
    load(DRIVER, BODY(used_next), value);
    id = ID(value);
    MUST(id != NO_ID && in_flight[id] && !device_owns[id], not_submitted);
    MUST(TAG(value) == tag[id], wrong_payload);
    in_flight[id] = 0;
    used_next = PLUS(used_next, LENGTH(id));
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

/* A batch: all up to the one that the descriptor names. */
inline get_used()
{
    load(DRIVER, BODY(used_next), value);
    last = ID(value);
    value = 0;
    MUST(last != NO_ID, not_submitted);
#ifndef WRONG_ONE /* takes a used descriptor to be for one buffer */
    if
    :: used_id != last ->
        id = used_id;
        get_one();
#ifndef WRONG_FREEING /* gets all of a batch, and frees the descriptors of the last */
        used_next = PLUS(used_next, LENGTH(id))
#endif
    :: else
    fi;
#endif
    id = last;
    get_one();
    used_next = PLUS(used_next, LENGTH(id));
    used_id = OTHER(last);
    last = 0;
    id = 0
}

#endif

inline poll_again() /* the other half of vwr_queue_arm */
{
    ARM_MB(DRIVER);
    load(DRIVER, FLAGS(used_next), flags);
    more = POLL_AGAIN(IS_USED(flags, used_next));
    flags = 0
}

active proctype driver()
{
    bit in_flight[IDS]; /* added, and not got back */
    bit more;
    byte avail_next, published, used_next, first_flags, flags, id, value;
#ifdef IN_ORDER
    bit avail_id, used_id; /* the next one's */
    byte last;
#endif
#ifdef WRONG_POST
    bit last_added;
#endif

again:
    do
    :: atomic { CAN_ADD -> add() }
    :: atomic { avail_next != published -> kick() }
       atomic { notify() }
    :: atomic {
           avail_next == published && used_next != published ->
           load(DRIVER, FLAGS(used_next), flags);
           if
           :: IS_USED(flags, used_next) ->
               flags = 0;
               GET_USED_ACQUIRE(DRIVER);
               goto used
           :: else ->
               flags = 0;
#ifndef WRONG_CLEARING
               interrupt = 0;
#endif
               store(DRIVER, DRIVER_EVENT, SUPPRESSION(USED_EVENT)) /* vwr_queue_arm */
           fi
       }
       atomic {
           poll_again();
           if
           :: more -> more = 0; store(DRIVER, DRIVER_EVENT, NONE); goto again
           :: else
           fi
       }
#ifdef WRONG_CLEARING /* forgets an interrupt that counts */
       interrupt = 0;
#endif
       if
       :: true -> /* sleeps */
           atomic { interrupt -> interrupt = 0; store(DRIVER, DRIVER_EVENT, NONE) }
       :: atomic { CAN_ADD -> add() } /* or has something else to do */
       fi
    od;
used:
    atomic { get_used() }
#ifdef PROGRESS
progress:
    skip;
#endif
    goto again
}

inline poll_avail()
{
    load(DEVICE, FLAGS(avail_next), flags);
    if
    :: IS_AVAILABLE(flags, avail_next) -> POP_ACQUIRE(DEVICE)
    :: else
    fi
}

/* The last of a chain has the id. */
inline pop_last()
{
    load(DEVICE, BODY(avail_next), value);
    id = ID(value);
    MUST(id != NO_ID && device_owns[id] && !popped[id], not_submitted);
#ifdef INDIRECT
    MUST(TAG(value) == TABLE_OF(id), wrong_payload);
    load_late(DEVICE, TABLE(TABLE_OF(id) - 1), value);
    MUST(value == tag[id], wrong_payload);
#else
    MUST(TAG(value) == tag[id] && (first == 0 || TAG(first) == tag[id]), wrong_payload);
    first = 0;
#endif
    popped[id] = 1;
    avail_next = PLUS(avail_next, 1);
    id = 0;
    value = 0
}

/* A used descriptor; the flags of the first of a batch wait for the signal. */
inline write_used(position, buffer)
{
    store(DEVICE, BODY(position), BODY_OF(buffer, tag[buffer]));
    if
    :: position == published
    :: else -> store(DEVICE, FLAGS(position), USED(WRAP(position)))
    fi
}

#ifndef IN_ORDER

inline add_used()
{
    if
    :: popped[0] -> id = 0
    :: popped[1] -> id = 1
    fi;
    popped[id] = STILL_POPPED;
    device_owns[id] = 0;
    write_used(device_used, id);
    device_used = PLUS(device_used, LENGTH(id));
    id = 0
}

#else

inline add_used()
{
    id = device_id;
    device_id = OTHER(device_id);
    popped[id] = STILL_POPPED;
    device_owns[id] = 0;
    store(DEVICE, ANSWER(id), tag[id]);
    if
    :: device_used == published || true -> batch = device_used /* one begins */
    :: device_used != published
    fi;
#ifdef WRONG_ID /* of the first */
    value = (batch == device_used -> id : OTHER(id));
    write_used(batch, value);
    value = 0;
#else
    write_used(batch, id);
#endif
#ifdef WRONG_SKIPPING /* counts used descriptors */
    device_used = PLUS(batch, LENGTH(id));
#else
    device_used = PLUS(device_used, LENGTH(id));
#endif
    id = 0
}

#endif

inline publish() /* vwr_vqueue_signal */
{
    SIGNAL_PUBLISH(DEVICE);
    store(DEVICE, FLAGS(published), USED(WRAP(published)))
}

inline signal() /* the other half */
{
    SIGNAL_MB(DEVICE);
    load(DEVICE, DRIVER_EVENT, value);
    notify_if_needed(value, BEFORE(published, device_used), device_used, interrupt);
    published = device_used;
    value = 0
}

inline device_poll_again() /* the other half of vwr_vqueue_arm */
{
    DEVICE_ARM_MB(DEVICE);
    load(DEVICE, FLAGS(avail_next), flags);
    asleep = !DEVICE_POLL_AGAIN(IS_AVAILABLE(flags, avail_next));
    flags = 0;
    if
    :: asleep
    :: else -> store(DEVICE, DEVICE_EVENT, NONE)
    fi
}

active proctype device()
{
    bit popped[IDS]; /* and not used */
    bit asleep;      /* pops nothing; what it has goes on */
    byte avail_next, published, flags, id, value, first;
#ifdef IN_ORDER
    bit device_id; /* the next one's */
    byte batch;    /* where its used descriptor stands */
#endif

again:
    do
    :: atomic { popped[0] || popped[1] -> add_used() }
    :: atomic { device_used != published -> publish() }
       atomic { signal() }
    :: atomic {
           !asleep ->
           poll_avail();
           if
           :: IS_AVAILABLE(flags, avail_next) -> goto available
           :: else ->
               flags = 0;
               notification = 0;
               store(DEVICE, DEVICE_EVENT, SUPPRESSION(avail_next)) /* vwr_vqueue_arm */
           fi
       }
       atomic { device_poll_again() }
    :: atomic { asleep && notification -> notification = 0; asleep = 0; store(DEVICE, DEVICE_EVENT, NONE) }
    od;
available:
#ifndef INDIRECT
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
#endif
    atomic { flags = 0; pop_last() }
    goto again
}
