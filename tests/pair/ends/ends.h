/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_ENDS_H
#define VWR_PAIR_ENDS_H

#include "vwr/client.h"
#include "vwr/vservice.h"

/*
 * The test of both sides of any device. A generated file, test/ends/NAME.c, defines `ends_device`:
 * the messages of the device and the expected results as plain numbers. The code is here.
 *
 * A case is a word such as "too_long" together with a message. Both name a failure, and the other cases
 * continue with a new device.
 */

#define ENDS_SLOT 1u
#define ENDS_QUEUES 16u
#define ENDS_QUEUE_SIZE 256u
#define ENDS_CALLS 2u
#define ENDS_SEGMENTS 16u
#define ENDS_BUFFERS 4u
#define ENDS_BYTES 4096u /* maximum size of a buffer, and of the data that one side of a message writes */
#define ENDS_POISON 0x5a

/* The peer of the driver: the service, the service without functions, the scripted device of
 * ends_client.c. */
enum ends_with { ENDS_SERVICE, ENDS_EMPTY, ENDS_SCRIPT };

enum ends_kind { ENDS_REQUEST, ENDS_EVENT, ENDS_TAKE, ENDS_PUT };

/* Actions of a message's function. */
enum ends_do {
    ENDS_DO,       /* send it and wait */
    ENDS_SUBMIT,   /* send it */
    ENDS_ANSWER,   /* check that the answer is as the device wrote it */
    ENDS_DONE,     /* the service completes the request that it has kept */
    ENDS_NO_QUEUE, /* as ENDS_SUBMIT, to a nonexistent queue of the family */
    ENDS_FORMS,    /* checks encoding and decoding of its forms */
    ENDS_POLL,     /* event: the driver polls for one; with ENDS_DO the device sends it */
    ENDS_PARSE,    /* event: 1 if ends.image is one */
    ENDS_ITEM,     /* get the first item alone */
    ENDS_UNFIT /* as ENDS_SUBMIT, with the first of the message's `unfit`; higher values select the next ones
                */
};

/* A form sent by the driver that the device has to refuse. */
struct ends_wrong {
    const char *what;
    const uint8_t *form;
    uint16_t out_data; /* number of data bytes sent with it */
    uint16_t in_data;
    bool beyond; /* a value exceeds its limit; otherwise it is not a valid message */
};

/* One side's part of a message: a form with `first` bytes in front and `last` bytes behind the data. */
struct ends_half {
    const uint8_t *form;
    uint16_t first;
    uint16_t last;
    uint16_t data;
    bool open; /* variable length: at least `least`, a multiple of `unit`, at most `most` unless that is 0 */
    uint16_t least;
    uint16_t unit;
    uint32_t most;
    const uint8_t *over; /* data bytes with a fixed value, from `over_at` on; all others are ends_pattern */
    uint16_t over_at;
    uint16_t over_bytes;
    bool counted; /* the form contains the length of the data */
};

struct ends_message {
    const char *name;
    int (*call)(enum ends_do what);
    struct ends_half out;
    struct ends_half back;
    uint64_t sets;   /* sets that include it: bit n for set n */
    int home;        /* the largest of these sets; -1: none */
    uint16_t bit_at; /* offset of the le32 in the configuration in which `bit` must be set; 0: none */
    uint32_t bit;
    uint16_t status_at;
    uint8_t status_bytes;
    uint8_t oks;
    bool refuses; /* with `refuse`; otherwise it completes with 0 bytes */
    bool refuses_unknown;
    bool fills;      /* the service's function fills an answer structure */
    uint8_t items;   /* number of items of the answer, for each of which the function is called; 0: others */
    bool may_answer; /* a driver may omit the buffer for the answer */
    uint32_t ok[3];
    uint32_t refuse;
    uint64_t barred; /* sets in which the device offers a feature that refuses it, with `refuse_barred` */
    uint32_t refuse_barred;
    uint32_t unknown;    /* status of the queue for unknown messages */
    bool refuses_beyond; /* values out of range, with `beyond` */
    uint32_t beyond;
    const struct ends_wrong *wrong;
    uint16_t wrongs;
    const char *unfit[4]; /* invalid calls: cases of ENDS_UNFIT and the numbers behind it */
    uint32_t type;        /* of an event, in the client's numbering */
};

