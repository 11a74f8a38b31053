/* SPDX-License-Identifier: MIT */
#ifndef VWR_VSERVICE_H
#define VWR_VSERVICE_H

#include "vwr/arithmetic.h"
#include "vwr/bytes.h"
#include "vwr/vdev.h"
#include "vwr/vstream.h"

VWR_BEGIN_C

/**
 * DOC: Generated services
 *
 * The generated services (vwr/service/gpu.h and others) share this code, which handles the messages
 * that a device receives.
 *
 * A service pops a descriptor chain and copies the fixed part of the message, each byte only once. It checks
 * the required feature, both lengths, and all values for which the description states limits. Then it calls
 * the function in the VMM's table of calls. If the entry is NULL, the message is treated as unknown. The data
 * of a message are not copied; the function accesses them with vwr_vmessage_read() and vwr_vmessage_write().
 *
 * A function of the table returns
 *
 * - VWR_OK: success.
 * - A value above 0: another status defined by the specification.
 * - VWR_LATER: the function keeps the message. Any thread can answer it later with a ticket from
 *   vwr_vmessage_ticket().
 * - A negative value: the message is treated as unknown.
 *
 * If the devices of a class can be saved (vwr/vstate.h), its struct vwr_vstate_class refers to
 * vwr_service_give_back(), vwr_service_next() and vwr_service_add(). Messages that the device holds are given
 * back before the save, and their tickets become invalid. When their queue is served next, they are served
 * again from their first byte, in queue order and before any buffers that have not been popped. Each message
 * is checked again like a new one, and its function is called again.
 *
 * - A class that holds references to its messages provides its own function, which drops the references,
 *   undoes the effects of partly processed messages, and calls vwr_service_give_back(). Messages that were
 *   kept with vwr_vmessage_keep() are forgotten.
 * - If the device never holds messages from some of its queues, the class provides its own function, which
 *   returns NULL for these queues because a state with such a message is invalid, and otherwise calls
 *   vwr_service_add().
 * - A message that must not be repeated, such as sound frames that the VMM has partly played, is also given
 *   back. The class saves the progress of the message, and skips the processed part when its function is
 *   called again.
 *
 * vwr_service_send() and streams do not hold buffers. The class saves the position of a stream.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 */

/*
 * Limits of this implementation: number of bytes that contain the selectors of a message, number of
 * selectors, and maximum size of an open-ended configuration array in bytes.
 */
#define VWR_SERVICE_SELECT 64u
#define VWR_SERVICE_SELECTS 3u
#define VWR_SERVICE_OPEN 64u

struct vwr_service;
struct vwr_vmessage;

/**
 * struct vwr_service_select - A selector: bits at the start of a message
 * @at: Offset in bytes.
 * @bytes: Size in bytes: 1, 2 or 4.
 * @shift: Position of the lowest bit.
 * @big: true if the number is big-endian.
 * @mask: Mask after the shift.
 */
struct vwr_service_select {
    uint16_t at;
    uint8_t bytes;
    uint8_t shift;
    bool big;
    uint32_t mask;
};

#define VWR_SERVICE_MORE_OUT 1u   /* data from the driver follow the fixed part */
#define VWR_SERVICE_MORE_IN 2u    /* the device writes data */
#define VWR_SERVICE_SILENT 4u     /* no status can reject the message; it is returned with 0 bytes */
#define VWR_SERVICE_MAY_ANSWER 8u /* space for the answer is optional; without it, 0 bytes are returned */

/**
 * struct vwr_service_row - A message; a constant
 * @value: Values of the selectors.
 * @any: The message requires one of these features. VWR_FEATURE_NONE in the first element: there is no such
 *   requirement.
 * @also: Additional required feature, or VWR_FEATURE_NONE.
 * @unless: The message does not exist if any of these features is negotiated.
 * @out: Size of the message's fixed part in bytes.
 * @first: Number of bytes that the device writes before the data.
 * @last: Number of bytes that the device writes after the data.
 * @status_at: Offset of the status in @first and @last.
 * @status_bytes: Size of the status in bytes; 0: none, or the function writes it as data.
 * @selects: Number of selectors that identify the message; 0: the message is identified by the direction of
 *   its data.
 * @flags: VWR_SERVICE_*.
 * @ok: Status for success.
 * @refuse: Status if the function or a feature is missing.
 * @counted: Field of the answer that contains the amount of data in the answer; the service sets it.
 * @call: Decode and check the message, and call the VMM's function; returns the function's result.
 *   @out is the fixed part.
 */
