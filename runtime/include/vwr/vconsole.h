/* SPDX-License-Identifier: MIT */
#ifndef VWR_VCONSOLE_H
#define VWR_VCONSOLE_H

#include "vwr/vstream.h"
#include "vwr/gen/console.h"

VWR_BEGIN_C

/* A console for a guest: one port, or several with MULTIPORT. Section: Console Device. */

struct vwr_vconsole;

/*
 * What the VMM does. Called with the lock of the device held. Each of them may call
 * vwr_vconsole_input_locked, for any port, and nothing else of this device: with lock hooks that would wait
 * for ever. Without them, within output, vwr_vconsole_resume and vwr_vdev_serve of the queue that is being
 * put out do nothing; what takes the port or the device away (vwr_vconsole_plug, vwr_vdev_reset,
 * vwr_vdev_needs_reset) ends the buffer, and what output answers is ignored; all else is done at once.
 * Context, stack and loops of each call: docs/contexts.md.
 */
struct vwr_vconsole_ops {
    /*
     * The guest has written bytes[0 .. n) to a port: how many of them were taken, from the first on. Fewer
     * than n: the rest waits for vwr_vconsole_resume, in the guest's buffer, unless the guest resets the
     * device before. n is no more than the budget of bytes has left: a large buffer comes in parts, and
     * others have the lock in between (vdev.h). The bytes are where the guest can change them meanwhile: each
     * is read once.
     */
    uint32_t (*output)(struct vwr_vconsole *c, unsigned port, const uint8_t *bytes, uint32_t n);
    /*
     * The guest has buffers for input, or is ready for it: give it what there is. May be NULL. Comes also
     * when there was room before.
     */
    void (*input_wanted)(struct vwr_vconsole *c, unsigned port);
    /* With MULTIPORT: the guest has opened or closed the port; a reset closes it. May be NULL. */
    void (*opened)(struct vwr_vconsole *c, unsigned port, bool open);
};

/* One port; the first three are the VMM's to set before init, the rest is private. */
struct vwr_vconsole_port {
    const char *name; /* sent to the guest with MULTIPORT; may be NULL */
    bool console;     /* hvc in the guest, and open on our side; otherwise a port of bytes */
    bool absent;      /* not there yet: vwr_vconsole_plug */
    /* private */
    bool added;             /* DEVICE_ADD was sent to the guest */
    bool ready;             /* the guest has made it */
    bool guest_open;        /* the guest's end of it */
    bool host_open;         /* and ours */
    uint8_t pending_events; /* a bit for each kind of control message that the guest has still to be sent */
    uint16_t cols;
    uint16_t rows;
    struct vwr_vstream output; /* stopped while the VMM has not taken all, until vwr_vconsole_resume */
    const uint8_t *input;      /* during vwr_vconsole_input: what is left of it */
    uint32_t input_left;
};

/* Not the specification's: segments of one chain that are looked at at once; output of more is done in parts,
 * and into more nothing is written. */
#define VWR_VCONSOLE_SEGS 68u

/* Queues for `ports` ports: 2, or with more than one port 2 for each and 2 for control. */
#define VWR_VCONSOLE_QUEUES(ports) ((ports) > 1u ? 2u * (ports) + 2u : 2u)

struct vwr_vconsole_options {
    const struct vwr_vconsole_ops *ops;
    void *context;
    struct vwr_vconsole_port *port; /* the VMM's memory */
    uint16_t ports;                 /* at least 1; MULTIPORT is offered if there are more */
    uint16_t cols;                  /* size of port 0; 0: not known */
    uint16_t rows;
    bool emergency; /* offer EMERG_WRITE: what comes so and output does not take is lost */
};

struct vwr_vconsole {
    struct vwr_vdev dev; /* first */
    void *context;
    uintptr_t ignored; /* control messages of the guest that could not be meant; to be read */
    /* private */
    const struct vwr_vconsole_ops *ops;
    struct vwr_console_config config;
    struct vwr_vconsole_port *port;
    uint16_t ports;
    bool driver_ready;
    struct vwr_vseg seg[VWR_VCONSOLE_SEGS];
    struct vwr_vseg out_seg[VWR_VCONSOLE_SEGS];
};

/* VWR_OK; VWR_EINVAL: no ops, no output, no port; VWR_ENOQUEUE; and as vwr_vdev_init. */
VWR_MUST_CHECK int vwr_vconsole_init(struct vwr_vconsole *c, const struct vwr_vdev_setup *s,
                                     const struct vwr_vconsole_options *o);

/*
 * Bytes for the guest: how many it had room for, from the first on, and the budget of bytes; try again when
 * input_wanted says so.
 * One interrupt at most. 0 while the guest is not there; with MULTIPORT until it has opened the port. Takes
 * the lock; the other is for those that hold it, such as input_wanted.
 */
uint32_t vwr_vconsole_input(struct vwr_vconsole *c, unsigned port, const void *bytes, uint32_t n);
uint32_t vwr_vconsole_input_locked(struct vwr_vconsole *c, unsigned port, const void *bytes, uint32_t n);

/* The VMM takes output again, after it had not taken all. Takes the lock. */
void vwr_vconsole_resume(struct vwr_vconsole *c, unsigned port);

/*
 * The console of a port has a new size: in the configuration for port 0, and with MULTIPORT in a message, as
 * the specification has it, columns first (quirk console.rows-first). Takes the lock.
 */
void vwr_vconsole_resize(struct vwr_vconsole *c, unsigned port, uint16_t cols, uint16_t rows);

/*
 * With MULTIPORT: a port appears or goes; our end of it opens or closes. What the guest writes to a port
 * that is not there is dropped. The guest is sent the state, not each change: of what opens and closes while
 * it has no buffer for messages nothing is sent. Take the lock.
 */
void vwr_vconsole_plug(struct vwr_vconsole *c, unsigned port, bool there);
void vwr_vconsole_open(struct vwr_vconsole *c, unsigned port, bool open);

VWR_END_C

#endif
