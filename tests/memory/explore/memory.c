/* SPDX-License-Identifier: MIT */
#include "explore.h"

#include <stdlib.h>
#include <string.h>

/*
 * Memory in which stores become visible late and in any order, and loads are satisfied early. Each two-byte
 * cell keeps all its past values. A thread's view has, for each cell, the oldest value that the thread may
 * still see. A load returns any value that is not older, such that it sees each store in all of the loaded
 * cells or in none, and it advances the view of these cells.
 *
 * A store carries the view that its thread had at its last release. A thread that has seen the store gets
 * that view at its next acquire. A full barrier is both a release and an acquire, and exchanges views with
 * all other full barriers.
 *
 * A plain load of a buffer may be delayed up to the next release: all values that it could see until then,
 * old or new, must be the expected one.
 */

#define CELL_BYTES 2u
#define CELLS (MEMORY_BYTES / CELL_BYTES)
#define VERSIONS 32u
#define STORES 1024u
#define VIEWS 512u
#define READS 64u
#define CHOICES 64u
#define PARTS 4u /* cells of the widest access */

typedef uint8_t version;

struct view {
    version oldest[CELLS];
};

struct cell {
    uint16_t value[VERSIONS];
    uint16_t store[VERSIONS];
    version newest;
};

/* A store: `parts` cells from `first` on, with a version for each. */
struct store {
    uint16_t view;
    uint16_t first;
    uint8_t parts;
    version version[PARTS];
};

struct late_read {
    uint16_t cell;
    version oldest;
    uint16_t expected;
};

struct thread {
    struct view now;
    struct view seen; /* plus the views carried by the stores it has seen; merged into `now` by an acquire */
    uint16_t last_seen;
    uint16_t released; /* view at the last release */
    unsigned reads;
    struct late_read read[READS];
};

uint8_t memory[MEMORY_ROOM] __attribute__((aligned(MEMORY_ROOM)));

static bool live;
static const uint8_t *private_ring;
static size_t private_bytes;
static uint8_t *also; /* the last cells are those of this range */
static size_t also_bytes;
static struct cell cells[CELLS];
static struct thread threads[2];
static struct view full;
static struct view views[VIEWS];
static unsigned view_count;
static struct store stores[STORES];
static unsigned store_count;
static const uint8_t *written; /* a plain store that was announced and is not added yet */
static unsigned written_bytes;
static void (*name_of)(const void *p, unsigned bytes, char *text, size_t size);

void memory_name_by(void (*name)(const void *p, unsigned bytes, char *text, size_t size))
{
    name_of = name;
}

void memory_set_private(const void *at, size_t bytes)
{
    private_ring = at;
    private_bytes = bytes;
}

void memory_set_also(void *at, size_t bytes)
{
    also = at;
    also_bytes = bytes;
}

/* Before the threads start, and in a ring that only one of them sees. */
static bool is_direct(const void *p)
{
    return !live || (size_t)((const uint8_t *)p - private_ring) < private_bytes;
}

void memory_forget(void)
{
    private_bytes = 0;
    also_bytes = 0;
    live = false;
}

/* Offset in the modelled bytes; MEMORY_BYTES: not modelled. */
static size_t offset_of(const void *p)
{
    const size_t at = (size_t)((const uint8_t *)p - memory);
    const size_t behind = (size_t)((const uint8_t *)p - also);
    const size_t first = MEMORY_BYTES - also_bytes;

    if (behind < also_bytes)
        return first + behind;
    return at < first ? at : MEMORY_BYTES;
}

/* Where the cell really is. */
static uint16_t *cell_at(unsigned cell)
{
    const size_t at = (size_t)cell * CELL_BYTES;
    const size_t first = MEMORY_BYTES - also_bytes;

    return (uint16_t *)(void *)(at < first ? memory + at : also + (at - first));
}

void memory_start(void)
{
    for (unsigned i = 0; i < CELLS; i++) {
        cells[i].value[0] = *cell_at(i);
        cells[i].newest = 0;
    }
    memset(&full, 0, sizeof(full));
    memset(&views[0], 0, sizeof(views[0]));
    for (unsigned i = 0; i < 2; i++) {
        memset(&threads[i].now, 0, sizeof(threads[i].now));
        memset(&threads[i].seen, 0, sizeof(threads[i].seen));
        threads[i].last_seen = 0;
        threads[i].released = 0;
        threads[i].reads = 0;
    }
    written_bytes = 0;
    view_count = 1;
    store_count = 1; /* store 0 stands for the initial values */
    stores[0].view = 0;
    stores[0].parts = 0;
    live = true;
}

