/* SPDX-License-Identifier: MIT */
#include "slot.h"
#include "board.h"
#include "bus.h"
#include "bus_pci.h"
#include "check.h"
#include "guest.h"
#include "machine.h"

#define MESSAGES 10u /* messages of one device: one for the configuration, and for so many queues */

static struct vwr_pci_host host;
static unsigned placed; /* number of the machine whose devices were placed */
static struct {
    volatile uint32_t *at; /* address of messages; a message is a write */
    unsigned count;
} messages[MACHINE_SLOTS];

struct vwr_pci_host *slot_host(void)
{
    if (placed != machine_number()) {
        bus_pci_forget();
        board_start();
        board_host(&host);
        CHECK_NUMBER(vwr_pci_place(&host), VWR_OK);
        placed = machine_number();
    }
    return &host;
}

static void use_messages(struct vwr_pci *p, unsigned number)
{
    struct vwr_pci_message message[MESSAGES];
    const unsigned count = p->vectors < MESSAGES ? p->vectors : MESSAGES;
    uint32_t *const at = guest_alloc(sizeof(*at) * MESSAGES);
    size_t run;

    for (unsigned i = 0; i < count; i++) {
        at[i] = 0;
        message[i].addr = guest_dma(&at[i], sizeof(at[i]), &run);
        message[i].data = 1 + i;
    }
    messages[number].at = at;
    messages[number].count = count;
    CHECK_NUMBER(vwr_pci_use_msix(p, message, count), VWR_OK);
}

static void probe_pci(struct vwr_pci *p, unsigned number)
{
    const uint32_t function = VWR_PCI_FUNCTION(0, board_device(number), 0);
    const int r = machine_is_legacy() ? vwr_pci_probe_legacy(p, slot_host(), function)
                                      : vwr_pci_probe(p, slot_host(), function);
    char text[200];

    (void)vwr_pci_explain(p, text, sizeof(text));
    if (r != VWR_OK)
        check_failed(__FILE__, __LINE__, "the probe answered %d: %s", r, text);
    CHECK_NUMBER(vwr_dev_is_legacy(&p->dev), machine_is_legacy());
    if (board_has_messages())
        use_messages(p, number);
    bus_pci_watch(number, p);
}

void slot_probe(union found *s, unsigned number)
{
    if (board->pci) {
        probe_pci(&s->pci, number);
        return;
    }
    CHECK_NUMBER(vwr_mmio_probe(&s->mmio, bus_slot(number), VWR_MMIO_SIZE), VWR_OK);
    CHECK_NUMBER(s->dev.version, machine_is_legacy() ? VWR_MMIO_VERSION_LEGACY : VWR_MMIO_VERSION_MODERN);
}

uint16_t slot_queue_size(union found *s, unsigned index, uint16_t size)
{
    int max;

    if (!board->pci || !machine_is_legacy())
        return size;
    max = vwr_dev_queue_size_max(&s->dev, index);
    CHECK(max > 0);
    return (uint16_t)max;
}

uint32_t slot_status(const union found *s)
{
    if (!board->pci)
        return machine_read((uintptr_t)s->mmio.base + VWR_MMIO_STATUS, 4);
    return machine_read((uintptr_t)s->pci.structure[0].at +
                            (machine_is_legacy() ? (unsigned)VWR_PCI_LEGACY_HEADER_DEVICE_STATUS
                                                 : (unsigned)VWR_PCI_COMMON_CFG_DEVICE_STATUS),
                        1);
}

uint32_t slot_irq(union found *s, unsigned number)
{
    uint32_t why = 0;

    if (!board_has_messages())
        return machine_line(number) ? vwr_dev_irq(&s->dev) : 0;
    for (unsigned i = 0; i < messages[number].count; i++)
        if (messages[number].at[i] != 0) {
            CHECK_NUMBER(vwr_le32_to_cpu(messages[number].at[i]), 1 + i);
            messages[number].at[i] = 0;
            why |= i == 0 ? VWR_PCI_ISR_CONFIG : VWR_PCI_ISR_QUEUE;
        }
    return why != 0 ? vwr_dev_irq(&s->dev) & why : 0;
}
