/* SPDX-License-Identifier: MIT */
#include "connect.h"

#define CONNECT_MESSAGES 2u /* configuration, and all queues */

static const struct board_description *connect_board; /* NULL: polling */
static volatile uint32_t connect_interrupts;

static void connect_handle(void *context)
{
    connect_interrupts++;
    (void)vwr_dev_irq(context);
}

void connect_start(const struct board_description *d)
{
    connect_board = d;
    board_interrupts_start(d);
}

static bool connect_messages(struct vwr_found *f)
{
    struct vwr_pci_message message[CONNECT_MESSAGES];
    unsigned count = 0;

    if (!f->is_pci || !(f->has_msi || connect_board->messages))
        return false;
    while (count < CONNECT_MESSAGES && count < f->pci.vectors &&
           board_message(f->msi_id, &message[count], connect_handle, &f->dev))
        count++;
    return count > 0 && vwr_pci_use_msix(&f->pci, message, count) == VWR_OK;
}

/* Connects a line from the machine's description or from the board. */
static bool connect_line(struct vwr_found *f)
{
    struct vwr_interrupt *const line = &f->interrupt;

    if (f->is_pci && line->count == 0 && connect_board->line != NULL) {
        line->cell[0] = connect_board->line(&f->pci);
        line->count = 1;
    }
    return line->count > 0 && board_line(line, connect_handle, &f->dev);
}

const char *connect_device(struct vwr_found *f)
{
    if (connect_board == NULL)
        return "none";
    if (connect_messages(f))
        return "messages";
    return connect_line(f) ? "lines" : NULL;
}

uint32_t connect_count(void)
{
    return connect_interrupts;
}

void connect_idle(const volatile uint32_t *word, uint32_t seen, uint32_t us)
{
    (void)us; /* bounded by the board */
    if (connect_board != NULL)
        board_sleep(word, seen);
    else
        vwr_port_relax();
}
