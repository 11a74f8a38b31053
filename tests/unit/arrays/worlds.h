/* SPDX-License-Identifier: MIT */
#ifndef WORLDS_H
#define WORLDS_H

#include "arrays_of_headers.h"

#include "vwr/9p.h"
#include "vwr/balloon.h"
#include "vwr/blk.h"
#include "vwr/console.h"
#include "vwr/crypto.h"
#include "vwr/gpio.h"
#include "vwr/input.h"
#include "vwr/monitor.h"
#include "vwr/mem.h"
#include "vwr/net.h"
#include "vwr/open.h"
#include "vwr/pci.h"
#include "vwr/receive.h"
#include "vwr/scsi.h"
#include "vwr/transmit.h"
#include "vwr/v9p.h"
#include "vwr/vfiles_memory.h"
#include "vwr/vballoon.h"
#include "vwr/vblk_disk.h"
#include "vwr/vblk_zone.h"
#include "vwr/vconsole.h"
#include "vwr/vcrypto.h"
#include "vwr/ventropy.h"
#include "vwr/vfs.h"
#include "vwr/vgpio.h"
#include "vwr/vgpu.h"
#include "vwr/vi2c.h"
#include "vwr/vinput.h"
#include "vwr/viommu.h"
#include "vwr/vm.h"
#include "vwr/vmem.h"
#include "vwr/vnet_card.h"
#include "vwr/vpci.h"
#include "vwr/vrtc.h"
#include "vwr/vscmi.h"
#include "vwr/vscsi.h"
#include "vwr/vsock.h"
#include "vwr/vsound.h"
#include "vwr/vspi.h"
#include "vwr/vvsock.h"

/*
 * A correct setup structure, and the function that checks it.
 * make: writes the structure to `setup`, of WORLD_SETUP_BYTES bytes. init: calls the function. shortage: the
 * shortage that it found. explain: its message.
 */
struct world {
    void (*make)(void *setup);
    int (*init)(void *setup);
    const struct vwr_shortage *(*shortage)(void);
    void (*explain)(char *text, size_t bytes);
};

#define WORLD_SETUP_BYTES 1024u

/*
 * The size that an array needs in its world, if it depends on other sizes. The other arrays need one entry.
 */
struct least {
    const char *structure, *size;
    uint64_t needed;
};

extern const struct least least[];
extern const unsigned least_count;

/* One for each structure of the table. */
#define DECLARE(structure, member, size, optional) extern const struct world world_##structure;
EACH_ARRAY(DECLARE)

#endif
