/* SPDX-License-Identifier: MIT */
#ifndef VWR_FUZZ_DRIVERS_H
#define VWR_FUZZ_DRIVERS_H

#include "world.h"

#include "vwr/bringup.h"

/*
 * The drivers that are written by hand but the disk's, as calls by number (drivers_*.c), and of each the
 * answers of a device that is right. Their own memory is in blocks of the heap of just its length.
 */

#define DRIVERS_ANSWER 2048u /* bytes that a device answers with, at most */
#define DRIVERS_MESSAGE 128u /* of a message that it looks at */

struct driver_row {
    uint32_t id; /* of the device */
    struct vwr_features features;
    const struct vwr_config_field *fields;
    const struct vwr_feature_rule *rules;
    uint16_t field_count;
    uint16_t rule_count;
    const struct vwr_bringup_class *steps;
    struct vwr_bringup *(*bringup)(void);
    /* The configuration of a device that is right. */
    void (*configure)(uint8_t *config, bool legacy);
    /* Does the device fill the buffers of this queue, when something has come? */
    bool (*receives)(unsigned queue);
    /* What a device that is right answers to a message, in[DRIVERS_ANSWER]: bytes. */
    uint32_t (*answer)(unsigned queue, const uint8_t *out, uint32_t n, uint8_t *in);
    /* Something comes as a device sends it, but for what the input says. NULL: in drivers_deliver is all. */
    void (*send)(void);
    int (*open)(struct vwr_dev *d, const struct vwr_features *avoid);
    void (*call)(uint8_t which);
    int (*recover)(void); /* a step; NULL: vwr_recover */
    int (*close)(void);
    void (*closed)(void); /* nothing of the caller's is in flight any more */
    void (*works)(void);  /* it was opened, and the device is right */
};

extern const struct driver_row driver_net;
extern const struct driver_row driver_console;
extern const struct driver_row driver_input;
extern const struct driver_row driver_gpu;
extern const struct driver_row driver_entropy;

/* For calls: what the input says; a block of the heap instead of `old`, of any content; memory that the
 * driver shares with its device, which begins anew in an open. */
extern struct input *drivers_in;
void *drivers_anew(void *old, size_t bytes);
void *drivers_share(size_t bytes);

/* Any answer is right. */
void drivers_see(int answer);

/* All of p[0 .. n) is there: the sanitizer looks on. */
void drivers_touch(const void *p, size_t n);

/* The device puts n bytes into a buffer of a queue that it fills; false: there is none. */
bool drivers_deliver(unsigned queue, const void *bytes, uint32_t n);

#endif