/* A value of the message selector that belongs to no message. */
struct ends_unknown {
    uint16_t at;
    uint8_t bytes;
    uint8_t shift;
    uint32_t mask;
    uint32_t value;
    bool big; /* -endian */
};

/* Position of the status in the answer to an unknown message: at the front like all answers, at the back,
 * or as in the answer of the same length. */
enum ends_place { ENDS_FRONT, ENDS_BACK, ENDS_ALIKE };

struct ends_queue {
    const char *name;
    enum ends_kind kind;
    enum ends_place place;
    uint64_t sets;
    const struct ends_message *message;
    const struct ends_unknown *unknown;
    uint16_t messages;
    uint16_t unknowns;
    bool big;            /* statuses are big-endian */
    bool family;         /* one of several identical queues, of which there are one or two */
    uint16_t number;     /* of a family's queue */
    uint16_t least;      /* size of the smallest buffer for the device's bytes */
    uint16_t select_end; /* number of bytes up to the end of the selector; 0: messages differ in direction */
    /* of the client; NULL if absent */
    struct vwr_clientq *requests;
    struct vwr_client_call *call; /* used by submit */
    struct vwr_client_call *own;  /* used by a waiting call */
    struct vwr_receiveq *receive;
    struct vwr_transmitq *transmit;
    uint16_t (*index)(const struct vwr_vdev *v, uint16_t number);
    struct vwr_slice *rest;
    uint32_t (*put)(const void *bytes, uint32_t n);
};

/* Offered features, and configuration fields that differ from the device's defaults. */
struct ends_set {
    const uint8_t *bit;
    uint16_t bits;
    const struct ends_state *state;
    uint16_t states;
};

struct ends_state {
    uint16_t at;
    uint8_t bytes;
    uint64_t value;
};

/* A feature that needs one of several others. */
struct ends_rule {
    uint8_t feature;
    uint8_t count;
    uint8_t any[3];
};

/* A configuration field and a value outside of its limits; the field exists in these sets. */
struct ends_limit {
    const char *field;
    uint16_t at;
    uint8_t bytes;
    uint32_t value;
    uint64_t sets;
};

struct ends_device {
    const char *name;
    uint32_t id;
    const uint8_t *config;
    uint16_t config_bytes;
    const struct ends_set *set;
    uint16_t sets;
    uint16_t queues;
    const struct ends_queue *queue;
    const vwr_count *ignored;
    struct vwr_vdev *dev; /* of the service */
    const struct ends_rule *rules;
    uint16_t rule_count;
    uint16_t limits;
    const struct ends_limit *limit;
    /* Writes the service's configuration with all fields within their limits except `wrong`; NULL: all. */
    int (*write_config)(const struct ends_limit *wrong, const struct vwr_features *offered);
    /* `empty`: without functions */
    int (*init)(const struct vwr_vdev_setup *setup, const struct vwr_features *features,
                const struct vwr_service_memory *memory, bool empty);
    int (*open)(struct vwr_dev *d);
    int (*close)(void);
    bool (*has)(unsigned feature);
    int (*read_info)(void); /* NULL: the device has no configuration, or no queue for messages */
};

extern const struct ends_device ends_device;

/* ---- for generated files ---- */

/* Memory of a queue and of its buffers. */
struct vwr_queue_memory ends_queue_memory(size_t shared_bytes);
struct vwr_receive_memory ends_receive_memory(void);
struct vwr_transmit_memory ends_transmit_memory(void);
struct vwr_request_options ends_request_options(void);

/* Data of the message that is sent now, from byte `at` on. */
void *ends_out(size_t at);
void *ends_in(size_t at);

/* Called by a function of the service's table: reads and writes the data, and returns the result of the
 * case. */
int ends_called(struct vwr_vmessage *x, const char *name);

/* The same for a function that fills an item, which is number `i` in the answer. */
int ends_item(const char *name, uint64_t i);
uint32_t ends_taken(const uint8_t *bytes, uint32_t n);
void ends_posted(void); /* a queue that belongs to no message and no stream of the driver */

/* The client reports the number of data bytes received for a message with this result. */
void ends_written(int result, uint32_t bytes);
void ends_untouched(const void *p, size_t n);

/* An event; `type` is in the client's numbering. */
void ends_polled(unsigned type, const uint8_t *data, uint32_t bytes);

void ends_same(const char *file, int line, const char *what, uint64_t got, uint64_t want);
void ends_same_bytes(const char *file, int line, const char *what, const void *got, const void *want,
                     size_t n);

