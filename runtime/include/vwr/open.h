/* SPDX-License-Identifier: MIT */
#ifndef VWR_OPEN_H
#define VWR_OPEN_H

#include "vwr/tables.h"
#include "vwr/bringup.h"

VWR_BEGIN_C

/*
 * One way to open a device of any class: it was probed, its type picks the driver out of a table, and the
 * driver takes its memory as two blocks. Only the drivers that the table names are linked.
 *
 *     union own { struct vwr_blk_open_own blk; struct vwr_net_open_own net; };
 *     union shared { struct vwr_blk_open_shared blk; struct vwr_net_open_shared net; };
 *     static union own own;          // the device must not reach this
 *     static union shared shared;    // and reaches this
 *     static const struct vwr_open_class *const classes[] = {&vwr_blk_open_class, &vwr_net_open_class};
 *     const struct vwr_open_options options = VWR_OPEN_OPTIONS(classes, own, shared);
 *     r = vwr_open(&opened, d, &options);
 *     struct vwr_net *const card = vwr_opened_as(&opened, &vwr_net_open_class);
 *     if (card != NULL)
 *         use(card);
 *
 * blk_open.h, net_open.h and so on have the class, the two structures, which say how much memory it takes,
 * and what that is sized for. Whoever wants other sizes, or more of a class's options, calls its own open.
 *
 * Context: the owner of all queues of the device.
 * Context, stack and loops of each call: docs/contexts.md.
 */

/* A driver, as vwr_open needs it: a constant, one a class. */
struct vwr_open_class {
    const struct vwr_bringup_class *bringup; /* of the devices whose type is recovery->type */
    size_t own_bytes, own_align;       /* struct vwr_..._open_own, which begins with struct vwr_bringup */
    size_t shared_bytes, shared_align; /* struct vwr_..._open_shared */
    int (*open)(void *own, void *shared, struct vwr_dev *d, const struct vwr_features *avoid);
    const struct vwr_messages *messages;  /* VWR_WORDS(...) */
    const struct vwr_name *feature_names; /* the same; NULL: it has none of its own */
};

/* For the table of a class: its recovery, and how much memory it takes. */
#define VWR_OPEN_CLASS(name)                                                             \
    .bringup = &vwr_##name##_bringup, .own_bytes = sizeof(struct vwr_##name##_open_own), \
    .own_align = _Alignof(struct vwr_##name##_open_own),                                 \
    .shared_bytes = sizeof(struct vwr_##name##_open_shared),                             \
    .shared_align = _Alignof(struct vwr_##name##_open_shared)

/* Does not compile where memory is too small for a class, or not aligned: VWR_OPEN_ROOM(net, own, shared); */
#define VWR_OPEN_ROOM(name, own_, shared_)                                                      \
    VWR_STATIC_ASSERT(sizeof(own_) >= sizeof(struct vwr_##name##_open_own) &&                   \
                          sizeof(shared_) >= sizeof(struct vwr_##name##_open_shared),           \
                      "vwr: " #own_ " or " #shared_ " is too small for " #name);                \
    VWR_STATIC_ASSERT(__alignof__(own_) >= __alignof__(struct vwr_##name##_open_own) &&         \
                          __alignof__(shared_) >= __alignof__(struct vwr_##name##_open_shared), \
                      "vwr: " #own_ " or " #shared_ " is not aligned for " #name)

struct vwr_open_options {
    const struct vwr_open_class *const *classes; /* `count` of them */
    size_t count;
    void *own; /* that the device cannot reach; this and the next until vwr_opened_close, any content */
    size_t own_bytes;
    void *shared; /* as vwr_queue_memory.shared */
    size_t shared_bytes;
    struct vwr_features avoid; /* not taken although offered */
};

/* The initial value of options: an array of classes, and two objects for memory. */
#define VWR_OPEN_OPTIONS(classes_, own_, shared_)                                            \
    {                                                                                        \
        classes_, sizeof(classes_) / sizeof(*(classes_)), &(own_), sizeof(own_), &(shared_), \
            sizeof(shared_),                                                                 \
        {                                                                                    \
            {                                                                                \
                0                                                                            \
            }                                                                                \
        }                                                                                    \
    }

/* A device that is open. */
struct vwr_opened {
    const struct vwr_open_class *cls; /* NULL: none is */
    struct vwr_bringup *bringup;      /* first in `own`; recovery->dev is the device */
};

/* What the class calls its device, struct vwr_net of vwr_net_open_class; NULL: none of this class is open.
 * Context: any. */
static inline void *vwr_opened_as(const struct vwr_opened *o, const struct vwr_open_class *cls)
{
    return o->cls == cls ? o->bringup : NULL;
}

/* The class of these for the device; NULL: there is none. Loops: over the classes. */
const struct vwr_open_class *vwr_open_find(const struct vwr_dev *d,
                                           const struct vwr_open_class *const *classes, size_t count);

/*
 * Opens a device that was probed by the first class that is for it; waits for the reset, at most
 * VWR_RESET_TIMEOUT_US. *o may have any content. VWR_OK; VWR_EBUSY: it is open, and *o as it was; VWR_ENODEV:
 * the probe found no device; VWR_ETYPE: none of the classes is for it; VWR_ENOMEM: one of the two memories is
 * too small, or not aligned; of these the device is not touched. Otherwise as vwr_blk_open, vwr_console_open,
 * vwr_entropy_open, vwr_gpu_open, vwr_input_open, vwr_net_open. After these none is open in *o, and
 * vwr_dev_explain has the words for the device. Loops: over the classes.
 */
VWR_MUST_CHECK int vwr_open(struct vwr_opened *o, struct vwr_dev *d, const struct vwr_open_options *options);

/* Resets the device, as the class's close: results as vwr_dev_reset, which waits; VWR_EINVAL: none is open.
 */
VWR_MUST_CHECK int vwr_opened_close(struct vwr_opened *o);

/* A step of bringing the device back, results as vwr_recover; VWR_EINVAL: none is open. */
VWR_MUST_CHECK static inline int vwr_opened_recover(struct vwr_opened *o)
{
    return o->cls == NULL ? VWR_EINVAL : vwr_recover(o->bringup, o->cls->bringup);
}

/* A step towards a device that makes no access to memory, results as vwr_freeze; VWR_EINVAL: none is open. */
VWR_MUST_CHECK static inline int vwr_opened_freeze(struct vwr_opened *o)
{
    return o->cls == NULL ? VWR_EINVAL : vwr_freeze(o->bringup, o->cls->bringup);
}

/*
 * The features that are negotiated, by name, with spaces between them, into text[0 .. bytes), always
 * terminated if bytes > 0. Answers the length that all of it has; 0 if none is open. Loops: over the
 * features.
 */
size_t vwr_opened_features(const struct vwr_opened *o, char *text, size_t bytes);

/*
 * What went wrong last, in words, as the class's explain, into text[0 .. bytes), always terminated if bytes >
 * 0. Answers the length that all of it has; 0 if none is open, or without texts.
 */
size_t vwr_opened_explain(const struct vwr_opened *o, char *text, size_t bytes);

VWR_END_C

#endif
