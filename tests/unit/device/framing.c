/* SPDX-License-Identifier: MIT */
#include "framing.h"

#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/split_ring.h"
#include "vwr/vm.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

/*
 * Any framing. A driver sends the requests of framing_*.c with one readable and one writable segment; this is
 * the reference. Then a new device gets the same requests in each other framing, and must give the same
 * answers with the same used lengths, and report the same to its back end. Clause: split.dev.framing.1.
 *
 * The same holds if the VMM moves the guest's memory while no buffer is in flight: the device accesses no
 * byte of the old place.
 */

#define SIZE 1024u /* of a queue, at most */
#define RING 0x8000u
#define RINGS_BYTES (GUEST_QUEUES * RING)
#define AREA 0x4000u
#define FIRST UINT64_C(0x50000000) /* two adjoining regions, which lie apart in the host, */
#define BORDER (FIRST + AREA)
#define TABLE UINT64_C(0x58000000)  /* another one with SIZE entries, */
#define OTHER UINT64_C(0x60000000)  /* and another one */
#define LARGE UINT64_C(0x200000000) /* more than 4 GiB, which no device accesses */
#define LARGE_BYTES UINT64_C(0x140000000)
#define POISON 0xa5u
#define UNWRITTEN 0xeeu
#define ROWS 64u
#define BYTES 0x40000u
#define MOST 2048u /* bytes of a part */
#define COPIES 4u
#define PLACED 2u
#define TURNS 1000u /* in which a device serves a request; otherwise its buffer is not used */

enum kind { WHOLE, PARTS, CUT_OUT, CUT_IN, CUT_BOTH, PIECES, EDGES, EMPTY, BORDER_OUT, BORDER_IN, KINDS };

static const char *const kind_names[KINDS] = {
    "one segment for each direction",
    "header, data and status in separate segments",
    "readable part cut",
    "writable part cut",
    "both parts cut",
    "pieces",
    "single bytes at each end",
    "with empty segments",
    "readable part across two regions",
    "writable part across two regions",
};

struct framing {
    enum kind kind;
    uint32_t at; /* the number of the cut, from 0, or length of the pieces */
    bool table;
    bool packed;
    bool moves; /* the memory moves before each request, and before the VMM acts */
};

/* The results of a session. */
struct transcript {
    uint8_t bytes[BYTES];
    size_t n;
    size_t from[ROWS + 2];
    uint32_t used[ROWS];
};

struct buffer {
    unsigned id;
    struct guest_desc d[SIZE];
    unsigned n;
    bool is_used;
    uint32_t used;
};

static struct {
    struct guest g;
    const struct framing_class *class;
    struct framing how;
    uint64_t next[PLACED + 1]; /* free memory in FIRST and in OTHER; the next byte of the row's place */
    uint64_t place;
    unsigned turn;
    uint8_t out[MOST];
    uint32_t out_bytes;
    uint8_t answer[COPIES * MOST];
    uint32_t answer_bytes;
    struct buffer buffer[COPIES];
    unsigned bad;
    unsigned now; /* the place of the areas */
    unsigned moved;
} f;

static uint8_t rings[RINGS_BYTES];
/* Each of the areas in its two places, of which the guest has one. */
enum { FIRST_AREA, SECOND_AREA, OTHER_AREA, DATA_AREAS, TABLE_AREA = DATA_AREAS, AREAS };
static _Alignas(4096) uint8_t places[2][AREAS][AREA];
static _Alignas(4096) uint8_t pages[FRAMING_PAGES_BYTES];
static struct vwr_vqueue_entry own[GUEST_QUEUES * SIZE];
static struct transcript reference;
static struct transcript seen;

/* ---- what the back ends report ---- */

void framing_saw(const void *bytes, size_t n)
{
    assert_true(n <= sizeof(seen.bytes) - seen.n);
    memcpy(seen.bytes + seen.n, bytes, n);
    seen.n += n;
}

void framing_saw_number(uint64_t number)
{
    framing_saw(&number, sizeof(number));
}

uint8_t framing_pattern(size_t at)
{
    return (uint8_t)(at * 13u + (at >> 8) * 7u + 3u);
}