static void join(struct view *to, const struct view *from)
{
    for (unsigned i = 0; i < CELLS; i++)
        to->oldest[i] = from->oldest[i] > to->oldest[i] ? from->oldest[i] : to->oldest[i];
}

static const char *name(const void *p, unsigned bytes)
{
    static char text[64];

    text[0] = '\0';
    if (name_of != NULL)
        name_of(p, bytes, text, sizeof(text));
    return text;
}

static unsigned cell_of(const void *p, unsigned bytes)
{
    const size_t at = offset_of(p);

    if (at + bytes > MEMORY_BYTES || (bytes > 1 && at % bytes != 0))
        search_fail("an access of %u bytes that is not aligned, or not in the memory", bytes);
    return (unsigned)(at / CELL_BYTES);
}

static void finish_write(void);

/* --- delayed loads --- */

static void finish_read(const struct late_read *r)
{
    const struct cell *const c = &cells[r->cell];
    const void *const p = cell_at(r->cell);

    for (unsigned i = r->oldest; i <= c->newest; i++)
        if (c->value[i] != r->expected)
            search_fail(
                "%s: read of %s gives %#x and not %#x: it %s", search_me == DRIVER ? "driver" : "device",
                name(p, CELL_BYTES), c->value[i], r->expected,
                i == r->oldest ? "may see what was there before" : "may see what is written there later");
}

static void finish_reads(struct thread *t)
{
    for (unsigned i = 0; i < t->reads; i++)
        finish_read(&t->read[i]);
    t->reads = 0;
}

void memory_read(const void *p, uint16_t expected)
{
    struct thread *const t = &threads[search_me];
    const unsigned cell = cell_of(p, CELL_BYTES);

    finish_write();
    search_say(NULL, "reads  %s, to be %#x, here or later", name(p, CELL_BYTES), expected);
    if (t->reads == READS)
        abort();
    t->read[t->reads].cell = (uint16_t)cell;
    t->read[t->reads].oldest = t->now.oldest[cell];
    t->read[t->reads].expected = expected;
    finish_read(&t->read[t->reads++]);
}

void memory_end(void)
{
    for (unsigned i = 0; i < 2; i++) {
        search_me = i;
        finish_reads(&threads[i]);
    }
    search_me = NOBODY;
}

/* --- stores --- */

static void add_store(unsigned first, unsigned bytes, uint64_t value)
{
    struct thread *const t = &threads[search_me];
    struct store *const s = &stores[store_count];

    if (store_count == STORES - 1)
        search_fail("it does not end");
    s->view = t->released;
    s->first = (uint16_t)first;
    s->parts = (uint8_t)(bytes / CELL_BYTES);
    for (unsigned i = 0; i < s->parts; i++, value >>= 8 * CELL_BYTES) {
        struct cell *const c = &cells[first + i];

        if (c->newest == VERSIONS - 1)
            search_fail("it does not end: so many stores to %s", name(cell_at(first + i), CELL_BYTES));
        c->newest++;
        c->value[c->newest] = (uint16_t)value;
        c->store[c->newest] = (uint16_t)store_count;
        s->version[i] = c->newest;
        t->now.oldest[first + i] = c->newest;
    }
    store_count++;
}

void explore_store(void *p, unsigned bytes, uint64_t value, const struct explore_site *site)
{
    if (is_direct(p)) {
        memcpy(p, &value, bytes);
        return;
    }
    finish_write();
    machine_ring_store(p, bytes);
    add_store(cell_of(p, bytes), bytes, value);
    search_say(site, "store  %s = %#llx", name(p, bytes), (unsigned long long)value);
}

void memory_write(void *p, uint16_t value)
{
    finish_write();
    add_store(cell_of(p, CELL_BYTES), CELL_BYTES, value);
    search_say(NULL, "writes %s = %#x", name(p, CELL_BYTES), value);
}

/* --- plain accesses of the library, announced before they are made --- */

