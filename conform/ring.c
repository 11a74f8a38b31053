/* SPDX-License-Identifier: MIT */
#include "conform.h"

#include "vwr/dev.h"
#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/ring.h"

/* Rules for devices of all classes: features, status, reset, rings. */

#define ROUNDS 8u /* so that an interrupt caused by the connection is not mistaken for that of a buffer */
#define OWN_SIGNALS 2u /* when a ring starts, and for its first buffer, whose predecessor is not known */
#define FAR 1000u      /* an index that the ring does not reach */

/* ---- features, status, reset ---- */

static enum verdict version_1(struct session *s)
{
    if (!session_connect(s))
        return BROKEN;
    session_end(s);
    return session_offers(s, VWR_F_VERSION_1) ? KEPT : broken(s, "the device does not offer VERSION_1");
}

static enum verdict opens_with(struct session *s, uint64_t features, const char *name)
{
    bool works;

    if (!session_open(s, features))
        return BROKEN;
    works = exchange(s);
    session_end(s);
    return works ? KEPT : broken(s, "with %s a request is not executed", name);
}

/* Accepts each set of the features that concern a split ring. */
static enum verdict subsets(struct session *s)
{
    static const struct {
        uint64_t features;
        const char *name;
    } set[] = {{0, "VERSION_1"},
               {BIT(VWR_F_INDIRECT_DESC), "INDIRECT_DESC"},
               {BIT(VWR_F_EVENT_IDX), "EVENT_IDX"},
               {BIT(VWR_F_IN_ORDER), "IN_ORDER"},
               {BIT(VWR_F_INDIRECT_DESC) | BIT(VWR_F_EVENT_IDX), "INDIRECT_DESC and EVENT_IDX"},
               {BIT(VWR_F_INDIRECT_DESC) | BIT(VWR_F_EVENT_IDX) | BIT(VWR_F_IN_ORDER),
                "INDIRECT_DESC, EVENT_IDX and IN_ORDER"}};

    for (unsigned i = 0; i < sizeof(set) / sizeof(set[0]); i++) {
        const enum verdict r = opens_with(s, set[i].features, set[i].name);

        if (r != KEPT)
            return r;
    }
    return KEPT;
}

static enum verdict same_again(struct session *s)
{
    const uint64_t features = BIT(VWR_F_INDIRECT_DESC) | BIT(VWR_F_EVENT_IDX);

    for (unsigned i = 0; i < 3; i++) {
        const enum verdict r = opens_with(s, features, "the features of the last time");

        if (r != KEPT)
            return r;
    }
    return KEPT;
}

static enum verdict before_driver_ok(struct session *s)
{
    bool early;
    bool works;

    if (!session_prepare(s, 0))
        return BROKEN;
    if (!s->knows_driver) {
        session_end(s);
        return untested(s, "without protocol features a ring is enabled from the beginning");
    }
    (void)s->class->request(s, 0);
    offer(s, 0);
    if (s->way->starts_by_kicks)
        kick(s);
    give_time(s);
    early = used_index(s) != 0;
    works = session_start(s);
    kick(s);
    works = works && await_used(s);
    session_end(s);
    if (early)
        return broken(s, s->way->starts_by_kicks
                             ? "a buffer was used of a ring that is started and not enabled, as it is before "
                               "DRIVER_OK on a vhost-user socket"
                             : "a buffer was used before DRIVER_OK");
    return works ? KEPT : broken(s, "the buffer is not used after DRIVER_OK");
}

static enum verdict reset_status(struct session *s)
{
    uint32_t value;

    if (!session_open(s, 0))
        return BROKEN;
    if (!s->has_status) {
        session_end(s);
        return untested(s, "the back end has no protocol feature STATUS, so the status cannot be read");
    }
    if (vwr_dev_reset(s->dev) != VWR_OK) {
        (void)vwr_dev_explain(s->dev, s->seen, sizeof(s->seen));
        session_end(s);
        return BROKEN;
    }
    value = vwr_dev_transport(s->dev)->get_register(s->dev, VWR_MMIO_STATUS);
    session_end(s);
    return value == 0 ? KEPT : broken(s, "the status reads 0x%x after a reset", value);
}