struct vwr_service_row {
    uint32_t value[VWR_SERVICE_SELECTS];
    uint8_t any[3];
    uint8_t also;
    uint8_t unless[3];
    uint16_t out;
    uint16_t first;
    uint16_t last;
    uint16_t status_at;
    uint8_t status_bytes;
    uint8_t selects;
    uint8_t flags;
    uint32_t ok;
    uint32_t refuse;
    struct vwr_counted counted;
    int (*call)(struct vwr_service *s, struct vwr_vmessage *x, const void *out);
};

/**
 * struct vwr_service_queue - Messages of a queue; a constant
 * @rows: Messages.
 * @count: Number of messages.
 * @selects: Number of selectors.
 * @status_bytes: Size of the status in bytes; 0: none.
 * @status_big: true if the status is big-endian.
 * @select: Selectors.
 * @select_end: Number of bytes that contain the selectors.
 * @first: Like @first of a row, for an unknown message.
 * @last: Like @last of a row, for an unknown message.
 * @status_at: Like @status_at of a row, for an unknown message.
 * @silent: Like VWR_SERVICE_SILENT, for an unknown message.
 * @alike: An unknown message is rejected like the message whose answer has the same length.
 * @refuse: Status for an unknown message.
 */
struct vwr_service_queue {
    const struct vwr_service_row *rows;
    uint16_t count;
    uint8_t selects;
    uint8_t status_bytes;
    bool status_big;
    struct vwr_service_select select[VWR_SERVICE_SELECTS];
    uint16_t select_end;
    uint16_t first;
    uint16_t last;
    uint16_t status_at;
    bool silent;
    bool alike;
    uint32_t refuse;
};

/**
 * struct vwr_vmessage - A message that the device has not answered yet
 * @out: Data that the driver wrote after the fixed part.
 * @in: Space for data from the device. @in.done is the number of bytes in the answer.
 * @token: For the VMM.
 * @row: Row of the message.
 * @number: Number of the queue among those of its kind.
 * @exact: The used length is the size of the data and the fixed parts, without unwritten bytes between them,
 *   because the driver evaluates it. Set by a function of the table.
 * @keep: Unwritten bytes between the data and the fixed part at the end are not changed, and the used length
 *   does not include them. Set by a function of the table.
 *
 * The structure is in memory that no guest can access.
 */
struct vwr_vmessage {
    struct vwr_reader out;
    struct vwr_writer in;
    void *token;
    const struct vwr_service_row *row;
    /* private: */
    struct vwr_service *service;
    const struct vwr_service_queue *queue;
    struct vwr_vchain chain;
    int (*more)(struct vwr_vmessage *x); /* continues the message; see vwr_vmessage_defer() */
    uint16_t index;                      /* index of the queue */
    /* public: */
    uint16_t number;
    bool exact;
    bool keep;
    /* private: */
    uint16_t looked; /* number of bytes of the fixed part that were copied */
    bool busy;
    bool is_back;       /* the message was given back and will be served again */
    uint64_t ticket;    /* ticket with which it will be answered; 0: none */
    const void *keeper; /* object for which the class keeps the message; see vwr_vmessage_keep() */
};

/**
 * struct vwr_service - A device that receives messages; the first member of each generated service
 * @dev: Device; the first member.
 * @refusal: Get the first bytes of the answer to a rejected message, before the status is stored. They have
 *   the same size as for an unknown message. Set by a class after init; may be NULL.
 * @handle: Called instead of @call of each row, for a class with only a few kinds of messages. Set by a class
 *   after init; may be NULL.
 * @held: Index plus 1 of a queue whose messages the class keeps for any length of time. It does not get the
 *   last free message, so that the other queues are served. 0: there is none. Set by a class after init.
 */
struct vwr_service {
    struct vwr_vdev dev;
    const void *(*refusal)(struct vwr_vmessage *x);
    int (*handle)(struct vwr_service *s, struct vwr_vmessage *x, const void *out);
    /* private: */
    void *fixed;
    struct vwr_vmessage *message;
    struct vwr_vseg *seg;
    uint16_t messages;
    uint16_t segs;
    uint16_t backs;  /* number of messages that were given back */
    bool is_starved; /* a queue found no free message */
    /* public: */
    uint8_t held;
};

