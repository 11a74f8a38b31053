/* SPDX-License-Identifier: MIT */
#include "vfiles_common.h"

/* Calls of a file system: functions for devices that make the calls, and functions for file systems. */

#define VFILES_WORK_ENTRY 384u /* per folder entry */

bool vwr_vfiles_is_complete_(const struct vwr_vfiles *f)
{
    const struct vwr_vfiles_ops *const ops = f->ops;

    return ops != NULL && (f->lock == NULL) == (f->unlock == NULL) && ops->attach != NULL &&
           ops->walk != NULL && ops->clone != NULL && ops->release != NULL && ops->getattr != NULL &&
           ops->open != NULL && ops->read != NULL;
}

uint32_t vwr_vfiles_measure_tag_(const char *tag, uint32_t most)
{
    uint32_t n = 0;

    while (tag != NULL && n <= most && tag[n] != '\0')
        n++;
    return n <= most ? n : 0;
}

void vwr_vfiles_init_(struct vwr_vfiles_call *c, struct vwr_vfiles *f,
                      const struct vwr_vfiles_protocol *protocol, struct vwr_vmessage *x)
{
    c->files = f;
    c->protocol = protocol;
    c->message = x;
    c->state = VFILES_FREE;
    c->ticket = 0;
    x->token = c;
}

void vwr_vfiles_start_(struct vwr_vfiles_call *c)
{
    c->state = VFILES_RUNNING;
    vwr_writer_set(&c->head, &c->message->in);
    c->has_out = false;
    c->room = c->message->in.left;
    c->moved = 0;
    c->bytes = 0;
    c->done = 0;
    c->is_full = false;
}

/* ---- processing ---- */

static int vfiles_call(struct vwr_vfiles_call *c)
{
    struct vwr_vfiles *const f = c->files;
    int r;

    c->state = VFILES_ASKED;
    vfiles_lock(f);
    f->work = 0;
    c->has_attr = false;
    r = c->op(f, c);
    vwr_vdev_charge(vfiles_dev(c), f->work, 0);
    vfiles_unlock(f);
    if (r != VWR_LATER) {
        c->ticket = 0;
        c->state = VFILES_RUNNING;
    }
    return r;
}

/* Called when the file system has processed the call. */
static int vfiles_next(struct vwr_vfiles_call *c, int r)
{
    return c->next != NULL ? c->next(c, r) : r;
}

/* Continues a request after its wait for a budget. */
static int vfiles_more(struct vwr_vmessage *x)
{
    struct vwr_vfiles_call *const c = x->token;
    int r;

    c->state = VFILES_RUNNING;
    r = c->next(c, 0);
    return vwr_vfiles_run_(c, r);
}

int vwr_vfiles_run_(struct vwr_vfiles_call *c, int r)
{
    while (r == VFILES_ASK) {
        r = vfiles_call(c);
        if (r != VWR_LATER)
            r = vfiles_next(c, r);
    }
    if (r == VFILES_AGAIN) {
        c->state = VFILES_PUT_OFF;
        return vwr_vmessage_defer(c->message, vfiles_more);
    }
    if (r == VWR_LATER)
        return r;
    c->protocol->finish(c, r);
    return VWR_OK; /* the service no longer owns the message */
}

bool vwr_vfiles_cancel_(struct vwr_vfiles_call *c, bool must)
{
    struct vwr_vfiles *const f = c->files;
    bool cancelled;

    if (f->ops->cancel == NULL)
        return must;
    vfiles_lock(f);
    cancelled = f->ops->cancel(f, c, must);
    vfiles_unlock(f);
    return cancelled || must;
}

void vwr_vfiles_release_(struct vwr_vfiles *f, void *file)
{
    vfiles_lock(f);
    f->ops->release(f, file);
    vfiles_unlock(f);
}

/* ---- reads and writes, in parts ---- */

static int vfiles_part(struct vwr_vfiles_call *c);

