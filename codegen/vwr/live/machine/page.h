/* SPDX-License-Identifier: MIT */
#ifndef VWR_LIVE_PAGE_H
#define VWR_LIVE_PAGE_H

#include <stddef.h>
#include <stdint.h>

/* Functions of the page, imported from its script. */
#define LIVE_IMPORT(name) __attribute__((import_module("page"), import_name(#name)))
#define LIVE_EXPORT(name) __attribute__((export_name(#name)))

/* Where a register is. */
enum page_place { PAGE_MMIO, PAGE_SPACE, PAGE_STRUCTURE };

/* What a barrier orders: the hooks of the port with these names. */
enum page_order { PAGE_MB, PAGE_RMB, PAGE_WMB, PAGE_RELEASE };

/* An end orders its accesses of memory. */
LIVE_IMPORT(barrier) void page_barrier(uint32_t order, uint32_t end);

/* An end is about to load or to store a word of a guest's RAM. */
LIVE_IMPORT(touch) void page_touch(uint32_t is_store, uint32_t end, const void *p, uint32_t bytes);

/*
 * The driver writes a register, or has read it. `at` is the offset in the register block, the configuration
 * space, or the structure of PCI. Returns the value that the other end gets: page_dropped tells whether it
 * gets any.
 */
LIVE_IMPORT(access)
uint32_t page_access(uint32_t is_write, uint32_t guest, uint32_t place, uint32_t structure, uint32_t at,
                     uint32_t bytes, uint32_t value);
LIVE_IMPORT(dropped) uint32_t page_dropped(void);

/* The device raises an interrupt, for enum vwr_mmio_interrupt_status. Returns 0 if it is lost. */
LIVE_IMPORT(interrupt) uint32_t page_interrupt(uint32_t guest, uint32_t reasons, uint32_t is_message);

/* The monitor of a guest reports a broken rule. */
LIVE_IMPORT(finding)
void page_finding(uint32_t guest, uint32_t rule, uint32_t queue, uint32_t doubt, const char *text,
                  uint32_t bytes);

/* The device of a guest is broken. */
LIVE_IMPORT(broken) void page_broken(uint32_t guest);

/* Another end runs. */
LIVE_IMPORT(entered) void page_entered(uint32_t end);

#endif
