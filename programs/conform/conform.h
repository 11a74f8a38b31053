/* SPDX-License-Identifier: MIT */
#ifndef CONFORM_H
#define CONFORM_H

#include "vwr/mmio.h"
#include "vwr/queue.h"
#include "vwr_vhost_front.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Cases that a device keeps or breaks, each with the clauses that its expectation rests on. */

#define RING 16u          /* descriptors of the ring that the cases write by hand */
#define DATA_BYTES 65536u /* memory of a session for buffers */

enum verdict { KEPT, BROKEN, UNTESTED };

/* A segment of a chain. */
struct part {
    void *at;
    uint32_t bytes;
    bool writable;
};

struct device_class;
struct session;

/* Where a side has come to in a packed ring. */
struct packed_place {
    unsigned at;
    bool wrap;
};

/* How a session reaches its device. */
struct way {
    /* Finds the device, not negotiated yet: s->dev, s->offered and what can be tested there. */
    bool (*connect)(struct session *s);
    void (*end)(struct session *s);
    /* Zeroed memory that the device sees; NULL: there is none. */
    void *(*memory)(struct session *s, size_t bytes);
    void (*kick)(struct session *s);
    /* Waits a few milliseconds at most, and counts interrupts. */
    void (*step)(struct session *s);
    bool (*is_there)(const struct session *s);
    /* Whether the device has ended, or hung, since the last call; s->seen says how. NULL: nothing starts a
     * device again. */
    bool (*has_died)(struct session *s);
    /* Of a register of virtio-mmio, as a guest without a byte order sees it. NULL: there are none. */
    uint32_t (*read)(uint64_t addr, unsigned bytes);
    void (*write)(uint64_t addr, unsigned bytes, uint32_t value);
};

/* A connection, and a ring that no driver of the library writes to. */
struct session {
    const struct way *way;
    const char *path; /* of a socket */
    const struct device_class *class;
    struct vwr_dev *dev;
    union {
        struct vwr_vhost_front v;
        struct vwr_mmio mmio;
    };
    uint64_t offered;       /* features */
    bool has_config;        /* the configuration is the device's own */
    bool has_status;        /* so is the status */
    bool knows_driver;      /* the device is told of DRIVER_OK */
    bool is_deaf;           /* interrupts are neither looked for nor acknowledged */
    bool is_packed;         /* the layout of the ring; what packed.c alone uses is at the end */
    struct vwr_queue queue; /* only its memory is used */
    struct vwr_virtq_desc *desc;
    struct vwr_virtq_avail *avail;
    struct vwr_virtq_used *used;
    uint8_t *data;
    uint16_t next; /* value of avail->idx */
    unsigned interrupts;
    uint64_t slowest_ms; /* of all buffers that any session has waited for */
    char seen[300];      /* what was seen, or why there was nothing to see */
    struct vwr_pvirtq_desc *ring;
    struct vwr_pvirtq_event_suppress *wanted; /* by the driver */
    struct vwr_pvirtq_event_suppress *wants;  /* the device */
    struct packed_place put;
    struct packed_place get;
    uint16_t order[RING];  /* of the lists that were offered: their ids */
    uint16_t length[RING]; /* descriptors of the list with this id */
    bool is_lost;          /* the device has used a list that there is not */
};

struct conform_case {
    const char *name;
    const char *clauses; /* as the tables of tests/hostile/guests have them; NULL: not for a split ring */
    const char *packed;  /* of a packed ring; NULL: not for one */
    const char *expects;
    enum verdict (*run)(struct session *s);
};

struct device_class {
    const char *name;
    uint32_t type;
    unsigned queue; /* that the cases use */
    /* A request of any kind at descriptor `first`; the number of its descriptors, at most 3. */
    unsigned (*request)(struct session *s, unsigned first);
    /* Whether the device has executed it, and reports `bytes`; NULL: only that it is used can be seen. */
    bool (*is_done)(const struct session *s, uint32_t bytes);
    const struct conform_case *cases;
    size_t count;
};

