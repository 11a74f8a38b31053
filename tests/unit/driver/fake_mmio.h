/* SPDX-License-Identifier: MIT */
#ifndef FAKE_MMIO_H
#define FAKE_MMIO_H

#include "vwr/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"

/*
 * A virtio-mmio register block that exists only here: at a made-up address that is decoded and
 * never dereferenced. It models both versions honestly, writes down every access, checks each
 * against the generated register and status tables (fake_rules.c), and breaks the protocol if a test says so.
 */
#define FAKE_BASE ((uintptr_t)0x0a000000u)
#define FAKE_QUEUES 6
#define FAKE_SIZE_MAX 1024u /* of a queue */
#define FAKE_FOREVER UINT32_MAX
#define FAKE_LINES 2048
#define FAKE_LINE_BYTES 96

struct fake_queue {
    uint32_t size_max;
    /* as the driver has set it */
    uint32_t size;
    uint32_t ready;
    uint32_t pfn;
    uint32_t align;
    uint64_t desc;
    uint64_t driver;
    uint64_t device;
    uint32_t reset_reads; /* so often does QueueReset not read 0 yet */
    /* of the device's own */
    uint16_t seen;                  /* split: available entries taken; packed: where the next one is */
    uint16_t used;                  /* split: used entries written; packed: where the next one goes */
    bool seen_odd;                  /* packed: the wrap counter there */
    bool used_odd;                  /* the same */
    uint16_t unsignalled;           /* used entries, or positions, since the last fake_ring_signal */
    uint16_t in_order;              /* the descriptor that has to be used next, if in order */
    uint32_t held;                  /* descriptors at the device */
    uint8_t events;                 /* enum fake_events */
    uint16_t length[FAKE_SIZE_MAX]; /* by id: descriptors of a buffer at the device, 0: it is not there */
    bool taken[FAKE_SIZE_MAX];      /* split: descriptors at the device */
    uint16_t next[FAKE_SIZE_MAX];   /* and how they go on, in case somebody touches them there */
    bool scribbled;                 /* what the driver wrote is not there any more */
    unsigned interrupts;
    unsigned notified;
};

/* A register that answers `value`, after `after` true answers. */
struct fake_answer {
    bool on;
    uint32_t after;
    uint32_t value;
};

/* What becomes of a queue that is to be reset. */
enum fake_queue_reset {
    FAKE_RESET_DONE,   /* it is, after `queue_reset_reads` polls */
    FAKE_RESET_IGNORED /* nobody listens, as in QEMU 7.2 */
};

struct fake_quirks {
    struct fake_answer read[VWR_MMIO_REG_COUNT];
    uint32_t refuse_status;    /* bits that do not stay when they are written */
    uint32_t reset_reads;      /* so often does Status not read 0 yet after a reset */
    uint32_t needs_reset_with; /* DEVICE_NEEDS_RESET comes together with this bit */
    uint32_t config_changes;   /* so often does capacity change between its two halves */
    uint64_t capacity;         /* the other value that it has then */
    bool config_stuck;         /* what is written to the configuration is not taken */
    uint32_t offers_flip;      /* bits that each read of DeviceFeatures toggles */
    uint8_t queue_reset;       /* enum fake_queue_reset */
    uint32_t queue_reset_reads;
    bool gone; /* everything reads as ones, writes go nowhere */
};

struct fake {
    uintptr_t base;
    uint32_t magic;
    uint32_t version;
    uint32_t device_id;
    uint32_t vendor_id;
    uint32_t offered[VWR_FEATURE_WORDS];
    uint8_t config[VWR_MMIO_SIZE - VWR_MMIO_CONFIG]; /* in the device's byte order */
    struct fake_queue queue[FAKE_QUEUES];
    struct fake_quirks quirks;

    /* what the device does besides, NULL for nothing */
    void (*on_notify)(struct fake *f, uint32_t queue);
    void (*on_config)(struct fake *f, unsigned offset, bool write); /* after an access to the configuration */
    void (*on_time)(struct fake *f); /* each reading of the clock, each step of a wait without one */
    void *backend;                   /* of these */

    /* state */
    uint32_t status;
    uint32_t status_written; /* by the driver, last */
    uint32_t taken[VWR_FEATURE_WORDS];
    uint32_t reset_reads_left;
    uint32_t offered_sel;
    uint32_t taken_sel;
    uint32_t queue_sel;
    uint32_t page_size;
    uint32_t interrupt;
    uint32_t generation;

    /* what was seen */
    unsigned accesses;
    unsigned writes;
    unsigned notified;
    unsigned resets;
    unsigned line_count;
    char lines[FAKE_LINES][FAKE_LINE_BYTES];
    char broken_rule[FAKE_LINE_BYTES * 2]; /* the first, empty if there is none */
};

/* The bus and the clock. Each reading of the clock is a step of time; all waits end at once and alike. */
struct fake_time {
    uint64_t now;
    uint32_t step; /* microseconds a reading */
    uint32_t readings;
    uint32_t relaxed; /* calls of vwr_port_relax, where the port has it */
};
extern struct fake_time fake_time;

void fake_relax(void);

/* An empty bus at time 0. */
void fake_bus_reset(void);

/* An honest block device of `version` at `base`, without a back end and with no features but VERSION_1. */
void fake_plug(struct fake *f, uintptr_t base, uint32_t version);

/* From here on `reg` answers `value`, after `after` more true answers. */
void fake_answer(struct fake *f, enum vwr_mmio_reg reg, uint32_t value, uint32_t after);

void fake_offer(struct fake *f, unsigned feature);
void fake_withhold(struct fake *f, unsigned feature);
bool fake_took(const struct fake *f, unsigned feature);

/* A field of the configuration, set and read; bytes are 1, 2, 4 or 8. */
void fake_config(struct fake *f, unsigned offset, unsigned bytes, uint64_t value);
uint64_t fake_config_now(const struct fake *f, unsigned offset, unsigned bytes);

/* The transcript: lines like "W Status 0x1 ACKNOWLEDGE" and "R DeviceFeatures[1] -> 0x1". */
void fake_forget(struct fake *f);
unsigned fake_count(const struct fake *f, const char *prefix);

/* Fails, and prints what was seen so that it can be pasted into the test, if the transcript is another. */
void fake_expect(const struct fake *f, const char *const *lines, size_t count);
#define FAKE_EXPECT(f, lines) fake_expect(f, lines, sizeof(lines) / sizeof((lines)[0]))

/* fake_rules.c: notes in f->broken_rule what the specification does not allow. */
void fake_check_access(struct fake *f, bool write, unsigned offset, unsigned bytes, uint32_t value);
void fake_break_rule(struct fake *f, const char *text);

#endif
