/* SPDX-License-Identifier: MIT */
#include "conform.h"

#include "vwr/dev.h"
#include "vwr/gen/blk.h"
#include "vwr/gen/ids.h"

/* A disk of at least SECTORS sectors. The cases write to them. */

#define SECTOR VWR_BLK_SECTOR_BYTES
#define SECTORS 8u
#define NOT_WRITTEN 0xffu /* no status */
#define BEYOND 0xe0u      /* an offset behind the configuration */
#define UNKNOWN_TYPE 0x7ffffff0u
#define NOT_USED (-1)
/* in the memory of a session */
#define STATUS_AT 2048u /* behind a sector that follows the header */
#define RANGE_AT 2304u
#define DATA_AT 4096u
#define BACK_AT 16384u

#define CLASS_FEATURES (BIT(VWR_BLK_F_FLUSH) | BIT(VWR_BLK_F_DISCARD) | BIT(VWR_BLK_F_WRITE_ZEROES))

static void put_header(struct session *s, uint32_t type, uint64_t sector)
{
    const struct vwr_blk_req_out h = {.type = vwr_cpu_to_le32(type), .sector = vwr_cpu_to_le64(sector)};

    (void)memcpy(s->data, &h, sizeof(h));
    s->data[STATUS_AT] = NOT_WRITTEN;
}

static unsigned request(struct session *s, unsigned first)
{
    const struct part p[3] = {{s->data, sizeof(struct vwr_blk_req_out), false},
                              {s->data + DATA_AT, SECTOR, true},
                              {s->data + STATUS_AT, 1, true}};

    put_header(s, VWR_BLK_T_IN, 0);
    put_chain(s->desc, first, p, 3);
    return 3;
}

static bool is_done(const struct session *s, uint32_t bytes)
{
    return s->data[STATUS_AT] == VWR_BLK_S_OK && bytes <= SECTOR + 1u;
}

/* What a request has, in words. */
static const char *said(int status)
{
    static const char *const words[] = {[VWR_BLK_S_OK] = "status OK",
                                        [VWR_BLK_S_IOERR] = "status IOERR",
                                        [VWR_BLK_S_UNSUPP] = "status UNSUPP"};

    if (status == NOT_USED)
        return "no answer";
    return (unsigned)status < VWR_COUNT(words) ? words[status] : "an unknown status";
}

/* Sends a request with these segments; the last one ends with the status. Returns the status, or NOT_USED. */
static int transfer(struct session *s, uint32_t type, uint64_t sector, const struct part *p, unsigned count)
{
    const struct part *const last = &p[count - 1];
    uint8_t *const status = (uint8_t *)last->at + last->bytes - 1u;

    put_header(s, type, sector);
    *status = NOT_WRITTEN;
    put_chain(s->desc, 0, p, count);
    offer(s, 0);
    kick(s);
    return await_used(s) ? *status : NOT_USED;
}

/* Sends a request with a segment for each part. */
static int simple(struct session *s, uint32_t type, uint64_t sector, uint8_t *at, uint32_t bytes)
{
    const bool is_answered = type == VWR_BLK_T_IN || type == VWR_BLK_T_GET_ID;
    const struct part p[3] = {{s->data, sizeof(struct vwr_blk_req_out), false},
                              {at, bytes, is_answered},
                              {s->data + STATUS_AT, 1, true}};

    return transfer(s, type, sector, p, 3);
}

static void fill(uint8_t *at, uint32_t bytes, unsigned seed)
{
    for (uint32_t i = 0; i < bytes; i++)
        at[i] = (uint8_t)(i * 7u + i / 256u + seed);
}

/* ---- configuration ---- */

static uint64_t sectors_of(struct session *s)
{
    return config_field(s, offsetof(struct vwr_blk_config, capacity), sizeof(uint64_t));
}

static bool is_fit(struct session *s)
{
    const uint64_t sectors = s->has_config ? sectors_of(s) : SECTORS;

    return sectors >= SECTORS ||
           unfit(s, "the disk has %llu sectors; the cases need %u", (unsigned long long)sectors, SECTORS);
}

