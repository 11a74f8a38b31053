/* SPDX-License-Identifier: MIT */
/*
 * What the models of both rings share: barriers, mistakes, properties, and when to notify.
 * The including file defines COUNT: indexes count modulo this.
 *
 * -DKICK_PUBLISH=nothing takes a barrier away, -DKICK_MB=wmb makes one weaker, -DWRONG_… is a mistake
 * in the algorithm. Each of them must fail: cases.txt has them all.
 */

/*
 * The driver's barriers: vwr_ring_publish16, vwr_ring_acquire and vwr_ring_mb of vwr/ring.h, named by the
 * calls of vwr/queue.h that they belong to.
 */
#ifndef KICK_PUBLISH /* what was written or loaded of a batch, then what makes it available */
#define KICK_PUBLISH release
#endif
#ifndef KICK_MB /* that, then the load of the device's suppression */
#define KICK_MB mb
#endif
#ifndef GET_USED_ACQUIRE /* what says that a buffer was used, then the used entry and the buffer */
#define GET_USED_ACQUIRE rmb
#endif
#ifndef ARM_MB /* the driver's suppression, then the last poll */
#define ARM_MB mb
#endif

/* The device's: vwr_vqueue_pop_avail, vwr_vqueue_signal, vwr_vqueue_arm. */
#ifndef POP_ACQUIRE /* what says that a buffer is available, then its descriptors */
#define POP_ACQUIRE rmb
#endif
#ifndef SIGNAL_PUBLISH /* what was written or loaded of a batch, then what makes it used */
#define SIGNAL_PUBLISH release
#endif
#ifndef SIGNAL_MB /* that, then the load of the driver's suppression */
#define SIGNAL_MB mb
#endif
#ifndef DEVICE_ARM_MB /* the device's suppression, then the last poll */
#define DEVICE_ARM_MB mb
#endif

/* Mistakes. */
#ifdef WRONG_USED_EVENT /* asks for an event one too late */
#define USED_EVENT PLUS(used_next, 1)
#elif defined(WRONG_EVENT_WRAP) /* of the packed ring: the wrap counter is left out */
#define USED_EVENT (used_next % SIZE)
#else
#define USED_EVENT used_next
#endif
#ifdef WRONG_COMPARISON
#define LESS <=
#else
#define LESS <
#endif
#ifdef WRONG_BATCH /* compares the last of a batch only */
#define BEFORE(published, next) FROM_TO(1, next)
#else
#define BEFORE(published, next) published
#endif
#ifdef WRONG_ARM /* the driver sleeps without another poll */
#define POLL_AGAIN(found) false
#else
#define POLL_AGAIN(found) (found)
#endif
#ifdef WRONG_DEVICE_ARM /* the device does */
#define DEVICE_POLL_AGAIN(found) false
#else
#define DEVICE_POLL_AGAIN(found) (found)
#endif
#ifdef WRONG_FREE /* the driver takes every descriptor to be free */
#define FREE(id) true
#else
#define FREE(id) (!in_flight[id])
#endif
#ifdef WRONG_TABLE /* all requests share one table */
#define TABLE_OF(id) 1
#else /* a table's number, from 1 on */
#define TABLE_OF(id) ((id) + 1)
#endif
#ifdef WRONG_ADD_USED /* the device completes and forgets that it did */
#define STILL_POPPED 1
#else
#define STILL_POPPED 0
#endif

/*
 * Properties: what is asserted ends with the name of the property, a variable that is never true.
 * A lost wake-up is a state without a next step.
 */
bit overrun;       /* written where the other side still reads, or more made available than the ring has */
bit not_submitted; /* popped or used though it is not available, or a second time */
bit wrong_payload; /* not what the other side wrote */
bit broken_chain;  /* of the packed ring: the device sees a part of a chain */
bit suppressed; /* an interrupt or a notification that the other side suppressed */
#define MUST(condition, property) assert((condition) || property)

#define PLUS(index, distance) (((index) + (distance)) % COUNT)
#define FROM_TO(from, to) (((to) + COUNT - (from)) % COUNT)

/* Has `event` been written between before and after? As it is computed; and as the specification says it. */
#define REACHED(event, before, after) (FROM_TO(PLUS(event, 1), after) LESS FROM_TO(before, after))
#define EXPECTED(event, before, after) (FROM_TO(before, event) < FROM_TO(before, after))

/* Event suppression: one of these two, or else an index. */
#define ALL 0  /* flags 0; ENABLE */
#define NONE 1 /* NO_INTERRUPT, NO_NOTIFY; DISABLE */
#define EVENT(index) (2 + (index))

bit interrupt, notification;

inline notify_if_needed(suppression, before, after, event)
{
    if
    :: suppression == ALL -> event = 1
#ifdef EVENTS
    :: suppression >= EVENT(0) && REACHED(suppression - EVENT(0), before, after) ->
        MUST(EXPECTED(suppression - EVENT(0), before, after), suppressed);
        event = 1
#endif
    :: else
    fi
}