static enum verdict reset_is_quiet(struct session *s)
{
    uint16_t used;
    unsigned interrupts;
    bool quiet;

    if (!session_open(s, 0))
        return BROKEN;
    if (!exchange(s) || vwr_dev_reset(s->dev) != VWR_OK) {
        session_end(s);
        return broken(s, "the device cannot be reset after a request");
    }
    give_time(s); /* interrupts raised before the end of the reset */
    used = used_index(s);
    interrupts = s->interrupts;
    offer(s, 0); /* without a notification, which would be early */
    give_time(s);
    quiet = used_index(s) == used && s->interrupts == interrupts;
    session_end(s);
    return quiet ? KEPT : broken(s, "the device uses buffers or interrupts after a reset");
}

/* ---- buffers ---- */

/* The device must not write to the descriptor table. */
static enum verdict table_kept(struct session *s)
{
    struct vwr_virtq_desc before[RING];
    bool works;
    bool same;

    if (!session_open(s, 0))
        return BROKEN;
    for (unsigned i = 0; i < s->size; i++)
        put_desc(&s->desc[i], i, i, 0, i);
    (void)s->class->request(s, 0);
    (void)memcpy(before, s->desc, s->size * sizeof(before[0]));
    offer(s, 0);
    kick(s);
    works = await_used(s);
    same = memcmp(before, s->desc, s->size * sizeof(before[0])) == 0;
    session_end(s);
    if (!works)
        return broken(s, "a request is not executed");
    return same ? KEPT : broken(s, "the device changed the descriptor table");
}

/* The device must not write to device-readable descriptors. It may have written to the table itself. */
static enum verdict request_kept(struct session *s)
{
    static uint8_t before[DATA_BYTES];
    struct vwr_virtq_desc desc[3];
    bool same = true;
    bool works;
    unsigned count;
    unsigned readable = 0;

    if (!session_open(s, 0))
        return BROKEN;
    count = s->class->request(s, 0);
    (void)memcpy(desc, s->desc, sizeof(desc));
    (void)memcpy(before, s->data, DATA_BYTES);
    offer(s, 0);
    kick(s);
    works = await_used(s);
    for (unsigned i = 0; i < count; i++) {
        const size_t at = (size_t)(vwr_le64_to_cpu(desc[i].addr) - device_address(s->data));

        if ((vwr_le16_to_cpu(desc[i].flags) & VWR_VIRTQ_DESC_F_WRITE) != 0)
            continue;
        readable++;
        same = same && memcmp(before + at, s->data + at, vwr_le32_to_cpu(desc[i].len)) == 0;
    }
    session_end(s);
    if (!works)
        return broken(s, "a request is not executed");
    if (readable == 0)
        return untested(s, "a request of this class has nothing to read");
    return same ? KEPT : broken(s, "the device wrote to a buffer that it may only read");
}

static enum verdict length(struct session *s)
{
    uint32_t room;
    uint32_t bytes;

    if (!session_open(s, 0))
        return BROKEN;
    room = writable_bytes(s, 0, s->class->request(s, 0));
    offer(s, 0);
    kick(s);
    if (!await_used(s)) {
        session_end(s);
        return broken(s, "a request is not executed");
    }
    bytes = used_bytes(s, 0);
    session_end(s);
    return bytes <= room ? KEPT
                         : broken(s, "the device reports %u bytes written to a buffer of %u writable ones",
                                  bytes, room);
}

static enum verdict spurious(struct session *s)
{
    bool works;

    if (!session_open(s, 0))
        return BROKEN;
    works = exchange(s);
    for (unsigned i = 0; i < ROUNDS && works; i++) {
        kick(s);
        kick(s);
        give_time(s);
        works = used_index(s) == s->next && exchange(s);
    }
    session_end(s);
    return works ? KEPT : broken(s, "after a notification without a buffer a request is not executed");
}

