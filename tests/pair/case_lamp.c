/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "lamp.h"
#include "ram.h"
#include "vmm.h"
#include "suspend.h"

#include <stdio.h>
#include <string.h>

/*
 * Both sides of a fictitious device: client and service are generated from lamp/lamp.yaml; lamp/lamp_device.c
 * has the device's functions, and lamp/lamp_driver.c the program. Tests each driver message, with contiguous
 * and discontiguous data, answered immediately and later; events of the device; a byte stream. The generated
 * test in ends/ covers invalid messages. There are no legacy lamps.
 */

#define SLOT 3u
#define QUEUES 3u
#define SEGS 64u
#define LAMPS VWR_LAMP_LAMPS
#define ROM 256u

static struct {
    struct vwr_lamp_vservice device;
    struct vwr_vqueue queue[QUEUES];
    struct vwr_vqueue_entry own[QUEUES * LAMP_QUEUE_SIZE];
    struct vwr_vmessage message[LAMP_CALLS];
    struct vwr_vseg seg[(LAMP_CALLS + 1) * SEGS];
    struct vwr_features avoid;
    struct vwr_lamp_client_controlq_call call;
} lamp;

static struct vwr_lamp_client *const driver = &lamp_driver;

static void init_device(unsigned kind, bool blinks)
{
    struct vwr_vdev_setup setup = {.vm = &vmm, .line = SLOT, .queue_count = QUEUES};
    const struct vwr_service_memory memory = {lamp.message, LAMP_CALLS, lamp.seg, VWR_COUNT(lamp.seg)};
    struct vwr_features features = {{0}};

    setup.queue = lamp.queue;
    setup.queue_size = LAMP_QUEUE_SIZE;
    setup.own = lamp.own;
    setup.own_count = VWR_COUNT(lamp.own);
    disk_offer(&setup.features, kind);
    if (blinks)
        vwr_features_add(&features, VWR_LAMP_F_BLINK);
    CHECK_NUMBER(vwr_lamp_vservice_init(&lamp.device, &setup, &features, &lamp_calls, &memory, &lamp_house),
                 VWR_OK);
    lamp.device.config.lamps = vwr_cpu_to_le32(LAMPS);
    vmm_add(SLOT, &lamp.device.service.dev);
}

static void open_lamp(unsigned kind, bool deferred, bool blinks)
{
    vmm_begin(deferred);
    memset(&lamp, 0, sizeof(lamp));
    memset(driver, 0, sizeof(*driver));
    init_device(kind, blinks);
    ram_reset();
    disk_avoid(&lamp.avoid, kind);
    CHECK_NUMBER(lamp_open(vmm_registers(SLOT), ram_alloc_ring(LAMP_SHARED_BYTES), &lamp.avoid), VWR_OK);
    CHECK_NUMBER(driver->info.lamps, LAMPS);
}

static void check_level(uint32_t which, uint16_t level)
{
    const struct vwr_lamp_get_state_msg m = {which};
    struct vwr_lamp_get_state_answer a;

    CHECK_NUMBER(vwr_lamp_client_get_state(driver, &m, &a), VWR_OK);
    CHECK_NUMBER(a.level, level);
    CHECK(memcmp(a.name, "a lamp\0", sizeof(a.name)) == 0);
}

/* An index above the last lamp fails the generated check, so the client does not send it. */
static void check_levels(void)
{
    struct vwr_lamp_set_level_msg m = {LAMPS - 1, 77};
    const struct vwr_lamp_get_state_msg none = {LAMPS};
    struct vwr_lamp_get_state_answer a;

    CHECK_NUMBER(vwr_lamp_client_set_level(driver, &m), VWR_OK);
    check_level(LAMPS - 1, 77);
    m.lamp = LAMPS;
    CHECK_NUMBER(vwr_lamp_client_set_level(driver, &m), VWR_EINVAL);
    CHECK_NUMBER(vwr_lamp_client_get_state(driver, &none, &a), VWR_EINVAL);
}

