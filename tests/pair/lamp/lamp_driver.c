/* SPDX-License-Identifier: MIT */
#include "lamp.h"
#include "vwr/gen/features.h"
#include "vwr/mmio.h"

/* A program that uses lamps: the memory shared with the device, and all calls that it makes. */

static struct lamp_shared {
    _Alignas(VWR_QUEUE_SHARED_ALIGN) uint8_t
        control[VWR_CLIENT_SHARED_BYTES(LAMP_QUEUE_SIZE, LAMP_CALLS, VWR_LAMP_CLIENT_CONTROLQ_SLOT, 8u)];
    _Alignas(VWR_QUEUE_SHARED_ALIGN) uint8_t events[VWR_QUEUE_SHARED_BYTES(LAMP_QUEUE_SIZE)];
    _Alignas(VWR_QUEUE_SHARED_ALIGN) uint8_t music[VWR_TRANSMIT_SHARED_BYTES(LAMP_QUEUE_SIZE, LAMP_BUFFERS)];
    uint8_t heard[LAMP_BUFFERS][LAMP_BYTES], played[LAMP_BUFFERS][LAMP_BYTES];
    struct vwr_lamp_scene_entry scene[2];
    uint8_t serial[8];
} * shared;

struct vwr_lamp_client lamp_driver;
static struct vwr_mmio mmio;
static uint64_t own[3][VWR_REQUEST_OWN_BYTES(LAMP_QUEUE_SIZE, LAMP_CALLS) / 8 + 1];
static struct vwr_receive_buffer buffer[LAMP_BUFFERS];
static struct vwr_req request[LAMP_BUFFERS];

int lamp_open(volatile void *registers, void *memory, const struct vwr_features *avoid)
{
    struct lamp_shared *const m = shared = memory;
    const struct vwr_lamp_client_options o = {
        .avoid = avoid,
        .requests = {.requests = LAMP_CALLS, .segments = 8},
        .controlq = {m->control, sizeof(m->control), own[0], sizeof(own[0]), LAMP_QUEUE_SIZE},
        .eventq = {m->events, sizeof(m->events), own[1], sizeof(own[1]), LAMP_QUEUE_SIZE},
        .eventq_buffers = {m->heard, sizeof(m->heard), buffer, LAMP_BUFFERS},
        .musicq = {m->music, sizeof(m->music), own[2], sizeof(own[2]), LAMP_QUEUE_SIZE},
        .musicq_buffers = {m->played, sizeof(m->played), request, LAMP_BUFFERS},
    };
    const int r = vwr_mmio_probe(&mmio, registers, VWR_MMIO_SIZE);

    vwr_dev_want(&mmio.dev, VWR_F_IN_ORDER);
    return r == VWR_OK ? vwr_lamp_client_open(&lamp_driver, &mmio.dev, &o) : r;
}

/* Number of lamps reported as broken since the last call. */
static int broken(void)
{
    struct vwr_lamp_client_eventq_event e;
    int count = 0;

    while (vwr_lamp_client_poll_eventq(&lamp_driver, &e) == 1) {
        count += e.type == VWR_LAMP_CLIENT_EVENTQ_LAMP_BROKEN;
        vwr_lamp_client_return_eventq(&lamp_driver, &e);
    }
    return count;
}

/* Switches a lamp, sets a scene, reads the serial number, plays music, and checks for broken lamps. */
int lamp_evening(const uint8_t *music, size_t bytes)
{
    static const struct vwr_lamp_set_level_msg bright = {.lamp = 1, .level = 100};
    static const struct vwr_lamp_set_scene_msg scene = {.lamps = 2};
    static const struct vwr_lamp_read_rom_msg serial = {.address = 0};
    uint32_t written;
    int r = vwr_lamp_client_set_level(&lamp_driver, &bright);

    for (uint32_t i = 0; i < scene.lamps; i++)
        shared->scene[i] = (struct vwr_lamp_scene_entry){vwr_cpu_to_le32(i + 2), vwr_cpu_to_le16(40), 0};
    if (r == VWR_OK)
        r = vwr_lamp_client_set_scene(&lamp_driver, &scene, shared->scene);
    if (r == VWR_OK)
        r = vwr_lamp_client_read_rom(&lamp_driver, &serial, shared->serial, sizeof(shared->serial), &written);
    for (size_t sent = 0; r >= 0 && sent < bytes; sent += (size_t)r)
        if ((r = vwr_transmit_flush(&lamp_driver.musicq, 1000000)) == VWR_OK)
            r = vwr_transmit_write(&lamp_driver.musicq, music + sent, bytes - sent);
    return r < 0 ? r : broken();
}
