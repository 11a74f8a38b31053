/* SPDX-License-Identifier: MIT */
#ifndef SEALED_MEMORY_H
#define SEALED_MEMORY_H

/* VWR_RING_MEMORY_HEADER of test_ring_memory.py: the functions of vwr/ring.h for this memory. */
uint8_t vwr_ring_load8(const void *p);
uint16_t vwr_ring_load16(const void *p);
uint32_t vwr_ring_load32(const void *p);
uint64_t vwr_ring_load64(const void *p);
void vwr_ring_store16(void *p, uint16_t v);
void vwr_ring_store32(void *p, uint32_t v);
void vwr_ring_store64(void *p, uint64_t v);
void vwr_ring_publish16(void *p, uint16_t v);
void vwr_ring_acquire(void);
void vwr_ring_mb(void);

#endif
