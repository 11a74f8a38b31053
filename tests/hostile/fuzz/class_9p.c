/* SPDX-License-Identifier: MIT */
#include "class_files.h"

#include "vwr/p9.h"
#include "vwr/v9p.h"

/* A tree in memory, served by 9P. */

static struct vwr_v9p *device;

static struct vwr_vdev *begin(const struct vwr_vdev_setup *setup)
{
    struct vwr_v9p_options o = {.tag = "fuzz",
                                .fid_count = HANDLES,
                                .message_count = REQUESTS,
                                .call_count = REQUESTS,
                                .seg_count = VWR_SERVICE_SEGS(REQUESTS, SEGS),
                                .msize = 8192};

    files_begin(false, sizeof(struct vwr_v9p_fid), sizeof(struct vwr_vfiles_call));
    device = class_memory(device, sizeof(*device));
    o.files = &files.tree->files;
    o.fid = files.handle;
    o.message = files.message;
    o.call = files.call;
    o.seg = files.seg;
    MUST(vwr_v9p_init_with(device, setup, &o) == VWR_OK);
    return files.dev = vwr_v9p_dev(device);
}

static void say(struct script *s, uint8_t type, const uint8_t *body, uint32_t n)
{
    MUST(files_ask(s, 0, (const uint8_t[]){type, 1, 0}, VWR_P9_HEADER, body, n)[4] == type + 1);
}

static void must_work(struct vwr_dev *d)
{
    static struct script s;
    static const uint8_t version[] = {0, 32, 0, 0, 8, 0, '9', 'P', '2', '0', '0', '0', '.', 'L'};
    static const uint8_t attach[] = {1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0};
    static const uint8_t attributes[] = {1, 0, 0, 0, 0xff, 7, 0, 0, 0, 0, 0, 0};

    (void)d;
    MUST(files.kept == NULL);
    class_start(&s);
    say(&s, VWR_P9_TVERSION, version, sizeof(version));
    say(&s, VWR_P9_TATTACH, attach, sizeof(attach));
    say(&s, VWR_P9_TGETATTR, attributes, sizeof(attributes));
    MUST(device->fids_used == 1);
}

const struct world_service class_9p = {begin, files_event, must_work, false};
CLASS_ALONE(class_9p);
