/* SPDX-License-Identifier: MIT */
#include "balloon_common.h"
#include "vwr/wait.h"

/*
 * Pages that enter and leave the balloon, reporting of free pages, and hints.
 * Section: Traditional Memory Balloon Device / Device Operation.
 */

/*
 * The list: [0, known) confirmed, [known, sent) in flight, [sent, pages) pending. The end of its memory
 * contains `leaving` pages, whose message is in flight or which the caller has not fetched yet.
 */

static uint32_t balloon_least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

int vwr_balloon_tell_actual_(const struct vwr_balloon *b)
{
    return vwr_balloon_config_set_actual(&b->bringup.dev->config, b->known);
}

void vwr_balloon_forget_(struct vwr_balloon *b)
{
    uint32_t *const list = b->options.pages;

    for (; b->leaving != 0; b->leaving--)
        list[b->pages++] = list[b->options.page_count - b->leaving];
    b->known = 0;
    b->sent = 0;
}

/* Sends pages from the list, starting at `first`. */
static int balloon_send_list(struct vwr_balloon *b, enum balloon_kind queue, uint32_t first, uint32_t n)
{
    vwr_le32 *const list = b->options.shared->list[queue].page;

    for (uint32_t i = 0; i < n; i++)
        list[i] = vwr_guest32(vwr_dev_is_legacy(b->bringup.dev), b->options.pages[first + i]);
    return vwr_balloon_send_(b, queue, list, n * sizeof(*list));
}

/* A page list that cannot be mapped now is sent later. */
static int balloon_send_pending(struct vwr_balloon *b)
{
    const uint32_t n = balloon_least(b->pages - b->sent, VWR_BALLOON_LIST);
    int r;

    if (n == 0)
        return VWR_OK;
    r = balloon_send_list(b, BALLOON_INFLATE, b->sent, n);
    if (r == VWR_OK)
        b->sent += n;
    return r == VWR_EFULL ? VWR_OK : r;
}

int vwr_balloon_move_(struct vwr_balloon *b)
{
    int in, out;

    if (b->bringup.dev == NULL)
        return VWR_EFAILED;
    in = vwr_balloon_reap_(b, BALLOON_INFLATE);
    out = in < 0 ? in : vwr_balloon_reap_(b, BALLOON_DEFLATE);
    if (out < 0)
        return out;
    if (in != 0)
        b->known = b->sent;
    if (in != 0 || out != 0)
        (void)vwr_balloon_tell_actual_(b);
    return balloon_is_idle(b, BALLOON_INFLATE) ? balloon_send_pending(b) : VWR_OK;
}

int vwr_balloon_inflate(struct vwr_balloon *b, const uint32_t *pages, uint32_t n)
{
    const int r = vwr_balloon_move_(b);

    if (r != VWR_OK)
        return r;
    n = balloon_least(n, b->options.page_count - b->pages - b->leaving);
    vwr_copy(b->options.pages + b->pages, pages, n * sizeof(*pages));
    b->pages += n;
    if (balloon_is_idle(b, BALLOON_INFLATE))
        (void)balloon_send_pending(b); /* the next call reports an error */
    return (int)n;
}

/* Pending pages were not reported to the device, so they leave without a message. */
static int balloon_begin_leave(struct vwr_balloon *b, uint32_t n)
{
    uint32_t *const list = b->options.pages;
    int r;

    if (b->pages == b->sent) {
        n = balloon_least(n, b->sent == b->known ? VWR_BALLOON_LIST : 0);
        r = n != 0 ? balloon_send_list(b, BALLOON_DEFLATE, b->pages - n, n) : VWR_EFULL;
        if (r != VWR_OK)
            return r == VWR_EFULL ? VWR_OK : r;
        b->sent -= n;
        b->known -= n;
    } else {
        n = balloon_least(n, b->pages - b->sent);
    }
    for (b->leaving = 0; b->leaving < n; b->leaving++)
        list[b->options.page_count - 1 - b->leaving] = list[--b->pages];
    return VWR_OK;
}

int vwr_balloon_deflate(struct vwr_balloon *b, uint32_t *pages, uint32_t n)
{
    uint32_t most;
    int r = vwr_balloon_move_(b);

    if (r != VWR_OK)
        return r;
    if (b->leaving == 0 && b->pages != 0 && n != 0) {
        most = balloon_has(b, VWR_BALLOON_F_DEFLATE_ON_OOM) ? b->pages : vwr_balloon_surplus(b);
        most = balloon_least(n, most);
        r = most != 0 ? balloon_begin_leave(b, most) : VWR_EFEATURE;
    }
    if (r != VWR_OK || !balloon_is_idle(b, BALLOON_DEFLATE))
        return r;
    n = balloon_least(n, b->leaving);
    for (uint32_t i = 0; i < n; i++)
        pages[i] = b->options.pages[b->options.page_count - b->leaving--];
    return (int)n;
}