static int vfiles_part_again(struct vwr_vfiles_call *c, int r)
{
    (void)r;
    return vfiles_part(c);
}

/*
 * An error after partial success is reported by the next request. A short count ends the transfer, unless the
 * budget was used up.
 */
static int vfiles_parted(struct vwr_vfiles_call *c, int r)
{
    bool is_spent;

    if (r != 0)
        return c->end(c, c->moved == 0 ? r : 0);
    c->moved += c->done;
    c->offset += c->done;
    c->left -= c->done;
    vwr_vdev_charge(vfiles_dev(c), c->done, 0);
    is_spent = vfiles_dev(c)->work == 0;
    if (c->left == 0 || c->done == 0 || (c->done < c->bytes && !is_spent))
        return c->end(c, 0);
    c->next = vfiles_part_again;
    return VFILES_AGAIN;
}

/*
 * The last part of a transfer may exceed the budget by VWR_VDEV_BYTES_MIN. Otherwise, a transfer of as many
 * bytes as the budget would take two parts, because the message itself is charged too.
 */
static int vfiles_part(struct vwr_vfiles_call *c)
{
    const uint32_t room = vwr_vdev_room(vfiles_dev(c));

    c->bytes = c->left <= room || c->left - room <= VWR_VDEV_BYTES_MIN ? c->left : room;
    c->done = 0;
    return vfiles_ask(c, c->op, vfiles_parted);
}

int vwr_vfiles_transfer_(struct vwr_vfiles_call *c,
                         int (*op)(struct vwr_vfiles *f, struct vwr_vfiles_call *c),
                         int (*end)(struct vwr_vfiles_call *c, int result))
{
    c->op = op;
    c->end = end;
    if (c->offset > (~(uint64_t)0 >> 1) - c->left) /* offsets in Linux are signed */
        return VWR_P9_EINVAL;
    return c->left != 0 ? vfiles_part(c) : end(c, 0);
}

/* ---- folders and links ---- */

static int vfiles_filled(struct vwr_vfiles_call *c, int r)
{
    c->moved = c->done;
    return c->end != NULL ? c->end(c, r) : r;
}

static int vfiles_list_part(struct vwr_vfiles_call *c, int r);

/* An error after the first entry is left to the next request to report. */
static int vfiles_listed(struct vwr_vfiles_call *c, int r)
{
    c->moved += c->done;
    c->bytes -= c->done;
    vwr_vdev_charge(vfiles_dev(c), c->done, 0);
    if (r == 0 && c->is_cut) {
        c->offset = c->entry;
        c->next = vfiles_list_part;
        return VFILES_AGAIN;
    }
    if (c->moved != 0)
        r = 0;
    else if (r == 0 && c->is_full)
        r = VWR_P9_EINVAL; /* not even one entry fits */
    return c->end != NULL ? c->end(c, r) : r;
}

static int vfiles_list_part(struct vwr_vfiles_call *c, int r)
{
    (void)r;
    c->done = 0;
    c->is_cut = false;
    return vfiles_ask(c, c->files->ops->readdir, vfiles_listed);
}

int vwr_vfiles_list_(struct vwr_vfiles_call *c, uint32_t asked, uint32_t header,
                     int (*end)(struct vwr_vfiles_call *c, int result))
{
    const uint32_t room = c->room - header;

    c->bytes = asked < room ? asked : room;
    c->end = end;
    vfiles_start_data(c, header);
    return vfiles_list_part(c, 0);
}

int vwr_vfiles_read_target_(struct vwr_vfiles_call *c, uint8_t type, uint32_t header,
                            int (*end)(struct vwr_vfiles_call *c, int result))
{
    const uint32_t room = c->room - header;

    if (type != VWR_P9_QT_SYMLINK)
        return VWR_P9_EINVAL;
    c->bytes = room < VWR_VFILES_TARGET ? room : VWR_VFILES_TARGET;
    c->end = end;
    vfiles_start_data(c, header);
    return vfiles_ask(c, c->files->ops->readlink, vfiles_filled);
}

