/* SPDX-License-Identifier: MIT */
#include "late.h"

#include "vwr/vi2c.h"
#include "vwr/vm.h"
#include "vwr/gen/split_ring.h"

#include <stdlib.h>
#include <string.h>

/* A bus, and guests that send messages in every wrong way. */

#define AT(n) (GUEST_DATA + 0x100u * (n)) /* buffers, far apart */
#define WRITE ((uint16_t)VWR_VIRTQ_DESC_F_WRITE)
#define HEADER ((uint32_t)sizeof(struct vwr_i2c_out_hdr))
#define TARGET 0x50u
#define BYTES 16u /* that the VMM takes at most */
#define POISON 0xa5u
#define MORE VWR_I2C_FLAGS_FAIL_NEXT
#define READ VWR_I2C_FLAGS_M_RD

struct vmm {
    struct vwr_vi2c v;
    uint8_t data[BYTES];
    uint8_t seen[BYTES]; /* of the last message */
    struct vwr_vi2c_message last;
    unsigned executed;
    bool later;
    uint64_t ticket[LATE_KEPT];
    unsigned keeps;
};

static struct vmm *vmm_of(struct guest *g)
{
    return g->device;
}

/* One target, which sends "abc…". */
static int transfer(struct vwr_vi2c *v, struct vwr_vi2c_message *m)
{
    struct vmm *const vmm = v->context;

    vmm->executed++;
    vmm->last = *m;
    assert_true(m->data == vmm->data && m->bytes <= BYTES);
    memcpy(vmm->seen, m->data, m->bytes);
    if (vmm->later) {
        vmm->ticket[vmm->keeps++] = vwr_vi2c_ticket(v);
        return VWR_LATER;
    }
    for (uint32_t i = 0; m->read && i < m->bytes; i++)
        m->data[i] = (uint8_t)('a' + i);
    return m->address == TARGET ? VWR_OK : VWR_ENODEV;
}

static void plug(struct guest *g)
{
    struct vmm *const m = g->device = calloc(1, sizeof(*m));
    const struct vwr_vi2c_options o = {
        .transfer = transfer, .context = m, .data = m->data, .data_bytes = BYTES};
    struct vwr_vdev_setup s;

    assert_non_null(m);
    guest_setup(g, &s);
    assert_int_equal(vwr_vi2c_init(&m->v, &s, &o), VWR_OK);
    guest_plug(g, 0, vwr_vi2c_dev(&m->v));
    vwr_features_add(&g->features, VWR_I2C_F_ZERO_LENGTH_REQUEST);
    hostile_start_one(g);
}

static void unplug(struct guest *g)
{
    vwr_vm_remove(&g->vm, 0);
    free(g->device);
}

static void put_header(struct guest *g, uint16_t addr, uint32_t flags)
{
    struct vwr_i2c_out_hdr *const h = guest_at(g, AT(0), HEADER);

    memset(h, 0, sizeof(*h));
    h->addr = vwr_guest16(g->legacy, addr);
    h->flags = vwr_guest32(g->legacy, flags);
    memset(guest_at(g, AT(1), 0x100), POISON, 0x100);
    memset(guest_at(g, AT(2), 2), POISON, 2);
}

/* Sends a message with `bytes` of data; their content is POISON. */
static void send(struct guest *g, uint16_t addr, uint32_t flags, uint32_t bytes)
{
    const uint16_t way = (flags & READ) != 0 ? WRITE : 0;
    const struct guest_desc with[3] = {{AT(0), HEADER, 0, 0}, {AT(1), bytes, way, 0}, {AT(2), 1, WRITE, 0}};
    const struct guest_desc without[2] = {with[0], with[2]};

    put_header(g, addr, flags);
    hostile_send(g, 0, bytes != 0 ? with : without, bytes != 0 ? 3 : 2);
}

static void ends(struct guest *g, uint32_t used, unsigned status)
{
    hostile_used(g, 0, used);
    assert_int_equal(*(const uint8_t *)guest_at(g, AT(2), 1), status);
    assert_int_equal(*(const uint8_t *)guest_at(g, AT(2) + 1, 1), POISON);
    hostile_is_whole(g);
}

