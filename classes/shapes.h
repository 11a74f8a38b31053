/* SPDX-License-Identifier: MIT */
#ifndef VWR_CLASSES_SHAPES_H
#define VWR_CLASSES_SHAPES_H

#include "vwr/array.h"
#include "vwr/features.h"
#include "vwr/result.h"

/*
 * The requests of a class as bytes, and the lies of a peer, for any program that has a ring: neither libc nor
 * a test framework is used here.
 */

/* Bytes of a string, without its terminator. */
struct bench_bytes {
    const uint8_t *at;
    uint32_t n;
};
#define BENCH_BYTES(text)                         \
    {                                             \
        (const uint8_t *)(text), sizeof(text) - 1 \
    }

#define BENCH_LONGEST 512u /* bytes of a request, and of an answer */

/*
 * A request and the right answer to it. `from` names the program that produced `out` and understood `in`, and
 * where that is to be read.
 */
struct bench_shape {
    const char *name;
    const char *clause;
    const char *from;
    struct bench_bytes out; /* what the device reads */
    struct bench_bytes in;  /* what it writes, which is the used length */
    uint16_t queue;
    uint32_t event; /* not 0: the buffer waits until this happens at the VMM */
};

enum bench_reset { BENCH_RESET = 1, BENCH_QUEUE_RESET };

/* Used lengths: a buffer waits for an event; any answer will do. */
#define BENCH_WAITS UINT16_MAX
#define BENCH_ANY (UINT16_MAX - 1)

/*
 * A request of a lie: `out`, `more` bytes that do not matter, and room for `in` bytes. If all of these are
 * empty, nothing is sent, and the next used buffer of the queue is looked at.
 */
struct bench_step {
    struct bench_bytes out;
    uint16_t more;
    uint16_t in;
    uint16_t used;  /* 0: nothing is written; otherwise data of zeroes, and */
    uint8_t status; /* this one */
    uint16_t calls; /* of the VMM's function so far */
    uint32_t saw;   /* what the VMM got, 0: anything */
    unsigned reset; /* what the guest resets before the request: */
    uint16_t queue;
    uint16_t times;          /* 0: once */
    uint32_t event;          /* what happens at the VMM before the request, 0: nothing */
    struct bench_bytes want; /* not empty: the answer, in place of `used` and `status` */
    bool asks;               /* the device has something to say: it asks for buffers of this queue */
};

/* Lies of a guest to a new device. Adjacent rows of one name are one case with several values. */
struct bench_lie {
    const char *name; /* starts with the id of its case */
    const char *clause;
    long long at; /* printed behind the name */
    const struct bench_step *step;
    unsigned steps;
    bool bare; /* without the optional features, and with the first queue only */
};

/* A row; then its steps. */
#define LIE(name, clause, at, bare, ...)                                                       \
    {                                                                                          \
        name, clause, at, (const struct bench_step[]){__VA_ARGS__},                            \
            sizeof((const struct bench_step[]){__VA_ARGS__}) / sizeof(struct bench_step), bare \
    }

/* What a user does, with its result on a correct device. */
struct bench_act {
    const char *name;
    unsigned first, count; /* the shapes that it makes */
    int result;
    unsigned done; /* what the driver counts as done */
};

/* Wrong answers of a device to an act. Adjacent rows of one name are one case. */
struct bench_wrong {
    const char *name;
    const struct bench_act *act;
    unsigned at;    /* the first wrong answer, counted from the act's first request */
    uint8_t status; /* of this and all later answers */
    uint32_t less;  /* bytes that the used length of this answer lacks */
    bool silent;    /* there is no answer */
    int result;     /* of the act */
    unsigned done;
};

struct bench_shapes {
    const char *name;
    uint32_t id;
    struct vwr_features mandatory; /* features; without one of them the device refuses everything */
    const char *mandatory_name;    /* of the first one; NULL: there is none */
    const char *mandatory_clause;
    bool is_drivers;              /* only a driver refuses to work without them */
    struct vwr_features optional; /* features that all tests accept which are about something else */
    const char *order_clause;     /* the device executes one request at a time, in order; NULL: it does not */
    uint16_t queues;
    bool all_queues;      /* each is there without the optional features, too */
    bool roomy;           /* a buffer that waits may be longer than what it gets */
    bool stream;          /* the device fills all buffers when it can: each continues the last; no status */
    bool status_first;    /* of an answer; otherwise it is the last byte */
    uint8_t status_bytes; /* of a status that is longer than a byte, which come first; 0: it is one byte */
    uint8_t status_at;    /* its position, if that is neither the first nor the last; 0: it is one of these;
                             the length of an answer: it has none */
    bool status_little;   /* also for a legacy guest */
    uint8_t echoes;       /* bytes of a request that its answer begins with */
    uint8_t refusal;      /* the status of a request that is refused */
    uint16_t most;        /* data that the VMM takes in the lies */
    struct bench_bytes config; /* of the device */
    const uint8_t *config_numbers;
    /* The configuration before each act, and after the answer to each shape, if it is not empty; or NULL. A
     * device that has a VMM has its own. */
    const struct bench_bytes *config_before, *config_after;
    /* The numbers at the start of a request, or of its answer: bytes of each, ends with 0. A legacy guest has
     * its own order. */
    const uint8_t *(*numbers)(const struct bench_bytes *out, bool answer);
    /* In the order of a session with a new device: an answer depends on the requests before it. */
    const struct bench_shape *shape;
    unsigned shapes;
    const struct bench_act *act; /* the first one makes one request */
    unsigned acts;
    unsigned plain; /* a shape that needs no optional feature */
    unsigned usual; /* an act with several requests, for tests that need any one */
    unsigned late;  /* a shape that is answered, however often, with bytes of the model and a status of 0 */
    const struct bench_lie *lie;
    unsigned lies;
    const struct bench_wrong *wrong;
    unsigned wrongs;
    /* Shapes that the driver sends again, in this order, if a recovery follows all acts. */
    const uint8_t *restored;
    unsigned restored_count;
    unsigned settings; /* the first act that a recovery has to do with */
    unsigned left;     /* an event that the driver also waits for then; 0: none */
};

