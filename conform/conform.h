/* SPDX-License-Identifier: MIT */
#ifndef CONFORM_H
#define CONFORM_H

#include "vwr/mmio.h"
#include "vwr/queue.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Cases that a device passes or fails, each with the clauses on which its expectation is based. A program
 * gives a way to its device, and the functions at the end of this file.
 */

/* Of the program: a C library's, or its own. */
void *memcpy(void *to, const void *from, size_t bytes);
void *memset(void *to, int byte, size_t bytes);
int memcmp(const void *a, const void *b, size_t bytes);

#define RING_LEAST 8u     /* smallest ring of a device that the cases can use */
#define RING 16u          /* largest number of descriptors in the ring that the cases write by hand */
#define DATA_BYTES 65536u /* memory for the buffers of a session, in bytes */

enum verdict { KEPT, BROKEN, UNTESTED };
enum level { LEVEL_UNKNOWN, LEVEL_LOW, LEVEL_HIGH };

/* A segment of a chain. */
struct part {
    void *at;
    uint32_t bytes;
    bool writable;
};

struct device_class;
struct session;

/* The position of a side in a packed ring. */
struct packed_place {
    unsigned at;
    bool wrap;
};

/* How a session accesses its device. */
struct way {
    /* Connects to the device, before feature negotiation: sets s->dev, s->offered and the properties that can
     * be tested. */
    bool (*connect)(struct session *s);
    void (*end)(struct session *s);
    /* Returns zeroed memory that the device can access; NULL: there is none. */
    void *(*memory)(struct session *s, size_t bytes);
    void (*kick)(struct session *s);
    /*
     * Asks for something from outside of the guest, which a driver cannot cause: `bytes` of what
     * s->class->outside names. NULL: nobody can be asked.
     */
    void (*ask)(struct session *s, uint32_t bytes);
    /* Waits up to a few milliseconds and counts interrupts. */
    void (*step)(struct session *s);
    bool (*is_there)(const struct session *s);
    /*
     * Whether the device has terminated or hung since the last call; s->seen describes how. NULL: the device
     * cannot be started again.
     */
    bool (*has_died)(struct session *s);
    /* Whether the device has refused an access since the last call. NULL: this cannot be observed. */
    bool (*has_refused)(void);
    /* The level of the interrupt line. NULL: it cannot be observed. */
    enum level (*line)(void);
    bool is_mmio;         /* s->dev has the registers of virtio-mmio */
    bool starts_by_kicks; /* a notification before DRIVER_OK is not early: it starts the ring */
};

/* A connection, and a ring to which none of the library's drivers writes. */
struct session {
    const struct way *way;
    const struct device_class *class;
    struct vwr_dev *dev;
    struct vwr_mmio mmio;    /* of a way whose device is on virtio-mmio */
    uint64_t offered;        /* features */
    bool has_config;         /* the device implements the configuration space */
    bool has_status;         /* the device implements the status */
    bool knows_driver;       /* the device gets DRIVER_OK */
    bool ignores_interrupts; /* interrupts are neither polled nor acknowledged */
    unsigned size_max; /* what a case asks for as the size of the ring, before it opens; RING otherwise */
    bool is_packed;    /* the layout of the ring; the members that only packed.c uses are at the end */
    bool receives;     /* the ring is that of the queue which the device fills; incoming.c */
    bool is_alone;     /* nobody outside has answered yet, and a case has asked */
    bool was_answered; /* a device has received what a case has asked for */
    unsigned number;   /* of the queue that the case uses */
    struct vwr_queue queue;  /* only its memory is used */
    struct vwr_queue beside; /* the other queue of a pair */
    unsigned size;           /* of the ring: size_max, or what the device has at most */
    struct vwr_virtq_desc *desc;
    struct vwr_virtq_avail *avail;
    struct vwr_virtq_used *used;
    uint8_t *data;
    uint16_t next; /* value of avail->idx */
    unsigned interrupts;
    uint64_t slowest_ms; /* longest time that a buffer took in any session */
    bool has_worked;     /* the device has used a buffer in some session */
    bool is_unanswered;  /* the device has used none in this case, and the case is still running */
    bool is_unfit;       /* the device lacks what the cases need, and need not have it; `seen` says what */
    uint64_t case_ms;    /* how long a case may wait in total */
    uint64_t case_end;
    uint64_t wasted_ms; /* time spent waiting for buffers that it has not used */
    char seen[300];     /* the observation, or the reason why the case could not run */
    struct vwr_pvirtq_desc *ring;
    struct vwr_pvirtq_event_suppress *wanted; /* suppression of the driver */
    struct vwr_pvirtq_event_suppress *wants;  /* suppression of the device */
    struct packed_place put;
    struct packed_place get;
    uint16_t order[RING];  /* IDs of the available lists */
    uint16_t length[RING]; /* number of descriptors of the list with this ID */
    bool has_one_id;       /* a case wants the ID in the last descriptor of a list only */
    bool is_lost;          /* the device has used a list that was not available */
    bool is_unmarked;      /* the device has reported bytes without WRITE in the used descriptor */
};

