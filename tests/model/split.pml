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
 * With -DEVENT_IDX the wishes are used_event and avail_event, without it they are the two flags.
 * The barriers are macros: -DKICK_WMB=nothing takes one away, -DKICK_MB=wmb makes one weaker.
 * -DWRONG_… are mistakes in the algorithm. Each of them must fail; tests/model/README.md has the list.
 *
 * Steps between two loads are one atomic step: a store can wait in the buffer, so that it was
 * done early changes nothing. What is not memory (interrupt, notification) has steps of its own.
 */

#define SIZE 2
#define INDEXES 4 /* indexes count modulo this: twice the size, as 65536 is for the largest ring */

/* Places in memory; the driver writes those up to AVAIL_WISH, the device the others. */
#define DESC(id) (id)
#define RING(index) (SIZE + (index) % SIZE)
#define AVAIL_IDX (2 * SIZE)
#define AVAIL_WISH (2 * SIZE + 1) /* avail.flags or used_event */
#define USED(index) (2 * SIZE + 2 + (index) % SIZE)
#define USED_IDX (3 * SIZE + 2)
#define USED_WISH (3 * SIZE + 3) /* used.flags or avail_event */
#define PLACES (3 * SIZE + 4)
#include "memory.pml"

/* The driver's barriers, by function of vwr_split.c. */
#ifndef KICK_WMB /* descriptors and entries, then avail.idx */
#define KICK_WMB wmb
#endif
#ifndef KICK_MB /* avail.idx, then the look at the device's wish */
#define KICK_MB mb
#endif
#ifndef LOOK_RMB /* used.idx, then the entries */
#define LOOK_RMB rmb
#endif
#ifndef ARM_MB /* the wish, then the second look at used.idx */
#define ARM_MB mb
#endif
/* The device's. */
#ifndef FETCH_RMB /* avail.idx, then entries and descriptors */
#define FETCH_RMB rmb
#endif
#ifndef PUBLISH_WMB /* used entries, then used.idx */
#define PUBLISH_WMB wmb
#endif
#ifndef PUBLISH_MB /* used.idx, then the look at the driver's wish */
#define PUBLISH_MB mb
#endif
#ifndef ENABLE_MB /* the wish, then the second look at avail.idx */
#define ENABLE_MB mb
#endif

/* Mistakes. */
#ifdef WRONG_USED_EVENT
#define USED_EVENT PLUS_1(used_next)
#else
#define USED_EVENT used_next
#endif
#ifdef WRONG_COMPARISON
#define LESS <=
#else
#define LESS <
#endif
#ifdef WRONG_BATCH /* looks at the last entry of a batch only */
#define BEFORE(published, next) FROM_TO(1, next)
#else
#define BEFORE(published, next) published
#endif
#ifdef WRONG_ARM /* no second look */
#define ARM_SEES_MORE false
#else
#define ARM_SEES_MORE (value != used_next)
#endif
#ifdef WRONG_ENABLE
#define ENABLE_SEES_MORE false
#else
#define ENABLE_SEES_MORE (value != avail_next)
#endif
#ifdef WRONG_ROOM /* believes that there is always some */
#define FREE(id) true
#else
#define FREE(id) (!out[id])
#endif
#ifdef WRONG_GIVING_BACK /* the device completes and forgets that it did */
#define STILL_HELD 1
#else
#define STILL_HELD 0
#endif

/* Properties. What is asserted ends with the property's name, which is never true. */
bit overrun, not_submitted, wrong_payload, not_asked_for;
#define MUST(condition, property) assert((condition) || property)

#define PLUS_1(index) (((index) + 1) % INDEXES)
#define FROM_TO(from, to) (((to) + INDEXES - (from)) % INDEXES)

#ifdef EVENT_IDX
/* As it is computed everywhere; and as the document says it: the entry at `event` was written. */
#define WISHED(event, before, after) (FROM_TO(PLUS_1(event), after) LESS FROM_TO(before, after))
#define ASKED(event, before, after) (FROM_TO(before, event) < FROM_TO(before, after))
#define DRIVER_WISH USED_EVENT
#define DEVICE_WISH avail_next
#else
#define NO 1 /* NO_INTERRUPT, NO_NOTIFY */
#define WISHED(flags, before, after) ((flags) != NO)
#define ASKED(flags, before, after) true
#define DRIVER_WISH 0
#define DEVICE_WISH 0
#endif

