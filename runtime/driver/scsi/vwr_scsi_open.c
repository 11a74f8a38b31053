/* SPDX-License-Identifier: MIT */
#include "vwr/scsi.h"
#include "vwr/open.h"
#include "vwr/bytes.h"
#include "vwr/message.h"

/* SCSI class for vwr_open. */

static int scsi_open_in(void *own, void *shared, struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_scsi_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = shared;
    return vwr_scsi_open(own, d, &options);
}

const struct vwr_open_class vwr_scsi_open_class = {
    VWR_OPEN_CLASS(scsi),
    .open = scsi_open_in,
    .messages = VWR_WORDS(&vwr_scsi_messages),
    .feature_names = VWR_WORDS(vwr_scsi_feature_names),
};
