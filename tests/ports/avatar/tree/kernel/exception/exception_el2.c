/* SPDX-License-Identifier: MIT */
#include "exception.h"
#include "gic.h"
#include "io.h"
#include "task/task.h"

/* The part of Avatar's exception code that handles an interrupt; Avatar has the table in exception.c. */
#define VECTORS 512

static irq_handler_t vectors[VECTORS];

irq_handler_t *get_g_handler_vec()
{
    return vectors;
}

void irq_install(int32_t vector, void (*h)(uint64_t *))
{
    if (vector >= 0 && vector < VECTORS && h)
        vectors[vector] = h;
}

/* Reserved for guests: software that takes one of these two interrupts for itself never gets a second one. */
void current_spxel_irq(uint64_t *stack_pointer);
void current_spxel_irq(uint64_t *stack_pointer)
{
    const uint32_t iar = gic_read_iar();
    const uint32_t irq_id = gic_iar_irqnr(iar);

    if (curr_task_el2() == NULL) /* because Avatar stores into it */
        logger_error("EXCEPTION: interrupt %u while no task runs\n", irq_id);
    gic_write_eoir(iar);
    if (irq_id != 78 && irq_id != 79) {
        gic_write_dir(iar);
    } else {
        logger_warn("should not write dir\n");
    }
    if (irq_id < VECTORS && vectors[irq_id])
        vectors[irq_id](stack_pointer);
    else
        logger_error("EXCEPTION: no handler of interrupt %u\n", irq_id);
}
