/* SPDX-License-Identifier: MIT */
#ifndef VWR_VT10_H
#define VWR_VT10_H

#include "vwr/t10.h"
#include "vwr/vblk.h"
#include "vwr/vservice.h"

VWR_BEGIN_C

/**
 * DOC: Logical units of a guest's SCSI host
 *
 * A unit is a disk, which is stored in a window of a back end (vwr/vblk.h). vwr/vscsi.h implements the host
 * and lists the commands that a unit executes.
 */

#define VWR_VT10_TEXT 20u    /* maximum length of a serial number */
#define VWR_VT10_PRODUCT 16u /* maximum length of a product name */

/**
 * struct vwr_vt10_unit - A logical unit
 * @backend: Back end; NULL: there is no unit, and the row is free.
 * @first: First sector of the window.
 * @sectors: Size of the window in sectors of 512 bytes; 0: to the end of the back end.
 * @target: Target.
 * @lun: Number of the unit, up to VWR_T10_LUN_MAX.
 * @read_only: The guest cannot write to the unit.
 * @serial: Serial number, up to VWR_VT10_TEXT characters of ASCII; NULL: none.
 * @product: Product name, up to VWR_VT10_PRODUCT characters of ASCII; NULL: "virtio disk".
 *
 * The block size is that of the back end.
 */
struct vwr_vt10_unit {
    struct vwr_vblk_backend *backend;
    uint64_t first;
    uint64_t sectors;
    uint8_t target;
    uint16_t lun;
    bool read_only;
    const char *serial;
    const char *product;
    /* private: */
    uint32_t attention; /* VWR_T10_CODE(); 0: none */
    uint32_t events;    /* mask of subscribed events */
    uint32_t block_size;
};

/* A command; private. */
struct vwr_vt10_call {
    struct vwr_vmessage *message;
    struct vwr_vt10_unit *unit; /* NULL: there is no unit with that number */
    uint8_t target;
    bool all; /* the command is for the unit that reports all others */
    bool writes;
    uint64_t id;
    struct vwr_writer sense;
    uint32_t data; /* size of the guest's buffers in bytes */
    uint32_t left; /* number of bytes left to transfer */
    uint32_t moved;
    uint64_t sector;
    uint8_t cdb[VWR_T10_CDB];
};

/* The units of a host, and the state for executing their commands; private. */
struct vwr_vt10 {
    struct vwr_vdev *dev;
    struct vwr_vt10_unit *unit;
    struct vwr_vseg *seg; /* segments of the back end's request */
    struct vwr_vblk_req req;
    uint16_t units;
};

VWR_END_C

#endif