/* ---- a device ---- */

static void lay_out(unsigned queue)
{
    struct guest_queue *const q = &f.g.q[queue];
    uint32_t most;

    guest_write(&f.g, VWR_MMIO_QUEUE_SEL, sizeof(uint32_t), queue);
    most = (uint32_t)guest_read(&f.g, VWR_MMIO_QUEUE_SIZE_MAX, sizeof(uint32_t));
    memset(q, 0, sizeof(*q));
    for (q->size = SIZE; q->size > most; q->size /= 2)
        continue;
    q->desc = GUEST_LOW + RING * queue;
    q->driver = q->desc + 0x4000u;
    q->device = q->desc + 0x5000u;
    if (f.g.packed)
        q->avail = q->used = 1;
}

static struct vwr_memory_region regions[] = {
    {.addr = GUEST_LOW, .bytes = RINGS_BYTES, .host = rings},
    {.addr = FIRST, .bytes = AREA},
    {.addr = BORDER, .bytes = AREA},
    {.addr = TABLE, .bytes = AREA},
    {.addr = OTHER, .bytes = AREA},
    {.addr = FRAMING_PAGES, .bytes = sizeof(pages), .host = pages},
    {.addr = LARGE, .bytes = LARGE_BYTES, .host = rings},
};

/* The regions of the areas. */
static const unsigned region_of[AREAS] = {
    [FIRST_AREA] = 1, [SECOND_AREA] = 2, [TABLE_AREA] = 3, [OTHER_AREA] = 4};

static void protect(unsigned place, int access)
{
    assert_int_equal(mprotect(places[place], sizeof(places[place]), access), 0);
}

/* The memory of the areas is at one of the two places; the other one cannot be accessed. */
static void move_to(unsigned place)
{
    protect(place, PROT_READ | PROT_WRITE);
    if (f.now != place)
        memcpy(places[place], places[f.now], sizeof(places[place]));
    f.now = place;
    for (unsigned i = 0; i < AREAS; i++)
        regions[region_of[i]].host = places[place][i];
    protect(!place, PROT_NONE);
}

/* Each queue has used two of the areas last, as after enough buffers. */
static void remember(struct vwr_vqueue *q)
{
    q->recent[0] = regions[region_of[FIRST_AREA]];
    q->recent[1] = regions[region_of[OTHER_AREA]];
    q->between = q->recent[0].addr - q->recent[1].addr;
}

/* Whether the device may still access the areas. vwr_vm_uses() would forget what the queues remember. */
static bool is_in_use(void)
{
    struct vwr_vdev *const v = f.g.dev;
    uint32_t in_flight = 0;

    for (unsigned i = 0; i < f.g.queues; i++)
        in_flight += vwr_vqueue_in_flight(&v->queue[i]);
    if (v->kind->uses != NULL)
        return v->kind->uses(v, places[f.now], sizeof(places[f.now]));
    return in_flight != 0;
}

static void move(void)
{
    if (!f.how.moves || is_in_use())
        return;
    for (unsigned i = 0; i < f.g.queues; i++)
        remember(&f.g.dev->queue[i]);
    move_to(!f.now);
    f.g.vm.memory.generation++;
    f.moved++;
}

static void plug(void)
{
    struct guest *const g = &f.g;
    struct vwr_vdev_setup s;

    guest_begin(g, false, f.how.packed);
    g->vm.memory.region = regions;
    g->vm.memory.region_count = VWR_COUNT(regions);
    memset(rings, 0, sizeof(rings));
    guest_setup(g, &s);
    s.queue_size = SIZE;
    s.own = own;
    s.own_count = VWR_COUNT(own);
    guest_plug(g, 0, f.class->make(&s));
    g->queues = g->dev->queues;
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        g->features.w[i] |= g->dev->offered.w[i];
    if (!f.how.packed)
        vwr_features_remove(&g->features, VWR_F_RING_PACKED);
    vwr_features_remove(&g->features, VWR_F_IN_ORDER);
    vwr_features_remove(&g->features, VWR_F_NOTIFICATION_DATA);
    vwr_features_remove(&g->features, VWR_F_NOTIF_CONFIG_DATA);
    assert_true(guest_negotiate(g));
    for (unsigned i = 0; i < g->queues; i++) {
        lay_out(i);
        assert_true(guest_set_queue(g, i));
    }
    guest_driver_ok(g);
}

