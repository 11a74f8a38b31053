/* SPDX-License-Identifier: MIT */
/*
 * What the models of both rings share: barriers, mistakes, properties, and when to ring the bell.
 * The including file defines COUNT: indexes count modulo this.
 *
 * -DKICK_RELEASE=nothing takes a barrier away, -DKICK_MB=wmb makes one weaker, -DWRONG_… is a mistake
 * in the algorithm. Each of them must fail: cases.txt has them all.
 */

/* The driver's barriers, named like the functions of runtime/driver/vwr_split.c. */
#ifndef KICK_RELEASE /* what was written of a batch, then what makes it the device's */
#define KICK_RELEASE release
#endif
#ifndef KICK_MB /* that, then the look at the device's wish */
#define KICK_MB mb
#endif
#ifndef LOOK_RMB /* what says that something was used, then what was used */
#define LOOK_RMB rmb
#endif
#ifndef ARM_MB /* the driver's wish, then the second look */
#define ARM_MB mb
#endif

/* The device's. */
#ifndef FETCH_RMB /* what says that something is available, then that */
#define FETCH_RMB rmb
#endif
#ifndef PUBLISH_RELEASE /* what was written of a batch, then what makes it the driver's */
#define PUBLISH_RELEASE release
#endif
#ifndef PUBLISH_MB /* that, then the look at the driver's wish */
#define PUBLISH_MB mb
#endif
#ifndef ENABLE_MB /* the device's wish, then the second look */
#define ENABLE_MB mb
#endif

/* Mistakes. */
#ifdef WRONG_USED_EVENT /* wishes for one too late */
#define USED_EVENT PLUS(used_next, 1)
#elif defined(WRONG_EVENT_WRAP) /* of the packed ring: the wrap counter is left out of the wish */
#define USED_EVENT (used_next % SIZE)
#else
#define USED_EVENT used_next
#endif
#ifdef WRONG_COMPARISON
#define LESS <=
#else
#define LESS <
#endif
#ifdef WRONG_BATCH /* looks at the last of a batch only */
#define BEFORE(published, next) FROM_TO(1, next)
#else
#define BEFORE(published, next) published
#endif
#ifdef WRONG_ARM /* the driver sleeps without a second look */
#define SECOND_LOOK(sees_more) false
#else
#define SECOND_LOOK(sees_more) (sees_more)
#endif
#ifdef WRONG_ENABLE /* the device does */
#define SECOND_LOOK_FOR_WORK(sees_more) false
#else
#define SECOND_LOOK_FOR_WORK(sees_more) (sees_more)
#endif
#ifdef WRONG_ROOM /* the driver believes that there is always some */
#define FREE(id) true
#else
#define FREE(id) (!out[id])
#endif
#ifdef WRONG_GIVING_BACK /* the device completes and forgets that it did */
#define STILL_HELD 1
#else
#define STILL_HELD 0
#endif

/*
 * Properties: what is asserted ends with the name of the property, a variable that is never true.
 * A lost wake-up is a state without a next step.
 */
bit overrun;       /* written where the other side still reads, or more lent than the ring holds */
bit not_submitted; /* fetched or completed though it was not sent, or a second time */
bit wrong_payload; /* not what the other side wrote */
bit broken_chain;  /* of the packed ring: the device sees a part of a chain */
bit not_asked_for; /* an interrupt or a notification that the other side did not wish for */
#define MUST(condition, property) assert((condition) || property)

#define PLUS(index, distance) (((index) + (distance)) % COUNT)
#define FROM_TO(from, to) (((to) + COUNT - (from)) % COUNT)

/* Has `event` been written on the way from before to after? As it is computed; and as the document says it. */
#define REACHED(event, before, after) (FROM_TO(PLUS(event, 1), after) LESS FROM_TO(before, after))
#define ASKED(event, before, after) (FROM_TO(before, event) < FROM_TO(before, after))

/* Wishes: one of these two, or else an index. */
#define ALL 0  /* flags 0; ENABLE */
#define NONE 1 /* NO_INTERRUPT, NO_NOTIFY; DISABLE */
#define EVENT(index) (2 + (index))

bit interrupt, notification;

inline ring_if_wished(wish, before, after, bell)
{
    if
    :: wish == ALL -> bell = 1
#ifdef EVENTS
    :: wish >= EVENT(0) && REACHED(wish - EVENT(0), before, after) ->
        MUST(ASKED(wish - EVENT(0), before, after), not_asked_for);
        bell = 1
#endif
    :: else
    fi
}
