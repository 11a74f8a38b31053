/* SPDX-License-Identifier: MIT */
#ifndef VWR_LIVE_H
#define VWR_LIVE_H

#include "vwr/monitor.h"
#include "vwr/open.h"
#include "vwr/pci.h"
#include "vwr/mmio.h"
#include "vwr/vdev.h"
#include "vwr/vpci.h"

/*
 * The machine of the live page: one or two guests, each with a driver, RAM, a device and a monitor, in one
 * memory of WebAssembly. The page calls the functions of machine.c; each returns before the page shows
 * anything. What happened is what bus.c and stores.c told the page meanwhile.
 */

#define LIVE_GUESTS 2u
#define LIVE_RAM_BYTES 0x60000u
#define LIVE_RAM_AT UINT64_C(0x80000000)    /* guest address of each guest's RAM */
#define LIVE_MMIO_AT UINT64_C(0x0a000000)   /* of the register block */
#define LIVE_ECAM_AT UINT64_C(0x30000000)   /* of the configuration space of PCI */
#define LIVE_WINDOW_AT UINT64_C(0x10000000) /* of the BARs */
#define LIVE_DATA_BYTES 4096u               /* of one argument, and of one result */
#define LIVE_QUEUES 8u
#define LIVE_QUEUE_SIZE 64u
#define LIVE_SURFACE_BYTES 0x8000u
#define LIVE_STEPS 1000u /* of a recovery */
#define LIVE_WINDOW_OFFSET \
    0x04000000u /* of the BARs, in the registers of a guest; below: the configuration space */

#define LIVE_NOT_OPEN (-1001) /* of an action: its driver is not open */

enum live_bus { LIVE_MMIO, LIVE_PCI };

/* Which end runs. */
enum live_end { LIVE_PAGE, LIVE_DRIVER, LIVE_DEVICE, LIVE_MONITOR };

/* What the page sets before live_begin. */
struct live_setup {
    uint32_t scene;
    uint32_t bus;
    uint32_t queue_size;
    uint32_t ring[2];    /* ring and transport features that the device offers */
    uint32_t offered[2]; /* mask of the class's features that the device offers */
    uint32_t avoided[4]; /* features that the driver does not accept */
    uint32_t slow;       /* microseconds between a notification and the device's work */
};

/* The arguments of an action, and its result. Both ends' actions have the same form. */
struct live_arguments {
    uint64_t number[16];
    uint32_t bytes; /* in data */
    uint8_t data[LIVE_DATA_BYTES];
};

/* What a scene shows besides the rings: a disk, a screen, a terminal ... */
struct live_surface {
    uint32_t kind; /* enum live_surface_kind */
    uint32_t bytes, width, height;
    uint8_t data[LIVE_SURFACE_BYTES];
};

enum live_surface_kind { LIVE_NOTHING, LIVE_TEXT, LIVE_BYTES, LIVE_PIXELS };

struct live_guest;

/*
 * Something that the user can do at one end. `form` has a word for each input: `name=number`, `name:text` or
 * `name:hex`; one text or hex at most. Returns VWR_OK, a positive number, or an error.
 */
struct live_action {
    const char *name;
    const char *form;
    const char *brief;
    uint32_t end;
    int (*run)(struct live_guest *g, struct live_arguments *in, struct live_arguments *out);
};

/* A class, or a device of the user's own. */
struct live_scene {
    const char *name;
    const char *brief;
    const struct live_action *actions;
    uint32_t action_count;
    uint32_t guests; /* 1, or 2 with one network between them */
    uint32_t queues; /* of the device */
    uint32_t surface;
    /* The device, from s; its result is VWR_OK or an error of the init function. */
    int (*add)(struct live_guest *g, struct vwr_vdev_setup *s, struct vwr_vdev **v);
    /* The driver, for a device that was found. */
    const struct vwr_open_class *driver;
    /* Instead of `driver`, for a generated client. */
    int (*open)(struct live_guest *g, const struct vwr_features *avoid);
    int (*close)(struct live_guest *g);
    int (*recover)(struct live_guest *g);
    size_t (*explain)(const struct live_guest *g, char *text, size_t bytes);
};

struct live_guest {
    uint32_t number;
    struct vwr_vm vm;
    struct vwr_memory_region region;
    struct vwr_vdev *slot[1];
    struct vwr_vdev *v;
    struct vwr_vqueue queue[LIVE_QUEUES];
    struct vwr_vqueue_entry own[LIVE_QUEUES * LIVE_QUEUE_SIZE];
    struct vwr_vpci function;
    struct vwr_vpci_vector vector[LIVE_QUEUES + 1u];
    struct vwr_vpci_host host;
    struct vwr_vpci *page[4];
    /* the driver */
    union {
        struct vwr_dev dev; /* the first member of the others */
        struct vwr_mmio mmio;
        struct vwr_pci pci;
    } found;
    struct vwr_pci_host found_host;
    struct vwr_pci_window window;
    struct vwr_opened opened;
    bool is_open;
    /* the monitor */
    struct vwr_monitor monitor;
    struct vwr_monitor_queue monitor_queue[LIVE_QUEUES];
    struct vwr_monitor_entry monitor_entry[LIVE_QUEUES * LIVE_QUEUE_SIZE];
    bool interrupted; /* the driver has not handled an interrupt */
    bool is_found;
    bool is_placed; /* the BARs */
    /* notifications that the device has not served */
    uint32_t kicked;
    uint64_t due; /* when it does, in microseconds */
};

/* In machine.c. */
extern struct live_guest live_guests[LIVE_GUESTS];
extern struct live_setup live_settings;
extern const struct live_scene *live_scene; /* of the last live_begin */
extern struct live_surface live_surfaces[LIVE_GUESTS];
extern uint8_t live_ram[LIVE_GUESTS][LIVE_RAM_BYTES];

/* In scenes.c, which the verb writes. */
extern const struct live_scene *const live_scenes[];
extern const uint32_t live_scene_count;

/* In bus.c. */
extern enum live_end live_running;
extern const struct vwr_vm_ops live_vm_ops;
void live_bus_begin(void);
int live_watch(struct live_guest *g, bool sees_memory); /* starts the monitor */
void live_take_interrupt(struct live_guest *g); /* the driver handles its interrupt, if there is one */
enum live_end live_enter(enum live_end end); /* returns the end that was running, for live_enter at the end */
void live_look(struct live_guest *g, enum vwr_side by);
void *live_registers(struct live_guest *g);

/* Memory of the guest that the driver has not allocated: for buffers of a scene. Zeroed by live_begin. */
void *live_alloc(struct live_guest *g, size_t bytes, size_t align);

#endif
