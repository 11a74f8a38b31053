/* SPDX-License-Identifier: MIT */
#include "vhost.h"

#include "vwr/vscsi.h"
#include "vwr_posix_disk.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#define REQUESTS 16u

struct host {
    struct vwr_vscsi device;
    struct vwr_vt10_unit unit[UNITS];
    struct vwr_posix_disk file[UNITS];
    struct vwr_vmessage message[REQUESTS];
    struct vwr_vt10_call call[REQUESTS];
};

static uint16_t queues(const struct options *o)
{
    (void)o;
    return VWR_VSCSI_QUEUES;
}

static int open_units(struct host *h, const struct options *o)
{
    struct stat s;

    if (o->files == 0)
        return wrong("a SCSI host has a --file for each unit");
    for (unsigned i = 0; i < o->files; i++) {
        if (stat(o->file[i], &s) == 0 && S_ISDIR(s.st_mode))
            return wrong("%s is a folder, not the image of a disk", o->file[i]);
        if (vwr_posix_disk_open(&h->file[i], o->file[i], o->read_only) != VWR_OK)
            return wrong("%s: %s", o->file[i], strerror(errno));
        h->unit[i] = (struct vwr_vt10_unit){
            .backend = &h->file[i].backend, .lun = (uint16_t)i, .read_only = o->read_only};
    }
    return 0;
}

static int make(struct end *e, const struct options *o, const struct vwr_vdev_setup *s)
{
    struct host *const h = make_room(1, sizeof(*h));
    const struct vwr_vscsi_options so = {
        .unit = h->unit,
        .unit_count = (uint16_t)(o->files != 0 ? o->files : 1),
        .message = h->message,
        .call = h->call,
        .message_count = REQUESTS,
        .call_count = REQUESTS,
        .seg = make_room((size_t)(REQUESTS + 2u) * SEGMENTS, sizeof(struct vwr_vseg)),
        .seg_count = VWR_VSCSI_SEGS(REQUESTS, SEGMENTS),
        .seg_max = GUEST_SEGMENTS};
    int r = open_units(h, o);

    if (r != 0)
        return r;
    r = vwr_vscsi_init_with(&h->device, s, &so);
    if (r != VWR_OK)
        return failed("this host cannot be offered: %s", vwr_strerror(r));
    e->dev = vwr_vscsi_dev(&h->device);
    e->state = h;
    return 0;
}

/* Each request is a call on the storage, which may be the one that sleeps. */
static bool is_quiet(const struct end *e)
{
    (void)e;
    return false;
}

const struct kind scsi_kind = {
    .name = "scsi",
    .usage = "--file IMAGE ... [--read-only]",
    .brief = "a SCSI host with a disk for each --file, at most 8",
    .options = " file read-only ",
    .queues = queues,
    .queue_size = QUEUE_SIZE,
    .state = &vwr_vscsi_state,
    .make = make,
    .is_quiet = is_quiet,
};
