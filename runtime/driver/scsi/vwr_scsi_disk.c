/* SPDX-License-Identifier: MIT */
#include "vwr/arithmetic.h"
#include "scsi_common.h"

/* Commands that every unit supports, and commands for disks. Each is one request to the host. */

#define SCSI_BLOCK_MAX 65536u

/*
 * A unit attention does not concern this command and is cleared when it is reported, so the command is sent
 * again.
 */
static int scsi_run(struct vwr_scsi *s, uint32_t unit, const uint8_t *cdb, const struct vwr_vec *out,
                    const struct vwr_vec *in)
{
    for (unsigned left = VWR_SCSI_ATTENTIONS;; left--) {
        const int r = vwr_scsi_command(s, unit, cdb, vwr_t10_cdb_bytes(cdb[0]), out, in);

        if (r != VWR_EIO || left == 0 ||
            VWR_T10_SENSE_KEY(vwr_scsi_sense(&s->request)) != VWR_T10_UNIT_ATTENTION)
            return r;
        vwr_count_add(&s->attentions, 1);
    }
}

/* Reads the data of a command that has no operands. */
static int scsi_ask(struct vwr_scsi *s, uint32_t unit, uint8_t opcode, void *data, uint32_t bytes)
{
    const struct vwr_vec in = {data, bytes};
    uint8_t cdb[VWR_T10_CDB];

    vwr_t10_plain(cdb, opcode, bytes);
    return scsi_run(s, unit, cdb, NULL, bytes != 0 ? &in : NULL);
}

int vwr_scsi_test_unit_ready(struct vwr_scsi *s, uint32_t unit)
{
    return scsi_ask(s, unit, VWR_T10_TEST_UNIT_READY, NULL, 0);
}

int vwr_scsi_request_sense(struct vwr_scsi *s, uint32_t unit, void *data, uint32_t bytes)
{
    return scsi_ask(s, unit, VWR_T10_REQUEST_SENSE, data, bytes < 0xffu ? bytes : 0xffu);
}

int vwr_scsi_inquiry(struct vwr_scsi *s, uint32_t unit, unsigned page, void *data, uint32_t bytes)
{
    const uint32_t most = bytes < 0xffffu ? bytes : 0xffffu;
    const struct vwr_vec in = {data, most};
    uint8_t cdb[VWR_T10_CDB];

    vwr_t10_plain(cdb, VWR_T10_INQUIRY, most);
    if (page != VWR_SCSI_STANDARD) {
        cdb[1] = VWR_T10_EVPD;
        cdb[2] = (uint8_t)page;
    }
    return scsi_run(s, unit, cdb, NULL, &in);
}

/* Number of entries that the unit has sent and that fit the caller's memory. */
int vwr_scsi_report_luns(struct vwr_scsi *s, unsigned target, void *data, uint32_t bytes)
{
    const int n = scsi_ask(s, VWR_SCSI_UNIT(target, 0), VWR_T10_REPORT_LUNS, data, bytes);
    uint8_t head[sizeof(uint32_t)];
    uint32_t list;

    if (n < (int)VWR_T10_LUN)
        return n < 0 ? n : scsi_note(s, VWR_FAULT_SCSI_DATA, VWR_T10_REPORT_LUNS, (uint32_t)n);
    vwr_copy(head, data, sizeof(head));
    list = (uint32_t)vwr_t10_get(head, sizeof(head)) / VWR_T10_LUN;
    return (int)(list < (uint32_t)n / VWR_T10_LUN - 1u ? list : (uint32_t)n / VWR_T10_LUN - 1u);
}

/* ---- disks ---- */

/* Sends the 16-byte command or, if the unit rejects it, the 10-byte command. Copies the answer once. */
static int scsi_ask_capacity(struct vwr_scsi_disk *d, uint8_t *answer)
{
    struct vwr_scsi *const s = d->scsi;
    int r;
    void *const small = vwr_scsi_small_(s, &r);

    vwr_zero(answer, VWR_T10_CAPACITY_16);
    if (small == NULL)
        return r;
    if (!d->ten)
        r = scsi_ask(s, d->unit, VWR_T10_SERVICE_ACTION_IN_16, small, VWR_T10_CAPACITY_16);
    if (r == VWR_EUNSUPP)
        d->ten = true;
    if (d->ten)
        r = scsi_ask(s, d->unit, VWR_T10_READ_CAPACITY_10, small, VWR_T10_CAPACITY_10);
    vwr_copy(answer, small, VWR_T10_CAPACITY_16);
    return r;
}

