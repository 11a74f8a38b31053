/* SPDX-License-Identifier: MIT */
#ifndef CLASSES_H
#define CLASSES_H

#include "format.h"
#include "vwr/bringup.h"

/*
 * The drivers of all classes but the disk's behind one table, for tests that hold for each of them: a device
 * of the class with its settings, what its caller has in flight, and how it is seen that all of that came
 * through a recovery.
 */

#define CLASS_NO_QUEUE UINT32_MAX

struct driver_class {
    const char *name;
    unsigned kinds; /* enum format_kinds: of its rings */
    uint16_t size;  /* of its queues */
    const unsigned *queues;
    unsigned queue_count;
    uint32_t reused; /* bit: queue in which a buffer that has come back is in flight again at once */
    uint32_t empty;  /* bit: queue in which something is in flight only while its owner waits for it */
    struct vwr_bringup *bringup;
    const struct vwr_bringup_class *steps;
    /*
     * A device, and a driver of it that has made its settings. Then the device is silent: two requests at
     * least are in flight, of one of which it has begun to write the answer; a message of the device is
     * half received; all as far as the class has it.
     */
    void (*begin)(struct world *w, const struct format *f);
    /* What the owner of the queue does, once: negative if that says that it is stopped. */
    int (*look)(struct world *w, unsigned queue);
    /* The device says nothing any more, until somebody has stopped it: the reason. */
    int (*wait)(struct world *w);
    int (*recover)(void); /* a step; NULL: vwr_recover */
    /*
     * After a recovery: the device knows the settings; each request of the caller's is sent again, or has
     * come back with the result `why`, once; all buffers are posted that the caller does not hold; what was
     * half received is as the header says. Then a message each way.
     */
    void (*came_back)(struct world *w, int why);
    int (*close)(void);
    void (*released)(void); /* after a close: nothing of the caller's is in flight */
};

extern const struct driver_class class_net;        /* packets in flight come back */
extern const struct driver_class class_net_replay; /* and are sent again */
extern const struct driver_class class_console;
extern const struct driver_class class_input;
extern const struct driver_class class_gpu;
extern const struct driver_class class_entropy;

/* The device of a class answers nothing. */
extern bool class_silent;

/* Has the driver reset the device since `*resets` was written? Then the device knows nothing any more. */
bool class_was_reset(const struct fake *f, unsigned *resets);

/* What the device may read of a chain, one behind the other: at most n bytes of it. */
uint32_t class_read(const struct fake_chain *c, void *to, uint32_t n);

/* Into what it may write, from the first byte on. */
void class_write(const struct fake_chain *c, const void *from, uint32_t n);

/* All buffers of a queue that the device fills are there but `held` of them; the device has taken none. */
void class_all_posted(struct world *w, unsigned queue, unsigned buffers, unsigned held);

#endif
