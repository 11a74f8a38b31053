/* SPDX-License-Identifier: MIT */
#ifndef VWR_T10_H
#define VWR_T10_H

#include "vwr/tables.h"
#include "vwr/text.h"

VWR_BEGIN_C

/**
 * DOC: SCSI commands
 *
 * The driver (vwr/scsi.h) and the device side (vwr/vscsi.h) share these definitions. The values come from the
 * T10 standards SPC and SBC. The VIRTIO specification does not define SCSI commands, so they are not in
 * spec/. All integers in a command are big-endian.
 *
 * A command descriptor block (CDB) starts with the operation code, whose upper three bits determine
 * the length of the CDB.
 */

/** VWR_T10_CDB - Maximum length of a CDB in bytes */
#define VWR_T10_CDB 16u

/** enum vwr_t10_opcode - Operation codes */
enum vwr_t10_opcode {
    VWR_T10_TEST_UNIT_READY = 0x00,
    VWR_T10_REQUEST_SENSE = 0x03,
    VWR_T10_INQUIRY = 0x12,
    VWR_T10_MODE_SENSE_6 = 0x1a,
    VWR_T10_START_STOP_UNIT = 0x1b,
    VWR_T10_READ_CAPACITY_10 = 0x25,
    VWR_T10_READ_10 = 0x28,
    VWR_T10_WRITE_10 = 0x2a,
    VWR_T10_SYNCHRONIZE_CACHE_10 = 0x35,
    VWR_T10_UNMAP = 0x42,
    VWR_T10_MODE_SENSE_10 = 0x5a,
    VWR_T10_READ_16 = 0x88,
    VWR_T10_WRITE_16 = 0x8a,
    VWR_T10_SYNCHRONIZE_CACHE_16 = 0x91,
    VWR_T10_WRITE_SAME_16 = 0x93,
    VWR_T10_SERVICE_ACTION_IN_16 = 0x9e,
    VWR_T10_REPORT_LUNS = 0xa0
};

/** VWR_T10_READ_CAPACITY_16 - Service action of SERVICE ACTION IN(16) */
#define VWR_T10_READ_CAPACITY_16 16u

/** enum vwr_t10_status - Status of a command */
enum vwr_t10_status {
    VWR_T10_GOOD = 0,
    VWR_T10_CHECK_CONDITION = 2, /* there is sense data */
    VWR_T10_CONDITION_MET = 4,
    VWR_T10_BUSY = 8,
    VWR_T10_RESERVATION_CONFLICT = 24,
    VWR_T10_TASK_SET_FULL = 40,
    VWR_T10_ACA_ACTIVE = 48,
    VWR_T10_TASK_ABORTED = 64
};

/** enum vwr_t10_key - Sense keys */
enum vwr_t10_key {
    VWR_T10_NO_SENSE = 0,
    VWR_T10_RECOVERED_ERROR = 1,
    VWR_T10_NOT_READY = 2,
    VWR_T10_MEDIUM_ERROR = 3,
    VWR_T10_HARDWARE_ERROR = 4,
    VWR_T10_ILLEGAL_REQUEST = 5,
    VWR_T10_UNIT_ATTENTION = 6,
    VWR_T10_DATA_PROTECT = 7,
    VWR_T10_BLANK_CHECK = 8,
    VWR_T10_VENDOR_SPECIFIC = 9,
    VWR_T10_COPY_ABORTED = 10,
    VWR_T10_ABORTED_COMMAND = 11,
    VWR_T10_VOLUME_OVERFLOW = 13,
    VWR_T10_MISCOMPARE = 14,
    VWR_T10_COMPLETED = 15
};

/** VWR_T10_CODE() - ASC in bits 8 to 15 and ASCQ in bits 0 to 7 */
#define VWR_T10_CODE(asc, ascq) ((uint32_t)(asc) << 8 | (ascq))

/** VWR_T10_INVALID_OPCODE - The unit does not support the operation code; with ILLEGAL REQUEST */
#define VWR_T10_INVALID_OPCODE VWR_T10_CODE(0x20, 0)

/* Further codes: with ILLEGAL REQUEST */
#define VWR_T10_LIST_LENGTH VWR_T10_CODE(0x1a, 0)
#define VWR_T10_OUT_OF_RANGE VWR_T10_CODE(0x21, 0)
#define VWR_T10_INVALID_FIELD VWR_T10_CODE(0x24, 0) /* of the CDB */
#define VWR_T10_NO_UNIT VWR_T10_CODE(0x25, 0)
#define VWR_T10_INVALID_LIST                                                   \
    VWR_T10_CODE(0x26, 0)                       /* field of the parameter list \
                                                 */
