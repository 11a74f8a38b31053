/* SPDX-License-Identifier: MIT */
#ifndef VWR_MESSAGE_H
#define VWR_MESSAGE_H

#include "vwr/tables.h"
#include "vwr/text.h"

VWR_BEGIN_C

/*
 * Sentences for people, in tables: a fault has a row with its sentence, and the calls that explain find the
 * row and put values into it. Device classes are made with this header; an embedder calls vwr_dev_explain,
 * vwr_blk_explain and their like. Nothing but these calls mentions a table, so a program that does not
 * explain has none.
 *
 * A sentence names its values in braces, with a type behind a colon:
 *     {got}            in decimal
 *     {got:hex}        in hexadecimal
 *     {where:request}  by a function that the set, or a set behind it, has for the type
 *     {:register}      a type that takes no value
 * Driver side: `where` and `got` of the fault, and of a request queue, timeout and ring. Device side: a, b
 * and queue of the fault. Of a host of PCI: function, bar and size. Types that each set has: hex, feature (a
 * bit by its name), status (its bits by name). A type that no set has is written in decimal.
 */
struct vwr_message_args;
struct vwr_dev;
struct vwr_fault;
struct vwr_vdev;

/* Of the rows with the fault, the first whose condition holds is its sentence. */
struct vwr_message {
    uint16_t fault;   /* enum vwr_fault_kind or one of a class; device side: enum vwr_vfault */
    uint8_t when;     /* 0: always; or for `holds` of the set */
    const char *text; /* NULL in the last row */
};

struct vwr_message_type {
    const char *name; /* NULL in the last row */
    /* NULL: by its name in `names`, in decimal if it has none there. */
    void (*put)(struct vwr_text *, const struct vwr_message_args *, uint64_t value);
    const struct vwr_name *names;
};

/* What a class has to say. Its rows and types are found before those of `next`. */
struct vwr_messages {
    const struct vwr_message *rows;
    const struct vwr_message_type *types;                          /* NULL: none of its own */
    bool (*holds)(unsigned when, const struct vwr_message_args *); /* NULL: no row has a condition */
    const struct vwr_messages *next;                               /* NULL: none */
};

/* What a sentence is about. */
struct vwr_message_args {
    uint64_t value[5];
    const char *letters; /* the first letter of each value's name */
    const struct vwr_messages *messages;
    const struct vwr_name *features; /* names of the class's features, or NULL */
    const struct vwr_dev *dev;       /* driver side */
    const struct vwr_fault *fault;
    const struct vwr_vdev *vdev; /* device side */
};

/*
 * Puts `format` with its values into the text. All loops are bounded by the format and the tables. Context:
 * any; it does not wait.
 */
void vwr_message_put(struct vwr_text *t, const char *format, const struct vwr_message_args *args);

/* The sentence of `fault`, NULL if args->messages has none. Context: any. */
const char *vwr_message_find(uint32_t fault, const struct vwr_message_args *args);

/* For functions of types: a value by its name, as a type with names; a feature bit; a device status. */
void vwr_message_put_name(struct vwr_text *t, const struct vwr_name *names, uint64_t value);
void vwr_message_put_feature(struct vwr_text *t, const struct vwr_message_args *args, uint64_t bit);
void vwr_message_put_status(struct vwr_text *t, const struct vwr_message_args *args, uint64_t status);
/* The name of a feature bit, the class's or a reserved one; NULL if it has none. */
const char *vwr_message_feature(const struct vwr_message_args *args, uint32_t bit);

/* What both sides have: that nothing has gone wrong, and the types of each set. */
extern const struct vwr_messages vwr_message_base;

/* Driver side: what any device, and any request, can have. A class's set ends in one of them. */
extern const struct vwr_messages vwr_dev_messages;
extern const struct vwr_messages vwr_request_messages; /* and those of a device */
/* Of a class, and those of its requests. */
extern const struct vwr_messages vwr_blk_messages;
extern const struct vwr_messages vwr_gpu_messages;
extern const struct vwr_messages vwr_net_messages;

/*
 * Driver side: prepares `args` for a fault of the device. `features`: names of the class's features, or NULL.
 * The pointers are kept as long as `args` is used.
 */
void vwr_message_begin(struct vwr_message_args *args, const struct vwr_messages *messages,
                       const struct vwr_name *features, const struct vwr_dev *dev,
                       const struct vwr_fault *fault);

/* Then, of a class with requests: its queue, how long it waits, and an address just behind the ring. */
static inline void vwr_message_set_request(struct vwr_message_args *args, unsigned queue, uint32_t timeout_us,
                                           uint64_t ring)
{
    args->value[2] = queue;
    args->value[3] = timeout_us;
    args->value[4] = ring;
}

/*
 * Then: the sentence of the fault into text[0 .. bytes), terminated if bytes > 0. The length of the whole
 * sentence, also if it does not fit. Context: any; it does not wait.
 */
size_t vwr_message_explain(const struct vwr_message_args *args, char *text, size_t bytes);

VWR_END_C

#endif
