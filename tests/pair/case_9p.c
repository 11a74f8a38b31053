/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "ram.h"
#include "suspend.h"
#include "vmm.h"

#include "vwr/client/9p.h"
#include "vwr/mmio.h"
#include "vwr/v9p.h"
#include "vwr/v9p_memory.h"
#include "vwr/v9p_protocol.h"
#include "../common/random.h"

#include <stdio.h>
#include <string.h>

/*
 * An in-memory folder with the generated client as its driver. Files are written and read at any offset and
 * checked against a separate copy, with several requests in flight; meanwhile the device is suspended, reset,
 * and fails. Then fids are lost and files remain. ../unit/v9p tests each message and its errors.
 */

#define SLOT 2u
#define QUEUE_SIZE 64u
#define CALLS 4u
#define SEGMENTS 14u
#define MSIZE 8192u
#define HEAD 23u /* header of a Twrite; that of an Rread is shorter */
#define FILES 4u
#define FILE_BYTES 20000u
#define STEPS 60u /* multiplied by scale */
#define SHARED_BYTES VWR_CLIENT_SHARED_BYTES(QUEUE_SIZE, CALLS, VWR_9P_CLIENT_REQUESTQ_SLOT, SEGMENTS)
#define POOL VWR_V9P_MEMORY_POOL((size_t)256 << 10)

static struct {
    struct vwr_v9p device;
    struct vwr_v9p_fid fid[16];
    struct vwr_vmessage message[CALLS];
    struct vwr_v9p_call call[CALLS];
    struct vwr_vseg seg[(CALLS + 1) * VWR_V9P_SEGS];
    struct vwr_vqueue queue[1];
    struct vwr_vqueue_entry own[QUEUE_SIZE];
    struct vwr_v9p_memory tree;
    struct vwr_v9p_memory_file file[FILES + 1];
    struct vwr_v9p_memory_entry entry[FILES + 1];
    uint64_t pool[POOL / 8];
    struct vwr_mmio mmio;
    struct vwr_9p_client client;
    struct vwr_9p_client_requestq_call late[CALLS];
    uint64_t driver_own[VWR_REQUEST_OWN_BYTES(QUEUE_SIZE, CALLS) / 8 + 1];
    struct vwr_features avoid;
    uint8_t *out[CALLS];
    uint8_t *in[CALLS];
    uint32_t bytes; /* length of the message in out[0] */
    uint32_t written;
    uint16_t tag;
    uint8_t copy[FILES][FILE_BYTES];
    uint32_t size[FILES];
} p9;

static uint64_t state;

/* ---- messages ---- */

static void put(unsigned bytes, uint64_t number)
{
    for (unsigned i = 0; i < bytes; i++)
        p9.out[0][p9.bytes++] = (uint8_t)(number >> 8 * i);
}

static void put_string(const char *text)
{
    put(2, strlen(text));
    memcpy(p9.out[0] + p9.bytes, text, strlen(text));
    p9.bytes += (uint32_t)strlen(text);
}

static uint32_t get(const uint8_t *at, unsigned bytes)
{
    uint32_t number = 0;

    for (unsigned i = 0; i < bytes; i++)
        number |= (uint32_t)at[i] << 8 * i;
    return number;
}

static void message(uint8_t type)
{
    p9.bytes = 4;
    put(1, type);
    put(2, type == VWR_P9_TVERSION ? VWR_P9_NO_TAG : ++p9.tag);
}

static void end_message(void)
{
    const uint32_t bytes = p9.bytes;

    p9.bytes = 0;
    put(4, bytes);
    p9.bytes = bytes;
}

static void check_answer(const uint8_t *out, const uint8_t *in, uint32_t written)
{
    CHECK(written >= VWR_P9_HEADER);
    CHECK_NUMBER(get(in, 4), written);
    CHECK_NUMBER(in[4], out[4] + 1u);
    CHECK_NUMBER(get(in + 5, 2), get(out + 5, 2));
}

/* The answer is in in[0]. */
static void exchange(void)
{
    end_message();
    CHECK_NUMBER(vwr_9p_client_request(&p9.client, p9.out[0], p9.bytes, p9.in[0], MSIZE, &p9.written),
                 VWR_OK);
    check_answer(p9.out[0], p9.in[0], p9.written);
}