/* ---- a chain in a framing ---- */

/* Segments lie in different regions in turn, with a byte of poison behind each. */
static void put(struct buffer *b, uint32_t bytes, uint16_t flags)
{
    const bool is_placed = f.place != 0 && (flags & VWR_VIRTQ_DESC_F_WRITE) != 0;
    const unsigned where = is_placed ? PLACED : f.turn++ % 2;

    assert_true(b->n < SIZE);
    b->d[b->n++] = (struct guest_desc){bytes != 0 ? f.next[where] : LARGE, bytes, flags, 0};
    if (bytes != 0)
        f.next[where] += bytes + !is_placed;
}

static void put_cut(struct buffer *b, uint32_t bytes, uint32_t at, uint16_t flags)
{
    if (at != 0)
        put(b, at, flags);
    if (at < bytes)
        put(b, bytes - at, flags);
}

static void put_pieces(struct buffer *b, uint32_t bytes, uint32_t piece, uint16_t flags)
{
    for (; bytes > piece; bytes -= piece)
        put(b, piece, flags);
    if (bytes != 0)
        put(b, bytes, flags);
}

static void put_edges(struct buffer *b, uint32_t bytes, uint32_t single, uint16_t flags)
{
    if (bytes <= 2 * single) {
        put_pieces(b, bytes, 1, flags);
        return;
    }
    put_pieces(b, single, 1, flags);
    put(b, bytes - 2 * single, flags);
    put_pieces(b, single, 1, flags);
}

static void put_with_empty(struct buffer *b, uint32_t bytes, uint32_t at, uint16_t flags)
{
    if (bytes == 0)
        return;
    put(b, 0, flags);
    put_cut(b, at, 0, flags);
    put(b, 0, flags);
    put_cut(b, bytes - at, 0, flags);
    put(b, 0, flags);
}

/* One segment for the guest, and two for the host. */
static void put_across(struct buffer *b, uint32_t bytes, uint32_t at, uint16_t flags)
{
    if (bytes != 0)
        b->d[b->n++] = (struct guest_desc){BORDER - at, bytes, flags, 0};
}

/* A position within the part, between two units; 0: the part cannot be cut. */
static uint32_t cut_at(const struct framing_row *r, uint32_t bytes)
{
    const uint32_t unit = r->unit != 0 ? r->unit : 1;
    const uint32_t cuts = bytes != 0 ? (bytes - 1) / unit : 0;

    return cuts != 0 ? (1 + f.how.at % cuts) * unit : 0;
}

/* Length of the pieces, so that all of them fit in the queue. */
static uint32_t piece_of(const struct framing_row *r, uint32_t out)
{
    const uint32_t unit = r->unit != 0 ? r->unit : 1;
    const uint32_t size = f.g.q[r->queue].size / (r->copies != 0 ? COPIES : 1);
    uint32_t n = f.how.at;

    while ((out + n - 1) / n + (r->in + n - 1) / n > size)
        n++;
    return n * unit;
}

static void put_part(struct buffer *b, const struct framing_row *r, bool writable, uint32_t out)
{
    const uint32_t bytes = writable ? r->in : out;
    const uint16_t flags = writable ? VWR_VIRTQ_DESC_F_WRITE : 0;
    const uint32_t linux_at = writable ? r->in - r->tail : r->head;
    const uint32_t single = (f.g.q[r->queue].size - 2u) / 4u;
    const enum kind kind = f.how.kind;

    if (kind == PARTS)
        put_cut(b, bytes, linux_at, flags);
    else if (kind == CUT_BOTH || kind == (writable ? CUT_IN : CUT_OUT))
        put_cut(b, bytes, cut_at(r, bytes), flags);
    else if (kind == PIECES)
        put_pieces(b, bytes, piece_of(r, out), flags);
    else if (kind == EDGES && r->unit == 0)
        put_edges(b, bytes, r->copies == 0 ? single : 4, flags);
    else if (kind == EMPTY)
        put_with_empty(b, bytes, cut_at(r, bytes), flags);
    else if (kind == (writable ? BORDER_IN : BORDER_OUT) && b == f.buffer && r->place == 0)
        put_across(b, bytes, cut_at(r, bytes), flags);
    else
        put_cut(b, bytes, 0, flags);
}

