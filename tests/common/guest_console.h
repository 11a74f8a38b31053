/* SPDX-License-Identifier: MIT */
#ifndef VWR_COMMON_GUEST_CONSOLE_H
#define VWR_COMMON_GUEST_CONSOLE_H

#include "guest_lane.h"
#include "vwr/gen/console.h"

/*
 * A guest's console driver that uses the driver's public API: one port, or with MULTIPORT several, whose
 * messages
 * it answers in the same order as Linux. No call waits: guest_console_work does the pending work, from a loop
 * or
 * on an interrupt.
 */

#define GUEST_CONSOLE_PORTS 4u
#define GUEST_CONSOLE_LANES (2u * GUEST_CONSOLE_PORTS + 2u)
#define GUEST_CONSOLE_INPUT 1024u /* unread bytes of a port */
#define GUEST_CONSOLE_LOG 64u

/* Memory in the guest's RAM. */
struct guest_console_memory {
    struct guest_lane_memory lane[GUEST_CONSOLE_LANES];
};

struct guest_console_port {
    bool there; /* with MULTIPORT: the device has added the port */
    bool console;
    bool host_open;
    char name[GUEST_LANE_BYTES];
    uint16_t cols;
    uint16_t rows;
    uint8_t input[GUEST_CONSOLE_INPUT];
    uint32_t put; /* number of bytes received, and of bytes read, modulo 2^32 */
    uint32_t got;
};

/* A control message that passed through the queue. Bytes after it are counted, but not stored. */
struct guest_console_message {
    bool sent; /* by the driver */
    uint32_t port;
    uint16_t event;
    uint16_t value;
    uint32_t bytes;
};

struct guest_console {
    struct vwr_dev *dev;
    unsigned ports; /* ports that have queues */
    bool multiport;
    struct guest_lane lane[GUEST_CONSOLE_LANES]; /* by queue index */
    struct guest_console_port port[GUEST_CONSOLE_PORTS];
    struct guest_console_message log[GUEST_CONSOLE_LOG];
    unsigned logged;
};

/*
 * Starts a probed console. `avoid`: features not to negotiate; may be NULL. Returns VWR_OK, VWR_ERANGE if the
 * device has too many ports, or the result of a call of dev.h.
 */
int guest_console_open(struct guest_console *g, struct vwr_dev *d, struct guest_console_memory *m,
                       const struct vwr_features *avoid);

/*
 * Takes completed buffers of all queues, makes buffers available again, answers control messages, and enables
 * the next interrupt. Returns VWR_OK, or why a queue stopped. Unread input of a port keeps its buffers from
 * the device.
 */
int guest_console_work(struct guest_console *g);

/* Writes bytes to a port. Returns the number of bytes that fit into free buffers. */
uint32_t guest_console_write(struct guest_console *g, unsigned port, const void *bytes, uint32_t n);

/* Reads at most n bytes that arrived at a port. Returns their number. */
uint32_t guest_console_read(struct guest_console *g, unsigned port, void *bytes, uint32_t n);

/* With MULTIPORT: reports to the device that the port is open or closed. */
int guest_console_open_port(struct guest_console *g, unsigned port, bool open);

/* Sends any control message. VWR_OK; VWR_EFULL: try again after guest_console_work. */
int guest_console_say(struct guest_console *g, uint32_t port, uint16_t event, uint16_t value);

/* The console's size from the configuration space; 0 without SIZE. */
int guest_console_size(struct guest_console *g, uint16_t *cols, uint16_t *rows);

/*
 * Writes a character to EMERG_WRITE, at any time, even before guest_console_open. VWR_EFEATURE: not offered.
 */
int guest_console_emergency(struct vwr_dev *d, uint8_t character);

#endif