static void walk(uint32_t newfid, const char *name)
{
    message(VWR_P9_TWALK);
    put(4, 0);
    put(4, newfid);
    put(2, name != NULL);
    if (name != NULL)
        put_string(name);
    exchange();
    CHECK_NUMBER(get(p9.in[0] + VWR_P9_HEADER, 2), name != NULL);
}

static const char *name_of(unsigned n)
{
    static const char *const name[FILES] = {"a", "folder.tar",
                                            "a_name_that_takes_a_block_of_the_tree_in_memory", "d"};

    return name[n];
}

static void begin_session(void)
{
    message(VWR_P9_TVERSION);
    put(4, MSIZE);
    put_string(VWR_P9_VERSION);
    exchange();
    CHECK_NUMBER(get(p9.in[0] + VWR_P9_HEADER, 4), MSIZE);
    message(VWR_P9_TATTACH);
    put(4, 0);
    put(4, VWR_P9_NO_FID);
    put_string("");
    put_string("");
    put(4, 0);
    exchange();
}

/* Opens file n as fid 1 + n; creates it in the first session. */
static void open_files(bool first)
{
    for (unsigned n = 0; n < FILES; n++) {
        walk(1 + n, first ? NULL : name_of(n));
        message(first ? VWR_P9_TLCREATE : VWR_P9_TLOPEN);
        put(4, 1 + n);
        if (first)
            put_string(name_of(n));
        put(4, VWR_P9_O_RDWR);
        if (first) {
            put(4, 0644);
            put(4, 0);
        }
        exchange();
    }
}

/* ---- files ---- */

static void write_file(unsigned n)
{
    const uint32_t offset = random_below(&state, p9.size[n] + 1);
    uint32_t bytes = random_below(&state, MSIZE - HEAD + 1);

    if (bytes > FILE_BYTES - offset)
        bytes = FILE_BYTES - offset;
    message(VWR_P9_TWRITE);
    put(4, 1 + n);
    put(8, offset);
    put(4, bytes);
    for (uint32_t i = 0; i < bytes; i++)
        put(1, p9.copy[n][offset + i] = (uint8_t)random_below(&state, 256));
    exchange();
    CHECK_NUMBER(get(p9.in[0] + VWR_P9_HEADER, 4), bytes);
    if (p9.size[n] < offset + bytes)
        p9.size[n] = offset + bytes;
}

static uint32_t head_read(unsigned n, uint32_t offset, uint32_t count)
{
    message(VWR_P9_TREAD);
    put(4, 1 + n);
    put(8, offset);
    put(4, count);
    end_message();
    return p9.bytes;
}

/* Reads each file, with all reads in flight together. */
static void read_files(void)
{
    uint32_t offset[FILES], count[FILES];
    struct vwr_req *done[CALLS];

    for (unsigned i = FILES; i-- > 0;) { /* out[0] is used to build every message, so it comes last */
        uint32_t bytes;

        offset[i] = random_below(&state, p9.size[i] + 100);
        count[i] = random_below(&state, MSIZE - HEAD + 1);
        bytes = head_read(i, offset[i], count[i]);
        memmove(p9.out[i], p9.out[0], bytes);
        p9.late[i].call.data_bytes = 0;
        CHECK_NUMBER(vwr_9p_client_request_submit(&p9.client, &p9.late[i], p9.out[i], bytes, p9.in[i], MSIZE),
                     VWR_OK);
    }
    (void)vwr_request_kick(&p9.client.requestq.requests);
    vmm_run_until_idle();
    CHECK_NUMBER(vwr_request_reap(&p9.client.requestq.requests, done, CALLS), FILES);
    for (unsigned i = 0; i < FILES; i++) {
        const uint32_t left = offset[i] < p9.size[i] ? p9.size[i] - offset[i] : 0;
        const uint32_t bytes = count[i] < left ? count[i] : left;

        CHECK_NUMBER(p9.late[i].call.req.result, VWR_OK);
        check_answer(p9.out[i], p9.in[i], p9.late[i].call.data_bytes);
        CHECK_NUMBER(get(p9.in[i] + VWR_P9_HEADER, 4), bytes);
        CHECK(memcmp(p9.in[i] + VWR_P9_HEADER + 4, p9.copy[i] + offset[i], bytes) == 0);
    }
}

