/* SPDX-License-Identifier: MIT */
#ifndef VWR_CLASSES_ENDS_H
#define VWR_CLASSES_ENDS_H

#include "shapes.h"
#include "vwr/bringup.h"
#include "vwr/vdev.h"

/*
 * The two ends of a class, as a room of tests drives them: a user of the driver, and a VMM behind the device.
 * One of each exists at a time. What stands behind both of them, such as the memories on a bus, is a model:
 * each end executes a request on its own one, and both have to be equal whenever nothing is in flight.
 */

/* ---- the driver ---- */

#define BENCH_WRONG 1 /* the request succeeded, but with other data than those of its shapes */

/* Memory that the room gives: private, shared with the device, and data. */
struct bench_memory {
    void *own; /* steps->bytes; the first member is the bring-up */
    void *shared;
    void *data;
};

struct bench_driver {
    const struct bench_shapes *shapes;
    const struct vwr_bringup_class *steps;
    size_t shared_bytes, data_bytes, model_bytes;
    unsigned calls;  /* at random, for each pair of ends */
    unsigned events; /* buffers that wait at the device between two acts */
    int (*open)(const struct bench_memory *m, struct vwr_dev *d, const struct vwr_features *avoid,
                uint32_t timeout_us);
    /* Makes the requests of these shapes in one call. *done: what the driver counts as done. */
    int (*act)(unsigned first, unsigned count, unsigned *done);
    /* Calls that have to be refused, and send nothing: true if this one was. */
    bool (*refuses)(unsigned number);
    unsigned refusals;
    /*
     * A call at random; `below` chooses. Executes it on the model too and compares, if there is one: a device
     * that lies has none. `most`: data that the VMM takes. Returns what is wrong, or NULL.
     */
    const char *(*call)(uint32_t (*below)(uint32_t n), void *model, uint32_t most);
    /* ---- with events; NULL: there are none ---- */
    /* Takes one event, and continues a recovery. 1: there was one; VWR_EPROTO: the model has another one, or
     * none. */
    int (*take)(void *model);
    void (*event)(void *model, uint32_t event); /* something happened at the VMM */
    bool (*post)(unsigned shape);               /* lets the shape's event happen; NULL: it always may */
    void (*recovered)(void *model);             /* what the device has after a reset */
    /* ---- with buffers of which a user takes a part; a recovery preserves the rest; or NULL ---- */
    bool (*begin_part)(void);
    unsigned (*holds)(void); /* buffers that the user has; NULL: it has copies */
    bool (*ends_part)(void); /* both: true if the bytes are right */
    void (*give_up)(void);   /* stops the device, if no call does so after a time; or NULL */
    bool (*is_idle)(void);   /* nothing of the user is in flight */
    size_t (*explain)(char *text, size_t bytes);
};

/* ---- the device ---- */

/* How the VMM answers. BENCH_EMPTY: late, and without data. */
enum bench_how { BENCH_RIGHT, BENCH_FAILS, BENCH_LATER, BENCH_EMPTY };

#define BENCH_KEPT 4u /* tickets that it remembers */

struct bench_vmm {
    /* set by the room */
    void *own, *data, *model;
    uint32_t data_bytes;
    enum bench_how (*how)(struct bench_vmm *vmm); /* called in each function of the VMM */
    /* set by the class */
    struct vwr_vdev *dev;
    const char *wrong; /* what the device has done wrong, or NULL */
    unsigned calls;
    uint32_t saw; /* the number that the last request is about */
    uint64_t ticket[BENCH_KEPT];
    unsigned kept; /* requests that were to be answered later, so far */
};

struct bench_device {
    const struct bench_shapes *shapes;
    size_t own_bytes, model_bytes;
    bool out_of_order; /* it never has IN_ORDER */
    int (*init)(struct bench_vmm *vmm, const struct vwr_vdev_setup *s);
    /* Something happens at the VMM: any number; 0: it only looks. NULL: there are no events. */
    void (*event)(struct bench_vmm *vmm, uint32_t event);
    /* Answers the request with this number among those kept; it may be over, or already answered. NULL: the
     * class has no late answers. A VMM of a stream says that it has data again, whatever the number; with
     * BENCH_LATER, it has none. */
    void (*answer)(struct bench_vmm *vmm, unsigned number, enum bench_how how);
    bool (*is_void)(const struct bench_vmm *vmm); /* saved and loaded: the request comes again */
    bool (*waits)(const struct bench_vmm *vmm);   /* the last one kept still waits; NULL: no other may come */
};

extern const struct bench_driver bench_can_driver;
extern const struct bench_driver bench_scmi_driver;
extern const struct bench_driver bench_spi_driver;
extern const struct bench_driver bench_entropy_driver;
extern const struct bench_driver bench_i2c_driver;
extern const struct bench_driver bench_input_driver;
extern const struct bench_driver bench_pmem_driver;
extern const struct bench_driver bench_iommu_driver;
extern const struct bench_driver bench_mem_driver;
extern const struct bench_driver bench_rtc_driver;
extern const struct bench_driver bench_gpio_driver;
extern const struct bench_device bench_can_device;
extern const struct bench_device bench_scmi_device;
extern const struct bench_device bench_spi_device;
extern const struct bench_device bench_entropy_device;
extern const struct bench_device bench_i2c_device;
extern const struct bench_device bench_input_device;
extern const struct bench_device bench_iommu_device;
extern const struct bench_device bench_pmem_device;
extern const struct bench_device bench_mem_device;
extern const struct bench_device bench_rtc_device;
extern const struct bench_device bench_gpio_device;

#endif
