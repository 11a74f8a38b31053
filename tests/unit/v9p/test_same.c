/* SPDX-License-Identifier: MIT */
#include "host.h"
#include "session.h"
#include "tree.h"
#include "random.h"

#include <stdio.h>
#include <string.h>

/*
 * Compares the in-memory tree with a folder of the host: both get the same random messages and must give the
 * same answers. The kernel's file system is the model.
 */

#define STEPS 4000u
#define FILES 12u /* fids in use in addition to the root, 0 */
#define NAMES 6u
#define BYTES 20000u

static struct tree tree;
static struct host host;
static uint64_t state;

static const char *const names[NAMES] = {
    "a", "b", "c", "dd", "a_name_that_is_longer_than_forty_bytes_and_so_takes_a_block", "e"};

static unsigned below(unsigned n)
{
    return random_below(&state, n);
}

/* A step, applied to both. */
struct step {
    unsigned what;
    uint32_t fid;
    uint32_t other;
    const char *name;
    const char *second;
    uint32_t flags;
    uint32_t mode;
    uint32_t bytes;
    uint64_t offset;
};

static struct step any_step(void)
{
    static const uint32_t modes[] = {0600, 0644, 0755, 0700};
    struct step s;

    s.what = below(20);
    s.fid = below(4) == 0 ? 0 : below(FILES + 1);
    s.other = 1 + below(FILES);
    s.name = names[below(NAMES)];
    s.second = names[below(NAMES)];
    s.flags = below(3) | (below(5) == 0 ? VWR_P9_O_TRUNC : 0) | (below(6) == 0 ? VWR_P9_O_EXCL : 0) |
              (below(6) == 0 ? VWR_P9_O_APPEND : 0);
    s.mode = modes[below(4)];
    s.bytes = below(3) == 0 ? below(BYTES) : below(300);
    s.offset = below(4) == 0 ? below(100000) : below(9000);
    return s;
}

/* The guest's view of a step: an error or the data. */
struct seen {
    int r;
    uint32_t bytes;
    uint8_t data[SESSION_BYTES];
};

static void see(struct seen *seen, const void *data, size_t bytes)
{
    memcpy(seen->data + seen->bytes, data, bytes);
    seen->bytes += (uint32_t)bytes;
}

static void see_attr(struct session *s, uint32_t fid, struct seen *seen)
{
    struct vwr_vfiles_attr a = {0};
    struct vwr_p9_qid qid = {0};

    seen->r = session_getattr(s, fid, &a, &qid);
    if (seen->r != 0)
        return;
    see(seen, &a.mode, sizeof(a.mode));
    see(seen, &a.links, sizeof(a.links));
    see(seen, &qid.type, sizeof(qid.type));
    if (qid.type != VWR_P9_QT_DIR) /* file systems report different sizes for a folder */
        see(seen, &a.bytes, sizeof(a.bytes));
}

static void see_read(struct session *s, const struct step *step, struct seen *seen)
{
    static uint8_t data[BYTES];

    seen->r = session_read(s, step->fid, step->offset, data, step->bytes);
    if (seen->r > 0)
        see(seen, data, (size_t)seen->r);
}

static void see_write(struct session *s, const struct step *step, struct seen *seen)
{
    static uint8_t data[BYTES];

    for (uint32_t i = 0; i < step->bytes; i++)
        data[i] = (uint8_t)(i * 7 + step->offset);
    seen->r = session_write(s, step->fid, step->offset, data, step->bytes);
}

static void see_list(struct session *s, const struct step *step, struct seen *seen)
{
    char text[2000];

    seen->r = session_list(s, step->fid, 150 + step->bytes % 200, text, sizeof(text));
    if (seen->r == 0)
        see(seen, text, strlen(text));
}

static void see_link(struct session *s, const struct step *step, struct seen *seen)
{
    char target[300];

    seen->r = session_readlink(s, step->fid, target, sizeof(target));
    if (seen->r == 0)
        see(seen, target, strlen(target));
}

/* Operations by fid: Trename and Tremove. */
static int by_fid(struct session *s, const struct step *step, uint8_t type)
{
    session_message(s, type);
    session_put(s, 4, step->fid);
    if (type == VWR_P9_TRENAME) {
        session_put(s, 4, step->other);
        session_put_string(s, step->name);
    }
    return session_send(s);
}

static int chmod_fid(struct session *s, const struct step *step)
{
    session_message(s, VWR_P9_TSETATTR);
    session_put(s, 4, step->fid);
    session_put(s, 4, VWR_P9_SET_MODE);
    session_put(s, 4, step->mode);
    for (unsigned i = 0; i < 12; i++)
        session_put(s, 4, 0);
    return session_send(s);
}