static void fail_and_recover(void)
{
    int r;

    vmm_may_break = true;
    vwr_vdev_needs_reset(vwr_v9p_dev(&p9.device));
    vmm_may_break = false;
    CHECK_NUMBER(vwr_dev_check(&p9.mmio.dev), VWR_ENEEDSRESET);
    while ((r = vwr_recover(&p9.client.bringup, &vwr_9p_client_bringup)) == VWR_EBUSY)
        continue;
    CHECK_NUMBER(r, VWR_OK);
    CHECK_NUMBER(p9.device.fids_used, 0);
    begin_session();
    open_files(false);
}

static void open_client(void)
{
    const struct vwr_9p_client_options o = {.requests = {.requests = CALLS, .segments = SEGMENTS},
                                            .avoid = &p9.avoid,
                                            .requestq = {(ram_reset(), ram_alloc_ring(SHARED_BYTES)),
                                                         SHARED_BYTES, p9.driver_own, sizeof(p9.driver_own),
                                                         QUEUE_SIZE}};

    memset(p9.late, 0, sizeof(p9.late));
    CHECK_NUMBER(vwr_mmio_probe(&p9.mmio, vmm_registers(SLOT), VWR_MMIO_SIZE), VWR_OK);
    CHECK_NUMBER(vwr_9p_client_open(&p9.client, &p9.mmio.dev, &o), VWR_OK);
    CHECK_NUMBER(p9.client.info.tag_len, 4);
    for (unsigned i = 0; i < CALLS; i++) {
        p9.out[i] = guest_alloc(MSIZE);
        p9.in[i] = guest_alloc(MSIZE);
    }
}

static void init_device(unsigned kind, bool deferred)
{
    const struct vwr_v9p_memory_options t = {.file = p9.file,
                                             .files = FILES + 1,
                                             .entry = p9.entry,
                                             .entries = FILES + 1,
                                             .pool = p9.pool,
                                             .bytes = sizeof(p9.pool)};
    const struct vwr_v9p_options o = {.files = &p9.tree.files,
                                      .tag = "pair",
                                      .fid = p9.fid,
                                      .fids = 16,
                                      .message = p9.message,
                                      .call = p9.call,
                                      .seg = p9.seg,
                                      .requests = CALLS,
                                      .segs = VWR_V9P_SEGS};
    struct vwr_vdev_setup s = {
        .vm = &vmm, .line = SLOT, .queue = p9.queue, .queues = 1, .own = p9.own, .own_bytes = sizeof(p9.own)};

    vmm_begin(deferred);
    memset(&p9, 0, sizeof(p9));
    CHECK_NUMBER(vwr_v9p_memory_init(&p9.tree, &t), VWR_OK);
    s.queue_size = QUEUE_SIZE;
    s.budget_bytes = random_below(&state, 2) == 0 ? 0 : 2048;
    s.legacy = (kind & DISK_LEGACY) != 0;
    disk_offer(&s.features, kind);
    disk_avoid(&p9.avoid, kind);
    CHECK_NUMBER(vwr_v9p_init(&p9.device, &s, &o), VWR_OK);
    vmm_add(SLOT, vwr_v9p_dev(&p9.device));
}

void case_9p(unsigned kind, unsigned scale)
{
    state = kind + 1;
    for (unsigned pass = 0; pass < 8; pass++) {
        init_device(kind, pass % 2 != 0);
        for (unsigned session = 0; session < 2; session++) {
            open_client();
            disk_check_features(&p9.mmio.dev, vwr_v9p_dev(&p9.device), kind);
            begin_session();
            open_files(session == 0);
            for (unsigned i = 0; i < STEPS * scale / 10 + 2; i++) {
                write_file(random_below(&state, FILES));
                read_files();
                if (random_below(&state, 16) == 0)
                    suspend_check(&p9.mmio.dev, vwr_v9p_dev(&p9.device));
                if (random_below(&state, 16) == 0)
                    fail_and_recover();
            }
            CHECK_NUMBER(vwr_9p_client_close(&p9.client), VWR_OK);
        }
    }
    printf("%s 9p\n", disk_kind_name(kind));
}