/**
 * struct vwr_service_memory - Memory of a service
 * @message: Memory for messages.
 * @message_count: Number of entries in @message, at least 1, which is the maximum number of messages in
 *   flight. Further messages wait in their queues.
 * @seg: Memory for segments. It is divided into equal shares: one for each message, and one for messages from
 *   the device.
 * @seg_count: Number of entries in @seg: VWR_SERVICE_SEGS(). A queue has at most as many descriptors as a
 *   share has segments, minus one for each boundary between adjacent regions of guest memory, whatever
 *   queue_size says, so that each chain fits; see vwr_vdev_limit().
 */
struct vwr_service_memory {
    struct vwr_vmessage *message;
    uint16_t message_count;
    struct vwr_vseg *seg;
    uint32_t seg_count;
};

/**
 * VWR_SERVICE_SEGS() - Number of segments of a service
 * @messages: Number of messages.
 * @segments: Number of segments per message.
 */
#define VWR_SERVICE_SEGS(messages, segments) (((messages) + 1u) * (segments))

/**
 * vwr_vmessage_read() - Copy data out of a message
 * @x: Message.
 * @to: Memory of the caller.
 * @n: Maximum number of bytes.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: Number of bytes that were copied.
 */
static inline uint32_t vwr_vmessage_read(struct vwr_vmessage *x, void *to, uint32_t n)
{
    return vwr_reader_read(&x->out, to, n);
}

/**
 * vwr_vmessage_write() - Copy data into the answer of a message
 * @x: Message.
 * @from: Memory of the caller.
 * @n: Maximum number of bytes.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: Number of bytes that were copied.
 */
static inline uint32_t vwr_vmessage_write(struct vwr_vmessage *x, const void *from, uint32_t n)
{
    return vwr_writer_write(&x->in, from, n);
}

/**
 * vwr_vmessage_store() - Store the data of a message in memory[at .. bytes)
 * @x: Message.
 * @memory: Memory of the caller.
 * @bytes: Size of @memory in bytes.
 * @at: Offset in bytes. The call stores as many of the message's bytes as fit.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: VWR_OK.
 * * VWR_ERANGE: @at is beyond the end.
 */
int vwr_vmessage_store(struct vwr_vmessage *x, void *memory, uint32_t bytes, uint32_t at);

/**
 * vwr_vmessage_load() - Answer a message with memory[at .. bytes)
 * @x: Message.
 * @memory: Memory of the caller.
 * @bytes: Size of @memory in bytes.
 * @at: Offset in bytes. The call loads as many bytes as fit.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: VWR_OK.
 * * VWR_ERANGE: @at is beyond the end.
 */
int vwr_vmessage_load(struct vwr_vmessage *x, const void *memory, uint32_t bytes, uint32_t at);

/**
 * vwr_vmessage_defer() - Continue a message with a new budget
 * @x: Message.
 * @more: Called with a new budget; its result is treated like that of the table's function.
 *
 * A function of the table calls vwr_vmessage_defer() if it has used up the budget (vwr_vdev_room(),
 * vwr_vdev_use()) before it has processed all data. No other buffer of the queue is served before the message
 * continues.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait. Within a
 *   function of the table.
 * Return: VWR_LATER, which the function returns.
 */
int vwr_vmessage_defer(struct vwr_vmessage *x, int (*more)(struct vwr_vmessage *x));

/**
 * vwr_service_serve() - Serve a buffer (vwr_vdev_class.serve of generated services)
 * @s: Service.
 * @index: Queue index.
 * @number: Number of the queue among those of its kind.
 * @q: Messages of the queue.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: Number of buffers that were served.
 */
uint16_t vwr_service_serve(struct vwr_service *s, uint16_t index, uint16_t number,
                           const struct vwr_service_queue *q);

/**
 * vwr_service_is_of() - Test whether a queue belongs to a group of queues of the same kind (for generated
 *   services)
 * @index: Queue index.
 * @first: Index of the first queue of the group.
 * @stride: Distance between the queues.
 * @count: Number of queues in the group.
 * @number: Filled in with the number of the queue within the group.
 *
 * Return: true if it is.
 */
bool vwr_service_is_of(uint16_t index, unsigned first, unsigned stride, uint32_t count, uint16_t *number);

