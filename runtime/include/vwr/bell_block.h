/* SPDX-License-Identifier: MIT */
#ifndef VWR_BELL_BLOCK_H
#define VWR_BELL_BLOCK_H

#include "vwr/base.h"
#include "vwr/gen/mmio.h"

/**
 * DOC: Registers in shared memory
 *
 * vwr/bell.h and vwr/vbell.h use a block of memory that a driver and a device share, where no access traps.
 * The block contains the registers and the configuration of modern virtio-mmio as the driver reads them, and
 * the words below. The layout is Virtwright's own. All words are little-endian and have 32 bits.
 *
 * To write a register, the driver stores its offset, the width and the value, increments `sequence`, rings
 * the device's bell, and waits until `taken` is equal to `sequence`. The device executes the write, stores
 * all registers and the configuration, and then stores `taken`. A write of 0 bytes has no other effect: the
 * driver makes one before and after it reads the configuration. To notify a queue, the driver only rings; no
 * word is written.
 *
 * The device increments `used` or `changed` before it rings the driver's bell; nothing is acknowledged. It
 * stores `begins` before it changes the configuration, and `ends` after that.
 */

/** enum vwr_bell_offset - Offsets in the block */
enum vwr_bell_offset {
    /* stored by the driver */
    VWR_BELL_SEQUENCE = 0x00, /* number of writes */
    VWR_BELL_OFFSET = 0x04,   /* of the register, or of the configuration field, in the registers */
    VWR_BELL_BYTES = 0x08,    /* width of the write */
    VWR_BELL_VALUE = 0x0c,
    /* stored by the device */
    VWR_BELL_TAKEN = 0x40,   /* `sequence` of the last write that was executed */
    VWR_BELL_USED = 0x44,    /* number of used buffer notifications */
    VWR_BELL_CHANGED = 0x48, /* number of configuration change notifications */
    VWR_BELL_BEGINS = 0x4c,  /* generation of the configuration that is being stored */
    VWR_BELL_ENDS = 0x50,    /* generation of the configuration that is there */
    VWR_BELL_REGISTERS = 0x100
};

/**
 * VWR_BELL_BYTES_OF() - Size of a block in bytes
 * @config_bytes: Size of the configuration space in bytes.
 */
#define VWR_BELL_BYTES_OF(config_bytes) ((uint32_t)VWR_BELL_REGISTERS + VWR_MMIO_CONFIG + (config_bytes))

/** VWR_BELL_WRITE - Argument of a bell: a register was written. Other values are queue indices. */
#define VWR_BELL_WRITE 0xffffu

/** VWR_BELL_ANY - Argument of a bell that carries no number: the device looks at everything */
#define VWR_BELL_ANY 0xfffeu

/**
 * vwr_bell_load() - Load a word (for transports)
 * @block: Block.
 * @offset: Offset in bytes.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: The value in CPU order.
 */
static inline uint32_t vwr_bell_load(const uint8_t *block, unsigned offset)
{
    return vwr_le32_to_cpu(*(const volatile uint32_t VWR_MAY_ALIAS *)(const void *)(block + offset));
}

/**
 * vwr_bell_store() - Store a word (for transports)
 * @block: Block.
 * @offset: Offset in bytes.
 * @value: Value in CPU order.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 */
static inline void vwr_bell_store(uint8_t *block, unsigned offset, uint32_t value)
{
    *(volatile uint32_t VWR_MAY_ALIAS *)(void *)(block + offset) = vwr_cpu_to_le32(value);
}

#endif