inline ring_if_wished(wish, before, after, bell)
{
    if
    :: WISHED(wish, before, after) ->
        MUST(ASKED(wish, before, after), not_asked_for);
        bell = 1
    :: else
    fi
}

/* Interrupts or notifications are not wanted; with EVENT_IDX there is nothing to write. */
inline disable(who, where)
{
#ifdef EVENT_IDX
    skip
#else
    store(who, where, NO)
#endif
}

bit interrupt, notification;
bit lent[SIZE]; /* to the device */
byte tag[SIZE];

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
    avail_next = PLUS_1(avail_next);
    id = 0
}

inline kick() /* vwr_queue_kick, first half */
{
    KICK_WMB(DRIVER);
    store(DRIVER, AVAIL_IDX, avail_next)
}

inline kicked() /* and the other */
{
    KICK_MB(DRIVER);
    load(DRIVER, USED_WISH, value);
    ring_if_wished(value, BEFORE(published, avail_next), avail_next, notification);
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

inline take() /* vwr_queue_take, after a look */
{
    load(DRIVER, USED(used_next), value);
    id = value % SIZE;
    MUST(out[id] && !lent[id], not_submitted);
    MUST(value / SIZE == tag[id], wrong_payload);
    out[id] = 0;
    used_next = PLUS_1(used_next);
    id = 0;
    value = 0
}

inline armed()
{
    ARM_MB(DRIVER);
    load(DRIVER, USED_IDX, value);
    more = ARM_SEES_MORE;
    value = 0
}

active proctype driver()
{
    bit out[SIZE]; /* what the driver has sent and not got back */
    bit more;
    byte avail_next, published, used_next, used_seen, id, value;

again:
    do
    :: atomic { used_next == used_seen && (FREE(0) || FREE(1)) -> add() }
    :: atomic { used_next == used_seen && avail_next != published -> kick() }
        atomic { kicked() }
    :: atomic { used_next != used_seen -> take() }
#ifdef PROGRESS
progress:
        skip
#endif
    :: atomic {
           avail_next == published && used_next == used_seen && (out[0] || out[1]) ->
           look();
           if
           :: used_next != used_seen -> goto again
           :: else ->
#ifndef WRONG_CLEARING
               interrupt = 0;
#endif
               store(DRIVER, AVAIL_WISH, DRIVER_WISH)
           fi
       }
       atomic {
           armed();
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

inline fetch() /* after a look, and `id` from the entry */
{
    load(DEVICE, DESC(id), value);
    MUST(lent[id] && !holds[id], not_submitted);
    MUST(value == tag[id], wrong_payload);
    holds[id] = 1;
    avail_next = PLUS_1(avail_next);
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
    used_next = PLUS_1(used_next);
    id = 0
}

inline publish()
{
    PUBLISH_WMB(DEVICE);
    store(DEVICE, USED_IDX, used_next)
}

inline published_() {
    PUBLISH_MB(DEVICE);
    load(DEVICE, AVAIL_WISH, value);
    ring_if_wished(value, BEFORE(published, used_next), used_next, interrupt);
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

inline enable()
{
    ENABLE_MB(DEVICE);
    load(DEVICE, AVAIL_IDX, value);
    asleep = !(ENABLE_SEES_MORE);
    value = 0;
    if
    :: asleep
    :: else -> disable(DEVICE, USED_WISH)
    fi
}

active proctype device()
{
    bit holds[SIZE]; /* fetched and not completed */
    bit asleep;
    byte avail_next, avail_seen, used_next, published, id, value;

again:
    do
    :: atomic { avail_next != avail_seen -> load(DEVICE, RING(avail_next), id) }
        atomic { fetch() }
    :: atomic { avail_next == avail_seen && (holds[0] || holds[1]) -> complete() }
    :: atomic { avail_next == avail_seen && used_next != published -> publish() }
        atomic { published_() }
    :: atomic {
           !asleep && avail_next == avail_seen -> 
           look_for_work();
           if
           :: avail_next != avail_seen -> goto again
           :: else ->
               notification = 0;
               store(DEVICE, USED_WISH, DEVICE_WISH)
           fi
       }
       atomic { enable() }
    :: atomic { asleep && notification -> notification = 0; asleep = 0; disable(DEVICE, USED_WISH) }
    od
}
