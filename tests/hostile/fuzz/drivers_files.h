/* SPDX-License-Identifier: MIT */
#ifndef VWR_FUZZ_DRIVERS_FILES_H
#define VWR_FUZZ_DRIVERS_FILES_H

#include "drivers.h"

#include "../../../classes/files_server.h"

#include <string.h>

/*
 * What the drivers of 9P and FUSE share: they have the same calls, with other names. A class defines P(name),
 * a name of the driver, P_DRIVER, its type, OBJECT, the handle of an open file, and UNIT, of which entries
 * are a multiple, before it includes this file.
 */

#define FLIGHT 4u
#define DATA 3000u

static struct {
    P_DRIVER *p;
    struct P(request) request[FLIGHT];
    uint32_t asked[FLIGHT];
    bool out[FLIGHT];
    uint8_t *data;
} files;

static struct vwr_bringup *recovery(void)
{
    return &files.p->bringup;
}

static bool receives(unsigned queue)
{
    (void)queue;
    return false;
}

/* The server has a file, of which it gives a part, and a folder with an entry. */
static void serve(uint32_t entry, uint32_t bytes, uint32_t name)
{
    files_server_begin();
    files_server.most = 900;
    files_server.entries[entry] = 1; /* length of its name */
    files_server.entries[name] = 'x';
    files_server.entry_bytes = bytes;
}

static int open_driver(struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct P(options) o = {.avoid = *avoid, .request = {.timeout_us = 2000, .spin = 10}};

    files.p = drivers_anew(files.p, sizeof(*files.p));
    memset(files.request, 0, sizeof(files.request));
    memset(files.out, 0, sizeof(files.out));
    o.shared = drivers_share(sizeof(*o.shared));
    files.data = drivers_share(DATA);
    return P(open)(files.p, d, &o);
}

static void submit(unsigned i, OBJECT object)
{
    const uint32_t bytes = input_u8(drivers_in) * 8u;
    int r;

    if (files.out[i])
        return;
    if (i == 0)
        P(fill_fsync)(&files.request[i], object);
    else if (i == 1)
        P(fill_write)(&files.request[i], object, bytes, files.data, bytes);
    else
        P(fill_read)(&files.request[i], object, bytes, files.data, bytes);
    files.asked[i] = i == 0 ? 0 : bytes;
    r = P(submit)(P(get_requestq)(files.p, 0), &files.request[i]);
    MUST(r <= VWR_OK);
    files.out[i] = r == VWR_OK;
}

static void reap(void)
{
    struct P(request) * done[FLIGHT];
    int n;

    (void)P(kick)(P(get_requestq)(files.p, 0));
    n = P(reap)(P(get_requestq)(files.p, 0), done, FLIGHT);
    MUST(n <= (int)FLIGHT);
    for (int i = 0; i < n; i++) {
        const size_t k = (size_t)(done[i] - files.request);

        MUST(k < FLIGHT && files.out[k] && !vwr_req_is_in_flight(&done[i]->req));
        MUST(done[i]->count <= files.asked[k]);
        MUST((done[i]->req.result == VWR_EIO) == (done[i]->error != 0));
        files.out[k] = false;
    }
}

static void list(OBJECT folder)
{
    struct P(entry) e = {.next = 0};
    const uint32_t room = input_u8(drivers_in) * 8u;
    const int n = P(readdir)(files.p, folder, 0, files.data, room);

    MUST(n <= (int)room);
    for (uint32_t at = 0; n > 0 && P(next_entry)(files.data, (uint32_t)n, &at, &e) == 1;)
        MUST(at < (uint32_t)n + UNIT && strlen(e.name) == e.name_bytes && strchr(e.name, '/') == NULL);
}

static void move(OBJECT object)
{
    const uint32_t asked = input_u8(drivers_in) * 16u;
    const uint32_t n = asked < DATA ? asked : DATA;

    MUST(P(read)(files.p, object, n, files.data, n) <= (int)n);
    MUST(P(write)(files.p, object, n, files.data, n) <= (int)n);
}

static int close_it(void)
{
    return vwr_close(&files.p->bringup);
}

static void closed(void)
{
    for (unsigned k = 0; k < FLIGHT; k++)
        MUST(!vwr_req_is_in_flight(&files.request[k].req));
}

#define DRIVER_OF_FILES .bringup = recovery, .receives = receives, .close = close_it, .closed = closed

#endif
