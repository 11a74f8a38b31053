/* SPDX-License-Identifier: MIT */
#ifndef FAKE_MMIO_H
#define FAKE_MMIO_H

#include "given.h"
#include "vwr/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"

/*
 * A simulated virtio-mmio register block at a made-up address, which is decoded and never dereferenced. It
 * models both versions correctly, records every access, checks each against the generated register and status
 * tables (fake_rules.c), and breaks the protocol if a test asks for it.
 */
#define FAKE_BASE ((uintptr_t)0x0a000000u)
#define FAKE_QUEUES 6
#define FAKE_SIZE_MAX 1024u /* maximum queue size */
#define FAKE_FOREVER UINT32_MAX
#define FAKE_LINES 2048
#define FAKE_LINE_BYTES 96

struct fake_queue {
    uint32_t size_max;
    /* set by the driver */
    uint32_t size;
    uint32_t ready;
    uint32_t pfn;
    uint32_t align;
    uint64_t desc;
    uint64_t driver;
    uint64_t device;
    uint32_t reset_reads; /* reads of QueueReset left that do not return 0 */
    /* private to the device */
    uint16_t seen;        /* split: number of available entries taken; packed: position of the next one */
    uint16_t used;        /* split: number of used entries written; packed: position of the next one */
    bool seen_odd;        /* packed: the wrap counter for `seen` */
    bool used_odd;        /* packed: the wrap counter for `used` */
    uint16_t unsignalled; /* used entries, or positions, since the last fake_ring_signal */
    uint16_t in_order;    /* with IN_ORDER: the descriptor that has to be used next */
    uint32_t held;        /* descriptors owned by the device */
    uint8_t events;       /* enum fake_events */
    uint16_t length[FAKE_SIZE_MAX]; /* by id: number of descriptors of a buffer that the device owns; 0: not
                                       owned */
    bool taken[FAKE_SIZE_MAX];      /* split: descriptors owned by the device */
    uint16_t next[FAKE_SIZE_MAX];   /* and their `next` fields, in case the driver modifies them */
    bool scribbled;                 /* the driver's part of the ring has been overwritten */
    unsigned interrupts;
    unsigned notified;
};

/* A register that reads as `value`, after `after` correct reads. */
struct fake_answer {
    bool on;
    uint32_t after;
    uint32_t value;
};

/* How the device handles a queue reset. */
enum fake_queue_reset {
    FAKE_RESET_DONE,   /* the queue is reset, after `queue_reset_reads` polls */
    FAKE_RESET_IGNORED /* the write is ignored, as in QEMU 7.2 */
};

struct fake_quirks {
    struct fake_answer read[VWR_MMIO_REG_COUNT];
    uint32_t refuse_status;    /* status bits that read as 0 after they are written */
    uint32_t reset_reads;      /* reads of Status that do not return 0 after a reset */
    bool keeps_pfn;            /* a reset does not clear QueuePFN */
    uint32_t needs_reset_with; /* sets DEVICE_NEEDS_RESET together with this bit */
    uint32_t config_changes;   /* number of times that capacity changes between its two halves */
    uint64_t capacity;         /* the other value of capacity */
    bool config_stuck;         /* writes to the configuration have no effect */
    uint32_t offers_flip;      /* bits that each read of DeviceFeatures toggles */
    uint8_t queue_reset;       /* enum fake_queue_reset */
    uint32_t queue_reset_reads;
    bool gone; /* all reads return ones, writes have no effect */
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

    /* additional actions of the device, or NULL */
    void (*on_notify)(struct fake *f, uint32_t queue);
    void (*on_config)(struct fake *f, unsigned offset, bool write); /* after an access to the configuration */
    void (*on_time)(struct fake *f); /* at each clock read, or each step of a wait without a clock */
    void *backend;                   /* private data of the callbacks */

    /* state */
    uint32_t status;
    uint32_t status_written; /* last value written by the driver */
    uint32_t taken[VWR_FEATURE_WORDS];
    uint32_t reset_reads_left;
    uint32_t offered_sel;
    uint32_t taken_sel;
    uint32_t queue_sel;
    uint32_t page_size;
    uint32_t interrupt;
    uint32_t generation;

    /* recorded */
    unsigned accesses;
    unsigned writes;
    unsigned notified;
    unsigned resets;
    unsigned line_count;
    char lines[FAKE_LINES][FAKE_LINE_BYTES];
    char broken_rule[FAKE_LINE_BYTES * 2]; /* the first broken rule; empty if there is none */
};

/* The bus and the clock. Each clock read advances the time by a step, so all waits end quickly and
 * deterministically. */
struct fake_time {
    uint64_t now;
    uint32_t step; /* microseconds per clock read */
    uint32_t readings;
    uint32_t relaxed; /* calls of vwr_port_relax, if the port has it */
};
extern struct fake_time fake_time;

void fake_relax(void);

/* An empty bus at time 0. */
void fake_bus_reset(void);

/* A correct block device of `version` at `base`, without a back end and with no feature except VERSION_1. */
void fake_plug(struct fake *f, uintptr_t base, uint32_t version);

/* From now on `reg` reads as `value`, after `after` more correct reads. */
void fake_answer(struct fake *f, enum vwr_mmio_reg reg, uint32_t value, uint32_t after);

void fake_offer(struct fake *f, unsigned feature);
void fake_withhold(struct fake *f, unsigned feature);
bool fake_took(const struct fake *f, unsigned feature);

/* Sets and reads a field of the configuration; bytes is 1, 2, 4 or 8. */
void fake_config(struct fake *f, unsigned offset, unsigned bytes, uint64_t value);
uint64_t fake_config_now(const struct fake *f, unsigned offset, unsigned bytes);

/* The transcript has lines such as "W Status 0x1 ACKNOWLEDGE" and "R DeviceFeatures[1] -> 0x1". */
void fake_forget(struct fake *f);
unsigned fake_count(const struct fake *f, const char *prefix);

/* Fails if the transcript differs, and prints the recorded one in a form that can be pasted into the test. */
void fake_expect(const struct fake *f, const char *const *lines, size_t count);
#define FAKE_EXPECT(f, lines) fake_expect(f, lines, sizeof(lines) / sizeof((lines)[0]))

/* fake_rules.c: records a violation of the specification in f->broken_rule. */
void fake_check_access(struct fake *f, bool write, unsigned offset, unsigned bytes, uint32_t value);
void fake_break_rule(struct fake *f, const char *text);

/* Whether a byte of the configuration exists for the driver, and is meaningful, with the negotiated
 * features. */
bool fake_is_given(const struct fake *f, unsigned at);

#endif