struct conform_case {
    const char *name;
    const char *clauses; /* as in the tables of tests/hostile/guests; NULL: not for a split ring */
    const char *packed;  /* for a packed ring; NULL: not for a packed ring */
    const char *expects;
    enum verdict (*run)(struct session *s);
    bool is_hostile; /* the driver breaks a rule in such a way that the device may end, although it has a
                        clause */
};

struct device_class {
    const char *name;
    uint32_t type;
    unsigned queue; /* queue that most cases use */
    /*
     * Size of the buffers of the other queue of a pair, which the device fills; some devices serve neither
     * queue before both are set up. 0: the sessions of a case use only one queue.
     */
    uint32_t beside_bytes;
    unsigned beside;     /* queue that the device fills with what it receives from outside */
    const char *outside; /* what that is, a word of conform/guest/README.md; NULL: it receives nothing */
    /*
     * Writes any request of the class at descriptor `first`. Returns the number of its descriptors, at
     * most 3.
     */
    unsigned (*request)(struct session *s, unsigned first);
    /* Whether the device has executed the request and reports `bytes`. NULL: only the used entry can be
     * observed. */
    bool (*is_done)(const struct session *s, uint32_t bytes);
    /* Whether the cases can use this device; if not, s->seen has the reason. NULL: they can use any. */
    bool (*is_fit)(struct session *s);
    const struct conform_case *cases;
    size_t count;
};

#define CASE(name, clauses, expects) BOTH(name, clauses, NULL, expects)
#define PACKED(name, packed, expects) BOTH(name, NULL, packed, expects)
#define BOTH(name, clauses, packed, expects)         \
    {                                                \
#name, clauses, packed, expects, name, false \
    }
/* A case whose driver breaks a rule, for a split ring. */
#define HOSTILE(name, clauses, expects)           \
    {                                             \
#name, clauses, NULL, expects, name, true \
    }

extern const struct device_class disk_class, entropy_class, net_class, console_class, input_class, gpu_class;
extern const struct conform_case ring_cases[], setup_cases[], broken_cases[], register_cases[];
extern const size_t ring_case_count, setup_case_count, broken_case_count, register_case_count;

/* ---- session.c ---- */

#define BIT(feature) (UINT64_C(1) << (feature))

__attribute__((format(printf, 2, 3))) enum verdict broken(struct session *s, const char *format, ...);
__attribute__((format(printf, 2, 3))) enum verdict untested(struct session *s, const char *format, ...);
/* The same for a device that lacks what the cases need, and need not have it. Returns false. */
__attribute__((format(printf, 2, 3))) bool unfit(struct session *s, const char *format, ...);
/* Starts the time limit of a case; its waits end with it. */
void session_begin_case(struct session *s);
/* Whether the time limit of the case has expired. */
bool session_is_late(const struct session *s);
/* Connects. */
bool session_connect(struct session *s);
/* Connects and sets up a ring; accepts those of `features` that are offered. */
bool session_prepare(struct session *s, uint64_t features);
/* Sets DRIVER_OK, and submits the buffers that the device fills. */
bool session_start(struct session *s);
/* session_prepare(), and session_start(). */
bool session_open(struct session *s, uint64_t features);
void session_end(struct session *s);
bool session_offers(const struct session *s, unsigned feature);
/* Whether the device has refused an access since the last call, as far as this can be observed. */
bool session_has_refused(const struct session *s);
/* session_connect() to a device that implements its configuration; otherwise `r` has the reason. */
bool session_has_config(struct session *s, enum verdict *r);
/* Reads a field with accesses of its width, as a driver must; other fields byte by byte, little-endian. */
uint64_t config_field(struct session *s, size_t offset, size_t bytes);
/* Writes a chain to table[first] and the following descriptors. */
void put_chain(struct vwr_virtq_desc *table, unsigned first, const struct part *p, unsigned count);
void put_desc(struct vwr_virtq_desc *d, uint64_t addr, uint32_t bytes, unsigned flags, unsigned next);
/* Makes the chain at descriptor `head` available, without a notification. */
void offer(struct session *s, unsigned head);
void kick(struct session *s);
uint16_t used_index(struct session *s);
uint16_t used_flags(const struct session *s);
/*
 * Sets the driver's interrupt suppression: the flags of the layout, and the buffer (in a packed ring, the
 * descriptor) that is `ahead` of the next one.
 */
