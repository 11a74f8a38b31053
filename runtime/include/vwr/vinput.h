/* SPDX-License-Identifier: MIT */
#ifndef VWR_VINPUT_H
#define VWR_VINPUT_H

#include "vwr/evdev.h"
#include "vwr/service/input.h"

VWR_BEGIN_C

/*
 * A keyboard, mouse, tablet or touch screen for a guest. Section: Input Device.
 *
 *     r = vwr_vinput_init(in, setup, options);
 *     vwr_vinput_event(in, VWR_EV_KEY, VWR_KEY_A, 1);
 *     vwr_vinput_event(in, VWR_EV_SYN, VWR_SYN_REPORT, 0);
 *
 * What has happened at once is a group, and ends with EV_SYN, SYN_REPORT. The guest gets whole groups, or
 * nothing of one: they wait in the FIFO, memory of the VMM's, until the guest has buffers; where it has fewer
 * than a group has events, the rest follows when it has more.
 * A group for which the FIFO has no room is dropped as a whole, and counted; likewise what comes while no
 * driver is there. Behind a group that was dropped keys may be up that the guest believes to be down: a VMM
 * that sees stats.dropped go up releases them, when it has room again.
 *
 * Context: any thread; each call takes the lock of the device.
 * Context, stack and loops of each call: docs/contexts.md.
 */

struct vwr_vinput;

/* Codes first to last of a type of events: VWR_EV_KEY, … */
struct vwr_vinput_codes {
    uint16_t type;
    uint16_t first;
    uint16_t last;
};

/* An absolute axis: a code of VWR_EV_ABS; `max` is reached. */
struct vwr_vinput_axis {
    uint16_t code;
    int min;
    int max;
    uint32_t fuzz;
    uint32_t flat;
    uint32_t resolution; /* units a millimetre; 0: not known */
};

/* What a device says of itself, constant. Codes of the axes are not in `codes`. */
struct vwr_vinput_model {
    const char *name; /* up to 128 bytes, as the guest shows it */
    const struct vwr_vinput_codes *codes;
    const struct vwr_vinput_axis *axis;
    const uint8_t *property; /* VWR_INPUT_PROP_…; */
    uint16_t codes_count;
    uint16_t axes;
    uint16_t properties;
    uint16_t bus; /* VWR_BUS_VIRTUAL, … */
    uint16_t vendor;
    uint16_t product;
    uint16_t version;
};

/*
 * Ready tables.
 *   keyboard    all keys of evdev's two first rows (1 to 248); three LEDs; the guest repeats keys
 *   mouse       relative X and Y, two wheels, five buttons
 *   tablet      absolute X and Y from 0 to VWR_VINPUT_TABLET_MAX, a wheel, the mouse's buttons
 *   multitouch  a touch screen of VWR_VINPUT_TOUCHES fingers, type B of Linux's protocol: slot, tracking id,
 *               position from 0 to VWR_VINPUT_TABLET_MAX
 */
extern const struct vwr_vinput_model vwr_vinput_keyboard;
extern const struct vwr_vinput_model vwr_vinput_mouse;
extern const struct vwr_vinput_model vwr_vinput_tablet;
extern const struct vwr_vinput_model vwr_vinput_multitouch;
#define VWR_VINPUT_TABLET_MAX 32767 /* QEMU's */
#define VWR_VINPUT_TOUCHES 10

/* What the VMM does. */
struct vwr_vinput_ops {
    /*
     * The guest sets a LED (VWR_EV_LED), or a sound and its like: of a type and code that the model has. May
     * be NULL. Called with the lock held; may call nothing of this device.
     */
    void (*status)(struct vwr_vinput *in, uint16_t type, uint16_t code, uint32_t value);
};

/* Not the specification's: segments of one chain, for queues of 64 and some borders of guest memory. */
#define VWR_VINPUT_SEGS 68u
#define VWR_VINPUT_QUEUES 2u

struct vwr_vinput_options {
    const struct vwr_vinput_model *model;
    const char *serial;               /* NULL: it has none */
    const struct vwr_vinput_ops *ops; /* NULL: status of the guest is dropped */
    void *context;
    struct vwr_input_event_msg *fifo; /* the VMM's memory, that no guest can reach */
    uint32_t events;                  /* that it has room for: a power of 2, and more than a group has */
};

struct vwr_vinput_stats {
    vwr_count groups;  /* that were taken */
    vwr_count dropped; /* groups that were not: no room, or no driver */
    vwr_count status;  /* of the guest, for ops.status */
    vwr_count ignored; /* buffers that have no room for an event, and status that the model has not */
};

struct vwr_vinput {
    struct vwr_input_vservice service; /* first: service.service.dev is the device */
    void *context;
    struct vwr_vinput_stats stats; /* to be read */
    /* private */
    struct vwr_vinput_options options;
    uint32_t read; /* positions in the FIFO: the oldest event, */
    uint32_t end;  /* behind the last whole group, */
    uint32_t next; /* and behind the last event */
    bool lost;     /* the group that comes is dropped */
    bool torn;     /* the guest has a part of the oldest group */
    struct vwr_vmessage message;
    struct vwr_vseg seg[2u * VWR_VINPUT_SEGS];
};

/*
 * VWR_OK; VWR_EINVAL: no model, no FIFO, or `events` is no power of 2; VWR_ENOQUEUE; and as vwr_vdev_init.
 * Its queues are no longer than VWR_VINPUT_SEGS, less the borders of guest memory, whatever queue_size is.
 */
VWR_MUST_CHECK int vwr_vinput_init(struct vwr_vinput *in, const struct vwr_vdev_setup *s,
                                   const struct vwr_vinput_options *o);

/* The device as a VM has it: for vwr_vm_add. */
static inline struct vwr_vdev *vwr_vinput_dev(struct vwr_vinput *in)
{
    return &in->service.service.dev;
}

/*
 * An event; the guest gets its group when the SYN_REPORT that ends it has come. False: the group is dropped,
 * with the events that are still to come, and is counted at its end. Takes the lock.
 */
bool vwr_vinput_event(struct vwr_vinput *in, uint16_t type, uint16_t code, uint32_t value);

/*
 * A whole group: n events, and the SYN_REPORT behind them, which is not among them. False: it is dropped, and
 * counted. Takes the lock once, and makes one interrupt at most. Nobody else may be in the middle of a group.
 */
bool vwr_vinput_group(struct vwr_vinput *in, const struct vwr_input_event_msg *event, uint32_t n);

VWR_END_C

#endif