/* Makes all requests available at once, so that the device may reorder them. */
static enum verdict in_order(struct session *s)
{
    unsigned heads[RING];
    unsigned count = 0;
    bool works;
    bool ordered = true;

    if (!session_open(s, BIT(VWR_F_IN_ORDER)))
        return BROKEN;
    if (!session_offers(s, VWR_F_IN_ORDER)) {
        session_end(s);
        return untested(s, "the device does not offer IN_ORDER");
    }
    for (unsigned i = 0; i < s->size; i++)
        s->used->ring[i].id = vwr_cpu_to_le32(NO_USED_ID);
    for (unsigned at = 0; at + 3 <= s->size; count++) {
        heads[count] = at;
        at += s->class->request(s, at);
        offer(s, heads[count]);
    }
    kick(s);
    works = await_used(s);
    /* for a batch, the device may write only the last entry */
    for (unsigned i = 0; i < count && works; i++)
        ordered = ordered && (used_id(s, i) == heads[i] || (used_id(s, i) == NO_USED_ID && i + 1 < count));
    session_end(s);
    if (!works)
        return broken(s, "%u requests at once are not executed", count);
    return ordered ? KEPT : broken(s, "buffers are used in another order than they became available in");
}

/* ---- notifications ---- */

enum wants { WANTS_ALL, WANTS_NONE };

/* Exchanges buffers with these flags and this used_event, relative to the next buffer. */
static enum verdict notifies(struct session *s, uint64_t features, unsigned flags, uint16_t ahead,
                             enum wants wants)
{
    bool works = true;

    if (!session_prepare(s, features))
        return BROKEN;
    if ((features & BIT(VWR_F_EVENT_IDX)) != 0 && !session_offers(s, VWR_F_EVENT_IDX)) {
        session_end(s);
        return untested(s, "the device does not offer EVENT_IDX");
    }
    want(s, flags, ahead);
    works = session_start(s);
    for (unsigned i = 0; i < ROUNDS && works; i++) {
        const unsigned before = s->interrupts;

        want(s, flags, ahead);
        works = exchange(s);
        if (!works)
            break;
        if (wants == WANTS_NONE)
            give_time(s);
        else if (!await_interrupt(s, before))
            break;
    }
    session_end(s);
    if (!works)
        return broken(s, "a request is not executed");
    if (wants == WANTS_ALL)
        return s->interrupts >= ROUNDS
                   ? KEPT
                   : broken(s, "no interrupt for buffer %u, which the driver wants", s->interrupts);
    return s->interrupts <= OWN_SIGNALS
               ? KEPT
               : broken(s, "%u interrupts for %u buffers, none of which the driver wants", s->interrupts,
                        ROUNDS);
}

static enum verdict interrupt(struct session *s)
{
    return notifies(s, 0, 0, 0, WANTS_ALL);
}

static enum verdict no_interrupt(struct session *s)
{
    unsigned flags = VWR_VIRTQ_AVAIL_F_NO_INTERRUPT;

    if (s->is_packed)
        flags = VWR_RING_EVENT_FLAGS_DISABLE;
    return notifies(s, 0, flags, 0, WANTS_NONE);
}

static enum verdict ignores_event(struct session *s)
{
    return notifies(s, 0, 0, FAR, WANTS_ALL);
}

static unsigned event_flags(const struct session *s)
{
    return s->is_packed ? VWR_RING_EVENT_FLAGS_DESC : 0;
}

static enum verdict event(struct session *s)
{
    return notifies(s, BIT(VWR_F_EVENT_IDX), event_flags(s), 0, WANTS_ALL);
}

