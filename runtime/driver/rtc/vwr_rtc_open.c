/* SPDX-License-Identifier: MIT */
#include "vwr/rtc.h"
#include "vwr/open.h"
#include "vwr/bytes.h"
#include "vwr/message.h"

/* RTC class for vwr_open. */

static int rtc_open_in(void *own, void *shared, struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_rtc_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = shared;
    return vwr_rtc_open(own, d, &options);
}

const struct vwr_open_class vwr_rtc_open_class = {
    VWR_OPEN_CLASS(rtc),
    .open = rtc_open_in,
    .messages = VWR_WORDS(&vwr_request_messages),
    .feature_names = VWR_WORDS(vwr_rtc_feature_names),
};