static void add_table(struct buffer *b, unsigned queue)
{
    const bool packed = f.g.packed;
    const uint64_t table = TABLE + (uint64_t)(b - f.buffer) * (SIZE / COPIES) * sizeof(struct vwr_virtq_desc);
    const struct guest_desc one = {table, b->n * (uint32_t)sizeof(struct vwr_virtq_desc),
                                   VWR_VIRTQ_DESC_F_INDIRECT, 0};

    for (unsigned i = 0; i < b->n; i++) {
        struct guest_desc d = b->d[i];

        if (!packed && i + 1 < b->n) {
            d.flags |= VWR_VIRTQ_DESC_F_NEXT;
            d.next = (uint16_t)(i + 1);
        }
        guest_put_desc(&f.g, table, i, &d);
    }
    b->id = guest_chain(&f.g, queue, &one, 1);
}

static void copy_run(uint64_t addr, uint8_t *bytes, uint32_t n, bool to_guest)
{
    void *const at = guest_at(&f.g, addr, n);

    memcpy(to_guest ? at : bytes, to_guest ? bytes : at, n);
}

/* The bytes of a segment, but not those of pages. */
static void copy(const struct guest_desc *d, uint8_t *bytes, bool to_guest)
{
    const uint32_t first =
        d->addr < BORDER && d->addr + d->len > BORDER ? (uint32_t)(BORDER - d->addr) : d->len;

    if (d->len == 0 || d->addr >= FRAMING_PAGES)
        return;
    copy_run(d->addr, bytes, first, to_guest);
    if (first < d->len)
        copy_run(BORDER, bytes + first, d->len - first, to_guest);
}

static void fill_buffer(struct buffer *b)
{
    static uint8_t unwritten[MOST];
    uint32_t at = 0;

    memset(unwritten, UNWRITTEN, sizeof(unwritten));
    for (unsigned i = 0; i < b->n; i++) {
        const bool writable = (b->d[i].flags & VWR_VIRTQ_DESC_F_WRITE) != 0;

        copy(&b->d[i], writable ? unwritten : f.out + at, true);
        at += writable ? 0 : b->d[i].len;
    }
}

static void add(struct buffer *b, const struct framing_row *r)
{
    memset(b, 0, offsetof(struct buffer, d));
    b->n = 0;
    b->is_used = false;
    put_part(b, r, false, f.out_bytes);
    put_part(b, r, true, f.out_bytes);
    fill_buffer(b);
    if (f.how.table)
        add_table(b, r->queue);
    else
        b->id = guest_chain(&f.g, r->queue, b->d, b->n);
}

static void serve(void)
{
    struct guest *const g = &f.g;

    for (unsigned i = 0; g->again != 0 && i < TURNS; i++) {
        g->again = 0;
        for (uint16_t queue = 0; queue < g->queues; queue++)
            vwr_vdev_serve(g->dev, queue);
    }
}

/* Reads the answer, checks that the readable bytes are unchanged, and makes all of it poison again. */
static void take_back(struct buffer *b)
{
    static uint8_t poison[MOST];
    static uint8_t bytes[MOST];
    uint32_t at = 0;

    memset(poison, POISON, sizeof(poison));
    for (unsigned i = 0; i < b->n; i++) {
        const struct guest_desc *const d = &b->d[i];

        if ((d->flags & VWR_VIRTQ_DESC_F_WRITE) != 0) {
            copy(d, f.answer + f.answer_bytes, false);
            f.answer_bytes += d->addr < FRAMING_PAGES ? d->len : 0;
        } else {
            copy(d, bytes, false);
            assert_memory_equal(bytes, f.out + at, d->len);
            at += d->len;
        }
        copy(d, poison, true);
    }
}