/* A driver may not set the flag with EVENT_IDX; the clause says what a device does then. */
static enum verdict ignores_flag(struct session *s)
{
    return notifies(s, BIT(VWR_F_EVENT_IDX), VWR_VIRTQ_AVAIL_F_NO_INTERRUPT, 0, WANTS_ALL);
}

static enum verdict no_event(struct session *s)
{
    return notifies(s, BIT(VWR_F_EVENT_IDX), event_flags(s), s->is_packed ? RING / 2u : FAR, WANTS_NONE);
}

static enum verdict flags_are(struct session *s, uint64_t features, unsigned allowed)
{
    unsigned bad = 0;
    bool works = true;

    if (!session_open(s, features))
        return BROKEN;
    if ((features & BIT(VWR_F_EVENT_IDX)) != 0 && !session_offers(s, VWR_F_EVENT_IDX)) {
        session_end(s);
        return untested(s, "the device does not offer EVENT_IDX");
    }
    for (unsigned i = 0; i < ROUNDS && works; i++) {
        works = exchange(s);
        bad |= used_flags(s) & ~allowed;
    }
    session_end(s);
    if (!works)
        return broken(s, "a request is not executed");
    return bad == 0 ? KEPT : broken(s, "flags of the used ring has 0x%x", bad);
}

static enum verdict used_ring_flags(struct session *s)
{
    return flags_are(s, 0, VWR_VIRTQ_USED_F_NO_NOTIFY);
}

static enum verdict used_ring_flags_event(struct session *s)
{
    return flags_are(s, BIT(VWR_F_EVENT_IDX), 0);
}

/* Makes several buffers available at once; the driver has named the second. */
static enum verdict event_of_several(struct session *s)
{
    unsigned before = 0;
    unsigned count = 0;
    bool works = true;

    if (!session_open(s, BIT(VWR_F_EVENT_IDX)))
        return BROKEN;
    if (!session_offers(s, VWR_F_EVENT_IDX)) {
        session_end(s);
        return untested(s, "the device does not offer EVENT_IDX");
    }
    for (unsigned i = 0; i < OWN_SIGNALS && works; i++) /* of the connection, and of the first buffer */
        works = exchange(s);
    give_time(s);
    before = s->interrupts;
    for (unsigned at = 0; at + 3 <= s->size && works; at += 3) {
        count = s->class->request(s, at);
        if (at == 0)
            want(s, event_flags(s), (uint16_t)(s->is_packed ? count : 1u));
        offer(s, at);
    }
    if (works) {
        kick(s);
        works = await_used(s);
    }
    if (works)
        (void)await_interrupt(s, before);
    session_end(s);
    if (!works)
        return broken(s, "a request is not executed");
    return s->interrupts != before ? KEPT
                                   : broken(s, "no interrupt for several buffers, one of which was named");
}

/* ---- indirect tables ---- */

/* Sends a request whose descriptors after the first `in_ring` ones are in an indirect table. */
static enum verdict indirect(struct session *s, unsigned in_ring, unsigned flags)
{
    struct vwr_virtq_desc *table;
    unsigned count;
    bool works;

    if (s->class->is_done == NULL)
        return untested(s, "what the device has read of a request of this class cannot be seen");
    if (!session_open(s, BIT(VWR_F_INDIRECT_DESC)))
        return BROKEN;
    if (!session_offers(s, VWR_F_INDIRECT_DESC)) {
        session_end(s);
        return untested(s, "the device does not offer INDIRECT_DESC");
    }
    table = (struct vwr_virtq_desc *)(void *)(s->data + DATA_BYTES / 2);
    count = s->class->request(s, 0);
    if (count <= in_ring) {
        session_end(s);
        return untested(s, "a request of this class has one segment only");
    }
    for (unsigned i = in_ring; i < count && !s->is_packed; i++) {
        table[i - in_ring] = s->desc[i];
        table[i - in_ring].next = vwr_cpu_to_le16((uint16_t)(i - in_ring + 1));
    }
    if (s->is_packed)
        packed_table(s, table, count);
    put_desc(&s->desc[in_ring], device_address(table), (count - in_ring) * (uint32_t)sizeof(*table),
             VWR_VIRTQ_DESC_F_INDIRECT | flags, 0);
    offer(s, 0);
    kick(s);
    works = await_used(s) && is_executed(s, 0);
    session_end(s);
    return works ? KEPT : broken(s, "the request in an indirect table is not executed");
}

