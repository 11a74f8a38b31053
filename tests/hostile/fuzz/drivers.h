/* SPDX-License-Identifier: MIT */
#ifndef VWR_FUZZ_DRIVERS_H
#define VWR_FUZZ_DRIVERS_H

#include "world.h"

#include "vwr/bringup.h"

/*
 * The hand-written drivers except the disk's, with numbered calls (drivers_*.c), and for each driver the
 * answers of
 * a correct device. Their private memory is in heap blocks of exactly the required length.
 */

#define DRIVERS_ANSWER 2048u /* maximum bytes of an answer */
#define DRIVERS_MESSAGE 128u /* number of bytes of a message that the device examines */

struct driver_row {
    uint32_t id; /* device id */
    struct vwr_features features;
    const struct vwr_config_field *fields;
    const struct vwr_feature_rule *rules;
    uint16_t field_count;
    uint16_t rule_count;
    const struct vwr_bringup_class *steps;
    struct vwr_bringup *(*bringup)(void);
    /* Fills in the configuration space of a correct device. */
    void (*configure)(uint8_t *config, bool legacy);
    /* Returns whether the device fills the buffers of this queue when something arrives. */
    bool (*receives)(unsigned queue);
    /* The answer of a correct device to a message, in[DRIVERS_ANSWER]. Returns its length. */
    uint32_t (*answer)(unsigned queue, const uint8_t *out, uint32_t n, uint8_t *in);
    /*
     * Sends something like a correct device, with the changes that the input selects. NULL: drivers_deliver
     * suffices.
     */
    void (*send)(void);
    int (*open)(struct vwr_dev *d, const struct vwr_features *avoid);
    void (*call)(uint8_t which);
    int (*recover)(void); /* one step; NULL: vwr_recover */
    int (*close)(void);
    void (*closed)(void); /* none of the caller's buffers is in flight any more */
    void (*works)(void);  /* checks an opened driver with a correct device */
};

extern const struct driver_row driver_net;
extern const struct driver_row driver_console;
extern const struct driver_row driver_input;
extern const struct driver_row driver_gpu;
extern const struct driver_row driver_entropy;
extern const struct driver_row driver_balloon;
extern const struct driver_row driver_9p;
extern const struct driver_row driver_fs;
extern const struct driver_row driver_scsi;
extern const struct driver_row driver_vsock;
extern const struct driver_row driver_sound;
extern const struct driver_row driver_crypto;
extern const struct driver_row driver_i2c;
extern const struct driver_row driver_gpio;
extern const struct driver_row driver_pmem;
extern const struct driver_row driver_mem;
extern const struct driver_row driver_iommu;
extern const struct driver_row driver_rtc;
extern const struct driver_row driver_can;
extern const struct driver_row driver_spi;
extern const struct driver_row driver_scmi;

/*
 * For calls: the input; a heap block with arbitrary contents, in place of `old`; memory that the driver
 * shares with
 * its device, newly allocated by each open.
 */
extern struct input *drivers_in;
void *drivers_anew(void *old, size_t bytes);
void *drivers_share(size_t bytes);

/* Uses a result; any value is allowed. */
void drivers_see(int answer);

/* Reads p[0 .. n): the sanitizer checks that it exists. */
void drivers_touch(const void *p, size_t n);

/* Makes the device put n bytes into a buffer of a receive queue. False: it has no buffer. */
bool drivers_deliver(unsigned queue, const void *bytes, uint32_t n);

#endif