static void collect(unsigned queue, unsigned copies)
{
    uint32_t id;
    uint32_t len;

    while (guest_used(&f.g, queue, &id, &len)) {
        unsigned i = 0;

        while (i < copies && (f.buffer[i].is_used || f.buffer[i].id != id))
            i++;
        assert_in_range(i, 0, copies - 1);
        f.buffer[i].is_used = true;
        f.buffer[i].used = len;
    }
}

/* ---- a session ---- */

static void make_out(const struct framing_row *r)
{
    f.out_bytes = r->out_bytes + r->data;
    assert_true(f.out_bytes <= MOST && (r->in <= MOST || r->place != 0));
    if (r->out_bytes != 0)
        memcpy(f.out, r->out, r->out_bytes);
    for (uint32_t i = 0; i < r->data; i++)
        f.out[r->out_bytes + i] = framing_pattern(i);
    if (r->fill != NULL)
        r->fill(f.out);
}

/* Returns false if the device has not used a buffer. */
static bool request(const struct framing_row *r)
{
    const unsigned copies = r->copies != 0 ? r->copies : 1;
    bool all = true;

    f.next[0] = FIRST;
    f.next[1] = OTHER;
    f.next[PLACED] = f.place = r->place;
    f.turn = 0;
    make_out(r);
    f.answer_bytes = 0;
    for (unsigned i = 0; i < copies; i++)
        add(&f.buffer[i], r);
    move();
    guest_kick(&f.g, r->queue);
    serve();
    move();
    if (r->after != NULL)
        r->after();
    if (f.class->answer != NULL)
        f.class->answer();
    serve();
    collect(r->queue, copies);
    for (unsigned i = 0; i < copies; i++) {
        take_back(&f.buffer[i]);
        framing_saw_number(f.buffer[i].is_used ? f.buffer[i].used : ~UINT64_C(0));
        all = all && f.buffer[i].is_used;
    }
    framing_saw(f.answer, f.answer_bytes);
    if (r->keep != NULL)
        r->keep(f.answer);
    return all && !f.g.dev->broken;
}

/* Stops where a buffer was not used. Returns the number of complete rows. */
static unsigned session(void)
{
    const struct framing_class *const c = f.class;
    unsigned i = 0;

    plug();
    seen.n = 0;
    for (; i < c->count; i++) {
        seen.from[i] = seen.n;
        if (!request(&c->rows[i]))
            break;
        seen.used[i] = f.buffer[0].used;
        if (f.how.kind == WHOLE && c->good != NULL && !c->good(&c->rows[i], f.answer)) {
            print_error("%s, %s: it failed\n", c->name, c->rows[i].name);
            f.bad++;
        }
    }
    seen.from[i] = seen.n;
    if (i == c->count && c->end != NULL)
        c->end();
    seen.from[i + 1] = seen.n;
    vwr_vm_remove(&f.g.vm, 0);
    return i;
}

static void report(const char *row, const char *what)
{
    if (f.bad++ < 10)
        print_error("%s, %s: %s (%u%s, %s): %s\n", f.class->name, row, kind_names[f.how.kind], f.how.at,
                    f.how.table ? ", in a table" : "", f.how.packed ? "packed" : "split", what);
}

static bool is_same(unsigned i)
{
    const size_t n = reference.from[i + 1] - reference.from[i];

    return seen.from[i + 1] - seen.from[i] == n &&
           memcmp(reference.bytes + reference.from[i], seen.bytes + seen.from[i], n) == 0;
}

static void compare(unsigned rows)
{
    for (unsigned i = 0; i < rows; i++) {
        if (is_same(i))
            continue;
        report(f.class->rows[i].name, "another answer, used length or effect");
        return;
    }
    if (rows < f.class->count)
        report(f.class->rows[rows].name, "the session ended");
    else if (!is_same(rows))
        report("end", "another state of the back end");
}

static void check_poison(void)
{
    for (unsigned i = 0; i < DATA_AREAS; i++) {
        const uint8_t *const area = places[f.now][i];

        if (area[0] != POISON || memcmp(area, area + 1, AREA - 1) != 0)
            report("end", "the device wrote behind a segment");
    }
}

