/* SPDX-License-Identifier: MIT */
#include "vwr/input.h"
#include "vwr/open.h"
#include "vwr/bytes.h"
#include "vwr/message.h"

/* Keyboard, mouse or tablet class for vwr_open. */

static int input_open_in(void *own, void *shared, struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_input_open_own *const o = own;
    struct vwr_input_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = shared;
    options.event = o->event;
    options.event_count = VWR_COUNT(o->event);
    return vwr_input_open(&o->input, d, &options);
}

const struct vwr_open_class vwr_input_open_class = {
    VWR_OPEN_CLASS(input),
    .open = input_open_in,
    .messages = VWR_WORDS(&vwr_dev_messages),
};