/**
 * vwr_service_init() - Initialise a service after vwr_vdev_init() (for generated services)
 * @s: Service.
 * @m: Memory; the structure is copied.
 * @fixed: Memory for the fixed part of a message; large enough for the longest one.
 *
 * Return: VWR_OK.
 * * VWR_ENOMEM: there are no messages, or fewer segments than shares (see s->dev.shortage).
 */
VWR_MUST_CHECK int vwr_service_init(struct vwr_service *s, const struct vwr_service_memory *m, void *fixed);

/**
 * vwr_service_forget() - Forget the messages of a queue (for generated services)
 * @s: Service.
 * @index: Queue index.
 *
 * Queues that waited for a free message are served again (vwr_vdev_defer_others()).
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
void vwr_service_forget(struct vwr_service *s, uint16_t index);

/**
 * vwr_service_forget_all() - Forget all messages (for generated services)
 * @s: Service.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
void vwr_service_forget_all(struct vwr_service *s);

/**
 * vwr_service_feed() - Serve the queues, if one of them waits for a free message (for classes)
 * @s: Service in which a message has ended.
 *
 * Functions of the table need not call it.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
void vwr_service_feed(struct vwr_service *s);

/**
 * vwr_service_uses() - Test whether a message overlaps a range (vwr_vdev_class.uses of generated
 *   services)
 * @s: Service.
 * @host: Start of the range.
 * @bytes: Size of the range in bytes.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: true if any message overlaps the range.
 */
bool vwr_service_uses(const struct vwr_service *s, const void *host, uint64_t bytes);

/**
 * vwr_service_suspend() - Continue deferred messages, and serve messages that were given back
 *   (vwr_vdev_class.suspend of generated services)
 * @s: Service.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
void vwr_service_suspend(struct vwr_service *s);

/**
 * vwr_vmessage_ticket() - Take a ticket for a message that is answered later
 * @x: Message.
 *
 * A function of the table calls vwr_vmessage_ticket() before it returns VWR_LATER.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait. Within the
 *   function.
 * Return: The ticket, not 0. An earlier ticket becomes invalid. The ticket becomes invalid when the message
 *   ends, or when a reset of the device or of its queue discards the message.
 */
static inline uint64_t vwr_vmessage_ticket(struct vwr_vmessage *x)
{
    return vwr_vdev_issue(&x->service->dev, &x->ticket);
}

/**
 * vwr_vmessage_claim() - Check whether a message that is answered later still exists
 * @x: Message for which the ticket was taken.
 * @ticket: Ticket; invalid afterwards.
 *
 * A caller that accesses the message's data before it ends the message must call this function first, and
 * hold the lock until it has called vwr_vmessage_end().
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: true: the data may be accessed, and the caller must end the message. false: the message no longer
 *   exists and must not be accessed; the device's stats.late was incremented.
 */
VWR_MUST_CHECK static inline bool vwr_vmessage_claim(struct vwr_vmessage *x, uint64_t ticket)
{
    return vwr_vdev_claim(&x->service->dev, &x->ticket, ticket);
}

/**
 * vwr_vmessage_end() - End a message
 * @x: Message; nothing happens if it has already ended.
 * @result: Result, with the same meaning as for the table's function.
 * @back: Fixed part of the answer, into which the status is stored. NULL: all zeroes.
 *
 * The caller must be the table's function itself, a function that has claimed the message, or a class that
 * forgets messages during a reset.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
void vwr_vmessage_end(struct vwr_vmessage *x, int result, const void *back);

/**
 * vwr_vmessage_finish() - End a message that was claimed, and interrupt the driver
 * @x: Message; vwr_vmessage_claim() has returned true for it.
 * @result: Result, with the same meaning as for the table's function.
 * @back: Fixed part of the answer, into which the status is stored. NULL: all zeroes.
 *
 * If a queue waits for a free message, all queues are served.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
void vwr_vmessage_finish(struct vwr_vmessage *x, int result, const void *back);

/**
 * vwr_vmessage_answer() - End a message with its ticket, and interrupt the driver
 * @x: Message for which the ticket was taken.
 * @ticket: Ticket from vwr_vmessage_ticket(). If it is invalid, the call only increments the
 *   device's stats.late.
 * @result: Result, with the same meaning as for the table's function.
 * @back: Fixed part of the answer, into which the status is stored. NULL: all zeroes.
 */
void vwr_vmessage_answer(struct vwr_vmessage *x, uint64_t ticket, int result, const void *back);