static enum verdict table(struct session *s)
{
    return indirect(s, 0, 0);
}

static enum verdict indirect_write_flag(struct session *s)
{
    return indirect(s, 0, VWR_VIRTQ_DESC_F_WRITE);
}

static enum verdict indirect_last(struct session *s)
{
    const enum verdict r = indirect(s, 0, 0);

    return r == KEPT ? indirect(s, 1, 0) : r;
}

/* The entries of a table are linked in another order than they have in it. */
static enum verdict indirect_order(struct session *s)
{
    struct vwr_virtq_desc *table;
    unsigned count;
    bool works;

    if (s->class->is_done == NULL)
        return untested(s, "what the device has read of a request of this class cannot be seen");
    if (!session_open(s, BIT(VWR_F_INDIRECT_DESC)))
        return BROKEN;
    table = (struct vwr_virtq_desc *)(void *)(s->data + DATA_BYTES / 2);
    count = s->class->request(s, 0);
    if (!session_offers(s, VWR_F_INDIRECT_DESC) || count < 3) {
        session_end(s);
        return untested(s, "a request has fewer than three segments, or INDIRECT_DESC is not offered");
    }
    for (unsigned i = 0; i < count; i++) { /* the first stays, the others are reversed */
        const unsigned at = i == 0 ? 0 : count - i;

        table[at] = s->desc[i];
        table[at].next = vwr_cpu_to_le16((uint16_t)(count - i - 1));
    }
    put_desc(&s->desc[0], device_address(table), count * (uint32_t)sizeof(*table), VWR_VIRTQ_DESC_F_INDIRECT,
             0);
    offer(s, 0);
    kick(s);
    works = await_used(s) && is_executed(s, 0);
    session_end(s);
    return works ? KEPT
                 : broken(s, "the request in an indirect table that is linked backwards is not executed");
}

/* ---- packed rings ---- */

static enum verdict exchanges(struct session *s, unsigned rounds, unsigned parts)
{
    unsigned done = 0;
    unsigned count;

    if (!session_open(s, 0))
        return BROKEN;
    count = s->class->request(s, 0);
    while (count >= parts && done < rounds && exchange(s))
        done++;
    session_end(s);
    if (count < parts)
        return untested(s, "a request of this class has one segment only");
    return done == rounds ? KEPT : broken(s, "request %u is not executed", done);
}

/* Some lists end at the end of the ring, and some wrap around. */
static enum verdict laps(struct session *s)
{
    return exchanges(s, 3u * RING, 1); /* or more laps of a smaller one */
}

static enum verdict list(struct session *s)
{
    if (s->class->is_done == NULL)
        return untested(s, "what the device has read of a request of this class cannot be seen");
    return exchanges(s, ROUNDS, 2);
}

/* Linux writes the ID to each descriptor, so a device can go wrong unnoticed. */
static enum verdict id_of_last(struct session *s)
{
    s->has_one_id = true;
    return exchanges(s, ROUNDS, 2);
}

/*
 * A descriptor is available neither with all flags clear, as initially, nor with those of a used one. It is
 * written before DRIVER_OK, because a device may take it at any moment while it is available.
 */
static enum verdict not_available(struct session *s)
{
    vwr_le16 *flags;
    vwr_le16 available;
    bool early;
    bool works;

