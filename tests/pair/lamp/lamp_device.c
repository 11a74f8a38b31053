/* SPDX-License-Identifier: MIT */
#include "lamp.h"
#include "vwr/bytes.h"

/* The device: what each message does. */

static struct lamp_device *device(struct vwr_lamp_vservice *s)
{
    return (struct lamp_device *)(void *)s;
}

static int set_level(struct vwr_lamp_vservice *s, struct vwr_vmessage *x,
                     const struct vwr_lamp_set_level_msg *m)
{
    (void)x;
    device(s)->level[m->lamp] = m->level;
    return VWR_OK;
}

static int blink(struct vwr_lamp_vservice *s, struct vwr_vmessage *x, const struct vwr_lamp_blink_msg *m)
{
    device(s)->blinks = x; /* once it has done so */
    device(s)->period = m->period;
    return m->lamp < LAMPS ? VWR_LATER : VWR_LAMP_S_NO_LAMP;
}

static int get_state(struct vwr_lamp_vservice *s, struct vwr_vmessage *x,
                     const struct vwr_lamp_get_state_msg *m, struct vwr_lamp_get_state_answer *a)
{
    (void)x;
    if (m->lamp >= LAMPS)
        return VWR_LAMP_S_NO_LAMP;
    a->level = device(s)->level[m->lamp];
    vwr_copy(a->name, "a lamp", 7);
    return VWR_OK;
}

static int set_scene(struct vwr_lamp_vservice *s, struct vwr_vmessage *x,
                     const struct vwr_lamp_set_scene_msg *m)
{
    struct vwr_lamp_scene_entry e;

    for (uint32_t i = 0; i < m->lamps && vwr_vmessage_read(x, &e, sizeof(e)) == sizeof(e); i++)
        if (vwr_le32_to_cpu(e.lamp) < LAMPS)
            device(s)->level[vwr_le32_to_cpu(e.lamp)] = vwr_le16_to_cpu(e.level);
    return VWR_OK;
}

static int write_rom(struct vwr_lamp_vservice *s, struct vwr_vmessage *x,
                     const struct vwr_lamp_write_rom_msg *m)
{
    if (m->address > LAMP_ROM)
        return VWR_EINVAL;
    (void)vwr_vmessage_read(x, device(s)->rom + m->address, LAMP_ROM - m->address);
    return VWR_OK;
}

static int read_rom(struct vwr_lamp_vservice *s, struct vwr_vmessage *x,
                    const struct vwr_lamp_read_rom_msg *m)
{
    if (m->address > LAMP_ROM)
        return VWR_EINVAL;
    (void)vwr_vmessage_write(x, device(s)->rom + m->address, LAMP_ROM - m->address);
    return VWR_OK;
}

static uint32_t music(struct vwr_lamp_vservice *s, const uint8_t *bytes, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        device(s)->sum = device(s)->sum * 31 + bytes[i];
    device(s)->played += n;
    return n;
}

const struct vwr_lamp_vservice_calls lamp_calls = {.set_level = set_level,
                                                   .blink = blink,
                                                   .get_state = get_state,
                                                   .set_scene = set_scene,
                                                   .write_rom = write_rom,
                                                   .read_rom = read_rom,
                                                   .musicq = music};