#define CASE(name, clauses, expects) BOTH(name, clauses, NULL, expects)
#define PACKED(name, packed, expects) BOTH(name, NULL, packed, expects)
#define BOTH(name, clauses, packed, expects)  \
    {                                         \
#name, clauses, packed, expects, name \
    }

extern const struct way vhost_way, qemu_way, ours_way;
extern const struct device_class disk_class, entropy_class, net_class, console_class, input_class, gpu_class;
extern const struct conform_case ring_cases[], broken_cases[], register_cases[];
extern const size_t ring_case_count, broken_case_count, register_case_count;

/* ---- session.c ---- */

#define BIT(feature) (UINT64_C(1) << (feature))

__attribute__((format(printf, 2, 3))) enum verdict broken(struct session *s, const char *format, ...);
__attribute__((format(printf, 2, 3))) enum verdict untested(struct session *s, const char *format, ...);
/* Connects. */
bool session_connect(struct session *s);
/* Connects, and gives the device a ring: `features` are accepted as far as they are offered. */
bool session_prepare(struct session *s, uint64_t features);
/* session_prepare(), and DRIVER_OK. */
bool session_open(struct session *s, uint64_t features);
void session_end(struct session *s);
bool session_offers(const struct session *s, unsigned feature);
/* session_connect() to a device that shows its configuration; `r` says why there is none. */
bool session_has_config(struct session *s, enum verdict *r);
/* A field's bytes, read one by one; they are little-endian. */
uint64_t config_field(struct session *s, size_t offset, size_t bytes);
/* What the device calls this memory. */
uint64_t device_address(const void *at);
/* Writes a chain to table[first] and the descriptors behind it. */
void put_chain(struct vwr_virtq_desc *table, unsigned first, const struct part *p, unsigned count);
void put_desc(struct vwr_virtq_desc *d, uint64_t addr, uint32_t bytes, unsigned flags, unsigned next);
/* Makes the chain at descriptor `head` available, without a notification. */
void offer(struct session *s, unsigned head);
void kick(struct session *s);
uint16_t used_index(struct session *s);
uint16_t used_flags(const struct session *s);
/* For which used buffers the driver wants interrupts: flags of the layout, and the buffer after the next
 * `ahead` ones, or descriptor of a packed ring. */
void want(struct session *s, unsigned flags, uint16_t ahead);
/* Waits until the device has used what is available. */
bool await_used(struct session *s);
bool await_interrupt(struct session *s, unsigned after);
/* Time in which a device that breaks a rule has shown it. */
void give_time(struct session *s);
/* Whether the used buffer shows that its request was executed, as far as the class shows that. */
bool is_executed(struct session *s, unsigned at);
/* Makes the class's request, waits, and checks its result. */
bool exchange(struct session *s);
uint32_t used_bytes(const struct session *s, unsigned at);
uint32_t used_id(const struct session *s, unsigned at);
/* The bytes that the request at descriptor `first` has for the device to write to. */
uint32_t writable_bytes(const struct session *s, unsigned first, unsigned count);

/* ---- packed.c: what the functions above do in a packed ring ---- */

#define NO_USED_ID 0xffffffffu /* of a buffer that the device has used with a later one */

void packed_begin(struct session *s, uint8_t *shared, size_t driver, size_t device);
void packed_offer(struct session *s, unsigned head);
uint16_t packed_used_index(struct session *s);
void packed_want(struct session *s, unsigned flags, unsigned ahead);
/* What the device wants. */
unsigned packed_wants(const struct session *s);
/* The first descriptors of s->desc as an indirect table. */
void packed_table(const struct session *s, void *table, unsigned count);

/* ---- mmio.c: a device on virtio-mmio ---- */

/* Registers are those of this way. */
void mmio_use(const struct way *w);
/* s->mmio is the device. */
void mmio_found(struct session *s);
void mmio_kick(struct session *s);
/* Acknowledges what InterruptStatus shows, and counts it. */
void mmio_events(struct session *s);

/* ---- qemu.c ---- */

/* The command line whose QEMU has the device: a program, and options of that device. */
void qemu_command(char **words, int count);

#endif
