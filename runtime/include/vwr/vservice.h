/* SPDX-License-Identifier: MIT */
#ifndef VWR_VSERVICE_H
#define VWR_VSERVICE_H

#include "vwr/arithmetic.h"
#include "vwr/bytes.h"
#include "vwr/vdev.h"
#include "vwr/vstream.h"

VWR_BEGIN_C

/*
 * The messages that a device gets: what the generated services, vwr/service/gpu.h and so on, have in common.
 * A service takes a descriptor chain, copies what selects the message and then the rest of its fixed form,
 * each byte once, checks the feature, both lengths, and the values that the description limits, and calls the
 * function that the VMM has put into the table of calls; NULL there is the answer of an unknown message. Data
 * of a message are not copied: the function reads and writes them with the two calls below.
 *
 * What a function of the table answers:
 *   VWR_OK      the message is done: the status is its own for success
 *   > 0         another status of the specification
 *   VWR_LATER   the function keeps the message, and it is answered later, by the same thread or another: with
 * a ticket that the function has taken, vwr_vmessage_ticket negative    the answer of an unknown message
 *
 * Context, if a call does not say otherwise: with the device's lock, as a function of the table is called.
 * Nothing waits. Loops: over the segments of one chain, the rows of a table, and the messages of a queue.
 * Context, stack and loops of each call: docs/contexts.md.
 */

/* Not the specification's, of these three: */
#define VWR_SERVICE_SELECT 64u /* bytes in which all stands that selects a message */
#define VWR_SERVICE_SELECTS 3u
#define VWR_SERVICE_OPEN 64u /* bytes of an array of the configuration that has no fixed length */

struct vwr_service;
struct vwr_vmessage;

/* Some bits of what the driver writes first. */
struct vwr_service_select {
    uint16_t at;
    uint8_t bytes; /* 1, 2, 4 */
    uint8_t shift;
    bool big;      /* the number is big-endian */
    uint32_t mask; /* after the shift */
};

#define VWR_SERVICE_MORE_OUT 1u   /* data of the driver's follow */
#define VWR_SERVICE_MORE_IN 2u    /* the device writes data */
#define VWR_SERVICE_SILENT 4u     /* no status refuses it: it comes back with 0 bytes */
#define VWR_SERVICE_MAY_ANSWER 8u /* a driver may leave no room for the answer: then it comes back so too */

/* A message, constant. */
struct vwr_service_row {
    uint32_t value[VWR_SERVICE_SELECTS];
    uint8_t any[3];       /* it is there with any of these features; VWR_FEATURE_NONE in the first: always */
    uint8_t also;         /* and with this one, or VWR_FEATURE_NONE */
    uint8_t unless[3];    /* and with none of these */
    uint16_t out;         /* bytes of its fixed form */
    uint16_t first;       /* that the device writes before data */
    uint16_t last;        /* and behind them */
    uint16_t status_at;   /* of `first` and `last` together */
    uint8_t status_bytes; /* 0: there is none, or its function writes it as data */
    uint8_t selects;      /* so many of the queue's select it; none: it differs from others in who writes */
    uint8_t flags;
    uint32_t ok;
    uint32_t refuse;            /* of a function that is not there, and of a feature that is not */
    struct vwr_counted counted; /* what the answer says of its data: as many as the function has written */
    /* Decodes, checks, and calls: what the function answers. `out` is its fixed form. */
    int (*call)(struct vwr_service *s, struct vwr_vmessage *x, const void *out);
};

/* What comes through a queue, constant. */
struct vwr_service_queue {
    const struct vwr_service_row *rows;
    uint16_t count;
    uint8_t selects;
    uint8_t status_bytes; /* 0: there is none */
    bool status_big;
    struct vwr_service_select select[VWR_SERVICE_SELECTS];
    uint16_t select_end; /* these bytes are looked at */
    uint16_t first;      /* of a message that is not known, as in its row */
    uint16_t last;
    uint16_t status_at;
    bool silent; /* as VWR_SERVICE_SILENT */
    bool alike;  /* a message that is not known is refused as one whose answer has its length */
    uint32_t refuse;
};

