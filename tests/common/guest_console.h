/* SPDX-License-Identifier: MIT */
#ifndef VWR_COMMON_GUEST_CONSOLE_H
#define VWR_COMMON_GUEST_CONSOLE_H

#include "guest_lane.h"
#include "vwr/gen/console.h"

/*
 * A guest's driver of a console, on the driver's public API: one port, or with MULTIPORT several, whose
 * messages it answers in the order in which Linux does. Nothing waits: guest_console_work does what there is
 * to do, from a loop or upon an interrupt.
 */

#define GUEST_CONSOLE_PORTS 4u
#define GUEST_CONSOLE_LANES (2u * GUEST_CONSOLE_PORTS + 2u)
#define GUEST_CONSOLE_INPUT 1024u /* bytes that wait to be read, of a port */
#define GUEST_CONSOLE_LOG 64u

/* In the guest's RAM. */
struct guest_console_memory {
    struct guest_lane_memory lane[GUEST_CONSOLE_LANES];
};

struct guest_console_port {
    bool there; /* with MULTIPORT: what the device has said of it */
    bool console;
    bool host_open;
    char name[GUEST_LANE_BYTES];
    uint16_t cols;
    uint16_t rows;
    uint8_t input[GUEST_CONSOLE_INPUT];
    uint32_t put; /* bytes that came, and were read, modulo 2^32 */
    uint32_t got;
};

/* A control message as it went through the queue, what stands behind it counted and not kept. */
struct guest_console_message {
    bool sent; /* by the driver */
    uint32_t port;
    uint16_t event;
    uint16_t value;
    uint32_t bytes;
};

struct guest_console {
    struct vwr_dev *dev;
    unsigned ports; /* that have queues */
    bool multiport;
    struct guest_lane lane[GUEST_CONSOLE_LANES]; /* by index of the queue */
    struct guest_console_port port[GUEST_CONSOLE_PORTS];
    struct guest_console_message log[GUEST_CONSOLE_LOG];
    unsigned logged;
};

/*
 * Starts a console that was probed. `avoid`: features that are not wanted; may be NULL. VWR_OK, or as the
 * calls of dev.h; VWR_ERANGE: more ports than there is room for.
 */
int guest_console_open(struct guest_console *g, struct vwr_dev *d, struct guest_console_memory *m,
                       const struct vwr_features *avoid);

/*
 * Takes what came back on all queues, makes buffers available again, answers control messages, asks for the
 * next interrupt. VWR_OK, or why a queue is stopped. What is not read from a port holds its buffers back.
 */
int guest_console_work(struct guest_console *g);

/* Bytes to a port, from the first on: how many there were buffers for. */
uint32_t guest_console_write(struct guest_console *g, unsigned port, const void *bytes, uint32_t n);

/* Bytes that came from a port, at most n: how many there were. */
uint32_t guest_console_read(struct guest_console *g, unsigned port, void *bytes, uint32_t n);

/* With MULTIPORT: says to the device that the port is open, or closed. */
int guest_console_open_port(struct guest_console *g, unsigned port, bool open);

/* Sends any control message. VWR_OK; VWR_EFULL: try again after guest_console_work. */
int guest_console_say(struct guest_console *g, uint32_t port, uint16_t event, uint16_t value);

/* The size of the console as the configuration has it; 0 without SIZE. */
int guest_console_size(struct guest_console *g, uint16_t *cols, uint16_t *rows);

/* A character by EMERG_WRITE, before guest_console_open or whenever. VWR_EFEATURE: it is not offered. */
int guest_console_emergency(struct vwr_dev *d, uint8_t character);

#endif
