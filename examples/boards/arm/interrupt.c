/* SPDX-License-Identifier: MIT */
#include "interrupt.h"
#include "say.h"

#define INTERRUPTS 32u /* maximum connected */
#define NONE_LAST 1023u

/* Cells of the device tree binding arm,gic-v3, which arm,cortex-a15-gic shares. */
#define CELLS 3u
#define CELL_SHARED 0u /* cells[0]: a shared interrupt, not private to a CPU */
#define CELL_EDGE 3u   /* cells[2]: edge-triggered, rising or falling */

static const struct interrupt_controller *controller;
static struct {
    uint32_t number;
    board_handler handler;
    void *context;
} handlers[INTERRUPTS];
static unsigned handler_count;

/* Lines may be shared: calls all handlers with the number. */
void on_interrupt(void)
{
    const uint32_t number = controller->acknowledge();

    if (number >= GIC_NONE && number <= NONE_LAST)
        return;
    for (unsigned i = 0; i < handler_count; i++)
        if (handlers[i].number == number)
            handlers[i].handler(handlers[i].context);
    controller->end(number);
}

static bool interrupt_connect(uint32_t number, enum gic_trigger trigger, board_handler handler, void *context)
{
    if (handler_count == INTERRUPTS)
        return false;
    handlers[handler_count].number = number;
    handlers[handler_count].handler = handler;
    handlers[handler_count].context = context;
    vwr_port_release(); /* another device may interrupt here */
    handler_count++;
    controller->enable(number, trigger);
    return true;
}

void interrupt_start(const struct interrupt_controller *c)
{
    controller = c;
    if (controller == NULL) {
        say("ERROR: the device tree has no interrupt controller that this board supports\n");
        return;
    }
    controller->enable(GIC_TIMER, GIC_LEVEL); /* bounds the port's sleep */
}

bool board_line(const struct vwr_interrupt *line, board_handler handler, void *context)
{
    const uint32_t *const cell = line->cell;

    if (controller == NULL || line->count < CELLS || cell[0] != CELL_SHARED)
        return false;
    return interrupt_connect(GIC_SHARED + cell[1], (cell[2] & CELL_EDGE) != 0 ? GIC_EDGE : GIC_LEVEL, handler,
                             context);
}

bool board_message(uint32_t id, struct vwr_pci_message *message, board_handler handler, void *context)
{
    uint32_t number;

    return controller != NULL && controller->message != NULL && controller->message(id, message, &number) &&
           interrupt_connect(number, GIC_EDGE, handler, context);
}