int vwr_scsi_disk_update(struct vwr_scsi_disk *d)
{
    uint8_t answer[VWR_T10_CAPACITY_16];
    const int n = scsi_ask_capacity(d, answer);
    const unsigned word = d->ten ? sizeof(uint32_t) : sizeof(uint64_t);
    const uint64_t last = vwr_t10_get(answer, word);
    const uint32_t block = (uint32_t)vwr_t10_get(answer + word, sizeof(block));

    if (n < 0)
        return n;
    if ((unsigned)n < word + sizeof(block) || last == ~(uint64_t)0 || block < VWR_SCSI_BLOCK_MIN ||
        block > SCSI_BLOCK_MAX || (block & (block - 1u)) != 0)
        return scsi_note(d->scsi, VWR_FAULT_SCSI_CAPACITY, d->unit, block);
    d->blocks = last + 1u;
    d->block_bytes = block;
    d->unmaps = !d->ten && n > 14 && answer[14] >> 7 != 0;
    return VWR_OK;
}

int vwr_scsi_disk_open(struct vwr_scsi_disk *d, struct vwr_scsi *s, uint32_t unit)
{
    int r;

    vwr_zero(d, sizeof(*d));
    d->scsi = s;
    d->unit = unit;
    r = vwr_scsi_test_unit_ready(s, unit);
    return r < 0 ? r : vwr_scsi_disk_update(d);
}

/* A command for a range of blocks, with its 10-byte and 16-byte forms. */
struct scsi_blocks {
    uint8_t ten, sixteen;
};

static const struct scsi_blocks scsi_reads = {VWR_T10_READ_10, VWR_T10_READ_16};
static const struct scsi_blocks scsi_writes = {VWR_T10_WRITE_10, VWR_T10_WRITE_16};

static int scsi_encode(const struct vwr_scsi_disk *d, const struct scsi_blocks *command, uint8_t *cdb,
                       uint64_t block, uint32_t count)
{
    if (block > d->blocks || count > d->blocks - block || (d->ten && (block >> 32 != 0 || count > 0xffff)))
        return VWR_ERANGE;
    vwr_t10_blocks(cdb, d->ten ? command->ten : command->sixteen, block, count);
    return VWR_OK;
}

/* Sends the 10-byte form if the unit rejects the 16-byte form. */
static int scsi_do_blocks(struct vwr_scsi_disk *d, const struct scsi_blocks *command, uint64_t block,
                          uint32_t count, const struct vwr_vec *out, const struct vwr_vec *in)
{
    uint8_t cdb[VWR_T10_CDB];
    int r = VWR_EUNSUPP;

    for (bool last = false; r == VWR_EUNSUPP && !last; d->ten |= r == VWR_EUNSUPP) {
        last = d->ten;
        r = scsi_encode(d, command, cdb, block, count);
        if (r == VWR_OK)
            r = scsi_run(d->scsi, d->unit, cdb, out, in);
    }
    return r;
}

uint32_t vwr_scsi_disk_blocks_max(const struct vwr_scsi_disk *d)
{
    const uint32_t most = scsi_transfer_sectors(d->scsi);
    const uint32_t block = d->block_bytes / SCSI_SECTOR;
    uint32_t rest;

    return block == 0 || most < block ? 1 : (uint32_t)vwr_divide(most, block, &rest);
}

/* Number of data blocks for the caller's range. */
static int scsi_count_blocks(const struct vwr_scsi_disk *d, uint64_t block, size_t bytes, uint64_t *count)
{
    uint32_t rest;

    if (d->block_bytes == 0)
        return VWR_EFAILED;
    *count = vwr_divide(bytes, d->block_bytes, &rest);
    if (rest != 0)
        return scsi_note(d->scsi, VWR_FAULT_REQUEST_BLOCKS, d->block_bytes, (uint32_t)bytes);
    if (block > d->blocks || *count > d->blocks - block)
        return scsi_note(d->scsi, VWR_FAULT_REQUEST_END, (uint32_t)d->blocks, (uint32_t)(d->blocks >> 32));
    return VWR_OK;
}