/* Whether the device has to have this field. */
static bool exists(const struct session *s, const struct vwr_config_field *f)
{
    bool is_there = f->any[0] == VWR_FEATURE_NONE;

    for (size_t i = 0; i < VWR_COUNT(f->any) && f->any[i] != VWR_FEATURE_NONE; i++)
        is_there = is_there || session_offers(s, f->any[i]);
    return is_there;
}

/* Reads each field before FEATURES_OK. */
static enum verdict reads_all(struct session *s, uint64_t *sectors)
{
    enum verdict r;

    if (!session_has_config(s, &r))
        return r;
    r = KEPT;
    (void)session_has_refused(s);
    for (unsigned i = 0; i < VWR_BLK_CONFIG_FIELD_COUNT && r == KEPT; i++) {
        const struct vwr_config_field *const f = &vwr_blk_config_fields[i];

        if (!exists(s, f) ||
            f->offset == offsetof(struct vwr_blk_config, writeback)) /* not before FEATURES_OK */
            continue;
        (void)config_field(s, f->offset, f->bytes);
        if (session_has_refused(s))
            r = broken(s, "the device refuses to read the field of %u bytes at offset %u", f->bytes,
                       f->offset);
    }
    *sectors = sectors_of(s);
    if (!s->way->is_there(s))
        r = broken(s, "the device gives up the connection");
    session_end(s);
    return r;
}

static enum verdict config_early(struct session *s)
{
    uint64_t early = 0;
    uint64_t late;
    const enum verdict r = reads_all(s, &early);

    if (r != KEPT)
        return r;
    if (!session_open(s, 0))
        return BROKEN;
    late = sectors_of(s);
    session_end(s);
    return early == late ? KEPT
                         : broken(s, "capacity reads %llu before FEATURES_OK, and %llu after DRIVER_OK",
                                  (unsigned long long)early, (unsigned long long)late);
}

static enum verdict unused_bytes(struct session *s)
{
    const size_t unused1 = offsetof(struct vwr_blk_config, unused1);
    enum verdict r;
    unsigned sum;

    if (!session_has_config(s, &r))
        return r;
    (void)session_has_refused(s);
    sum = (unsigned)config_field(s, offsetof(struct vwr_blk_config, unused0), 1);
    sum |= (unsigned)config_field(s, unused1, sizeof(((struct vwr_blk_config *)NULL)->unused1));
    session_end(s);
    if (session_has_refused(s)) /* no driver has a reason to read them */
        return untested(s, "the device refuses to read the unused bytes of its configuration");
    return sum == 0 ? KEPT : broken(s, "the unused bytes of the configuration have 0x%x", sum);
}

static enum verdict flush_offered(struct session *s)
{
    if (!session_connect(s))
        return BROKEN;
    session_end(s);
    return session_offers(s, VWR_BLK_F_FLUSH) ? KEPT : broken(s, "the device does not offer FLUSH");
}

static enum verdict cache_needs_flush(struct session *s)
{
    if (!session_connect(s))
        return BROKEN;
    session_end(s);
    if (!session_offers(s, VWR_BLK_F_CONFIG_WCE))
        return untested(s, "the device does not offer CONFIG_WCE");
    return session_offers(s, VWR_BLK_F_FLUSH) ? KEPT : broken(s, "CONFIG_WCE is offered without FLUSH");
}

/* ---- requests ---- */

static bool opens(struct session *s, enum verdict *r)
{
    *r = BROKEN;
    if (!session_open(s, CLASS_FEATURES))
        return false;
    if (!session_offers(s, VWR_BLK_F_RO))
        return true;
    session_end(s);
    *r = untested(s, "the disk is read-only");
    return false;
}

static enum verdict framing_of(struct session *s)
{
    uint8_t *const header = s->data;
    uint8_t *const data = s->data + DATA_AT;
    uint8_t *const back = s->data + BACK_AT;
    uint8_t *const joined = s->data + sizeof(struct vwr_blk_req_out); /* data that follow the header */
    const uint32_t head = sizeof(struct vwr_blk_req_out);
    const struct part status = {s->data + STATUS_AT, 1, true};
    const struct part shape[][6] = {
        {{header, head, false}, {data, SECTOR, false}, status},
        {{header, 7, false}, {header + 7, head - 7, false}, {data, SECTOR, false}, status},
        {{header, head, false},
         {data, 100, false},
         {data + 100, 1, false},
         {data + 101, SECTOR - 101, false},
         status},
        {{header, head + SECTOR, false}, status},
        {{header, 1, false}, {header + 1, head - 1 + 10, false}, {joined + 10, SECTOR - 10, false}, status},
    };
    const struct part read_back[2] = {{header, head, false}, {back, SECTOR + 1, true}}; /* and the status */

