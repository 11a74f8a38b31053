/* SPDX-License-Identifier: MIT */
/* A CAN controller: sends a frame, and answers those of the bus for a second. */
#include "board.h"
#include "vwr/can.h"
#include "vwr/gen/ids.h"
#include "vwr/wait.h"

#define WAIT_US 1000000u
#define ANSWER 0x100u /* is added to the identifier of a frame */

static struct vwr_can_shared shared; /* shared with the device */
static struct vwr_can can;           /* private; the device must not access it */
static struct vwr_mmio mmio;

/* After bus off, only the driver starts the controller again. */
static int look_after(void)
{
    const int off = vwr_can_read_bus_off(&can);

    if (off == 1)
        say("bus off");
    return off == 1 ? vwr_can_start(&can) : off;
}

static int answer(void)
{
    struct vwr_can_frame f;
    struct vwr_wait wait;
    int r;

    vwr_wait_begin(&wait, WAIT_US);
    do {
        r = vwr_can_receive(&can, &f);
        if (r == 1) {
            say_number("frame", f.id);
            f.id = (f.id + ANSWER) & VWR_CAN_ID_MAX;
            f.flags &= ~(uint32_t)VWR_CAN_FLAGS_EXTENDED;
            r = vwr_can_do(&can, &f);
        }
        if (r == VWR_EIO)
            r = look_after();
    } while (r >= VWR_OK && vwr_wait_more(&wait));
    return r;
}

int example(void)
{
    static const struct vwr_can_options options = {.shared = &shared};
    const struct vwr_can_frame hello = {.id = 0x123, .length = 5, .data = {'h', 'e', 'l', 'l', 'o'}};
    int r = board_find(&mmio, VWR_ID_CAN);

    if (r == VWR_OK)
        r = vwr_can_open(&can, &mmio.dev, &options);
    if (r != VWR_OK)
        return r;
    r = vwr_can_start(&can);
    if (r == VWR_OK)
        r = vwr_can_do(&can, &hello);
    if (r == VWR_OK)
        r = answer();
    return vwr_close(&can.bringup) != VWR_OK ? VWR_ETIMEOUT : r;
}