static void works(struct guest *g)
{
    vmm_of(g)->later = false;
    g->broke = 0;
    vwr_features_add(&g->features, VWR_I2C_F_ZERO_LENGTH_REQUEST);
    hostile_start_one(g);
    send(g, TARGET << 1, READ, 3);
    ends(g, 4, VWR_I2C_MSG_OK);
    assert_memory_equal(guest_at(g, AT(1), 3), "abc", 3);
}

static const struct hostile_device i2c_device = {plug, works, unplug};

/* Each byte of the header, and of the data, in a separate descriptor. */
static void g24_segments(struct guest *g, long long bytes)
{
    struct guest_desc segment[GUEST_QUEUE_MAX];
    unsigned n = 0;

    put_header(g, TARGET << 1, 0);
    for (unsigned i = 0; i < HEADER; i++)
        segment[n++] = (struct guest_desc){AT(0) + i, 1, 0, 0};
    for (unsigned i = 0; i < (unsigned)bytes; i++)
        segment[n++] = (struct guest_desc){AT(1) + i, 1, 0, 0};
    segment[n++] = (struct guest_desc){AT(2), 1, WRITE, 0};
    hostile_send(g, 0, segment, n);
    ends(g, 1, VWR_I2C_MSG_OK);
    assert_int_equal(vmm_of(g)->last.bytes, bytes);
    for (unsigned i = 0; i < (unsigned)bytes; i++)
        assert_int_equal(vmm_of(g)->seen[i], POISON);
}

/* A header of another length is none. */
static void g12_header(struct guest *g, long long bytes)
{
    const struct guest_desc segment[2] = {{AT(0), (uint32_t)bytes, 0, 0}, {AT(2), 1, WRITE, 0}};

    put_header(g, TARGET << 1, 0);
    hostile_send(g, 0, segment, 2);
    ends(g, 1, VWR_I2C_MSG_ERR);
    assert_int_equal(vmm_of(g)->executed, 0);
}

/* Any value is a 7-bit or 10-bit address; only the VMM can refuse it. */
static void g26_address(struct guest *g, long long addr)
{
    struct vmm *const m = vmm_of(g);
    const bool ten = ((unsigned)addr >> 3 & 0x1f) == 0x1e;

    send(g, (uint16_t)addr, 0, 1);
    ends(g, 1, VWR_I2C_MSG_ERR);
    assert_int_equal(m->executed, 1);
    if (ten)
        assert_int_equal(m->last.address,
                         VWR_VI2C_TEN_BIT | ((unsigned)addr >> 1 & 3) << 8 | (unsigned)addr >> 8);
    else
        assert_int_equal(m->last.address, (unsigned)addr >> 1 & 0x7f);
}

/* More data than the VMM takes: the message fails, and so does the rest of its transfer. */
static void g28_long(struct guest *g, long long at)
{
    const uint32_t bytes = (uint32_t)(BYTES + at), flags[2] = {0, READ};
    struct vmm *const m = vmm_of(g);

    for (unsigned i = 0; i < 2; i++) {
        m->executed = 0;
        send(g, TARGET << 1, flags[i] | MORE, bytes);
        ends(g, i == 0 ? 1 : bytes + 1, at > 0 ? VWR_I2C_MSG_ERR : VWR_I2C_MSG_OK);
        send(g, TARGET << 1, 0, 0);
        ends(g, 1, at > 0 ? VWR_I2C_MSG_ERR : VWR_I2C_MSG_OK);
        assert_int_equal(m->executed, at > 0 ? 0 : 2);
    }
}

/* No space for the data, or for the status. */
static void g27_short(struct guest *g, long long at)
{
    (void)at;
    send(g, TARGET << 1, READ, 0);
    ends(g, 1, VWR_I2C_MSG_OK);
    put_header(g, TARGET << 1, READ);
    hostile_send_one(g, 0, AT(0), HEADER, 0);
    hostile_used(g, 0, 0);
    assert_int_equal(vmm_of(g)->executed, 1);
    hostile_is_whole(g);
}