    if (!session_prepare(s, 0))
        return BROKEN;
    (void)s->class->request(s, 0);
    offer(s, 0);
    flags = &s->ring[0].flags;
    available = *flags;
    vwr_ring_store16(flags, vwr_cpu_to_le16(0));
    works = session_start(s);
    kick(s);
    give_time(s);
    early = vwr_ring_load16(flags) != vwr_cpu_to_le16(0);
    vwr_ring_store16(flags, available | vwr_cpu_to_le16(VWR_VIRTQ_DESC_F_USED));
    kick(s);
    give_time(s);
    early = early || vwr_ring_load16(flags) != (available | vwr_cpu_to_le16(VWR_VIRTQ_DESC_F_USED));
    vwr_ring_publish16(flags, available);
    kick(s);
    works = works && await_used(s);
    session_end(s);
    if (early)
        return broken(s, "the device used a descriptor that is not available");
    return works ? KEPT : broken(s, "a request is not executed once it is available");
}

static enum verdict used_stays(struct session *s)
{
    struct vwr_pvirtq_desc first;
    bool works;
    bool same;

    if (!session_open(s, 0))
        return BROKEN;
    works = exchange(s);
    first = s->ring[0];
    for (unsigned i = 0; i < s->size / 4u && works; i++) /* requests have at most three descriptors */
        works = exchange(s);
    give_time(s);
    same = memcmp(&first, &s->ring[0], sizeof(first)) == 0;
    session_end(s);
    if (!works)
        return broken(s, "a request is not executed");
    return same ? KEPT : broken(s, "the device changed a descriptor that it has used before");
}

/* A used descriptor tells by its flag WRITE whether its length counts. */
static enum verdict marked(struct session *s)
{
    bool works;
    bool unmarked;
    enum verdict r;

    if (s->class->is_done == NULL)
        return untested(s, "the device writes no bytes of a request of this class");
    if (!session_open(s, 0))
        return BROKEN;
    works = exchange(s);
    unmarked = s->is_unmarked;
    session_end(s);
    if (!works)
        return broken(s, "a request is not executed");
    if (!unmarked && session_offers(s, VWR_F_INDIRECT_DESC)) {
        r = indirect(s, 0, 0);
        if (r != KEPT)
            return r;
        unmarked = s->is_unmarked;
    }
    return unmarked ? broken(s, "a used descriptor reports bytes without its flag WRITE") : KEPT;
}

static enum verdict wants_known(struct session *s)
{
    unsigned bad = 0;
    bool works = true;

    for (unsigned i = 0; i < 2 && works; i++) {
        if (!session_open(s, i == 0 ? 0 : BIT(VWR_F_EVENT_IDX)))
            return BROKEN;
        for (unsigned j = 0; j < ROUNDS && works; j++) {
            const unsigned flags = packed_wants(s);

            if (flags > (vwr_dev_has(s->dev, VWR_F_EVENT_IDX) ? VWR_RING_EVENT_FLAGS_DESC
                                                              : VWR_RING_EVENT_FLAGS_DISABLE))
                bad = flags;
            works = exchange(s);
        }
        session_end(s);
    }
    if (!works)
        return broken(s, "a request is not executed");
    return bad == 0 ? KEPT : broken(s, "the flags of the device's event suppression are 0x%x", bad);
}

#define QUEUES "section Basic Facilities of a Virtio Device / Virtqueues"
#define SUPPRESSION "section Packed Virtqueues / Driver and Device Event Suppression"
#define WRAPS "section Packed Virtqueues / Driver and Device Ring Wrap Counters"
#define CHAINING "section Packed Virtqueues / Next Flag: Descriptor Chaining"
#define WRITE_FLAG "section Packed Virtqueues / Write Flag"
#define FORMAT "section Packed Virtqueues / The Virtqueue Descriptor Format"
#define INDIRECT "section Split Virtqueues / The Virtqueue Descriptor Table / Indirect Descriptors"
#define TABLES "section Packed Virtqueues / Scatter-Gather Support"