    for (unsigned i = 0; i < sizeof(shape) / sizeof(shape[0]); i++) {
        unsigned count = 1;
        int r;

        while (shape[i][count - 1].at != status.at)
            count++;
        fill(i < 3 ? data : joined, SECTOR, i);
        r = transfer(s, VWR_BLK_T_OUT, i, shape[i], count);
        if (r != VWR_BLK_S_OK)
            return broken(s, "a write whose chain has shape %u has %s", i, said(r));
        r = transfer(s, VWR_BLK_T_IN, i, read_back, 2);
        if (r != VWR_BLK_S_OK)
            return broken(s, "a read into one segment with its status has %s", said(r));
        fill(data, SECTOR, i);
        if (memcmp(data, back, SECTOR) != 0)
            return broken(s, "a write whose chain has shape %u wrote other bytes", i);
    }
    return KEPT;
}

static enum verdict framing(struct session *s)
{
    enum verdict r;

    if (!opens(s, &r))
        return r;
    r = framing_of(s);
    session_end(s);
    return r;
}

static enum verdict readable_kept(struct session *s)
{
    uint8_t header[sizeof(struct vwr_blk_req_out)];
    uint8_t copy[SECTOR];
    enum verdict r;
    int status;

    if (!opens(s, &r))
        return r;
    fill(s->data + DATA_AT, SECTOR, 90);
    (void)memcpy(copy, s->data + DATA_AT, SECTOR);
    status = simple(s, VWR_BLK_T_OUT, 5, s->data + DATA_AT, SECTOR);
    (void)memcpy(header, s->data, sizeof(header));
    put_header(s, VWR_BLK_T_OUT, 5);
    r = KEPT;
    if (status != VWR_BLK_S_OK)
        r = broken(s, "a write has %s", said(status));
    else if (memcmp(header, s->data, sizeof(header)) != 0 || memcmp(copy, s->data + DATA_AT, SECTOR) != 0)
        r = broken(s, "the device wrote to a buffer that it may only read");
    session_end(s);
    return r;
}

/*
 * Checks that a used buffer contains what it reports: bytes of the disk, then the status, and that nothing
 * was written beyond the buffer.
 */
static enum verdict reported_bytes(struct session *s)
{
    uint8_t *const back = s->data + BACK_AT;
    const struct part p[3] = {{s->data, sizeof(struct vwr_blk_req_out), false},
                              {back, 2 * SECTOR, true},
                              {s->data + STATUS_AT, 1, true}};
    uint8_t expected[2 * SECTOR];
    uint32_t bytes;
    enum verdict r;

    if (!opens(s, &r))
        return r;
    fill(s->data + DATA_AT, sizeof(expected), 17);
    (void)memcpy(expected, s->data + DATA_AT, sizeof(expected));
    r = KEPT;
    if (simple(s, VWR_BLK_T_OUT, 6, s->data + DATA_AT, sizeof(expected)) != VWR_BLK_S_OK) {
        r = broken(s, "a write of two sectors fails");
    } else if (used_bytes(s, 0) > 1) {
        r = broken(s, "the device reports %u bytes written to a write request, which has 1 writable byte",
                   used_bytes(s, 0));
    } else {
        (void)memset(back, 0xa5, 2 * SECTOR + 16);
        if (transfer(s, VWR_BLK_T_IN, 6, p, 3) != VWR_BLK_S_OK)
            r = broken(s, "a read of two sectors fails");
        bytes = used_bytes(s, 1);
        if (r == KEPT && bytes > 2 * SECTOR + 1)
            r = broken(s, "the device reports %u bytes of %u", bytes, 2 * SECTOR + 1);
        else if (r == KEPT &&
                 memcmp(back, expected, bytes < sizeof(expected) ? bytes : sizeof(expected)) != 0)
            r = broken(s, "the device reports %u bytes and has not written them", bytes);
        else if (r == KEPT && back[2 * SECTOR] != 0xa5)
            r = broken(s, "the device wrote behind the end of the buffer");
    }
    session_end(s);
    return r;
}

