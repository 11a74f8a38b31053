/* SPDX-License-Identifier: MIT */
#include "connect.h"

#define CONNECT_MESSAGES 2u /* of the configuration, and of all queues */

static bool connect_on;
static volatile uint32_t connect_interrupts;

static void connect_handle(void *context)
{
    connect_interrupts++;
    (void)vwr_dev_irq(context);
}

void connect_start(const struct board_description *d)
{
    connect_on = true;
    board_interrupts_start(d);
}

static bool connect_messages(const struct find_device *f)
{
    struct vwr_pci_message message[CONNECT_MESSAGES];
    unsigned count = 0;

    if (f->pci == NULL || !f->messages)
        return false;
    while (count < CONNECT_MESSAGES && count < f->pci->vectors &&
           board_message(f->id, &message[count], connect_handle, f->dev))
        count++;
    return count > 0 && vwr_pci_use_msix(f->pci, message, count) == VWR_OK;
}

const char *connect_device(const struct find_device *f)
{
    if (!connect_on)
        return "none";
    if (connect_messages(f))
        return "messages";
    if (f->cell_count > 0 && board_line(f->cells, f->cell_count, connect_handle, f->dev))
        return "lines";
    return NULL;
}

uint32_t connect_count(void)
{
    return connect_interrupts;
}

void connect_idle(const volatile uint32_t *word, uint32_t seen, uint32_t us)
{
    (void)us; /* the board bounds it */
    if (connect_on)
        board_sleep(word, seen);
    else
        vwr_port_relax();
}