/* ---- attributes ---- */

int vwr_vfiles_check_size_(const struct vwr_vfiles_call *c, uint8_t type)
{
    if ((c->set & VWR_P9_SET_SIZE) == 0)
        return 0;
    if (type != VWR_P9_QT_FILE)
        return type == VWR_P9_QT_DIR ? VWR_P9_EISDIR : VWR_P9_EINVAL;
    return c->attr.bytes > ~(uint64_t)0 >> 1 ? VWR_P9_EINVAL : 0; /* sizes in Linux are signed */
}

/* ---- functions for file systems ---- */

uint32_t vwr_vfiles_put(struct vwr_vfiles_call *c, const void *from, uint32_t n)
{
    const uint32_t left = c->bytes - c->done;
    const uint32_t done = vwr_writer_write(&c->in, from, n < left ? n : left);

    c->done += done;
    return done;
}

uint32_t vwr_vfiles_take(struct vwr_vfiles_call *c, void *to, uint32_t n)
{
    const uint32_t left = c->bytes - c->done;
    const uint32_t done = vwr_reader_read(&c->out, to, n < left ? n : left);

    c->done += done;
    return done;
}

unsigned vwr_vfiles_segments(const struct vwr_vfiles_call *c, struct vwr_vseg *seg, unsigned room)
{
    const uint32_t left = c->bytes - c->done;
    struct vwr_reader r;
    unsigned n = 0;

    if (c->has_out)
        vwr_reader_set(&r, &c->out);
    else
        vwr_writer_room(&c->in, &r);
    r.left = left < r.left ? left : r.left;
    for (; n < room && (seg[n].len = vwr_reader_run(&r, &seg[n].at)) != 0; n++)
        (void)vwr_reader_skip(&r, (uint32_t)seg[n].len);
    return n;
}

void vwr_vfiles_advance(struct vwr_vfiles_call *c, uint32_t n)
{
    const uint32_t left = c->bytes - c->done;

    n = n < left ? n : left;
    if (c->has_out)
        (void)vwr_reader_skip(&c->out, n);
    else
        (void)vwr_writer_skip(&c->in, n);
    c->done += n;
}

bool vwr_vfiles_has_budget(const struct vwr_vfiles_call *c)
{
    return vfiles_dev(c)->work > (uint64_t)c->done + c->files->work;
}

bool vwr_vfiles_put_entry(struct vwr_vfiles_call *c, const struct vwr_p9_qid *qid, uint64_t next,
                          uint8_t type, const char *name, uint32_t bytes)
{
    const uint32_t unit = c->protocol->unit;
    const uint32_t need = (c->protocol->entry + bytes + unit - 1u) & ~(unit - 1u);

    if (bytes > VWR_VFILES_NAME || need > c->bytes - c->done) {
        c->is_full = true;
        return false;
    }
    if (c->done != 0 && !vwr_vfiles_has_budget(c)) {
        c->is_cut = true;
        return false;
    }
    c->entry = next;
    vwr_vdev_charge(vfiles_dev(c), VFILES_WORK_ENTRY, 0);
    c->protocol->put_entry(c, qid, next, type, name, bytes);
    return true;
}

uint64_t vwr_vfiles_ticket(struct vwr_vfiles_call *c)
{
    return vwr_vdev_issue(vfiles_dev(c), &c->ticket);
}

void vwr_vfiles_answer(struct vwr_vfiles_call *c, uint64_t ticket, int error)
{
    struct vwr_vdev *const dev = vfiles_dev(c);
    uint16_t queue;

    vwr_vdev_lock(dev);
    if (vwr_vdev_claim(dev, &c->ticket, ticket)) {
        queue = c->message->index;
        c->state = VFILES_RUNNING;
        (void)vwr_vfiles_run_(c, vfiles_next(c, error));
        (void)vwr_vdev_signal(dev, &dev->queue[queue]);
        vwr_service_feed(c->message->service);
    }
    vwr_vdev_unlock(dev);
}
