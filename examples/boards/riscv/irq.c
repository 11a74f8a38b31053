/* SPDX-License-Identifier: MIT */
#include "machine.h"

#undef vwr_port_idle /* use the port's hook here, which sleeps in WFI */

#define HANDLERS 32u
#define SLEEP_US 10000u

static struct {
    uint32_t number; /* number at the controller: a source of the PLIC, an identity of the IMSIC */
    board_handler handler;
    void *context;
} irq_handlers[HANDLERS];
static unsigned irq_handler_count;
static struct machine irq_machine;
static uint32_t irq_last_message;

/* Lines may be shared: calls all handlers with the number. */
void irq_dispatch(uint32_t number)
{
    for (unsigned i = 0; i < irq_handler_count; i++)
        if (irq_handlers[i].number == number)
            irq_handlers[i].handler(irq_handlers[i].context);
}

static void irq_connect(uint32_t number, board_handler handler, void *context)
{
    irq_handlers[irq_handler_count].number = number;
    irq_handlers[irq_handler_count].handler = handler;
    irq_handlers[irq_handler_count].context = context;
    vwr_port_release(); /* another device may interrupt here */
    irq_handler_count++;
}

void on_interrupt(unsigned long cause)
{
    switch ((uint8_t)cause) {
    case CAUSE_TIMER: /* disabled before interrupts were unmasked, but taking effect with a delay */
        vwr_riscv_timer(0);
        return;
    case CAUSE_EXTERNAL:
        if (irq_machine.imsic != 0)
            imsic_serve();
        else
            plic_serve();
        return;
    default:
        machine_fail("an unexpected interrupt");
    }
}

void board_interrupts_start(const struct board_description *d)
{
    const char *lack = machine_read(&irq_machine, d->tree);

    if (lack == NULL)
        lack = timer_start(&irq_machine);
    if (lack != NULL)
        machine_fail(lack);
    if (irq_machine.imsic != 0) {
        imsic_start(&irq_machine);
        aplic_start(&irq_machine);
        irq_last_message = irq_machine.aplic_sources;
    } else {
        plic_start(&irq_machine);
    }
    __asm__ volatile("csrw " CSR_TEXT(ie) ", %0" ::"r"(1ul << CAUSE_TIMER | 1ul << CAUSE_EXTERNAL)
                     : "memory");
    vwr_port_restore_interrupts(VWR_RISCV_INTERRUPTS);
}

bool board_line(const struct vwr_interrupt *line, board_handler handler, void *context)
{
    const uint32_t *const cell = line->cell;

    if (irq_handler_count == HANDLERS || line->count == 0 || cell[0] == 0)
        return false;
    irq_connect(cell[0], handler, context);
    if (irq_machine.imsic == 0 ? plic_line(cell[0]) : line->count > 1 && aplic_line(cell[0], cell[1]))
        return true;
    irq_handler_count--;
    return false;
}

/* Identities up to the number of lines belong to the lines, the rest to messages. */
bool board_message(uint32_t id, struct vwr_pci_message *message, board_handler handler, void *context)
{
    (void)id; /* an IMSIC does not check the source of a write */
    if (irq_handler_count == HANDLERS || irq_last_message >= irq_machine.imsic_ids)
        return false;
    irq_connect(++irq_last_message, handler, context);
    imsic_enable(irq_last_message);
    message->addr = irq_machine.imsic;
    message->data = irq_last_message;
    return true;
}

void board_sleep(volatile const uint32_t *count, uint32_t seen)
{
    vwr_port_idle(count, seen, SLEEP_US);
}