/* A message that the device has, in memory that no guest can reach; all of it is private but out, in, token
 * and number. */
struct vwr_vmessage {
    struct vwr_reader out; /* data that the driver has written, behind what has a fixed form */
    struct vwr_writer in;  /* and the room for data; done: as many as the answer has of them */
    void *token;           /* the VMM's */
    struct vwr_service *service;
    const struct vwr_service_queue *queue;
    const struct vwr_service_row *row;
    struct vwr_vchain chain;
    int (*more)(struct vwr_vmessage *x); /* goes on with it: vwr_vmessage_go_on */
    uint16_t index;                      /* of the queue */
    uint16_t number;                     /* of the queue among those of its kind */
    uint16_t looked;                     /* bytes of its fixed form that are copied */
    bool busy;
    uint64_t ticket; /* of who has kept it; 0: none */
};

/*
 * A device of messages: begins each generated service.
 *   fixed        memory for the longest fixed form of a message
 *   messages     that it can have at once; the others wait in their queues
 *   segs         of each of them; seg: (messages + 1) * segs of them
 */
struct vwr_service {
    struct vwr_vdev dev; /* first */
    /* A class's own, after init; may be NULL: what the answer to a refused message begins with, before its
     * status is in it, so long as that of a message that is not known. */
    const void *(*refusal)(struct vwr_vmessage *x);
    /* private */
    void *fixed;
    struct vwr_vmessage *message;
    struct vwr_vseg *seg;
    uint16_t messages;
    uint16_t segs;
};

struct vwr_service_memory {
    struct vwr_vmessage *message;
    struct vwr_vseg *seg;
    uint16_t messages; /* at least 1 */
    uint16_t segs;
};

/* Copies up to `n` bytes of data out of the message: how many there were; or into it: for how many there was
 * room. As vwr_reader_read of x->out and vwr_writer_write of x->in. */
static inline uint32_t vwr_vmessage_read(struct vwr_vmessage *x, void *to, uint32_t n)
{
    return vwr_reader_read(&x->out, to, n);
}

static inline uint32_t vwr_vmessage_write(struct vwr_vmessage *x, const void *from, uint32_t n)
{
    return vwr_writer_write(&x->in, from, n);
}

/*
 * The same of memory[at .. bytes), as a function of the table answers: data into it, as many as there are and
 * fit, or out of it. VWR_OK; VWR_ERANGE: it has no `at`.
 */
int vwr_vmessage_store(struct vwr_vmessage *x, void *memory, uint32_t bytes, uint32_t at);
int vwr_vmessage_load(struct vwr_vmessage *x, const void *memory, uint32_t bytes, uint32_t at);

/*
 * For a function of the table that has used up the budget (vwr_vdev_room, vwr_vdev_use) before its data are
 * at an end: answers VWR_LATER, which the function answers in turn. `more` is called with a new budget, and
 * answers as it does. No other buffer of the queue is served before.
 */
int vwr_vmessage_go_on(struct vwr_vmessage *x, int (*more)(struct vwr_vmessage *x));

/* For generated functions: serves one buffer, as vwr_vdev_class.serve; `number` is that of the message. */
uint16_t vwr_service_serve(struct vwr_service *s, uint16_t index, uint16_t number,
                           const struct vwr_service_queue *q);

/* For generated functions: whether a queue is one of `count`, `stride` from one to the next, and which. */
bool vwr_service_is_of(uint16_t index, unsigned first, unsigned stride, uint32_t count, uint16_t *number);

/* For generated inits: after vwr_vdev_init. VWR_EINVAL: no message or no segment. */
VWR_MUST_CHECK int vwr_service_init(struct vwr_service *s, const struct vwr_service_memory *m, void *fixed);

/* For generated classes: forgets the messages of a queue, or of all. */
void vwr_service_forget(struct vwr_service *s, uint16_t index);
void vwr_service_forget_all(struct vwr_service *s);