#define ENDS_SAME(got, want) ends_same(__FILE__, __LINE__, #got, (uint64_t)(got), (uint64_t)(want))
#define ENDS_SAME_BYTES(got, want, n) ends_same_bytes(__FILE__, __LINE__, #got, got, want, n)

/* ---- between the files of the harness ---- */

extern struct ends {
    /* current state */
    const struct ends_queue *queue;
    const struct ends_message *message;
    const char *what; /* name of the case */
    unsigned set;
    bool packed;
    bool failed;  /* since the case started */
    bool without; /* the configuration bit that `dropped` needs is clear */
    const struct ends_message *dropped;
    const struct ends_limit *limit; /* limit that the scripted device exceeds; NULL: none */
    const struct ends_rule *unmet;  /* all features are offered except the alternatives that this one needs */
    enum ends_with with;

    /* guest memory: data of the driver, data of the device, raw messages */
    uint8_t *out;
    uint8_t *in;
    uint8_t *raw;

    /* of the message that the service receives */
    uint32_t out_data; /* expected number of data bytes */
    uint32_t in_room;  /* expected space for data */
    uint32_t in_data;  /* number of bytes to write */
    int result;
    bool blank; /* the function fills nothing of the answer structure */
    unsigned calls;
    unsigned items;            /* number of items of the last call */
    struct vwr_vmessage *kept; /* if the result was VWR_LATER, together with: */
    uint64_t ticket;

    unsigned posted;
    unsigned hooked;         /* calls of the VMM's functions that belong to no message */
    unsigned without_memory; /* number, from 1, of the queue that gets no memory; 0: each queue gets memory */
    unsigned with_small;     /* number, from 1, of the queue whose buffers share `small` bytes; 0: none */
    uint32_t small;
    const uint8_t *image; /* of an event */
    uint32_t image_bytes;
    unsigned events; /* polled */
    uint32_t event_data;

    uint32_t taken;
    uint32_t taken_sum;

    unsigned sent; /* total number of messages between the two sides */
    unsigned cases;
    unsigned failures;
} ends;

static inline uint8_t ends_pattern(uint32_t at)
{
    return (uint8_t)(at * 29u + (at >> 8) + 3u);
}

/* Starts and ends a case. False: it has failed, and the device has to be created again. */
void ends_begin(const char *what);
bool ends_end(void);

/* Creates device and driver with a set of features. */
void ends_open(unsigned set, bool packed, enum ends_with with);
void ends_close(void);
void ends_reopen(void);
void ends_restart(void); /* restarts only the driver; the message must behave as defined */

/* Sets or clears the bit that the message needs in the device's configuration. */
void ends_set_bit(bool there);

/* Prepares everything before the message is sent: poison and expected values. */
void ends_expect(const struct ends_message *m);

/* Numbers in messages, in the queue's byte order; ends_put_unknown changes only the bits of the mask. */
void ends_put(uint8_t *at, unsigned bytes, uint32_t value, bool big);
void ends_put_unknown(const struct ends_unknown *u, uint8_t *form);

bool ends_has(uint64_t sets, unsigned set);

/* A data byte. */
uint8_t ends_byte(const struct ends_half *half, uint32_t at);

/* The complete part that one side writes: the form with the data in between. Returns its length. */
uint32_t ends_image(const struct ends_half *half, uint8_t *to);

/* Index of a queue of the service. */
uint16_t ends_index(const struct ends_queue *q);

/*
 * Runs for all messages, or for those that the current set includes and for which it is the largest; on the
 * first queue of a family.
 */
void ends_each(enum ends_kind kind, bool at_home, void (*run)(void));

uint16_t ends_serve_script(struct vwr_vdev *v, struct vwr_vqueue *q);

/* The tests, each for all messages in the set. */
void ends_pair(void);        /* ends_pair.c: all messages in both directions */
void ends_service(void);     /* ends_service.c: invalid messages to the service */
void ends_empty(void);       /* and to a service without functions */
void ends_hooks(bool there); /* functions of the VMM that belong to no message */
void ends_client(void);      /* ends_client.c: invalid answers and events to the client */
void ends_limits(void);      /* configuration fields outside of their limits */
void ends_unmet(void);       /* offered features without those that they need */
void ends_refused(void);     /* devices and drivers that do not start */

#endif