/* A read that fails reports no more bytes than its status, unless it has written them. */
static enum verdict failed_read(struct session *s)
{
    bool is_kept = true;
    uint32_t bytes;
    enum verdict r = KEPT;
    int status;

    if (!session_open(s, CLASS_FEATURES))
        return BROKEN;
    (void)memset(s->data + BACK_AT, 0xa5, SECTOR);
    status = simple(s, VWR_BLK_T_IN, UINT64_MAX / SECTOR, s->data + BACK_AT, SECTOR);
    bytes = used_bytes(s, 0);
    for (unsigned i = 0; i < SECTOR; i++)
        is_kept = is_kept && s->data[BACK_AT + i] == 0xa5;
    if (status == NOT_USED)
        r = broken(s, "a read behind the end of the disk is not used");
    else if (bytes > 1 && is_kept)
        r = broken(s, "the device reports %u bytes of a read with %s, and has not written them", bytes,
                   said(status));
    session_end(s);
    return r;
}

static enum verdict read_only(struct session *s)
{
    uint8_t before[SECTOR];
    enum verdict r = KEPT;
    int status;

    if (!session_open(s, CLASS_FEATURES | BIT(VWR_BLK_F_RO)))
        return BROKEN;
    if (!session_offers(s, VWR_BLK_F_RO)) {
        session_end(s);
        return untested(s, "the disk is not read-only");
    }
    status = simple(s, VWR_BLK_T_IN, 3, s->data + DATA_AT, SECTOR);
    (void)memcpy(before, s->data + DATA_AT, SECTOR);
    fill(s->data + DATA_AT, SECTOR, before[0] + 1u);
    if (status == VWR_BLK_S_OK)
        status = simple(s, VWR_BLK_T_OUT, 3, s->data + DATA_AT, SECTOR);
    if (status != VWR_BLK_S_IOERR)
        r = broken(s, "a write to a read-only disk has %s, not IOERR", said(status));
    else if (simple(s, VWR_BLK_T_IN, 3, s->data + DATA_AT, SECTOR) != VWR_BLK_S_OK ||
             memcmp(before, s->data + DATA_AT, SECTOR) != 0)
        r = broken(s, "a write to a read-only disk changed it");
    session_end(s);
    return r;
}

/* ---- ranges ---- */

static int range(struct session *s, uint32_t type, uint64_t sector, uint32_t count, uint32_t flags)
{
    const struct vwr_blk_discard_write_zeroes d = {vwr_cpu_to_le64(sector), vwr_cpu_to_le32(count),
                                                   vwr_cpu_to_le32(flags)};

    (void)memcpy(s->data + RANGE_AT, &d, sizeof(d));
    return simple(s, type, 0, s->data + RANGE_AT, sizeof(d));
}

/* Opens a session for a type of request that needs a feature. */
static bool opens_with(struct session *s, unsigned feature, const char *name, enum verdict *r)
{
    if (!opens(s, r))
        return false;
    if (session_offers(s, feature))
        return true;
    session_end(s);
    *r = untested(s, "the device does not offer %s", name);
    return false;
}

static enum verdict unknown_flags(struct session *s)
{
    static const struct {
        unsigned feature;
        uint32_t type;
        const char *name;
    } command[] = {{VWR_BLK_F_DISCARD, VWR_BLK_T_DISCARD, "DISCARD"},
                   {VWR_BLK_F_WRITE_ZEROES, VWR_BLK_T_WRITE_ZEROES, "WRITE_ZEROES"}};
    enum verdict r;

    if (!opens(s, &r))
        return r;
    r = untested(s, "the device offers neither DISCARD nor WRITE_ZEROES");
    for (unsigned i = 0; i < 2 && r != BROKEN; i++) {
        int status;

        if (!session_offers(s, command[i].feature))
            continue;
        status = range(s, command[i].type, 0, SECTORS, 0x80000000u);
        r = status == VWR_BLK_S_UNSUPP
                ? KEPT
                : broken(s, "%s with an unknown flag has %s, not UNSUPP", command[i].name, said(status));
    }
    session_end(s);
    return r;
}