/* For generated classes: as vwr_vdev_class.uses. */
bool vwr_service_uses(const struct vwr_service *s, const void *host, uint64_t bytes);

/* For generated classes: goes on with what vwr_vmessage_go_on has put off, as vwr_vdev_class.suspend. */
void vwr_service_suspend(struct vwr_service *s);

/**
 * vwr_vmessage_ticket() - for a function of the table that answers VWR_LATER: the ticket that its answer
 * needs
 * @x: the message
 *
 * Context: with the lock held, within the function.
 * Return: the ticket, not 0; one that was taken before is void. It is void too when the message has ended,
 * and when a reset of the device or of its queue has taken the message away.
 */
static inline uint64_t vwr_vmessage_ticket(struct vwr_vmessage *x)
{
    return vwr_vdev_issue(&x->service->dev, &x->ticket);
}

/**
 * vwr_vmessage_claim() - is the message that was kept still there?
 * @x: the message that the ticket was taken for
 * @ticket: void afterwards
 *
 * For who has data to read or write before the message ends.
 *
 * Context: with the lock held, until vwr_vmessage_end was called.
 * Return: true: its data may be read and written, and the caller ends it; false: it is gone, nothing of it
 * may be touched, and stats.late of the device counts it.
 */
VWR_MUST_CHECK static inline bool vwr_vmessage_claim(struct vwr_vmessage *x, uint64_t ticket)
{
    return vwr_vdev_redeem(&x->service->dev, &x->ticket, ticket);
}

/**
 * vwr_vmessage_end() - ends a message
 * @x: the message; nothing happens if it has ended
 * @result: as a function of the table answers
 * @back: its fixed form, of which the status is written here; NULL: zeroes
 *
 * For its function itself, for who has claimed it, and for a class that forgets what it keeps when the device
 * is reset.
 *
 * Context: with the lock held.
 */
void vwr_vmessage_end(struct vwr_vmessage *x, int result, const void *back);

/**
 * vwr_vmessage_answer() - ends a message that was kept, and interrupts the driver
 * @x: the message that the ticket was taken for
 * @ticket: of vwr_vmessage_ticket. A void one: nothing happens, and stats.late of the device counts it
 * @result: as a function of the table answers
 * @back: its fixed form, of which the status is written here; NULL: zeroes
 *
 * Context: any thread; takes the lock.
 */
void vwr_vmessage_answer(struct vwr_vmessage *x, uint64_t ticket, int result, const void *back);

/*
 * For what a device sends: copies bytes[0 .. n), n is not 0, and then data[0 .. m) into one buffer of the
 * queue. VWR_OK; VWR_EFULL: there is no buffer now; VWR_ERANGE: there is one, and it is too short: it went
 * back empty. Takes the lock.
 */
VWR_MUST_CHECK int vwr_service_send(struct vwr_service *s, uint16_t index, const void *bytes, uint32_t n,
                                    const void *data, uint32_t m);

/* The same with the lock held, for several; results as vwr_service_send. The driver is interrupted by
 * vwr_vqueue_signal, or by the serving of the queue, in which `posted` is called. */
VWR_MUST_CHECK int vwr_service_send_locked(struct vwr_service *s, uint16_t index, const void *bytes,
                                           uint32_t n, const void *data, uint32_t m);

/*
 * A queue of bytes that the driver sends: `take` gets them, as of vstream.h. And once it takes more again.
 */
uint16_t vwr_service_take(struct vwr_service *s, uint16_t index, struct vwr_vstream *stream,
                          vwr_vstream_function *take);
void vwr_service_resume(struct vwr_service *s, uint16_t index, struct vwr_vstream *stream);

/* A queue of bytes that the device sends: puts as many of bytes[0 .. n) into buffers as there is room for:
 * how many. Takes the lock. */
uint32_t vwr_service_put(struct vwr_service *s, uint16_t index, const void *bytes, uint32_t n);

VWR_END_C

#endif