static void check_scene(struct vwr_lamp_scene_entry *e)
{
    struct vwr_lamp_set_scene_msg m = {LAMPS};

    for (unsigned i = 0; i < LAMPS + 1; i++)
        e[i] = (struct vwr_lamp_scene_entry){.lamp = vwr_cpu_to_le32(i),
                                             .level = vwr_cpu_to_le16((uint16_t)(100 + i))};
    CHECK_NUMBER(vwr_lamp_client_set_scene(driver, &m, e), VWR_OK);
    for (unsigned i = 0; i < LAMPS; i++)
        check_level(i, (uint16_t)(100 + i));
    m.lamps = LAMPS + 1;
    CHECK_NUMBER(vwr_lamp_client_set_scene(driver, &m, e), VWR_EINVAL);
    m.lamps = 0;
    CHECK_NUMBER(vwr_lamp_client_set_scene(driver, &m, e), VWR_OK);
    m.lamps = UINT32_MAX;
    CHECK_NUMBER(vwr_lamp_client_set_scene(driver, &m, e), VWR_EINVAL);
}

/* One message with a bit for the direction of its data. Bytes that it does not write read as 0. */
static void check_rom(uint8_t *bytes)
{
    const struct vwr_lamp_write_rom_msg write = {6};
    const struct vwr_lamp_write_rom_msg beyond = {ROM + 1};
    const struct vwr_lamp_read_rom_msg read = {4};
    uint32_t written;

    for (unsigned i = 0; i < 100; i++)
        bytes[i] = (uint8_t)(i * 3 + 1);
    CHECK_NUMBER(vwr_lamp_client_write_rom(driver, &write, bytes, 100), VWR_OK);
    CHECK_NUMBER(vwr_lamp_client_write_rom(driver, &write, bytes, 99), VWR_EINVAL);
    CHECK_NUMBER(vwr_lamp_client_write_rom(driver, &beyond, bytes, 2), VWR_EIO);
    memset(bytes, 0xa5, ROM);
    CHECK_NUMBER(vwr_lamp_client_read_rom(driver, &read, bytes, ROM, &written), VWR_OK);
    CHECK_NUMBER(written, ROM - 4);
    for (unsigned i = 0; i < ROM; i++)
        CHECK_NUMBER(bytes[i], i < 2 || (i >= 102 && i < ROM - 4) ? 0
                               : i < 102                          ? (uint8_t)((i - 2) * 3 + 1)
                                                                  : 0xa5);
}

/* The service's table has no function for it. */
static void check_unknown(uint8_t *bytes)
{
    const struct vwr_lamp_read_log_msg m = {0};
    uint32_t written;

    CHECK_NUMBER(vwr_lamp_client_read_log(driver, &m, bytes, 10, &written), VWR_EIO);
    CHECK_NUMBER(driver->controlq_own.call.status, VWR_LAMP_S_UNSUPP);
}

/* A status of its own; or answers that come later and out of order, if the ring allows it. */
static void check_later(bool offered, bool in_order)
{
    const struct vwr_lamp_blink_msg m = {1, 500};
    const struct vwr_lamp_blink_msg fast = {1, 5};
    struct vwr_req *done;

    CHECK_NUMBER(vwr_lamp_client_blink_submit(driver, &lamp.call, &m), offered ? VWR_OK : VWR_EFEATURE);
    if (!offered)
        return;
    (void)vwr_request_kick(&driver->controlq.requests);
    vmm_run_until_idle();
    if (!in_order)
        check_level(1, 500);
    CHECK_NUMBER(vwr_lamp_client_blink_submit(driver, &lamp.call, &m), VWR_EBUSY);
    CHECK_NUMBER(vwr_request_reap(&driver->controlq.requests, &done, 1), 0);
    vwr_lamp_vservice_blink_done(lamp_blinks, lamp_ticket, VWR_OK);
    CHECK_NUMBER(vwr_request_reap(&driver->controlq.requests, &done, 1), 1);
    CHECK(done == &lamp.call.call.req);
    CHECK_NUMBER(done->result, VWR_OK);
    CHECK_NUMBER(vwr_lamp_client_blink(driver, &fast), VWR_EIO);
    CHECK_NUMBER(driver->controlq_own.call.status, VWR_LAMP_S_TOO_FAST);
}