static enum verdict discard_unmap(struct session *s)
{
    enum verdict r;
    int status;

    if (!opens_with(s, VWR_BLK_F_DISCARD, "DISCARD", &r))
        return r;
    status = range(s, VWR_BLK_T_DISCARD, 0, SECTORS, VWR_BLK_DISCARD_WRITE_ZEROES_FLAGS_UNMAP_MASK);
    session_end(s);
    return status == VWR_BLK_S_UNSUPP ? KEPT
                                      : broken(s, "DISCARD with unmap has %s, not UNSUPP", said(status));
}

/* Two ranges in a request. */
static enum verdict ranges(struct session *s)
{
    static const uint8_t zero[SECTOR];
    const size_t at = offsetof(struct vwr_blk_config, max_write_zeroes_seg);
    struct vwr_blk_discard_write_zeroes d[2];
    enum verdict r;
    int status = VWR_BLK_S_OK;

    if (!opens_with(s, VWR_BLK_F_WRITE_ZEROES, "WRITE_ZEROES", &r))
        return r;
    if (!s->has_config || config_field(s, at, 4) < 2) {
        session_end(s);
        return untested(s, "a request has one range only");
    }
    for (unsigned i = 0; i < 2 && status == VWR_BLK_S_OK; i++) {
        d[i] = (struct vwr_blk_discard_write_zeroes){vwr_cpu_to_le64(3u * i), vwr_cpu_to_le32(1),
                                                     vwr_cpu_to_le32(0)};
        fill(s->data + DATA_AT, SECTOR, 8 + i);
        status = simple(s, VWR_BLK_T_OUT, 3u * i, s->data + DATA_AT, SECTOR);
    }
    (void)memcpy(s->data + RANGE_AT, d, sizeof(d));
    if (status == VWR_BLK_S_OK)
        status = simple(s, VWR_BLK_T_WRITE_ZEROES, 0, s->data + RANGE_AT, sizeof(d));
    r = status == VWR_BLK_S_OK ? KEPT : broken(s, "a request has %s", said(status));
    for (unsigned i = 0; i < 2 && r == KEPT; i++)
        if (simple(s, VWR_BLK_T_IN, 3u * i, s->data + BACK_AT, SECTOR) != VWR_BLK_S_OK ||
            memcmp(s->data + BACK_AT, zero, SECTOR) != 0)
            r = broken(s, "sectors of range %u do not read as 0 after WRITE_ZEROES of two ranges", i);
    session_end(s);
    return r;
}

static enum verdict writeback(struct session *s)
{
    uint64_t value;

    if (!session_offers(s, VWR_BLK_F_CONFIG_WCE) || !session_offers(s, VWR_BLK_F_FLUSH))
        return untested(s, "the device does not offer CONFIG_WCE and FLUSH");
    if (!session_open(s, BIT(VWR_BLK_F_CONFIG_WCE)))
        return BROKEN;
    value = s->has_config ? config_field(s, offsetof(struct vwr_blk_config, writeback), 1) : 0;
    session_end(s);
    return value == 0
               ? KEPT
               : broken(s, "writeback reads %llu with CONFIG_WCE, without FLUSH", (unsigned long long)value);
}

static enum verdict zeroes(struct session *s)
{
    static const uint8_t zero[2 * SECTOR];
    enum verdict r;

    if (!opens_with(s, VWR_BLK_F_WRITE_ZEROES, "WRITE_ZEROES", &r))
        return r;
    r = KEPT;
    for (uint32_t unmap = 0; unmap < 2 && r == KEPT; unmap++) {
        int status;

        fill(s->data + DATA_AT, sizeof(zero), 5);
        status = simple(s, VWR_BLK_T_OUT, 6, s->data + DATA_AT, sizeof(zero));
        if (status == VWR_BLK_S_OK)
            status = range(s, VWR_BLK_T_WRITE_ZEROES, 6, 2, unmap);
        if (status == VWR_BLK_S_OK)
            status = simple(s, VWR_BLK_T_IN, 6, s->data + DATA_AT, sizeof(zero));
        if (status != VWR_BLK_S_OK)
            r = broken(s, "a request has %s", said(status));
        else if (memcmp(s->data + DATA_AT, zero, sizeof(zero)) != 0)
            r = broken(s, "sectors do not read as 0 after WRITE_ZEROES with unmap %u", unmap);
    }
    session_end(s);
    return r;
}

