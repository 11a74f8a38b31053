/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_DEV_COMMON_H
#define VWR_DRIVER_DEV_COMMON_H

#include "vwr/dev.h"
#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"

/*
 * Interface between the files of a device's life cycle; private. A step returns a fault kind or
 * VWR_FAULT_NONE, and stores the value that it read in d->fault. Its caller ends with vwr_dev_conclude_(),
 * which fails the device or sets `state`.
 */

/*
 * Reserved features that the library supports for all classes. ACCESS_PLATFORM: addresses come from the
 * port's DMA hook. ORDER_PLATFORM: the port's barriers suit the platform, even if the device would need less.
 * ANY_LAYOUT: requests have the layout that every legacy device accepts, so the feature makes no difference.
 */
#define DEV_RING_OWN(word) \
    (VWR_FEATURES_BUILT(word) | (VWR_WITH_ASYNC ? VWR_FEATURE_BIT(VWR_F_EVENT_IDX, word) : 0u))
#define DEV_LEGACY_OWN (DEV_RING_OWN(0) | VWR_FEATURE_BIT(VWR_F_ANY_LAYOUT, 0))
#define DEV_MODERN_OWN(word)                                                                      \
    (DEV_RING_OWN(word) | VWR_FEATURE_BIT(VWR_F_VERSION_1, word) |                                \
     VWR_FEATURE_BIT(VWR_F_ACCESS_PLATFORM, word) | VWR_FEATURE_BIT(VWR_F_ORDER_PLATFORM, word) | \
     VWR_FEATURE_BIT(VWR_F_RING_RESET, word) | VWR_FEATURE_BIT(VWR_F_SUSPEND, word))

/* Features that can be accepted from a modern device: these, and all features of the device type. */
#define DEV_USABLE_MODERN(w, word) (~VWR_FEATURES_RESERVED_##w | DEV_MODERN_OWN(word))

static inline uint32_t dev_read(struct vwr_dev *d, unsigned offset)
{
    return vwr_dev_transport(d)->get_register(d, offset);
}

static inline void dev_write(struct vwr_dev *d, unsigned offset, uint32_t value)
{
    vwr_dev_transport(d)->set_register(d, offset, value);
}

/* Whether a notification includes the driver's position in the ring. */
static inline bool dev_notifies_with_data(const struct vwr_dev *d)
{
    return VWR_WITH_PACKED && vwr_dev_has(d, VWR_F_NOTIFICATION_DATA);
}

/* vwr_dev.c */
int vwr_dev_conclude_(struct vwr_dev *d, uint32_t kind, uint8_t state);
/* Checks a status for errors; `set` contains the bits that the driver has set. Returns a fault kind. */
uint32_t vwr_dev_status_fault_(uint32_t status, uint8_t set);

#endif