#define VWR_T10_NOT_SAVED VWR_T10_CODE(0x39, 0) /* no saved mode pages */

/* With MEDIUM ERROR, MEDIUM ERROR, DATA PROTECT, HARDWARE ERROR */
#define VWR_T10_WRITE_ERROR VWR_T10_CODE(0x0c, 0)
#define VWR_T10_READ_ERROR VWR_T10_CODE(0x11, 0)
#define VWR_T10_WRITE_PROTECTED VWR_T10_CODE(0x27, 0)
#define VWR_T10_TARGET_FAILURE VWR_T10_CODE(0x44, 0)

/* With UNIT ATTENTION */
#define VWR_T10_WAS_RESET VWR_T10_CODE(0x29, 0)
#define VWR_T10_NEXUS_LOST VWR_T10_CODE(0x29, 7)
#define VWR_T10_CAPACITY_CHANGED VWR_T10_CODE(0x2a, 9)
#define VWR_T10_LUNS_CHANGED VWR_T10_CODE(0x3f, 0xe)

/** enum vwr_t10_page - Pages of vital product data, for INQUIRY with VWR_T10_EVPD */
enum vwr_t10_page {
    VWR_T10_PAGE_LIST = 0,
    VWR_T10_PAGE_SERIAL = 0x80,
    VWR_T10_PAGE_NAMES = 0x83,
    VWR_T10_PAGE_LIMITS = 0xb0,
    VWR_T10_PAGE_PROVISIONING = 0xb2
};

/** VWR_T10_EVPD - Bit in byte 1 of INQUIRY that requests a page of vital product data */
#define VWR_T10_EVPD 1u

/**
 * VWR_T10_SENSE() - Pack a sense key with its code
 * @key: enum vwr_t10_key.
 * @code: VWR_T10_CODE().
 */
#define VWR_T10_SENSE(key, code) ((uint32_t)(key) << 16 | (code))

/** VWR_T10_SENSE_KEY() - Extract the sense key from VWR_T10_SENSE() */
#define VWR_T10_SENSE_KEY(sense) ((sense) >> 16)

/** VWR_T10_CAPACITY_10 - Size of the data returned by READ CAPACITY(10), in bytes */
#define VWR_T10_CAPACITY_10 8u

/** VWR_T10_CAPACITY_16 - Size of the data returned by READ CAPACITY(16), in bytes */
#define VWR_T10_CAPACITY_16 32u

/** VWR_T10_UNMAP_LIST - Size of an UNMAP parameter list with one descriptor, in bytes */
#define VWR_T10_UNMAP_LIST 24u

/** VWR_T10_FIXED_SENSE - Size of fixed-format sense data, in bytes */
#define VWR_T10_FIXED_SENSE 18u

/** VWR_T10_LUN - Size of an entry of REPORT LUNS, and of the header before the first entry, in bytes */
#define VWR_T10_LUN 8u

/** VWR_T10_LUN_MAX - Highest unit number with flat addressing */
#define VWR_T10_LUN_MAX 0x3fffu

/** VWR_T10_FLAT - Flat addressing, as used by Linux; combined with the unit number in two bytes */
#define VWR_T10_FLAT 0x4000u

/**
 * vwr_t10_put() - Store a big-endian number
 * @at: Position.
 * @number: Number.
 * @bytes: Size of the number in bytes, up to 8.
 */
static inline void vwr_t10_put(uint8_t *at, uint64_t number, unsigned bytes)
{
    for (; bytes > 0; bytes--, number >>= 8)
        at[bytes - 1u] = (uint8_t)number;
}

/**
 * vwr_t10_get() - Load a big-endian number
 * @at: Position.
 * @bytes: Size of the number in bytes, up to 8.
 *
 * Return: The number.
 */
static inline uint64_t vwr_t10_get(const uint8_t *at, unsigned bytes)
{
    uint64_t number = 0;

    for (unsigned i = 0; i < bytes; i++)
        number = number << 8 | at[i];
    return number;
}

/**
 * vwr_t10_cdb_bytes() - Get the length of a CDB
 * @opcode: Operation code.
 *
 * Return: Length in bytes: 6, 10, 12 or 16; 0: the operation code does not determine it.
 */
static inline unsigned vwr_t10_cdb_bytes(uint8_t opcode)
{
    static const uint8_t bytes[] = {6, 10, 10, 0, 16, 12, 0, 0};

    return bytes[opcode >> 5];
}

