/* SPDX-License-Identifier: MIT */
#include "v2m.h"
#include "place.h"

/* Arm's Server Base System Architecture, appendix on GICv2m. */
#define V2M_TYPE 0x008u
#define V2M_SET 0x040u
#define V2M_TYPE_FIRST_SHIFT 16u
#define V2M_TYPE_MASK 0x3ffu

#define V2M_GIC "arm,cortex-a15-gic" /* a GICv2 in QEMU's device trees */

static uintptr_t v2m_frame;
static uint32_t v2m_next;
static uint32_t v2m_left;

/* Any function may use any of them. */
static bool v2m_message(uint32_t id, struct vwr_pci_message *message, uint32_t *number)
{
    (void)id;
    if (v2m_left == 0)
        return false;
    v2m_left--;
    *number = v2m_next++;
    message->addr = v2m_frame + V2M_SET;
    message->data = *number;
    return true;
}

static void v2m_take_frame(uintptr_t frame)
{
    const uint32_t type = vwr_port_read32((const volatile void *)(frame + V2M_TYPE));

    v2m_frame = frame;
    v2m_next = type >> V2M_TYPE_FIRST_SHIFT & V2M_TYPE_MASK;
    v2m_left = type & V2M_TYPE_MASK;
}

const struct interrupt_controller *v2m_start(const struct board_description *d)
{
    static const struct interrupt_controller controller = {
        .enable = gic_enable, .acknowledge = gic_acknowledge, .end = gic_end, .message = v2m_message};
    const uintptr_t distributor = place_of(d, V2M_GIC, 0);
    const uintptr_t cpu_interface = place_of(d, V2M_GIC, 1);
    const uintptr_t frame = place_of(d, "arm,gic-v2m-frame", 0);

    if (distributor == 0 || cpu_interface == 0)
        return NULL;
    gic_place(distributor, cpu_interface);
    gic_start();
    if (frame != 0)
        v2m_take_frame(frame);
    return &controller;
}