/* The store has been made in memory[] meanwhile; its value is added, cell by cell. */
static void finish_write(void)
{
    unsigned first, last;

    if (written_bytes == 0)
        return;
    first = (unsigned)offset_of(written) / CELL_BYTES;
    last = ((unsigned)offset_of(written) + written_bytes - 1) / CELL_BYTES;
    written_bytes = 0;
    for (unsigned i = first; i <= last; i++) {
        add_store(i, CELL_BYTES, *cell_at(i));
        search_say(NULL, "writes %s = %#x", name(cell_at(i), CELL_BYTES), *cell_at(i));
    }
}

bool memory_is_modelled(const void *p)
{
    return offset_of(p) < MEMORY_BYTES;
}

void memory_show(const void *p, unsigned bytes)
{
    const unsigned first = (unsigned)offset_of(p) / CELL_BYTES;

    for (unsigned i = first; i < first + bytes / CELL_BYTES; i++)
        *cell_at(i) = cells[i].value[cells[i].newest];
}

uint32_t memory_oldest32(const void *p)
{
    const unsigned cell = cell_of(p, sizeof(uint32_t));
    const version *const oldest = &threads[search_me].now.oldest[cell];

    return cells[cell].value[oldest[0]] | (uint32_t)cells[cell + 1].value[oldest[1]] << (8 * CELL_BYTES);
}

/* memory[] gets the newest value of each cell. A load must not be able to see any other one. */
void memory_plain(const void *p, unsigned bytes, bool is_write)
{
    const size_t at = offset_of(p);

    if (!live || at >= MEMORY_BYTES)
        return;
    finish_write();
    for (unsigned i = (unsigned)at / CELL_BYTES; i <= ((unsigned)at + bytes - 1) / CELL_BYTES; i++) {
        *cell_at(i) = cells[i].value[cells[i].newest];
        if (!is_write)
            memory_read(cell_at(i), *cell_at(i));
    }
    if (is_write) {
        written = p;
        written_bytes = bytes;
    }
}

/* --- loads --- */

/* A load, with a version for each of its cells. */
struct load {
    const struct view *view;
    unsigned first;
    unsigned parts;
    version version[PARTS];
    unsigned count; /* choices; the first is the newest */
    version choice[CHOICES][PARTS];
    uint64_t value[CHOICES];
};

static uint64_t value_of(const struct load *l)
{
    uint64_t value = 0;

    for (unsigned i = l->parts; i-- > 0;)
        value = value << (8 * CELL_BYTES) | cells[l->first + i].value[l->version[i]];
    return value;
}

/* Does the load see each store, up to the version of part i, in all of its cells? */
static bool is_whole(const struct load *l, unsigned i)
{
    const struct cell *const c = &cells[l->first + i];

    for (unsigned v = 1; v <= l->version[i]; v++) {
        const struct store *const s = &stores[c->store[v]];

        for (unsigned k = 0; k < s->parts; k++) {
            const unsigned part = s->first + k - l->first;

            if (part < l->parts && l->version[part] < s->version[k])
                return false;
        }
    }
    return true;
}

/* Among choices with the same value, the oldest allows everything that the others allow. The newest stays
 * first. */
static void add_choice(struct load *l)
{
    const uint64_t value = value_of(l);

    for (unsigned i = 0; i < l->parts; i++)
        if (!is_whole(l, i))
            return;
    for (unsigned k = 0; k < l->count; k++)
        if (l->value[k] == value) {
            memcpy(l->choice[k], l->version, sizeof(l->version));
            return;
        }
    if (l->count == CHOICES)
        abort();
    memcpy(l->choice[l->count], l->version, sizeof(l->version));
    l->value[l->count++] = value;
}

/* All versions of the cells from part `i` on, newest first. */
static void find_choices(struct load *l, unsigned i)
{
    if (i == l->parts) {
        add_choice(l);
        return;
    }
    for (int v = cells[l->first + i].newest; v >= l->view->oldest[l->first + i]; v--) {
        l->version[i] = (version)v;
        find_choices(l, i + 1);
    }
}

static bool is_up_to_date(const struct load *l)
{
    for (unsigned i = 0; i < l->parts; i++)
        if (l->view->oldest[l->first + i] != cells[l->first + i].newest)
            return false;
    return true;
}