/**
 * vwr_t10_blocks() - Encode a command for a range of blocks
 * @cdb: Filled in with VWR_T10_CDB bytes.
 * @opcode: READ, WRITE or SYNCHRONIZE CACHE, with 10 or 16 bytes.
 * @block: First block; below 2^32 for a 10-byte command.
 * @count: Number of blocks; below 2^16 for a 10-byte command. 0: for SYNCHRONIZE CACHE, all blocks starting
 *   at @block.
 */
void vwr_t10_blocks(uint8_t *cdb, uint8_t opcode, uint64_t block, uint32_t count);

/**
 * vwr_t10_plain() - Encode a command that has no operands or only an allocation length
 * @cdb: Filled in with VWR_T10_CDB bytes.
 * @opcode: TEST UNIT READY, REQUEST SENSE, INQUIRY (the standard data), READ CAPACITY(10),
 *   SERVICE ACTION IN(16) (READ CAPACITY(16)), REPORT LUNS or UNMAP.
 * @bytes: Size of the data in bytes. If the field in the CDB has one or two bytes, the size is limited to its
 *   maximum.
 */
void vwr_t10_plain(uint8_t *cdb, uint8_t opcode, uint32_t bytes);

/**
 * vwr_t10_range() - Decode the range of blocks of a command
 * @cdb: CDB of READ, WRITE or SYNCHRONIZE CACHE, with VWR_T10_CDB bytes.
 * @block: Filled in with the first block.
 *
 * Return: Number of blocks.
 */
uint32_t vwr_t10_range(const uint8_t *cdb, uint64_t *block);

/**
 * vwr_t10_length() - Decode the allocation length, or the length of the parameter list
 * @cdb: CDB with VWR_T10_CDB bytes.
 *
 * Return: Length in bytes; 0 if the command has no such field.
 */
uint32_t vwr_t10_length(const uint8_t *cdb);

/**
 * vwr_t10_unmap_list() - Encode the parameter list of UNMAP
 * @list: Filled in with VWR_T10_UNMAP_LIST bytes.
 * @block: First block.
 * @count: Number of blocks.
 */
void vwr_t10_unmap_list(uint8_t *list, uint64_t block, uint32_t count);

/**
 * vwr_t10_sense() - Decode sense data
 * @data: Sense data, in fixed or descriptor format.
 * @bytes: Size of the data in bytes.
 *
 * Return: VWR_T10_SENSE(). If the data are truncated or have an unknown format, the missing parts are 0.
 */
uint32_t vwr_t10_sense(const uint8_t *data, uint32_t bytes);

/**
 * vwr_t10_put_fixed() - Encode sense data in fixed format
 * @data: Filled in with VWR_T10_FIXED_SENSE bytes.
 * @sense: VWR_T10_SENSE().
 */
void vwr_t10_put_fixed(uint8_t *data, uint32_t sense);

/**
 * vwr_t10_put_unit() - Encode the address of a target's unit
 * @lun: Filled in with VWR_T10_LUN bytes.
 * @first: First byte: VWR_SCSI_LUN_UNIT.
 * @target: Target.
 * @unit: Number of the unit, up to VWR_T10_LUN_MAX.
 */
void vwr_t10_put_unit(uint8_t *lun, uint8_t first, uint8_t target, uint16_t unit);

/**
 * vwr_t10_lun() - Decode the number of a unit
 * @lun: One level, that is, two bytes: a unit number on bus 0, or flat addressing.
 *
 * Return: Number of the unit; VWR_T10_NO_LUN: the level has a different format.
 */
uint32_t vwr_t10_lun(const uint8_t *lun);

/**
 * vwr_t10_report_lun() - Decode an entry of the data returned by REPORT LUNS
 * @data: Data.
 * @n: Index of the entry.
 *
 * Return: Number of the unit, for a single-level address; VWR_T10_NO_LUN: the entry has a different format.
 */
uint32_t vwr_t10_report_lun(const uint8_t *data, unsigned n);

/** VWR_T10_NO_LUN - Value that is not a unit number */
#define VWR_T10_NO_LUN 0xffffffffu

/**
 * vwr_t10_put_sense() - Print a sense key with its code
 * @t: Text to append to.
 * @sense: VWR_T10_SENSE().
 */
void vwr_t10_put_sense(struct vwr_text *t, uint32_t sense);

/* Names of operation codes, statuses and sense keys; the most frequent VWR_T10_CODE(). */
extern const struct vwr_name vwr_t10_opcode_names[];
extern const struct vwr_name vwr_t10_status_names[];
extern const struct vwr_name vwr_t10_key_names[];
extern const struct vwr_name vwr_t10_code_names[];

VWR_END_C

#endif
