/* SPDX-License-Identifier: MIT */
#ifndef CLASSES_H
#define CLASSES_H

#include "format.h"
#include "vwr/bringup.h"

/*
 * One table of all class drivers except the disk's, for tests that apply to each of them: a device of the
 * class with its settings, the requests that its caller has in flight, and checks that a recovery has
 * preserved both.
 */

#define CLASS_NO_QUEUE UINT32_MAX

struct driver_class {
    const char *name;
    unsigned kinds; /* ring kinds: enum format_kinds */
    uint16_t size;  /* queue size */
    const unsigned *queues;
    unsigned queue_count;
    uint32_t reused; /* bit n: queue n posts a completed buffer again immediately */
    uint32_t empty;  /* bit n: queue n has something in flight only while its owner waits for it */
    struct vwr_bringup *bringup;
    const struct vwr_bringup_class *steps;
    /*
     * Plugs a device in and starts a driver that makes its settings. Then the device stops responding: at
     * least two requests are in flight, and the device has started to write the answer to one of them; a
     * message from the device is half received. A class without one of these leaves it out.
     */
    void (*begin)(struct world *w, const struct format *f);
    /* Polls once as the owner of the queue: negative if the poll reports that the device is stopped. */
    int (*look)(struct world *w, unsigned queue);
    /* The device stops responding; returns once the owner has stopped it, with the reason. */
    int (*wait)(struct world *w);
    int (*recover)(void); /* one step; NULL: vwr_recover */
    /*
     * Checks after a recovery: the device has the settings; each request of the caller was either sent again
     * or completed once with the result `why`; all buffers that the caller does not hold are posted; half
     * received messages are treated as the header documents. Then sends one message in each direction.
     */
    void (*came_back)(struct world *w, int why);
    int (*close)(void);
    void (*released)(void); /* after a close: nothing of the caller is in flight */
};

extern const struct driver_class class_net;        /* a recovery completes packets in flight */
extern const struct driver_class class_net_replay; /* a recovery sends them again */
extern const struct driver_class class_console;
extern const struct driver_class class_input;
extern const struct driver_class class_gpu;
extern const struct driver_class class_entropy;
extern const struct driver_class class_balloon;
extern const struct driver_class class_9p;
extern const struct driver_class class_fs;
extern const struct driver_class class_scsi;
extern const struct driver_class class_vsock;
extern const struct driver_class class_sound;
extern const struct driver_class class_crypto;
extern const struct driver_class class_i2c;
extern const struct driver_class class_gpio;
extern const struct driver_class class_pmem;
extern const struct driver_class class_mem;
extern const struct driver_class class_iommu;
extern const struct driver_class class_rtc;
extern const struct driver_class class_can;
extern const struct driver_class class_scmi;
extern const struct driver_class class_spi;

/* The device of a class does not answer. */
extern bool class_silent;

/*
 * Whether the driver has reset the device since `*resets` was written. If so, the device has lost all its
 * state.
 */
bool class_was_reset(const struct fake *f, unsigned *resets);

/* Copies the device-readable part of a chain, segment after segment: at most n bytes. */
uint32_t class_read(const struct fake_chain *c, void *to, uint32_t n);

/* Copies into the device-writable part, from its first byte. */
void class_write(const struct fake_chain *c, const void *from, uint32_t n);

/* All buffers of a queue that the device fills are posted except `held` of them; the device has taken
 * none. */
void class_all_posted(struct world *w, unsigned queue, unsigned buffers, unsigned held);

#endif
