/* SPDX-License-Identifier: MIT */
#include "v2m.h"

/* Arm's Server Base System Architecture, appendix on GICv2m. */
#define V2M_TYPE 0x008u
#define V2M_SET 0x040u
#define V2M_TYPE_FIRST_SHIFT 16u
#define V2M_TYPE_MASK 0x3ffu

static uintptr_t frame;
static uint32_t first;
static uint32_t left;

void v2m_start(uintptr_t frame_at)
{
    const uint32_t type = vwr_port_read32((const volatile void *)(frame_at + V2M_TYPE));

    frame = frame_at;
    first = type >> V2M_TYPE_FIRST_SHIFT & V2M_TYPE_MASK;
    left = type & V2M_TYPE_MASK;
}

bool v2m_take(struct vwr_pci_message *message, uint32_t *number)
{
    if (left == 0)
        return false;
    left--;
    *number = first++;
    message->addr = frame + V2M_SET;
    message->data = *number;
    return true;
}