/* The position of the status in an answer of n bytes; n: it has none. */
static inline uint32_t bench_status(const struct bench_shapes *s, uint32_t n)
{
    if (s->status_at != 0)
        return s->status_at < n ? s->status_at : n;
    return s->stream ? n : s->status_first || n == 0 ? 0 : n - 1;
}

/* Writes a status; further bytes of it are zeroes. `big`: see bench_copy. */
static inline void bench_set_status(const struct bench_shapes *s, bool big, uint8_t *in, uint32_t n,
                                    uint8_t status)
{
    const uint32_t bytes = s->status_bytes != 0 ? s->status_bytes : 1;
    uint8_t *const at = in + bench_status(s, n);

    for (uint32_t i = 0; i < bytes; i++)
        at[i] = 0;
    at[big && !s->status_little ? bytes - 1 : 0] = status;
}

/* An answer begins with bytes of its request. */
static inline void bench_echo(const struct bench_shapes *s, uint8_t *in, const uint8_t *out)
{
    for (uint32_t i = 0; i < s->echoes; i++)
        in[i] = out[i];
}

/* The byte at this position of a stream, which starts again at its end. All answers have one length. */
static inline uint8_t bench_streamed(const struct bench_shapes *s, uint32_t at)
{
    return s->shape[at / s->shape->in.n % s->shapes].in.at[at % s->shape->in.n];
}

static inline bool bench_equal(const uint8_t *a, const uint8_t *b, uint32_t n)
{
    uint32_t i = 0;

    while (i < n && a[i] == b[i])
        i++;
    return i == n;
}

/* Copies bytes with these numbers; `big`: with numbers in the other order (vwr_guest_is_big). */
static inline void bench_copy(const uint8_t *width, bool big, uint8_t *to, const uint8_t *from, uint32_t n)
{
    uint32_t at = 0;

    for (uint32_t i = 0; i < n; i++)
        to[i] = from[i];
    for (; big && *width != 0 && at + *width <= n; at += *width++)
        for (uint32_t i = 0; i < *width; i++)
            to[at + i] = from[at + *width - 1 - i];
}

/* Writes a request, and the answer to one, as a guest has them. */
static inline void bench_out(const struct bench_shapes *s, bool big, uint8_t *to,
                             const struct bench_bytes *out)
{
    bench_copy(s->numbers(out, false), big, to, out->at, out->n);
}

static inline void bench_in(const struct bench_shapes *s, bool big, uint8_t *to,
                            const struct bench_bytes *out, const struct bench_bytes *in)
{
    bench_copy(s->numbers(out, true), big, to, in->at, in->n);
}

static inline void bench_fill(uint8_t *to, uint8_t value, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        to[i] = value;
}

/* The shape with these bytes of a guest; NULL: none. */
static inline const struct bench_shape *bench_find(const struct bench_shapes *s, unsigned queue, bool big,
                                                   const uint8_t *out, uint32_t n)
{
    uint8_t bytes[BENCH_LONGEST];

    for (const struct bench_shape *shape = s->shape; shape < s->shape + s->shapes; shape++) {
        bench_out(s, big, bytes, &shape->out);
        if (shape->queue == queue && shape->out.n == n && bench_equal(bytes, out, n))
            return shape;
    }
    return NULL;
}

/* Whether buffers of a queue wait for events, or for what the device fills in. */
static inline bool bench_waits(const struct bench_shapes *s, unsigned queue)
{
    for (const struct bench_shape *shape = s->shape; shape < s->shape + s->shapes; shape++)
        if (shape->queue == queue && (s->stream || shape->event != 0))
            return true;
    return false;
}

extern const struct bench_shapes bench_can_shapes;
extern const struct bench_shapes bench_scmi_shapes;
extern const struct bench_shapes bench_spi_shapes;
extern const struct bench_shapes bench_entropy_shapes;
extern const struct bench_shapes bench_i2c_shapes;
extern const struct bench_shapes bench_input_shapes;
extern const struct bench_shapes bench_pmem_shapes;
extern const struct bench_shapes bench_iommu_shapes;
extern const struct bench_shapes bench_mem_shapes;
extern const struct bench_shapes bench_rtc_shapes;
extern const struct bench_shapes bench_gpio_shapes;

#endif