/* A view is merged only once: the last one seen and the initial one can be skipped. */
static void see(struct thread *t, uint16_t view)
{
    if (view == 0 || view == t->last_seen)
        return;
    join(&t->seen, &views[view]);
    t->last_seen = view;
}

static void take_choice(struct thread *t, const struct load *l, const version *choice)
{
    for (unsigned i = 0; i < l->parts; i++) {
        const unsigned at = l->first + i;

        if (t->now.oldest[at] < choice[i])
            t->now.oldest[at] = choice[i];
        if (choice[i] != 0)
            see(t, stores[cells[at].store[choice[i]]].view);
    }
}

/* Chooses the versions that the load sees. */
static uint64_t choose_value(struct thread *t, struct load *l, bool *stale)
{
    unsigned n = 0;
    const bool may = search_may_be_stale();

    l->view = &t->now;
    if (!may || is_up_to_date(l)) {
        for (unsigned i = 0; i < l->parts; i++)
            l->version[i] = cells[l->first + i].newest;
        take_choice(t, l, l->version);
        return value_of(l);
    }
    l->count = 0;
    find_choices(l, 0);
    if (l->count > 1)
        n = search_choose(l->count);
    if (n != 0) {
        search_was_stale();
        *stale = true;
    }
    take_choice(t, l, l->choice[n]);
    return l->value[n];
}

uint64_t explore_load(const void *p, unsigned bytes, const struct explore_site *site)
{
    struct load l;
    uint64_t value = 0;
    bool stale = false;

    if (is_direct(p)) {
        memcpy(&value, p, bytes);
        return value;
    }
    finish_write();
    search_point();
    l.first = cell_of(p, bytes);
    l.parts = (bytes + CELL_BYTES - 1) / CELL_BYTES;
    value = choose_value(&threads[search_me], &l, &stale);
    if (bytes == 1)
        value = value >> ((uintptr_t)p % CELL_BYTES * 8) & 0xff;
    search_say(site, "load   %s = %#llx%s", name(p, bytes), (unsigned long long)value,
               stale ? "   <- not the newest" : "");
    return value;
}

/* --- barriers --- */

static const char *const release_left[] = {"", "   <- release: no load before a store", "   <- no release"};

static void release(struct thread *t)
{
    if (view_count == VIEWS)
        search_fail("it does not end");
    views[view_count] = t->now;
    t->released = (uint16_t)view_count++;
}

void explore_publish(void *p, unsigned bytes, uint64_t value, struct explore_site *site)
{
    struct thread *const t = &threads[search_me];

    if (is_direct(p)) {
        memcpy(p, &value, bytes);
        return;
    }
    site->is_reached = true;
    finish_write();
    search_point();
    machine_ring_store(p, bytes);
    if (site->use == EXPLORE_WHOLE)
        finish_reads(t);
    if (site->use != EXPLORE_GONE)
        release(t);
    add_store(cell_of(p, bytes), bytes, value);
    search_published();
    search_say(site, "publish %s = %#llx%s", name(p, bytes), (unsigned long long)value,
               release_left[site->use]);
}

void explore_release(struct explore_site *site)
{
    struct thread *const t = &threads[search_me];

    if (!live)
        return;
    machine_port_release();
    site->is_reached = true;
    finish_write();
    search_point();
    if (site->use == EXPLORE_WHOLE)
        finish_reads(t);
    if (site->use != EXPLORE_GONE)
        release(t);
    search_say(site, "release%s", release_left[site->use]);
}

void explore_acquire(struct explore_site *site)
{
    struct thread *const t = &threads[search_me];

    if (!live)
        return;
    site->is_reached = true;
    finish_write();
    if (site->use == EXPLORE_WHOLE)
        join(&t->now, &t->seen);
    search_say(site, "acquire%s", site->use == EXPLORE_WHOLE ? "" : "   <- not there");
}

void explore_mb(struct explore_site *site)
{
    static const char *const left[] = {"", "   <- a release only", "   <- not there"};
    struct thread *const t = &threads[search_me];

    if (!live)
        return;
    site->is_reached = true;
    finish_write();
    search_point();
    if (site->use == EXPLORE_WHOLE) {
        join(&t->now, &t->seen);
        join(&t->now, &full);
        full = t->now;
    }
    if (site->use != EXPLORE_GONE) {
        finish_reads(t);
        release(t);
    }
    search_say(site, "mb%s", left[site->use]);
}
