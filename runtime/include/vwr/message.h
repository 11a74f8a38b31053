/* SPDX-License-Identifier: MIT */
#ifndef VWR_MESSAGE_H
#define VWR_MESSAGE_H

#include "vwr/tables.h"
#include "vwr/text.h"

VWR_BEGIN_C

struct vwr_message_args;
struct vwr_dev;
struct vwr_fault;
struct vwr_vdev;

/**
 * struct vwr_message - A fault and its message
 * @fault: enum vwr_fault_kind or a class's own fault; on the device side, enum vwr_vfault.
 * @when: Condition for @holds of struct vwr_messages to evaluate; 0: none.
 * @text: Format; NULL in the last row.
 *
 * If several rows have the same fault, the first one whose condition holds is used.
 */
struct vwr_message {
    uint16_t fault;
    uint8_t when;
    const char *text;
};

/**
 * struct vwr_message_type - How to print a value
 * @name: Name of the type in a format; NULL in the last row.
 * @put: Prints the value. NULL: the value is printed as its name from @names, or in decimal if it
 *   has no name.
 * @names: Names of the values.
 */
struct vwr_message_type {
    const char *name;
    void (*put)(struct vwr_text *, const struct vwr_message_args *, uint64_t value);
    const struct vwr_name *names;
};

/**
 * struct vwr_messages - A set of messages
 * @rows: Messages.
 * @types: Types; NULL: none.
 * @holds: Evaluates a row's condition; NULL: no row has a condition.
 * @next: Set to search next; NULL: none.
 */
struct vwr_messages {
    const struct vwr_message *rows;
    const struct vwr_message_type *types;
    bool (*holds)(unsigned when, const struct vwr_message_args *);
    const struct vwr_messages *next;
};

/**
 * DOC: Messages of the explain functions
 *
 * These tables map faults to messages. A row contains a fault and its message.
 * vwr_message_explain() finds the row and inserts the values. An embedder calls explain
 * functions such as vwr_dev_explain() and vwr_blk_explain(). Only the explain functions refer to
 * the tables, so a program that calls none of these functions does not link the tables.
 *
 * In a message, values are named in braces, with an optional type after a colon::
 *
 *     {got}            in decimal
 *     {got:hex}        in hexadecimal
 *     {where:request}  by the type `request` of the set, or of a set that follows it
 *     {:register}      a type that takes no value
 *
 * Values:
 *
 * - Driver side: `where` and `got` of the fault; for a request, also `queue`, `timeout`, `ring` and
 *   `memory`.
 * - Device side: `a`, `b` and `queue` of the fault.
 * - PCI host: `function`, `bar` and `size`.
 *
 * Every set has the types `hex`, `feature` (name of a feature bit) and `status` (names of the
 * status bits). A value of an unknown type is printed in decimal.
 */

/**
 * struct vwr_message_args - Values for a message
 * @value: Values.
 * @letters: First letter of each value's name.
 * @messages: Message set to search.
 * @features: Names of the class's features, or NULL.
 * @dev: Device; driver side only.
 * @fault: Fault; driver side only.
 * @vdev: Device; device side only.
 */
struct vwr_message_args {
    uint64_t value[6];
    const char *letters;
    const struct vwr_messages *messages;
    const struct vwr_name *features;
    const struct vwr_dev *dev;
    const struct vwr_fault *fault;
    const struct vwr_vdev *vdev;
};

/**
 * vwr_message_put() - Format a message with its values
 * @t: Text to append to.
 * @format: Format.
 * @args: Values.
 */
void vwr_message_put(struct vwr_text *t, const char *format, const struct vwr_message_args *args);

/**
 * vwr_message_find() - Find the message of a fault
 * @fault: Fault.
 * @args: Values and sets.
 *
 * Return: The format, or NULL if the sets contain none.
 */
const char *vwr_message_find(uint32_t fault, const struct vwr_message_args *args);