/* A transfer whose first message fails; the messages after its end are another transfer's. */
static void g30_transfer(struct guest *g, long long reset)
{
    struct vmm *const m = vmm_of(g);

    send(g, 0x22, MORE, 1);
    ends(g, 1, VWR_I2C_MSG_ERR);
    if (reset != 0) {
        hostile_start_one(g);
    } else {
        send(g, TARGET << 1, MORE | READ, 4);
        ends(g, 5, VWR_I2C_MSG_ERR);
        for (unsigned i = 0; i < 4; i++) /* nothing of the host */
            assert_int_equal(((const uint8_t *)guest_at(g, AT(1), 4))[i], 0);
        send(g, TARGET << 1, 0, 1);
        ends(g, 1, VWR_I2C_MSG_ERR);
    }
    assert_int_equal(m->executed, 1);
    send(g, TARGET << 1, 0, 1);
    ends(g, 1, VWR_I2C_MSG_OK);
}

/* A driver that has not accepted the mandatory feature. */
static void g45_feature(struct guest *g, long long at)
{
    (void)at;
    vwr_features_remove(&g->features, VWR_I2C_F_ZERO_LENGTH_REQUEST);
    hostile_start_one(g);
    send(g, TARGET << 1, 0, 1);
    ends(g, 1, VWR_I2C_MSG_ERR);
    assert_int_equal(vmm_of(g)->executed, 0);
}

/* The VMM has not answered: the other messages wait, however often the guest notifies. */
static void g50_order(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    (void)at;
    m->later = true;
    send(g, TARGET << 1, 0, 1);
    send(g, TARGET << 1, READ, 3);
    for (unsigned i = 0; i < 1000; i++)
        guest_kick(g, 0);
    hostile_unused(g, 0);
    assert_int_equal(m->executed, 1);
    m->later = false;
    vwr_vi2c_done(&m->v, m->ticket[0], VWR_OK, NULL);
    hostile_used(g, 0, 1);
    hostile_used(g, 0, 4);
    assert_int_equal(m->executed, 2);
}

/* ---- late answers ---- */

static void late_start(struct guest *g)
{
    vmm_of(g)->later = true;
    hostile_start_one(g);
}

static void late_ask(struct guest *g)
{
    send(g, TARGET << 1, READ, 3);
}

static void late_answer(struct guest *g, unsigned number)
{
    vwr_vi2c_done(&vmm_of(g)->v, vmm_of(g)->ticket[number], VWR_OK, "xyz");
}

static void late_comes_back(struct guest *g)
{
    ends(g, 4, VWR_I2C_MSG_OK);
    assert_memory_equal(guest_at(g, AT(1), 3), "xyz", 3);
}

static void g46_late(struct guest *g, long long when)
{
    static const struct late late = {late_start, late_ask, late_answer, late_comes_back, 0, NULL};

    late_run(g, &late, (enum late_when)when);
}

static const struct hostile_case cases[] = {
    LATE_CASES(g46_late, HOSTILE_ALL),
    {"G24_segments_of_1_byte", "split.dev.framing.1", g24_segments, HOSTILE_ALL, 3, {0, 1, 7}},
    {"G12_header", "robustness: less than a header says nothing", g12_header, HOSTILE_ALL, 3, {1, 4, 7}},
    {"G26_address",
     "robustness: what no target has is the VMM's to refuse",
     g26_address,
     HOSTILE_ALL,
     6,
     {0, 0x22, 0xf0, 0xa5f7, 0xf8, 0xffff}},
    {"G28_long_message", "i2c.dev.9; header vwr/vi2c.h", g28_long, HOSTILE_ALL, 3, {-1, 0, 1}},
    {"G27_no_room", "i2c.dev.1", g27_short, HOSTILE_ALL, 0, {0}},
    {"G30_transfer_that_fails", "i2c.dev.9", g30_transfer, HOSTILE_ALL, 2, {0, 1}},
    {"G45_mandatory_feature", "i2c.dev.2", g45_feature, HOSTILE_ALL, 0, {0}},
    {"G50_waits_in_order", "i2c.dev.7", g50_order, HOSTILE_ALL, 0, {0}},
};

int main(void)
{
    return hostile_run("i2c", &i2c_device, cases, sizeof(cases) / sizeof(cases[0]));
}
