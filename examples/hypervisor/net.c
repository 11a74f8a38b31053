/* SPDX-License-Identifier: MIT */
#include "vwr/gen/ids.h"
#include "vwr/net_control.h"
#include "vwr/vnet_card.h"
#include "vplan.h"

#include "hyp.h"

/*
 * The guests' network: the switch of the plan, with one port per guest, and one for the real card, driven by
 * Virtwright's driver. Frames to the card are copied, so that a guest may be reset at any time; the switch
 * does not buffer frames.
 */
#define SLOTS 64u /* frames in flight at the card */
#define WORDS_BYTES 200u

static struct vwr_net card;
static struct vwr_net_pair pair;
static struct vwr_net_shared shared;
static struct vwr_vnet_card uplink;
static struct vwr_vnet_card_slot slot[SLOTS];
static _Alignas(VWR_PORT_DMA_ALIGN) uint8_t data[SLOTS][VWR_NET_BYTES];
static struct vwr_vnet_switch *lan;
static bool there;
static char words[WORDS_BYTES];

static void interrupt(uint32_t reasons)
{
    net_service();
}

/* Called before the guests' cards are created, because their offered features depend on it. */
void net_start(void)
{
    struct vwr_net_options options = {.pair = &pair, .shared = &shared, .pair_count = 1, .shared_count = 1};
    struct vwr_dev *const d = real_take(VWR_ID_NET, interrupt);

    if (d == NULL) {
        print("hypervisor: no network card, so guests reach only each other: -netdev user,id=net -device "
              "virtio-net-device,netdev=net\n");
        return;
    }
    vwr_features_add(&options.offloads, VWR_NET_F_CSUM);
    vwr_features_add(&options.offloads, VWR_NET_F_GUEST_CSUM);
    if (vwr_net_open(&card, d, &options) == VWR_OK) {
        there = true;
        return;
    }
    vwr_net_explain(&card, words, sizeof(words));
    print("hypervisor: the network card does not start: %s\n", words);
}

void net_offer(struct vwr_vplan_host *host)
{
    static struct vwr_features offloads;
    static uint32_t key[VWR_VNET_SWITCH_KEY];

    (void)entropy_get((uint8_t *)key, sizeof(key)); /* without a seed: no key */
    host->key = key;
    if (!there)
        return;
    vwr_features_add(&offloads, VWR_NET_F_CSUM);
    vwr_features_add(&offloads, VWR_NET_F_GUEST_CSUM);
    vwr_vnet_card_offloads(&card, &offloads);
    host->offloads = &offloads;
}

/* More work is pending, without an interrupt. */
static void again(void *context)
{
    guest_go_on(guest_here(), TO_DO_NET);
}

void net_connect(struct vwr_vnet_switch *sw)
{
    static const struct vwr_vnet_card_options options = {
        .slot = slot, .slot_count = SLOTS, .data = &data[0][0], .data_bytes = sizeof(data), .again = again};
    const uint8_t *const mac = card.info.mac;
    struct vwr_dev *const d = card.bringup.dev;

    lan = sw;
    there = there && vwr_vnet_card_init(&uplink, &card, sw, &options) == VWR_OK;
    if (!there)
        return;
    print("hypervisor: network card %2x:%2x:%2x:%2x:%2x:%2x, interrupt %u\n", mac[0], mac[1], mac[2], mac[3],
          mac[4], mac[5], real_line(d));
    real_enable(d);
}

void net_service(void)
{
    const int r = there ? vwr_vnet_card_service(&uplink) : VWR_OK;

    if (r == VWR_EBUSY && vwr_get_stage(&card.bringup) == VWR_STAGE_RUNNING)
        guest_go_on(guest_here(), TO_DO_NET);
    else if (r == VWR_EBUSY)
        real_soon();
    if (r != VWR_EFAILED)
        return;
    there = false;
    vwr_net_explain(&card, words, sizeof(words));
    console_line();
    print("hypervisor: the network card has failed: %s\n", words);
}

void net_tick(void)
{
    if (lan != NULL)
        vwr_vnet_switch_tick(lan);
    net_service();
}

void net_stats(void)
{
    if (there)
        print("network card: sent %llu, received %llu, full %llu, waits for guests %llu, lost %llu, "
              "interrupts %llu\n",
              (unsigned long long)uplink.stats.sent, (unsigned long long)uplink.stats.received,
              (unsigned long long)uplink.stats.full, (unsigned long long)uplink.stats.waits,
              (unsigned long long)uplink.stats.lost, (unsigned long long)card.bringup.dev->stats.interrupts);
}