/**
 * vwr_vmessage_keep() - Keep a message that the class answers later (for classes)
 * @x: Message.
 * @keeper: Object for which the class keeps the message, such as a row of its table.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait. Within a
 *   function of the table.
 * Return: VWR_LATER, which the function returns.
 */
static inline int vwr_vmessage_keep(struct vwr_vmessage *x, const void *keeper)
{
    x->keeper = keeper;
    return VWR_LATER;
}

/**
 * vwr_service_kept() - Find a message that a class keeps
 * @s: Service.
 * @keeper: Not NULL.
 *
 * A message is no longer kept after it has ended, was discarded by a reset of the device or of its queue, or
 * was given back.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: The oldest message that is kept for @keeper; if there are messages from several queues, any of
 *   them. NULL: there is none.
 */
struct vwr_vmessage *vwr_service_kept(const struct vwr_service *s, const void *keeper);

/**
 * vwr_service_send() - Send a message in a buffer of a queue
 * @s: Service.
 * @index: Queue index.
 * @bytes: Fixed part.
 * @n: Size of @bytes, not 0.
 * @data: Data after the fixed part.
 * @m: Size of @data.
 *
 * Return: VWR_OK.
 * * VWR_EFULL: there is no buffer now.
 * * VWR_ERANGE: the next buffer is too short; it was returned empty.
 */
VWR_MUST_CHECK int vwr_service_send(struct vwr_service *s, uint16_t index, const void *bytes, uint32_t n,
                                    const void *data, uint32_t m);

/**
 * vwr_service_send_locked() - Send a message with the lock held (for several messages)
 * @s: Service.
 * @index: Queue index.
 * @bytes: Fixed part.
 * @n: Size of @bytes, not 0.
 * @data: Data after the fixed part.
 * @m: Size of @data.
 *
 * The call does not interrupt the driver. vwr_vqueue_signal() does or, for a call within @posted, the code
 * that serves the queue.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: The same as vwr_service_send().
 */
VWR_MUST_CHECK int vwr_service_send_locked(struct vwr_service *s, uint16_t index, const void *bytes,
                                           uint32_t n, const void *data, uint32_t m);

/**
 * vwr_service_take() - Serve a byte queue on which the driver sends bytes
 * @s: Service.
 * @index: Queue index.
 * @stream: Stream (vwr/vstream.h).
 * @take: Consumes the bytes.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: Number of buffers that were returned.
 */
uint16_t vwr_service_take(struct vwr_service *s, uint16_t index, struct vwr_vstream *stream,
                          vwr_vstream_function *take);

/**
 * vwr_service_resume() - Resume a stream that was stopped because its function did not consume all bytes
 * @s: Service.
 * @index: Queue index.
 * @stream: Stream.
 */
void vwr_service_resume(struct vwr_service *s, uint16_t index, struct vwr_vstream *stream);

/**
 * vwr_service_put() - Copy bytes into the driver's receive buffers of a byte queue
 * @s: Service.
 * @index: Queue index.
 * @bytes: Bytes.
 * @n: Number of bytes.
 *
 * Return: Number of bytes that were copied; fewer than @n if the buffers or the budget were used
 *   up.
 */
uint32_t vwr_service_put(struct vwr_service *s, uint16_t index, const void *bytes, uint32_t n);

/**
 * vwr_service_finish() - Finish deferred messages, without a budget (for classes whose messages must not be
 *   repeated in parts)
 * @v: Device, a service.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
void vwr_service_finish(struct vwr_vdev *v);

/**
 * vwr_service_give_back() - Give back all messages (vwr_vstate_class.give_back)
 * @v: Device, which must be a service. Afterwards, its messages have no valid tickets.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: true.
 */
bool vwr_service_give_back(struct vwr_vdev *v);

/**
 * vwr_service_next() - Find a message of a queue (vwr_vstate_class.next)
 * @v: Device, a service.
 * @queue: Queue index.
 * @at: 0 for the first call, then the value that the function stored.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: The chain of the message. NULL: there are no more messages.
 */
struct vwr_vchain *vwr_service_next(struct vwr_vdev *v, uint16_t queue, unsigned *at);

/**
 * vwr_service_add() - Get a free message for a buffer that is loaded and then served (vwr_vstate_class.add)
 * @v: Device, a service.
 * @queue: Queue index.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: The chain of the message, for the caller to fill in. NULL: there is no free message.
 */
struct vwr_vchain *vwr_service_add(struct vwr_vdev *v, uint16_t queue);

VWR_END_C

#endif