static void check_events(void)
{
    const struct vwr_lamp_lamp_on_msg on = {3};
    const struct vwr_lamp_lamp_broken_msg broken = {4};
    struct vwr_lamp_client_eventq_event e;

    CHECK_NUMBER(vwr_lamp_client_poll_eventq(driver, &e), 0);
    for (unsigned i = 0; i < 3 * LAMP_BUFFERS; i++) {
        CHECK_NUMBER(vwr_lamp_vservice_send_lamp_on(&lamp.device, &on, NULL, 0), VWR_OK);
        CHECK_NUMBER(vwr_lamp_vservice_send_lamp_broken(&lamp.device, &broken, NULL, 0), VWR_OK);
        CHECK_NUMBER(vwr_lamp_client_poll_eventq(driver, &e), 1);
        CHECK_NUMBER(e.type, VWR_LAMP_CLIENT_EVENTQ_LAMP_ON);
        CHECK_NUMBER(e.m.lamp_on.lamp, 3);
        vwr_lamp_client_return_eventq(driver, &e);
        CHECK_NUMBER(vwr_lamp_client_poll_eventq(driver, &e), 1);
        CHECK_NUMBER(e.type, VWR_LAMP_CLIENT_EVENTQ_LAMP_BROKEN);
        CHECK_NUMBER(e.m.lamp_broken.lamp, 4);
        vwr_lamp_client_return_eventq(driver, &e);
    }
    for (unsigned i = 0; i < LAMP_BUFFERS; i++)
        CHECK_NUMBER(vwr_lamp_vservice_send_lamp_on(&lamp.device, &on, NULL, 0), VWR_OK);
    CHECK_NUMBER(vwr_lamp_vservice_send_lamp_on(&lamp.device, &on, NULL, 0), VWR_EFULL);
    CHECK_NUMBER(lamp_evening(NULL, 0), 0); /* takes the events: a lamp that is on is not broken */
}

/* The whole program: the first lamp follows the music to its last byte. */
static void check_evening(void)
{
    const struct vwr_lamp_lamp_broken_msg broken = {2};
    const struct vwr_lamp_set_level_msg off = {0, 0};
    uint8_t bytes[3 * LAMP_BYTES + 5];
    uint32_t dance = 0;

    for (unsigned i = 0; i < sizeof(bytes); i++)
        dance = dance * 31 + (bytes[i] = (uint8_t)(i * 7));
    CHECK_NUMBER(vwr_lamp_client_set_level(driver, &off), VWR_OK);
    for (unsigned i = 0; i < 2; i++)
        CHECK_NUMBER(vwr_lamp_vservice_send_lamp_broken(&lamp.device, &broken, NULL, 0), VWR_OK);
    CHECK_NUMBER(lamp_evening(bytes, sizeof(bytes)), 2);
    vmm_run_until_idle();
    check_level(0, (uint16_t)dance);
    check_level(1, 100);
    check_level(3, 40);
    CHECK_NUMBER(lamp_evening(bytes, 0), 0);
}

void lamp_one_evening(unsigned kind)
{
    static const uint8_t music[] = {1, 2, 3};
    const struct vwr_lamp_lamp_broken_msg broken = {2};

    open_lamp(kind, false, true);
    CHECK_NUMBER(vwr_lamp_vservice_send_lamp_broken(&lamp.device, &broken, NULL, 0), VWR_OK);
    CHECK_NUMBER(lamp_evening(music, sizeof(music)), 1);
    CHECK_NUMBER(vwr_close(&driver->bringup), VWR_OK);
}

void case_lamp(unsigned kind, unsigned scale)
{
    (void)scale;
    if ((kind & DISK_LEGACY) != 0)
        return;
    for (unsigned i = 0; i < 4; i++) {
        uint8_t *data;

        open_lamp(kind, i % 2 != 0, i / 2 != 0);
        data = i % 2 != 0 ? guest_alloc_scattered(2 * GUEST_PAGE) + GUEST_PAGE - 16 : guest_alloc(GUEST_PAGE);
        check_levels();
        check_scene((struct vwr_lamp_scene_entry *)(void *)data);
        check_rom(data);
        check_unknown(data);
        suspend_check(driver->bringup.dev, &lamp.device.service.dev);
        check_later(i / 2 != 0, (kind & DISK_IN_ORDER) != 0);
        check_events();
        check_evening();
        CHECK_NUMBER(vwr_close(&driver->bringup), VWR_OK);
    }
    printf("%s lamp\n", disk_kind_name(kind));
}
