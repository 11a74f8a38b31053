/* SPDX-License-Identifier: MIT */
/* Generated from spec/core/status.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Basic Facilities of a Virtio Device / Device Status Field */

#include "vwr/features.h"
#include "vwr/gen/features.h"
#include "vwr/gen/status.h"

/* Of two masks the first is the legacy interface's: bits that a version lacks are not in its mask. */
const struct vwr_status_step vwr_status_steps[VWR_STATUS_STEP_COUNT] = {
    {
        .bit = VWR_STATUS_ACKNOWLEDGE, .clears = 0, .by = VWR_BY_DRIVER,
        .versions = VWR_LEGACY | VWR_MODERN, .feature = VWR_FEATURE_NONE,
        .may_refuse = 0,
        .after[0] = 0,
        .after[1] = 0,
        .before[0] = VWR_STATUS_DRIVER_OK | VWR_STATUS_FAILED,
        .before[1] = VWR_STATUS_FEATURES_OK | VWR_STATUS_DRIVER_OK | VWR_STATUS_FAILED,
        .opens_queues = 0, .closes_queues = 0,
    },
    {
        .bit = VWR_STATUS_DRIVER, .clears = 0, .by = VWR_BY_DRIVER,
        .versions = VWR_LEGACY | VWR_MODERN, .feature = VWR_FEATURE_NONE,
        .may_refuse = 0,
        .after[0] = VWR_STATUS_ACKNOWLEDGE,
        .after[1] = VWR_STATUS_ACKNOWLEDGE,
        .before[0] = VWR_STATUS_DRIVER_OK | VWR_STATUS_FAILED,
        .before[1] = VWR_STATUS_FEATURES_OK | VWR_STATUS_DRIVER_OK | VWR_STATUS_FAILED,
        .opens_queues = 0, .closes_queues = 0,
    },
    {
        .bit = VWR_STATUS_FEATURES_OK, .clears = 0, .by = VWR_BY_DRIVER,
        .versions = VWR_MODERN, .feature = VWR_FEATURE_NONE,
        .may_refuse = 1,
        .after[0] = 0,
        .after[1] = VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER,
        .before[0] = 0,
        .before[1] = VWR_STATUS_DRIVER_OK | VWR_STATUS_FAILED,
        .opens_queues = 0, .closes_queues = 0,
    },
    {
        .bit = VWR_STATUS_DRIVER_OK, .clears = 0, .by = VWR_BY_DRIVER,
        .versions = VWR_LEGACY | VWR_MODERN, .feature = VWR_FEATURE_NONE,
        .may_refuse = 0,
        .after[0] = VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER,
        .after[1] = VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER | VWR_STATUS_FEATURES_OK,
        .before[0] = VWR_STATUS_FAILED,
        .before[1] = VWR_STATUS_FAILED,
        .opens_queues = 1, .closes_queues = 0,
    },
    {
        .bit = VWR_STATUS_SUSPEND, .clears = 0, .by = VWR_BY_DRIVER,
        .versions = VWR_MODERN, .feature = VWR_F_SUSPEND,
        .may_refuse = 0,
        .after[0] = 0,
        .after[1] = VWR_STATUS_FEATURES_OK | VWR_STATUS_DRIVER_OK,
        .before[0] = 0,
        .before[1] = 0,
        .opens_queues = 0, .closes_queues = 1,
    },
    {
        .bit = VWR_STATUS_DRIVER_OK, .clears = 1, .by = VWR_BY_DEVICE,
        .versions = VWR_MODERN, .feature = VWR_FEATURE_NONE,
        .may_refuse = 0,
        .after[0] = 0,
        .after[1] = VWR_STATUS_SUSPEND,
        .before[0] = 0,
        .before[1] = 0,
        .opens_queues = 0, .closes_queues = 0,
    },
    {
        .bit = VWR_STATUS_SUSPEND, .clears = 1, .by = VWR_BY_DEVICE,
        .versions = VWR_MODERN, .feature = VWR_F_SUSPEND,
        .may_refuse = 0,
        .after[0] = 0,
        .after[1] = VWR_STATUS_SUSPEND | VWR_STATUS_DRIVER_OK,
        .before[0] = 0,
        .before[1] = 0,
        .opens_queues = 1, .closes_queues = 0,
    },
    {
        .bit = VWR_STATUS_DEVICE_NEEDS_RESET, .clears = 0, .by = VWR_BY_DEVICE,
        .versions = VWR_MODERN, .feature = VWR_FEATURE_NONE,
        .may_refuse = 0,
        .after[0] = 0,
        .after[1] = 0,
        .before[0] = 0,
        .before[1] = 0,
        .opens_queues = 0, .closes_queues = 0,
    },
    {
        .bit = VWR_STATUS_FAILED, .clears = 0, .by = VWR_BY_DRIVER,
        .versions = VWR_LEGACY | VWR_MODERN, .feature = VWR_FEATURE_NONE,
        .may_refuse = 0,
        .after[0] = 0,
        .after[1] = 0,
        .before[0] = 0,
        .before[1] = 0,
        .opens_queues = 0, .closes_queues = 1,
    },
};