static int mknod_file(struct session *s, const struct step *step)
{
    session_message(s, VWR_P9_TMKNOD);
    session_put(s, 4, step->fid);
    session_put_string(s, step->name);
    session_put(s, 4, VWR_P9_S_REG | step->mode);
    for (unsigned i = 0; i < 3; i++)
        session_put(s, 4, 0);
    return session_send(s);
}

static int other_step(struct session *s, const struct step *step)
{
    switch (step->what) {
    case 4:
        return session_mkdir(s, step->fid, step->name, step->mode);
    case 5:
        return session_symlink(s, step->fid, step->name, step->second);
    case 6:
        return step->fid != 0 ? session_clunk(s, step->fid) : 0;
    case 7:
        return session_open_fid(s, step->fid, step->flags & ~(uint32_t)VWR_P9_O_EXCL);
    case 8:
    case 9:
        return step->fid != 0 ? session_create(s, step->fid, step->name, step->flags, step->mode) : 0;
    case 10:
        return session_link(s, step->fid, step->other, step->name);
    case 11:
    case 12:
        return session_renameat(s, step->fid, step->name, step->other, step->second);
    case 13:
        return session_unlinkat(s, step->fid, step->name, below(2) == 0 ? 0 : VWR_P9_AT_REMOVEDIR);
    case 14:
        return session_truncate(s, step->fid, step->offset);
    case 15:
        return step->fid != 0 ? by_fid(s, step, VWR_P9_TRENAME) : 0;
    case 16:
        return step->fid != 0 && step->bytes % 8 == 0 ? by_fid(s, step, VWR_P9_TREMOVE) : 0;
    case 17:
        return chmod_fid(s, step);
    case 18:
        return mknod_file(s, step);
    default:
        return session_walk(s, step->fid, step->other, step->bytes % 5 == 0 ? ".." : step->name);
    }
}

static void do_step(struct session *s, const struct step *step, struct seen *seen)
{
    seen->r = 0;
    seen->bytes = 0;
    switch (step->what) {
    case 0:
        see_attr(s, step->fid, seen);
        break;
    case 1:
        see_read(s, step, seen);
        break;
    case 2:
        see_write(s, step, seen);
        break;
    case 3:
        if (step->bytes % 2 == 0)
            see_list(s, step, seen);
        else
            see_link(s, step, seen);
        break;
    default:
        seen->r = other_step(s, step);
    }
}

/* One tree after the other, because the harness has one device at a time. */
static void run(struct session *s, unsigned steps,
                void (*each)(unsigned, const struct step *, const struct seen *))
{
    static struct seen seen;

    for (unsigned i = 0; i < steps; i++) {
        struct step step = any_step();
        const uint64_t before = state;

        do_step(s, &step, &seen);
        state = before + 1; /* independent of how many numbers the step has drawn */
        each(i, &step, &seen);
    }
}

/* Hash of everything observed in a step. */
static uint64_t hash_of(const struct seen *seen)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325) ^ (uint64_t)(int64_t)seen->r;

    for (uint32_t i = 0; i < seen->bytes; i++)
        h = (h ^ seen->data[i]) * UINT64_C(0x100000001b3);
    return h;
}

static uint64_t expected[STEPS];
static int result[STEPS];
static unsigned went_well;

static void remember(unsigned i, const struct step *step, const struct seen *seen)
{
    (void)step;
    expected[i] = hash_of(seen);
    result[i] = seen->r;
    went_well += seen->r >= 0 && seen->r != VWR_P9_EBADF;
}

static void compare(unsigned i, const struct step *step, const struct seen *seen)
{
    if (hash_of(seen) != expected[i] || seen->r != result[i])
        fail_msg("step %u: %u of fid %u, %u, names %s, %s, flags %x, %u bytes at %u: %d (%u bytes) on the "
                 "host, %d in memory",
                 i, step->what, step->fid, step->other, step->name, step->second, step->flags, step->bytes,
                 (unsigned)step->offset, seen->r, seen->bytes, result[i]);
}

static void same(void **state_)
{
    const uint64_t seed = (uint64_t)((const struct host_vm_format *)*state_ - host_vm_formats) * 77 + 5;
    struct session *s;

    tree_init(&tree, false);
    went_well = 0;
    state = seed;
    s = session_begin(*state_, &tree.memory.files);
    run(s, STEPS, remember);
    session_close(s);
    assert_true(went_well > STEPS / 4);
    host_begin(&host, false);
    state = seed;
    s = session_begin(*state_, &host.folder.files);
    run(s, STEPS, compare);
    session_close(s);
    assert_int_equal(host.folder.in_use, 0);
    host_end(&host);
}

int main(void)
{
    static const struct host_vm_case cases[] = {{"same", same}};

    return host_vm_run("same", cases, 1);
}
