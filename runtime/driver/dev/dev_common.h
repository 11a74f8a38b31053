/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_DEV_COMMON_H
#define VWR_DRIVER_DEV_COMMON_H

#include "vwr/dev.h"
#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"

/*
 * Between the files of a device's life. Its steps answer a fault kind, VWR_FAULT_NONE if all went well, and
 * leave what they read in d->fault; the call that they are steps of concludes: gives the device up, or goes
 * on to `state`.
 */

/*
 * Reserved features that this runtime drives by itself. Addresses come from the port, so they
 * are the platform's (ACCESS_PLATFORM), and so are barriers, whether or not the device would do
 * with less (ORDER_PLATFORM); requests are laid out so that any device takes them, and a legacy one
 * may as well know that it could be otherwise (ANY_LAYOUT).
 */
#define DEV_RING_OWN(word) \
    (VWR_FEATURES_BUILT(word) | (VWR_WITH_ASYNC ? VWR_FEATURE_BIT(VWR_F_EVENT_IDX, word) : 0u))
#define DEV_LEGACY_OWN (DEV_RING_OWN(0) | VWR_FEATURE_BIT(VWR_F_ANY_LAYOUT, 0))
#define DEV_MODERN_OWN(word)                                                                      \
    (DEV_RING_OWN(word) | VWR_FEATURE_BIT(VWR_F_VERSION_1, word) |                                \
     VWR_FEATURE_BIT(VWR_F_ACCESS_PLATFORM, word) | VWR_FEATURE_BIT(VWR_F_ORDER_PLATFORM, word) | \
     VWR_FEATURE_BIT(VWR_F_RING_RESET, word))

/* What a modern device may offer: these, and all that the specification leaves to the device type. */
#define DEV_USABLE_MODERN(w, word) (~VWR_FEATURES_RESERVED_##w | DEV_MODERN_OWN(word))

static inline uint32_t dev_read(struct vwr_dev *d, unsigned offset)
{
    return vwr_dev_transport(d)->get_register(d, offset);
}

static inline void dev_write(struct vwr_dev *d, unsigned offset, uint32_t value)
{
    vwr_dev_transport(d)->set_register(d, offset, value);
}

/* Does a notification carry where in the ring the driver is? */
static inline bool dev_notifies_with_data(const struct vwr_dev *d)
{
    return VWR_WITH_PACKED && vwr_dev_has(d, VWR_F_NOTIFICATION_DATA);
}

/* vwr_dev.c */
int vwr_dev_conclude(struct vwr_dev *d, uint32_t kind, uint8_t state);
/* What no driver can go on with: `set` are the bits that it has set. */
uint32_t vwr_dev_status_fault(uint32_t status, uint8_t set);

#endif
