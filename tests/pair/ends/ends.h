/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_ENDS_H
#define VWR_PAIR_ENDS_H

#include "vwr/client.h"
#include "vwr/vservice.h"

/*
 * The test of both ends of any device. What a device's messages are, and what is to be expected of each, are
 * plain numbers in a generated file, generated/test/ends_NAME.c, which defines `ends_device`; the rest is
 * here.
 *
 * A case is a word such as "too_long", and the message to which it happened: what fails is named by both, and
 * the other cases go on with a new device.
 */

#define ENDS_SLOT 1u
#define ENDS_QUEUES 16u
#define ENDS_QUEUE_SIZE 256u
#define ENDS_CALLS 2u
#define ENDS_SEGMENTS 16u
#define ENDS_BUFFERS 4u
#define ENDS_BYTES 4096u /* of a buffer, and of all that one side of a message writes */
#define ENDS_POISON 0x5a

/* What is at the other end of the driver: the service, the service without a function, the device of
 * ends_client.c. */
enum ends_with { ENDS_SERVICE, ENDS_EMPTY, ENDS_SCRIPT };

enum ends_kind { ENDS_REQUEST, ENDS_EVENT, ENDS_TAKE, ENDS_PUT };

/* What the function of a message does. */
enum ends_do {
    ENDS_DO,       /* sends it and waits */
    ENDS_SUBMIT,   /* sends it */
    ENDS_ANSWER,   /* what came back is as the device has written it */
    ENDS_DONE,     /* the service ends what it has kept */
    ENDS_NO_QUEUE, /* as submit, to a queue of the kind that is not there */
    ENDS_POLL,     /* of an event: the driver looks for one; ENDS_DO: the device sends it */
    ENDS_UNFIT     /* as submit, with the first of the message's `unfit`; the next one is the second */
};

/* A form of the driver that the device has to refuse. */
struct ends_wrong {
    const char *what;
    const uint8_t *form;
    uint16_t out_data; /* and so many bytes of data come with it */
    uint16_t in_data;
    bool beyond; /* a limit is not kept; else the message is no such message */
};

/* One side's part of a message: a form of `first` and `last` bytes, and data between them. */
struct ends_half {
    const uint8_t *form;
    uint16_t first;
    uint16_t last;
    uint16_t data;
    bool open; /* any length: at least `least`, a multiple of `unit`, at most `most` if that is not 0 */
    uint16_t least;
    uint16_t unit;
    uint32_t most;
    const uint8_t *over; /* bytes of data that say something, from `over_at` on; all else is ends_pattern */
    uint16_t over_at;
    uint16_t over_bytes;
    bool counted; /* the form says how much data there are */
};

struct ends_message {
    const char *name;
    int (*call)(enum ends_do what);
    struct ends_half out;
    struct ends_half back;
    uint64_t sets;   /* in which it is there: bit n for the set n */
    int home;        /* the largest of them; -1: none */
    uint16_t bit_at; /* where in the configuration the le32 is of which `bit` has to be there; 0: none has */
    uint32_t bit;
    uint16_t status_at;
    uint8_t status_bytes;
    uint8_t oks;
    bool refuses; /* with `refuse`; else it comes back with no byte */
    bool refuses_unknown;
    bool may_answer; /* a driver may leave no room for the answer */
    uint32_t ok[3];
    uint32_t refuse;
    uint32_t unknown;    /* what the queue refuses with where it does not know the message */
    bool refuses_beyond; /* what is out of range, with `beyond` */
    uint32_t beyond;
    const struct ends_wrong *wrong;
    uint16_t wrongs;
    const char *unfit[4]; /* what a caller may not give: cases of ENDS_UNFIT and the numbers behind it */
    uint32_t type;        /* of an event, as the client has it */
};

/* A value of what selects a message that none has. */
struct ends_unknown {
    uint16_t at;
    uint8_t bytes;
    uint8_t shift;
    uint32_t mask;
    uint32_t value;
    bool big; /* -endian */
};

/* Where an answer to a message that is not known has its status: as all answers at the front, or at the back,
 * or as the one that is as long. */
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
    bool family;         /* one of several alike: the first is sent to, there is no second */
    uint16_t select_end; /* bytes in which all stands that selects a message; 0: they differ in who writes */
    /* of the client, each where there is one */
    struct vwr_clientq *requests;
    struct vwr_client_call *call; /* what a submit uses */
    struct vwr_client_call *own;  /* and one that waits */
    struct vwr_receiveq *receive;
    struct vwr_transmitq *transmit;
    uint16_t (*index)(const struct vwr_vdev *v);
    struct vwr_slice *rest;
    uint32_t (*put)(const void *bytes, uint32_t n);
};

/* Features that are offered, and numbers of the configuration that are others than in the device's own. */
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

/* A feature that needs one of others. */
struct ends_rule {
    uint8_t feature;
    uint8_t count;
    uint8_t any[3];
};

