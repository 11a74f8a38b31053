/* SPDX-License-Identifier: MIT */
#ifndef VWR_CLASSES_CAN_H
#define VWR_CLASSES_CAN_H

#include "vwr/base.h"

/* A bus: what the guest's controller has sent and has got, and its state. */

struct can_model {
    uint32_t started, off;
    uint32_t sent, sum; /* frames of the guest, and all that they contain */
    uint32_t given;     /* frames for the guest, besides those of shapes */
};

/* Events, besides numbers less than CAN_SHAPE: so many frames for the guest, modulo CAN_BURST, or bus off. */
#define CAN_SHAPE 0x10000u
#define CAN_BURST 3u
#define CAN_OFF 97u /* a number that is a multiple of this one is bus off */
enum { CAN_CLASSIC = CAN_SHAPE, CAN_FD, CAN_REQUEST, CAN_BUS_OFF };

#define CAN_IS_FD 0x4000u
#define CAN_IS_EXTENDED 0x8000u
#define CAN_IS_RTR 0x2000u
#define CAN_LONGEST 64u

static inline bool can_is_off(uint32_t event)
{
    return event == CAN_BUS_OFF || (event != 0 && event < CAN_SHAPE && event % CAN_OFF == 0);
}

/* The frame with this number: any type, identifier and length. */
static inline void can_frame(uint32_t n, uint32_t *id, uint32_t *flags, uint32_t *length, uint8_t *data)
{
    static const uint32_t types[] = {
        0, CAN_IS_FD, CAN_IS_EXTENDED, CAN_IS_FD | CAN_IS_EXTENDED, CAN_IS_RTR, CAN_IS_RTR | CAN_IS_EXTENDED};

    *flags = types[n % 6];
    *id = n * 2654435761u >> ((*flags & CAN_IS_EXTENDED) != 0 ? 3 : 21);
    *length = n / 6 % ((*flags & CAN_IS_FD) != 0 ? CAN_LONGEST + 1 : 9);
    for (uint32_t i = 0; i < CAN_LONGEST; i++)
        data[i] = i < *length && (*flags & CAN_IS_RTR) == 0 ? (uint8_t)(n + 7 * i) : 0;
}

/* The guest sends a frame. */
static inline void can_note(struct can_model *m, uint32_t id, uint32_t flags, uint32_t length,
                            const uint8_t *data)
{
    m->sent++;
    m->sum = (m->sum * 31 + id) * 31 + flags + length;
    for (uint32_t i = 0; i < length; i++)
        m->sum = m->sum * 31 + data[i];
}

#endif