/* ---- the ends of the disk ---- */

static enum verdict last_sector(struct session *s)
{
    enum verdict r;
    uint64_t last;
    int status;

    if (!session_has_config(s, &r))
        return r;
    session_end(s);
    if (!opens(s, &r))
        return r;
    last = sectors_of(s) - 1u;
    fill(s->data + DATA_AT, SECTOR, 77);
    status = simple(s, VWR_BLK_T_OUT, last, s->data + DATA_AT, SECTOR);
    if (status == VWR_BLK_S_OK)
        status = simple(s, VWR_BLK_T_IN, last, s->data + BACK_AT, SECTOR);
    r = KEPT;
    if (status != VWR_BLK_S_OK)
        r = broken(s, "a request for the last sector has %s", said(status));
    else if (memcmp(s->data + DATA_AT, s->data + BACK_AT, SECTOR) != 0)
        r = broken(s, "the last sector reads other bytes than were written");
    session_end(s);
    return r;
}

/* ---- types of requests ---- */

static enum verdict unsupported(struct session *s)
{
    int status;

    if (!session_open(s, CLASS_FEATURES))
        return BROKEN;
    status = simple(s, UNKNOWN_TYPE, 0, s->data + DATA_AT, SECTOR);
    session_end(s);
    return status == VWR_BLK_S_UNSUPP
               ? KEPT
               : broken(s, "a request of an unknown type has %s, not UNSUPP", said(status));
}

static enum verdict id_padded(struct session *s)
{
    uint8_t *const id = s->data + DATA_AT;
    enum verdict r = KEPT;
    bool ends = false;
    int status;

    if (!session_open(s, CLASS_FEATURES))
        return BROKEN;
    (void)memset(id, 0xa5, VWR_BLK_GET_ID_BYTES);
    status = simple(s, VWR_BLK_T_GET_ID, 0, id, VWR_BLK_GET_ID_BYTES);
    if (status != VWR_BLK_S_OK)
        r = untested(s, "GET_ID has %s", said(status));
    for (unsigned i = 0; i < VWR_BLK_GET_ID_BYTES && r == KEPT; i++) {
        ends = ends || id[i] == 0;
        if ((ends && id[i] != 0) || id[i] == 0xa5) /* which no character of an ID is */
            r = broken(s, "byte %u of the ID is 0x%x, behind its end", i, id[i]);
    }
    session_end(s);
    return r;
}

/* ---- hostile ---- */

static enum verdict serves_next(struct session *s, int status)
{
    if (status != VWR_BLK_S_OK)
        return next_driver(s);
    session_end(s);
    return broken(s, "the device reports success");
}

static enum verdict beyond_the_end(struct session *s)
{
    enum verdict r;

    return opens(s, &r)
               ? serves_next(s, simple(s, VWR_BLK_T_OUT, UINT64_MAX / SECTOR, s->data + DATA_AT, SECTOR))
               : r;
}

/* Writes to capacity, which a driver may only read, and behind the last field. Returns what capacity reads.
 */
static uint64_t write_capacity(struct session *s, uint64_t sectors)
{
    const unsigned at = offsetof(struct vwr_blk_config, capacity);

    vwr_config_write32(&s->dev->config, at, ~(uint32_t)sectors);
    vwr_config_write32(&s->dev->config, at + 4, ~(uint32_t)(sectors >> 32));
    if (s->way->is_mmio)
        vwr_config_write32(&s->dev->config, BEYOND, ~0u);
    return s->way->starts_by_kicks ? sectors
                                   : sectors_of(s); /* a vhost-user front end reads what it has written */
}

static enum verdict config_written(struct session *s)
{
    uint64_t before;
    uint64_t after;
    enum verdict r;