/**
 * vwr_message_put_name() - Print a value by its name
 * @t: Text to append to.
 * @names: Table of names.
 * @value: Value; printed in decimal if the table has no name for it.
 */
void vwr_message_put_name(struct vwr_text *t, const struct vwr_name *names, uint64_t value);

/**
 * vwr_message_put_bit() - Print the name and the number of a feature bit, without the word "feature"
 * @t: Text to append to.
 * @args: Values; @args->features contains the class's names.
 * @bit: Feature bit number.
 */
void vwr_message_put_bit(struct vwr_text *t, const struct vwr_message_args *args, uint64_t bit);

/**
 * vwr_message_put_feature() - Print a feature bit by its name
 * @t: Text to append to.
 * @args: Values; @args->features contains the class's names.
 * @bit: Feature bit number.
 */
void vwr_message_put_feature(struct vwr_text *t, const struct vwr_message_args *args, uint64_t bit);

/**
 * vwr_message_put_status() - Print a device status as the names of its bits
 * @t: Text to append to.
 * @args: Values.
 * @status: Device status.
 */
void vwr_message_put_status(struct vwr_text *t, const struct vwr_message_args *args, uint64_t status);

/**
 * vwr_message_feature() - Look up the name of a feature bit
 * @args: Values; @args->features contains the class's names.
 * @bit: Feature bit number.
 *
 * Return: Name of the class's feature or reserved feature; NULL if the bit has no name.
 */
const char *vwr_message_feature(const struct vwr_message_args *args, uint32_t bit);

/* Messages and types of both sides. */
extern const struct vwr_messages vwr_message_base;

/*
 * Sets of the driver side. vwr_dev_messages contains the messages of any device. vwr_request_messages
 * contains the messages of any request, and continues with vwr_dev_messages. The set of a class continues
 * with one of the two.
 */
extern const struct vwr_messages vwr_dev_messages;
extern const struct vwr_messages vwr_request_messages;

/* Messages of a class and its requests. */
extern const struct vwr_messages vwr_blk_messages;
extern const struct vwr_messages vwr_gpu_messages;
extern const struct vwr_messages vwr_9p_messages;
extern const struct vwr_messages vwr_fs_messages;
extern const struct vwr_messages vwr_scsi_messages;
extern const struct vwr_messages vwr_crypto_messages;
extern const struct vwr_messages vwr_net_messages;
extern const struct vwr_messages vwr_scmi_messages;

/**
 * vwr_message_begin() - Prepare values for a fault of a device
 * @args: Values to initialise. The structure stores the pointers passed in the parameters below.
 * @messages: Message set to search.
 * @features: Names of the class's features, or NULL.
 * @dev: Device.
 * @fault: Fault.
 */
void vwr_message_begin(struct vwr_message_args *args, const struct vwr_messages *messages,
                       const struct vwr_name *features, const struct vwr_dev *dev,
                       const struct vwr_fault *fault);

/**
 * vwr_message_set_request() - Add the values of a request queue
 * @args: Values that vwr_message_begin() has prepared.
 * @queue: Queue index.
 * @timeout_us: Time limit of a request in microseconds.
 * @ring: First address after the ring, for the device.
 * @memory: The same address for the CPU.
 */
static inline void vwr_message_set_request(struct vwr_message_args *args, unsigned queue, uint32_t timeout_us,
                                           uint64_t ring, const void *memory)
{
    args->value[2] = queue;
    args->value[3] = timeout_us;
    args->value[4] = ring;
    args->value[5] = (uintptr_t)memory;
}

/**
 * vwr_message_explain() - Print the message of the fault
 * @args: Values.
 * @text: Buffer for the message. The message is always terminated if @bytes > 0.
 * @bytes: Size of @text in bytes.
 *
 * Return: Length of the whole message in bytes, without the terminator, even if @text is too short
 *   for it.
 */
size_t vwr_message_explain(const struct vwr_message_args *args, char *text, size_t bytes);

VWR_END_C

#endif