static void run(enum kind kind, uint32_t at, bool table)
{
    f.how.kind = kind;
    f.how.at = at;
    f.how.table = table;
    memset(places[f.now], POISON, sizeof(places[f.now]));
    compare(session());
    check_poison();
}

/* ---- all framings of a class ---- */

static void check_reference(void)
{
    const struct framing_class *const c = f.class;

    f.how.kind = WHOLE;
    f.how.table = false;
    memset(places[f.now], POISON, sizeof(places[f.now]));
    assert_true(c->count <= ROWS);
    if (session() != c->count)
        fail_msg("%s: a buffer was not used", c->name);
    for (unsigned i = 0; i < c->count; i++) {
        if (seen.used[i] == c->rows[i].used)
            continue;
        print_error("%s, %s: used length %u\n", c->name, c->rows[i].name, seen.used[i]);
        f.bad++;
    }
    reference = seen;
}

static void cuts(uint32_t out, uint32_t in)
{
    for (uint32_t at = 0; at < out || at < in; at++) {
        const bool table = at % 2 != f.how.packed;

        run(CUT_BOTH, at, table);
        if (at < out) {
            run(CUT_OUT, at, !table);
            run(BORDER_OUT, at, table);
        }
        if (at < in) {
            run(CUT_IN, at, !table);
            run(BORDER_IN, at, table);
        }
    }
}

/* In the first framing, in which a segment of each kind is the first one of a buffer, and in others. */
static void moves(void)
{
    f.how.moves = true;
    f.moved = 0;
    for (unsigned table = 0; table < 2; table++) {
        run(WHOLE, 0, table != 0);
        run(PARTS, 0, table != 0);
        run(PIECES, 1, table != 0);
    }
    f.how.moves = false;
    assert_true(f.moved >= f.class->count);
}

/* The longest parts of the rows. */
static void longest(uint32_t *out, uint32_t *in)
{
    *out = *in = 0;
    for (unsigned i = 0; i < f.class->count; i++) {
        const struct framing_row *const r = &f.class->rows[i];

        if (r->unit == 0 && r->out_bytes + r->data > *out)
            *out = r->out_bytes + r->data;
        if (r->unit == 0 && r->in > *in)
            *in = r->in;
    }
}

static void all_framings(const struct framing_class *c, bool packed)
{
    uint32_t out;
    uint32_t in;

    memset(&f.how, 0, sizeof(f.how));
    move_to(f.now);
    f.class = c;
    f.how.packed = packed;
    f.bad = 0;
    check_reference();
    longest(&out, &in);
    run(WHOLE, 0, false); /* a session has always the same result */
    for (unsigned table = 0; table < 2; table++) {
        run(WHOLE, 0, table != 0);
        run(PARTS, 0, table != 0);
        run(EDGES, 0, table != 0);
        for (uint32_t at = 0; at < 8; at++) {
            run(PIECES, 1 + at, table != 0);
            run(EMPTY, at, table != 0);
        }
    }
    cuts(out, in);
    moves();
    assert_int_equal(f.bad, 0);
}

static void split(void **state)
{
    all_framings(*state, false);
}

static void packed(void **state)
{
    all_framings(*state, true);
}

int main(void)
{
    static struct CMUnitTest tests[2 * FRAMING_CLASSES];
    static char names[2 * FRAMING_CLASSES][64];
    int failed;

    for (size_t i = 0; i < sizeof(pages); i++)
        pages[i] = framing_pattern(i);
    for (unsigned i = 0; i < VWR_COUNT(tests); i++) {
        const struct framing_class *const c = framing_classes[i / 2];

        snprintf(names[i], sizeof(names[i]), "%s %s", c->name, i % 2 != 0 ? "packed" : "split");
        tests[i].name = names[i];
        tests[i].test_func = i % 2 != 0 ? packed : split;
        tests[i].initial_state = (void *)c;
    }
    failed = _cmocka_run_group_tests("framing", tests, VWR_COUNT(tests), NULL, NULL);
    protect(!f.now, PROT_READ | PROT_WRITE); /* for LeakSanitizer */
    return failed;
}