    if (!session_has_config(s, &r))
        return r;
    session_end(s);
    if (!session_open(s, 0))
        return BROKEN;
    before = sectors_of(s);
    after = write_capacity(s, before);
    r = next_driver(s);
    if (r != KEPT || !session_connect(s))
        return BROKEN;
    if (after == before)
        after = sectors_of(s);
    session_end(s);
    return after == before ? KEPT
                           : broken(s, "a driver has changed capacity from %llu to %llu",
                                    (unsigned long long)before, (unsigned long long)after);
}

static enum verdict beyond_32_bits(struct session *s)
{
    enum verdict r;

    return opens(s, &r)
               ? serves_next(s, simple(s, VWR_BLK_T_OUT, UINT64_C(1) << 32, s->data + DATA_AT, SECTOR))
               : r;
}

static enum verdict across_the_end(struct session *s)
{
    enum verdict r;
    uint64_t last;

    if (!session_has_config(s, &r))
        return r;
    last = sectors_of(s) - 1u;
    session_end(s);
    return opens(s, &r) ? serves_next(s, simple(s, VWR_BLK_T_OUT, last, s->data + DATA_AT, 2 * SECTOR)) : r;
}

static enum verdict unknown_type(struct session *s)
{
    enum verdict r;

    return opens(s, &r) ? serves_next(s, simple(s, UNKNOWN_TYPE, 0, s->data + DATA_AT, SECTOR)) : r;
}

#define SURVIVES "robustness: a device refuses what it cannot execute, and goes on"

#define OPERATION "section Device Types / Block Device / Device Operation"

static const struct conform_case cases[] = {
    CASE(config_early, "config.dev.1", "Each field of the configuration can be read before FEATURES_OK."),
    CASE(unused_bytes, "blk.dev.init.4", "unused0 and unused1 are 0."),
    CASE(flush_offered, "blk.dev.init.1", "The device offers FLUSH."),
    CASE(cache_needs_flush, "blk.dev.init.2", "CONFIG_WCE is offered with FLUSH only."),
    CASE(framing, "split.dev.framing.1",
         "Header, data and status may be in any segments, also with each other in one."),
    CASE(readable_kept, "split.dev.desc.1", "The device leaves header and data of a write as they were."),
    CASE(reported_bytes, "split.dev.used.2",
         "The bytes that the device reports have been written, and are no more than the buffer has."),
    CASE(read_only, "blk.dev.3 blk.dev.4",
         "A write to a read-only disk fails with IOERR and changes nothing."),
    CASE(unknown_flags, "blk.dev.5", "DISCARD and WRITE_ZEROES with an unknown flag have status UNSUPP."),
    CASE(discard_unmap, "blk.dev.6", "DISCARD with unmap has status UNSUPP."),
    CASE(zeroes, "blk.dev.9", "After WRITE_ZEROES the sectors read as 0, with unmap and without."),
    CASE(ranges, "blk.dev.9", "A request of WRITE_ZEROES has an effect on each of its ranges."),
    CASE(writeback, "blk.dev.init.3", "With CONFIG_WCE and without FLUSH writeback reads 0."),
    CASE(last_sector, OPERATION, "The last sector can be written and read."),
    CASE(unsupported, OPERATION, "A request of an unknown type has status UNSUPP."),
    CASE(id_padded, OPERATION, "The bytes behind the end of the ID are 0."),
    CASE(beyond_the_end, SURVIVES, "A write behind the end of the disk."),
    CASE(failed_read, SURVIVES,
         "A read behind the end of the disk; no bytes are reported that were not written."),
    CASE(config_written, SURVIVES, "A write to capacity, and behind the end of the configuration."),
    CASE(beyond_32_bits, SURVIVES, "A write to a sector whose number needs more than 32 bits."),
    CASE(across_the_end, SURVIVES, "A write that begins with the last sector, and ends behind it."),
    CASE(unknown_type, SURVIVES, "A request of an unknown type."),
};

const struct device_class disk_class = {.name = "blk",
                                        .type = VWR_ID_BLOCK,
                                        .queue = VWR_BLK_QUEUE_REQUESTQ,
                                        .request = request,
                                        .is_done = is_done,
                                        .is_fit = is_fit,
                                        .cases = cases,
                                        .count = sizeof(cases) / sizeof(cases[0])};
