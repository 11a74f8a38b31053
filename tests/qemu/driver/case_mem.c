/* SPDX-License-Identifier: MIT */
#include "board.h"
#include "bus.h"
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "machine.h"

#include "vwr/mem.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/*
 * The driver of memory devices on QEMU's virtio-mem: QMP sets the requested size, and shows how much is
 * plugged. The guest's processor, which qtest stands for, finds memory in the plugged blocks.
 */

#define SLOT 30u
#define BLOCK UINT64_C(0x200000)
#define BLOCKS 64u
#define STEP 16u

static struct vwr_mem m;
static union found found;
static uint32_t map[VWR_MEM_WORDS(BLOCKS)];
static bool used[BLOCKS], keeps[BLOCKS];
static unsigned lost;

static void mark(uint64_t addr, uint64_t bytes, bool now)
{
    for (uint64_t at = addr; at < addr + bytes; at += BLOCK) {
        const uint64_t block = (at - m.client.info.addr) / BLOCK;

        CHECK(block < BLOCKS && used[block] != now);
        used[block] = now;
    }
}

static void use(struct vwr_mem *x, uint64_t addr, uint64_t bytes)
{
    CHECK(x == &m);
    mark(addr, bytes, true);
    for (uint64_t at = addr; at < addr + bytes; at += BLOCK) {
        machine_write(at, 4, (uint32_t)(at / BLOCK));
        CHECK_NUMBER(machine_read(at, 4), (uint32_t)(at / BLOCK));
    }
}

static bool give_back(struct vwr_mem *x, uint64_t addr, uint64_t bytes)
{
    const bool gives = !keeps[(addr - x->client.info.addr) / BLOCK];

    if (gives)
        mark(addr, bytes, false);
    return gives;
}

static void lose(struct vwr_mem *x, uint64_t addr, uint64_t bytes)
{
    (void)x;
    mark(addr, bytes, false);
    lost++;
}

static void begin(void)
{
    machine_begin(false);
    machine_add("-m", "slots=1,maxmem=1G");
    machine_add("-object", "memory-backend-ram,id=blocks,size=%" PRIu64 "M", BLOCKS * BLOCK >> 20);
    machine_add_device(SLOT, "virtio-mem", "id=mem,memdev=blocks,requested-size=0,packed=on");
    machine_start();
    (void)machine_qmp("{\"execute\": \"cont\"}");
    slot_probe(&found, SLOT);
}

static void open_it(unsigned kind, bool adopt)
{
    static const struct vwr_mem_ops ops = {use, give_back, lose};
    struct vwr_mem_options o = {
        .ops = &ops, .map = map, .map_count = VWR_COUNT(map), .step = STEP, .adopt = adopt};

    memset(used, 0, sizeof(used));
    o.shared = guest_alloc(sizeof(*o.shared));
    disk_avoid(&o.avoid, kind);
    CHECK_NUMBER(vwr_mem_open(&m, &found.dev, &o), VWR_OK);
    disk_check_kind(&found.dev, kind);
    /* QEMU's q35 does not offer it, for guests that are older. */
    CHECK_NUMBER(vwr_mem_client_has(&m.client, VWR_MEM_F_UNPLUGGED_INACCESSIBLE),
                 vwr_features_have(&found.dev.offered, VWR_MEM_F_UNPLUGGED_INACCESSIBLE));
    CHECK_NUMBER(m.blocks, BLOCKS);
}

static int poll_all(void)
{
    unsigned polls = 0;
    int r;

    while ((r = vwr_mem_poll(&m)) == 1)
        machine_wait(&polls);
    return r;
}

static void wants(unsigned blocks)
{
    char command[200];

    snprintf(
        command, sizeof(command),
        "{\"execute\": \"qom-set\", \"arguments\": {\"path\": \"/machine/peripheral/mem\", \"property\": "
        "\"requested-size\", \"value\": %" PRIu64 "}}",
        blocks * BLOCK);
    (void)machine_qmp(command);
}

static bool qemu_has(unsigned blocks)
{
    char text[60];

    snprintf(text, sizeof(text), "\"size\": %" PRIu64 ",", blocks * BLOCK);
    return strstr(machine_qmp("{\"execute\": \"query-memory-devices\"}"), text) != NULL;
}

/* QEMU, the map and the caller agree; the memory has kept what was written. */
static void has(unsigned blocks)
{
    unsigned n = 0;

    CHECK(qemu_has(blocks));
    for (unsigned i = 0; i < BLOCKS; i++) {
        const uint64_t at = m.client.info.addr + i * BLOCK;

        CHECK(vwr_mem_is_in_use(&m, i) == used[i]);
        if (used[i])
            CHECK_NUMBER(machine_read(at, 4), (uint32_t)(at / BLOCK));
        n += used[i];
    }
    CHECK_NUMBER(n, blocks);
    CHECK(m.plugged == blocks * BLOCK);
}

static void follows(unsigned blocks)
{
    wants(blocks);
    CHECK_NUMBER(poll_all(), VWR_OK);
    has(blocks);
}

/* The ring breaks after QEMU has executed a request. A reset of its device unplugs nothing. */
static void recovers(unsigned kind, unsigned blocks)
{
    unsigned polls = 0;
    int r;

    follows(blocks);
    wants(blocks + STEP);
    CHECK_NUMBER(vwr_mem_poll(&m), 1);
    while (!qemu_has(blocks + STEP))
        machine_wait(&polls);
    disk_break_ring(&m.client.guest_request.requests.queue, kind);
    CHECK_NUMBER(vwr_mem_poll(&m), VWR_EBADRING);
    while ((r = vwr_recover(&m.bringup)) == VWR_EBUSY)
        continue;
    CHECK_NUMBER(r, VWR_OK);
    CHECK(qemu_has(blocks + STEP));
    follows(blocks);
    CHECK_NUMBER(lost, 0);
}

static void one_kind(unsigned kind)
{
    open_it(kind, false);
    follows(0);
    follows(60);
    follows(7);
    keeps[6] = keeps[3] = true;
    follows(2);
    CHECK(used[6] && used[3]);
    wants(1);
    CHECK_NUMBER(poll_all(), VWR_EBUSY);
    has(2);
    memset(keeps, 0, sizeof(keeps));
    follows(BLOCKS);
    recovers(kind, 30);
    CHECK_NUMBER(vwr_close(&m.bringup), VWR_OK);
    open_it(kind, true);
    CHECK_NUMBER(poll_all(), VWR_OK);
    has(30);
    CHECK_NUMBER(vwr_close(&m.bringup), VWR_OK);
}

void case_pci_mem(bool legacy)
{
    (void)legacy;
    begin();
    for (unsigned kind = 0; kind < DISK_KINDS; kind++) {
        const size_t mark_of_guest = guest_mark();

        one_kind(kind);
        guest_release(mark_of_guest);
    }
    machine_stop();
}