const struct conform_case ring_cases[] = {
    CASE(version_1, "rfeat.dev.1", "The device offers VERSION_1."),
    BOTH(
        subsets, "feat.dev.2", "feat.dev.2",
        "The device accepts each set of INDIRECT_DESC, EVENT_IDX and IN_ORDER that it offers, and executes a "
        "request."),
    BOTH(same_again, "feat.dev.5", "feat.dev.5", "The device accepts the same features after each reset."),
    BOTH(before_driver_ok, "status.dev.1", "status.dev.1",
         "A buffer that is available before DRIVER_OK is used afterwards, not before; on a vhost-user "
         "socket, not "
         "while its ring is started and not enabled."),
    CASE(reset_status, "reset.dev.1", "The status reads 0 after a reset."),
    BOTH(reset_is_quiet, "reset.dev.2", "reset.dev.2",
         "After a reset the device uses no buffer and does not interrupt."),
    CASE(table_kept, "split.dev.desc.4", "The device leaves the descriptor table as it was."),
    BOTH(request_kept, "split.dev.desc.1", "packed.dev.desc.1",
         "The device leaves what it may only read as it was."),
    BOTH(length, "split.dev.used.2", FORMAT,
         "The device reports no more bytes than it can have written to the buffer."),
    CASE(spurious, "split.dev.availnotif.5",
         "Notifications without a buffer have no effect on the requests after them."),
    BOTH(in_order, "rfeat.dev.5", "rfeat.dev.5",
         "With IN_ORDER buffers are used in the order in which they became available."),
    BOTH(interrupt, "split.dev.usednotif.3", SUPPRESSION,
         "If the driver wants interrupts, each used buffer is notified."),
    BOTH(no_interrupt, "split.dev.usednotif.2", SUPPRESSION,
         "If the driver wants no interrupts, no used buffer is notified."),
    CASE(ignores_event, "split.dev.usednotif.1",
         "Without EVENT_IDX used_event has no effect on notifications."),
    BOTH(event, "split.dev.usednotif.5", SUPPRESSION,
         "With EVENT_IDX a used buffer is notified that the driver has named."),
    CASE(ignores_flag, "split.dev.usednotif.4",
         "With EVENT_IDX the flag NO_INTERRUPT has no effect on notifications."),
    BOTH(no_event, "split.dev.usednotif.6", SUPPRESSION,
         "With EVENT_IDX no buffer is notified while the one that the driver has named is far away."),
    BOTH(event_of_several, "split.dev.usednotif.5", SUPPRESSION,
         "With EVENT_IDX the driver is notified if the buffer that it has named is used along with others."),
    CASE(used_ring_flags, "split.dev.availnotif.1", "flags of the used ring is 0 or NO_NOTIFY."),
    CASE(used_ring_flags_event, "split.dev.availnotif.3", "With EVENT_IDX flags of the used ring is 0."),
    CASE(indirect_write_flag, "split.dev.indirect.1",
         "WRITE in a descriptor that refers to an indirect table has no effect."),
    CASE(indirect_last, "split.dev.indirect.2",
         "An indirect table works alone, and behind a descriptor of the ring."),
    CASE(indirect_order, INDIRECT, "The entries of an indirect table are linked by their field next."),
    PACKED(table, TABLES, "A request in an indirect table is executed."),
    BOTH(laps, QUEUES, WRAPS, "Requests are executed over three laps of the ring."),
    PACKED(list, "packed.dev.sg.1", "The descriptors of a list are used in their order."),
    PACKED(id_of_last, CHAINING, "The ID of a list is that of its last descriptor."),
    PACKED(not_available, "packed.dev.desc.3",
           "A descriptor whose flags do not make it available is not used."),
    PACKED(used_stays, "packed.dev.desc.4", "A used descriptor stays as it is."),
    PACKED(marked, WRITE_FLAG, "A used descriptor that reports bytes has the flag WRITE."),
    PACKED(wants_known, SUPPRESSION,
           "The device's event suppression has known flags, DESC with EVENT_IDX only."),
};
const size_t ring_case_count = sizeof(ring_cases) / sizeof(ring_cases[0]);