/* A field of the configuration and a value that is out of its limits; it is there in these sets. */
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
    /* Into the service's configuration, all in their limits but this; NULL: all. */
    int (*write_config)(const struct ends_limit *wrong, const struct vwr_features *offered);
    /* `empty`: with no function */
    int (*init)(const struct vwr_vdev_setup *setup, const struct vwr_features *features,
                const struct vwr_service_memory *memory, bool empty);
    int (*open)(struct vwr_dev *d);
    int (*close)(void);
};

extern const struct ends_device ends_device;

/* ---- for generated files ---- */

/* Memory of a queue, and of its buffers. */
struct vwr_queue_memory ends_queue_memory(size_t shared_bytes);
struct vwr_receive_memory ends_receive_memory(void);
struct vwr_transmit_memory ends_transmit_memory(void);
struct vwr_request_options ends_request_options(void);

/* Data of the message that is sent now, from a byte on. */
void *ends_out(size_t at);
void *ends_in(size_t at);

/* A function of the service's table: reads and writes the data, and answers what the case wants. */
int ends_called(struct vwr_vmessage *x, const char *name);
uint32_t ends_taken(const uint8_t *bytes, uint32_t n);
void ends_posted(void); /* a queue that is of no message and no stream of the driver's */

/* The client says so many bytes of data have come, of a message with this result. */
void ends_written(int result, uint32_t bytes);
void ends_untouched(const void *p, size_t n);

/* An event, of the type that the client has. */
void ends_polled(unsigned type, const uint8_t *data, uint32_t bytes);

void ends_same(const char *file, int line, const char *what, uint64_t got, uint64_t want);
void ends_same_bytes(const char *file, int line, const char *what, const void *got, const void *want,
                     size_t n);

#define ENDS_SAME(got, want) ends_same(__FILE__, __LINE__, #got, (uint64_t)(got), (uint64_t)(want))
#define ENDS_SAME_BYTES(got, want, n) ends_same_bytes(__FILE__, __LINE__, #got, got, want, n)

/* ---- between the files of the harness ---- */

extern struct ends {
    /* as it is now */
    const struct ends_queue *queue;
    const struct ends_message *message;
    const char *what; /* the case */
    unsigned set;
    bool packed;
    bool failed;  /* since the case began */
    bool without; /* the bit of the configuration that `dropped` needs is not there */
    const struct ends_message *dropped;
    const struct ends_limit *limit; /* what the scripted device breaks; NULL: nothing */
    const struct ends_rule *unmet;  /* all features are offered but those of which this one needs one */
    enum ends_with with;

    /* data of the driver, of the device, and what a raw message consists of: memory of the guest */
    uint8_t *out;
    uint8_t *in;
    uint8_t *raw;

    /* of the message that the service gets */
    uint32_t out_data; /* so many bytes of data are to come */
    uint32_t in_room;  /* and room for so many */
    uint32_t in_data;  /* so many are to be written */
    int result;
    unsigned calls;
    struct vwr_vmessage *kept; /* if the result was VWR_LATER, with */
    uint64_t ticket;

    unsigned posted;
    unsigned events; /* polled */
    uint32_t event_data;

    uint32_t taken;
    uint32_t taken_sum;

    unsigned sent; /* messages that went from one end to the other, in all */
    unsigned cases;
    unsigned failures;
} ends;

static inline uint8_t ends_pattern(uint32_t at)
{
    return (uint8_t)(at * 29u + (at >> 8) + 3u);
}

/* A case begins and ends. False: it has failed, and the device is to be made anew. */
void ends_begin(const char *what);
bool ends_end(void);

/* Makes device and driver with a set of features. */
void ends_open(unsigned set, bool packed, enum ends_with with);
void ends_close(void);
void ends_reopen(void);
void ends_restart(void); /* the driver alone, and the message is expected as it should be */

/* From here on the device's configuration has the bit that the message needs, or has not. */
void ends_set_bit(bool there);

/* Everything that the message needs before it is sent: poison, and what is to be expected. */
void ends_expect(const struct ends_message *m);

/* Numbers of messages, as the queue has them; `bits` of them are changed. */
void ends_put(uint8_t *at, unsigned bytes, uint32_t value, bool big);
void ends_put_unknown(const struct ends_unknown *u, uint8_t *form);

bool ends_has(uint64_t sets, unsigned set);

/* A byte of its data. */
uint8_t ends_byte(const struct ends_half *half, uint32_t at);

/* What one side writes, in full: its form and data around each other. Bytes. */
uint32_t ends_image(const struct ends_half *half, uint8_t *to);

/* For all messages, or those that are there with the set and largest with it. */
void ends_each(enum ends_kind kind, bool at_home, void (*run)(void));

uint16_t ends_serve_script(struct vwr_vdev *v, struct vwr_vqueue *q);

/* What there is to test, each for all messages that are there with the set. */
void ends_pair(void);    /* ends_pair.c: all messages in both directions */
void ends_service(void); /* ends_service.c: wrong messages to the service */
void ends_empty(void);   /* and to one that has no function */
void ends_client(void);  /* ends_client.c: wrong answers and events to the client */
void ends_limits(void);  /* the configuration out of its limits */
void ends_unmet(void);   /* and features that it offers without those that they need */

#endif
