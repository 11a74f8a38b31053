/* SPDX-License-Identifier: MIT */
/*
 * Devices without a driver in the runtime, using only the generated headers: nothing of the library is
 * linked. Reads the address of a network card and the size of a console. The devices are initialized just
 * enough to read their configuration, and reset afterwards: do not run it on devices in use.
 */
#include "board.h"
#include "vwr/gen/console.h"
#include "vwr/gen/ids.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/net.h"
#include "vwr/gen/status.h"

#define MAC_BYTES 6u

static void say_mac(const struct vwr_config *c)
{
    uint8_t mac[MAC_BYTES];

    if (!vwr_config_has(c, VWR_NET_F_MAC)) {
        say("the network card has no MAC address");
        return;
    }
    for (unsigned i = 0; i < MAC_BYTES; i++)
        mac[i] = vwr_net_config_get_mac(c, i);
    say_bytes("address of the network card:", mac, MAC_BYTES);
}

static void say_size(const struct vwr_config *c)
{
    if (!vwr_config_has(c, VWR_CONSOLE_F_SIZE)) {
        say("the console does not report its size"); /* the accessors would return 0 */
        return;
    }
    say_number("columns of the console:", vwr_console_config_get_cols(c));
    say_number("rows of the console:", vwr_console_config_get_rows(c));
}

/* Byte order and available fields depend on these members, which the accessors check. */
static struct vwr_config begin(volatile void *base)
{
    struct vwr_config c = {.base = vwr_mmio_config(base)};

    c.legacy = vwr_mmio_get_version(base) == VWR_MMIO_VERSION_LEGACY;
    vwr_mmio_set_status(base, VWR_STATUS_RESET);
    vwr_mmio_set_status(base, VWR_STATUS_ACKNOWLEDGE);
    vwr_mmio_set_status(base, VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER);
    for (uint32_t word = 0; word < (c.legacy ? 1u : 2u); word++)
        c.features.w[word] = vwr_mmio_get_device_features(base, word);
    return c;
}

int example(void)
{
    for (uint32_t slot = 0; slot < board_slots.count; slot++) {
        volatile void *const base = (volatile uint8_t *)board_slots.base + slot * board_slots.stride;
        const uint32_t type = vwr_mmio_get_device_id(base);
        struct vwr_config c;

        if (vwr_mmio_get_magic_value(base) != VWR_MMIO_MAGIC_VALUE_VALUE ||
            (type != VWR_ID_NET && type != VWR_ID_CONSOLE))
            continue;
        c = begin(base);
        if (type == VWR_ID_NET)
            say_mac(&c);
        else
            say_size(&c);
        vwr_mmio_set_status(base, VWR_STATUS_RESET);
    }
    return VWR_OK;
}
