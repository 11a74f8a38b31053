/* SPDX-License-Identifier: MIT */
#include "lamp.h"

/* The hand-written part of the device: the function of each message. */

struct vwr_lamp_vdevice {
    uint16_t level[VWR_LAMP_LAMPS];
    uint8_t rom[256];
} lamp_house;

struct vwr_vmessage *lamp_blinks; /* answered once the lamp has blinked, with: */
uint64_t lamp_ticket;

static int set_level(struct vwr_lamp_vservice *s, struct vwr_vmessage *x,
                     const struct vwr_lamp_set_level_msg *m)
{
    (void)x;
    s->device->level[m->lamp] = m->level;
    return VWR_OK;
}

static int blink(struct vwr_lamp_vservice *s, struct vwr_vmessage *x, const struct vwr_lamp_blink_msg *m)
{
    s->device->level[m->lamp] = (uint16_t)m->period;
    lamp_blinks = x;
    lamp_ticket = vwr_vmessage_ticket(x);
    return m->period >= 100 ? VWR_LATER : VWR_LAMP_S_TOO_FAST;
}

static int get_state(struct vwr_lamp_vservice *s, struct vwr_vmessage *x,
                     const struct vwr_lamp_get_state_msg *m, struct vwr_lamp_get_state_answer *a)
{
    (void)x;
    a->level = s->device->level[m->lamp];
    vwr_copy(a->name, "a lamp", 7);
    return VWR_OK;
}

static int set_scene(struct vwr_lamp_vservice *s, struct vwr_vmessage *x,
                     const struct vwr_lamp_set_scene_msg *m)
{
    struct vwr_lamp_scene_entry e;

    for (uint32_t i = 0; i < m->lamps && vwr_vmessage_read(x, &e, sizeof(e)) == sizeof(e); i++)
        if (vwr_le32_to_cpu(e.lamp) < VWR_LAMP_LAMPS)
            s->device->level[vwr_le32_to_cpu(e.lamp)] = vwr_le16_to_cpu(e.level);
    return VWR_OK;
}

static int write_rom(struct vwr_lamp_vservice *s, struct vwr_vmessage *x,
                     const struct vwr_lamp_write_rom_msg *m)
{
    return vwr_vmessage_store(x, s->device->rom, sizeof(s->device->rom), m->address);
}

static int read_rom(struct vwr_lamp_vservice *s, struct vwr_vmessage *x,
                    const struct vwr_lamp_read_rom_msg *m)
{
    return vwr_vmessage_load(x, s->device->rom, sizeof(s->device->rom), m->address);
}

/* The first lamp follows the music. */
static uint32_t music(struct vwr_lamp_vservice *s, const uint8_t *bytes, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        s->device->level[0] = (uint16_t)(s->device->level[0] * 31u + bytes[i]);
    return n;
}

const struct vwr_lamp_vservice_calls lamp_calls = {.set_level = set_level,
                                                   .blink = blink,
                                                   .get_state = get_state,
                                                   .set_scene = set_scene,
                                                   .write_rom = write_rom,
                                                   .read_rom = read_rom,
                                                   .musicq = music};