void want(struct session *s, unsigned flags, uint16_t ahead);
/*
 * Waits until the device has used all available buffers. The time limit is shorter if the device has used
 * none for a long time in total.
 */
bool await_used(struct session *s);
bool await_interrupt(struct session *s, unsigned after);
/* Waits for as long as a device may take to break a rule. */
void give_time(struct session *s);
/* Whether the used buffer shows that its request was executed, as far as this is visible for the class. */
bool is_executed(struct session *s, unsigned at);
/* Ends the session, and checks that the device executes a request of the next driver. */
enum verdict next_driver(struct session *s);
/* Makes a request of the class available, waits for it, and checks its result. */
bool exchange(struct session *s);
uint32_t used_bytes(const struct session *s, unsigned at);
uint32_t used_id(const struct session *s, unsigned at);
/* Number of device-writable bytes of the request at descriptor `first`. */
uint32_t writable_bytes(const struct session *s, unsigned first, unsigned count);

/* ---- incoming.c: what the device receives from outside ---- */

#define INCOMING_HEAD 14u /* addresses and type of an Ethernet frame */

/* Opens a session on the queue that the device fills, with `count` buffers of `bytes`, which are poisoned. */
bool incoming_open(struct session *s, uint64_t features, uint32_t bytes, unsigned count);
/* Makes more of them available, from number `first` on; a ring has RING_LEAST at most. */
void incoming_offer(struct session *s, unsigned first, uint32_t bytes, unsigned count);
/* The bytes of the buffer that used entry `at` has. */
const uint8_t *incoming_buffer(const struct session *s, unsigned at);
/*
 * Asks for what the device can receive, and waits until it has used `count` buffers. false: none was used in
 * time, and the case is not tested.
 */
bool incoming_arrives(struct session *s, uint32_t bytes, unsigned count);
/* Number of buffers that the device has used since the session began. */
unsigned incoming_count(struct session *s);
/* Whether used entry `at` has a buffer that was made available, and a length that this can have; or s->seen.
 */
bool incoming_is_right(struct session *s, unsigned at, uint32_t bytes);
/* Byte `at` of a text that a case asks for. */
uint8_t incoming_byte(unsigned at);
/* Writes a frame that a case asks for; `bytes` includes its header of INCOMING_HEAD bytes. */
void incoming_frame(uint8_t *frame, uint32_t bytes);

/* ---- cases.c ---- */

/* A case of a run. */
struct todo {
    const struct conform_case *c;
    const char *basis; /* clauses, or "robustness:" and a reason */
    bool is_packed;
};

extern const struct device_class *const device_classes[];
extern const size_t device_class_count;

/* Case `number` of the run. false: there are fewer. */
bool find_case(const struct session *s, unsigned number, struct todo *t);
/* What stands before the name of the case. */
const char *case_prefix(const struct todo *t);
/* Runs the case. Unless it is kept, s->seen has the observation or the reason. */
enum verdict try_case(struct session *s, const struct todo *t);
/* "kept", "broken" or "not tested" */
const char *verdict_words(enum verdict r);

/* ---- packed.c: what the functions above do in a packed ring ---- */

#define NO_USED_ID 0xffffffffu /* length of a buffer that the device has used together with a later one */

void packed_begin(struct session *s, uint8_t *shared, size_t driver, size_t device);
void packed_offer(struct session *s, unsigned head);
uint16_t packed_used_index(struct session *s);
void packed_want(struct session *s, unsigned flags, unsigned ahead);
/* The device's notification suppression. */
unsigned packed_wants(const struct session *s);
/* Whether the device wants a notification of the list that begins at `first`. */
bool packed_wants_kick(const struct session *s, struct packed_place first);
/* Converts the first descriptors of s->desc to an indirect table. */
void packed_table(const struct session *s, void *table, unsigned count);

/* ---- mmio.c: a device on virtio-mmio ---- */

/* s->mmio is the device. */
void mmio_found(struct session *s);
void mmio_kick(struct session *s);
/* Acknowledges and counts the interrupts that InterruptStatus shows. */
void mmio_events(struct session *s);
/* Reads the offered features of a device on any transport. */
void read_offered(struct session *s);

/* ---- text.c ---- */

/*
 * Writes a text like vsnprintf, with the conversions %s, %c, %d, %u, %x, %llu and %llx, without flags and
 * widths. Returns its length, which is less than `bytes`; a longer text is cut off.
 */
size_t text_format(char *to, size_t bytes, const char *format, va_list values);

/* ---- the program ---- */

/* A clock. */
uint64_t now_ms(void);
/* Address of this memory as seen by the device. */
uint64_t device_address(const void *at);

#endif