/* Transfers data with as many commands as necessary, each of which must transfer all of its data. */
static int scsi_move(struct vwr_scsi_disk *d, const struct scsi_blocks *command, uint64_t block, void *data,
                     size_t bytes)
{
    const uint32_t most = vwr_scsi_disk_blocks_max(d);
    struct vwr_vec vec = {data, 0};
    uint64_t count = 0;
    const int r = scsi_count_blocks(d, block, bytes, &count);

    if (r != VWR_OK)
        return r;
    for (uint32_t part; count > 0; count -= part, block += part) {
        int n;

        part = count < most ? (uint32_t)count : most;
        vec.bytes = (size_t)part * d->block_bytes;
        n = scsi_do_blocks(d, command, block, part, command == &scsi_writes ? &vec : NULL,
                           command == &scsi_reads ? &vec : NULL);
        if (n < 0)
            return n;
        if ((size_t)n != vec.bytes)
            return scsi_note(d->scsi, VWR_FAULT_SCSI_DATA, command->sixteen, (uint32_t)n);
        vec.p = (uint8_t *)vec.p + vec.bytes;
    }
    return VWR_OK;
}

int vwr_scsi_disk_read(struct vwr_scsi_disk *d, uint64_t block, void *data, size_t bytes)
{
    return scsi_move(d, &scsi_reads, block, data, bytes);
}

int vwr_scsi_disk_write(struct vwr_scsi_disk *d, uint64_t block, const void *data, size_t bytes)
{
    return scsi_move(d, &scsi_writes, block, (void *)(uintptr_t)data, bytes);
}

int vwr_scsi_disk_flush(struct vwr_scsi_disk *d)
{
    uint8_t cdb[VWR_T10_CDB];

    if (d->block_bytes == 0)
        return VWR_EFAILED;
    vwr_t10_blocks(cdb, VWR_T10_SYNCHRONIZE_CACHE_10, 0, 0); /* all blocks, including those beyond 2^32 */
    return scsi_run(d->scsi, d->unit, cdb, NULL, NULL);
}

int vwr_scsi_disk_unmap(struct vwr_scsi_disk *d, uint64_t block, uint32_t count)
{
    struct vwr_vec list = {NULL, VWR_T10_UNMAP_LIST};
    uint8_t cdb[VWR_T10_CDB];
    int r;

    if (d->block_bytes == 0)
        return VWR_EFAILED;
    if (!d->unmaps)
        return VWR_EUNSUPP;
    if (block > d->blocks || count > d->blocks - block)
        return VWR_ERANGE;
    list.p = vwr_scsi_small_(d->scsi, &r);
    if (list.p == NULL)
        return r;
    vwr_t10_unmap_list(list.p, block, count);
    vwr_t10_plain(cdb, VWR_T10_UNMAP, VWR_T10_UNMAP_LIST);
    r = scsi_run(d->scsi, d->unit, cdb, &list, NULL);
    return r < 0 ? r : VWR_OK;
}

/* ---- requests in flight ---- */

static int scsi_fill_blocks(struct vwr_scsi_request *x, const struct vwr_scsi_disk *d,
                            const struct scsi_blocks *command, uint64_t block, size_t bytes)
{
    uint8_t cdb[VWR_T10_CDB];
    uint64_t count = 0;
    int r = scsi_count_blocks(d, block, bytes, &count);

    if (r == VWR_OK)
        r = count >> 32 == 0 ? scsi_encode(d, command, cdb, block, (uint32_t)count) : VWR_ERANGE;
    return r == VWR_OK ? vwr_scsi_fill(x, d->unit, cdb, vwr_t10_cdb_bytes(cdb[0])) : r;
}

int vwr_scsi_fill_read(struct vwr_scsi_request *x, const struct vwr_scsi_disk *d, uint64_t block, void *data,
                       size_t bytes)
{
    const int r = scsi_fill_blocks(x, d, &scsi_reads, block, bytes);

    if (r == VWR_OK)
        vwr_scsi_add_in(x, data, bytes);
    return r;
}

int vwr_scsi_fill_write(struct vwr_scsi_request *x, const struct vwr_scsi_disk *d, uint64_t block,
                        const void *data, size_t bytes)
{
    const int r = scsi_fill_blocks(x, d, &scsi_writes, block, bytes);

    if (r == VWR_OK)
        vwr_scsi_add_out(x, data, bytes);
    return r;
}