int vwr_balloon_flush(struct vwr_balloon *b, uint32_t us)
{
    struct vwr_wait wait;
    bool more = true;
    int r;

    for (vwr_wait_begin(&wait, us);; more = vwr_wait_more(&wait)) {
        r = vwr_balloon_move_(b);
        if (r != VWR_OK || (b->known == b->pages && balloon_is_idle(b, BALLOON_DEFLATE)))
            return r;
        if (!more)
            return VWR_ETIMEOUT;
    }
}

/* ---- free pages ---- */

/*
 * Sends the request of a queue and waits for it. The ranges are copied, since the request may outlive the
 * call.
 */
static int balloon_lend(struct vwr_balloon *b, enum balloon_kind n, const struct vwr_vec *range,
                        unsigned count)
{
    struct vwr_vec *const copy = b->range[n - BALLOON_HINT];
    struct vwr_req *const r = &b->queue[n].req;

    if (!balloon_is_idle(b, n))
        return VWR_EBUSY;
    if (count > VWR_REQUEST_SEGMENTS)
        return VWR_ESEGMENTS;
    for (unsigned i = 0; i < count; i++)
        if ((((uintptr_t)range[i].p | range[i].bytes) & (VWR_BALLOON_PAGE - 1u)) != 0)
            return VWR_EALIGN;
    if (count == 0)
        return VWR_EINVAL;
    vwr_copy(copy, range, count * sizeof(*range));
    r->more = 1;
    r->vecs = copy;
    r->vec_count = count;
    return vwr_request_do(balloon_requests(b, n), r);
}

int vwr_balloon_report(struct vwr_balloon *b, const struct vwr_vec *range, unsigned count)
{
    const bool known = balloon_has(b, VWR_BALLOON_F_PAGE_POISON) || b->options.poison_val == 0;

    if (b->bringup.dev == NULL)
        return VWR_EFAILED;
    if (!balloon_has(b, VWR_BALLOON_F_PAGE_REPORTING) || (b->options.poison && !known))
        return VWR_EFEATURE;
    return balloon_lend(b, BALLOON_REPORT, range, count);
}

bool vwr_balloon_wants_hints(const struct vwr_balloon *b)
{
    return balloon_uses_hints(b) && b->info.free_page_hint_cmd_id > VWR_BALLOON_CMD_ID_DONE &&
           b->info.free_page_hint_cmd_id != b->ended;
}

static int balloon_command(struct vwr_balloon *b, uint32_t id)
{
    const struct vwr_balloon_free_page_command_msg m = {id};
    struct vwr_balloon_free_page_command_msg_form *const form = &b->options.shared->command;

    if (!balloon_is_idle(b, BALLOON_HINT))
        return VWR_EBUSY;
    vwr_balloon_free_page_command_msg_encode(form, vwr_dev_is_legacy(b->bringup.dev), &m);
    vwr_balloon_fill_(b, BALLOON_HINT, form, sizeof(*form));
    return vwr_request_do(balloon_requests(b, BALLOON_HINT), &b->queue[BALLOON_HINT].req);
}

/* Reports to the device, once for each command, to which command the hints belong. */
static int balloon_begin_hints(struct vwr_balloon *b)
{
    const uint32_t id = b->info.free_page_hint_cmd_id;
    int r = VWR_OK;

    if (b->bringup.dev == NULL)
        return VWR_EFAILED;
    if (!balloon_uses_hints(b))
        return VWR_EFEATURE;
    if (!vwr_balloon_wants_hints(b))
        return VWR_EINVAL;
    if (id != b->command)
        r = balloon_command(b, id);
    if (r == VWR_OK)
        b->command = id;
    return r;
}

int vwr_balloon_hint(struct vwr_balloon *b, const struct vwr_vec *range, unsigned count)
{
    int r = balloon_begin_hints(b);

    if (r == VWR_OK)
        r = balloon_lend(b, BALLOON_HINT, range, count);
    if (r == VWR_OK)
        b->holds_hints = true;
    return r;
}

int vwr_balloon_end_hints(struct vwr_balloon *b)
{
    int r = balloon_begin_hints(b);

    if (r == VWR_OK)
        r = balloon_command(b, VWR_BALLOON_CMD_ID_STOP);
    if (r == VWR_OK)
        b->ended = b->command;
    return r;
}
