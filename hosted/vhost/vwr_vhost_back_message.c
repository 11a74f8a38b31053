/* SPDX-License-Identifier: MIT */
#include "vhost_host.h"

#include "vhost_back_common.h"
#include "vhost_message.h"
#include "vhost_notifier.h"
#include "vwr/vmmio.h"
#include "vwr/gen/ids.h"
#include "vwr/gen/status.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Messages of a front end. Each is checked completely before it has an effect. */

static const void *payload(const struct vwr_vhost_back *h)
{
    return h->in.byte + sizeof(h->in.hdr);
}

static uint64_t number(const struct vwr_vhost_back *h)
{
    uint64_t value;

    memcpy(&value, payload(h), sizeof(value));
    return value;
}

static bool reply(struct vwr_vhost_back *h, const void *with, size_t bytes)
{
    if (!vhost_back_send(h->fd, h->in.hdr.request, VWR_VHOST_USER_FLAG_REPLY, with, bytes, -1))
        return vhost_back_end(h, "The front end does not take a reply.");
    return true;
}

static bool reply_number(struct vwr_vhost_back *h, uint64_t value)
{
    return reply(h, &value, sizeof(value));
}

/* Takes the only file descriptor of the message, if there is one. *to was verified, so its close is short. */
static void take_file(struct vwr_vhost_back *h, int *to)
{
    vhost_close(to);
    if (h->files == 0)
        return;
    *to = h->file[0];
    h->file[0] = -1;
}

static bool vring_state(struct vwr_vhost_back *h, struct vwr_vhost_user_vring_state *state)
{
    memcpy(state, payload(h), sizeof(*state));
    if (state->index >= h->dev->queues)
        return vhost_back_end(h, "There is no queue %u.", state->index);
    return true;
}

/* Holds the message while requests are `busy`, up to a time limit. true: it is held. */
static bool hold(struct vwr_vhost_back *h, bool busy)
{
    const uint64_t now = vhost_now_ms();

    if (!h->held)
        h->held_until = now + h->stop_ms;
    h->held = busy && now < h->held_until;
    return h->held;
}

/*
 * The memory, and the reader of the rings, may change only while no queue is in use. true: all queues are
 * stopped; false: the message is held.
 */
static bool is_memory_free(struct vwr_vhost_back *h)
{
    if (hold(h, vhost_back_busy(h)))
        return false;
    vhost_back_stop_all(h);
    return true;
}

/* ---- features, status, configuration ---- */

static uint64_t offered(const struct vwr_vhost_back *h)
{
    uint64_t all = h->dev->offered.w[0] | (uint64_t)h->dev->offered.w[1] << 32;

    all |= (uint64_t)1 << VWR_VHOST_USER_F_PROTOCOL_FEATURES;
    if ((h->protocol >> VWR_VHOST_USER_PROTOCOL_F_LOG_SHMFD & 1u) != 0)
        all |= (uint64_t)1 << VWR_VHOST_USER_F_LOG_ALL;
    return all;
}

static bool get_features(struct vwr_vhost_back *h)
{
    return reply_number(h, offered(h));
}

/* Whether a ring in use lacks the record that it needs while written pages are logged. */
static bool has_plain_ring(const struct vwr_vhost_back *h)
{
    for (unsigned n = 0; n < h->dev->queues; n++)
        if (h->ring[n].started && !h->ring[n].recorded)
            return true;
    return false;
}

static bool set_features(struct vwr_vhost_back *h)
{
    const uint64_t log = (uint64_t)1 << VWR_VHOST_USER_F_LOG_ALL;
    const uint64_t transport = (uint64_t)1 << VWR_VHOST_USER_F_PROTOCOL_FEATURES | log;
    const uint64_t features = number(h);

    if ((features & ~offered(h)) != 0)
        return vhost_back_end(h, "Features 0x%llx were not offered.",
                              (unsigned long long)(features & ~offered(h)));
    for (unsigned n = 0; n < h->dev->queues; n++)
        if (h->ring[n].started && ((features ^ h->features) & ~transport) != 0)
            return vhost_back_end(h, "The features change while queue %u is in use.", n);
    if ((features & log) != 0 && has_plain_ring(h) && !is_memory_free(h))
        return true;
    h->features = features;
    if ((features >> VWR_VHOST_USER_F_PROTOCOL_FEATURES & 1u) == 0)
        for (unsigned n = 0; n < h->dev->queues; n++)
            h->ring[n].enabled = true;
    return vhost_back_start(h);
}

static bool get_protocol_features(struct vwr_vhost_back *h)
{
    return reply_number(h, h->protocol);
}

static bool set_protocol_features(struct vwr_vhost_back *h)
{
    const uint64_t others = (uint64_t)1 << VWR_VHOST_USER_PROTOCOL_F_BACKEND_REQ |
                            (uint64_t)1 << VWR_VHOST_USER_PROTOCOL_F_REPLY_ACK;
    const uint64_t features = number(h);

    if ((features & ~h->protocol) != 0)
        return vhost_back_end(h, "Protocol features 0x%llx were not offered.",
                              (unsigned long long)(features & ~h->protocol));
    if ((features >> VWR_VHOST_USER_PROTOCOL_F_INBAND_NOTIFICATIONS & 1u) != 0 &&
        (features & others) != others)
        return vhost_back_end(h, "INBAND_NOTIFICATIONS needs BACKEND_REQ and REPLY_ACK.");
    h->accepted_protocol = features;
    return true;
}

static bool nothing(struct vwr_vhost_back *h)
{
    (void)h;
    return true;
}

/* The device releases the ring, unless it holds requests from it; these complete first. */
static void disable(struct vwr_vhost_back *h, unsigned queue)
{
    h->ring[queue].enabled = false;
    if (h->ring[queue].started && vwr_vqueue_in_flight(vhost_back_queue(h, queue)) == 0)
        vhost_back_stop(h, queue);
}

static bool reset_owner(struct vwr_vhost_back *h)
{
    for (unsigned n = 0; n < h->dev->queues; n++)
        disable(h, n);
    return true;
}

/* For a network card, the message reports the number of queue pairs. */
static bool get_queue_num(struct vwr_vhost_back *h)
{
    return reply_number(h, h->dev->kind->id == VWR_ID_NET ? h->dev->queues / 2u : h->dev->queues);
}

static bool reset_device(struct vwr_vhost_back *h)
{
    vhost_back_reset(h);
    h->status = VWR_STATUS_RESET;
    return true;
}

static bool set_status(struct vwr_vhost_back *h)
{
    const uint64_t status = number(h);

    if (status > UINT8_MAX)
        return vhost_back_end(h, "Status 0x%llx has more than 8 bits.", (unsigned long long)status);
    if (status == VWR_STATUS_RESET) {
        vhost_back_stop_all(h);
        vhost_back_reset_devices(h);
        h->active = false;
        h->loaded = false;
        for (unsigned n = 0; n < h->dev->queues; n++)
            h->ring[n].has_kick = false; /* the rings of the previous driver must not start again */
    }
    h->status = (uint8_t)status;
    return true;
}

static bool get_status(struct vwr_vhost_back *h)
{
    unsigned status = h->status;

    for (unsigned n = 0; n < vhost_back_devices(h); n++)
        if (vhost_back_device(h, n)->broken)
            status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    return reply_number(h, status);
}

/* Reads the message's configuration access. false: its sizes contradict each other. */
static bool config_access(struct vwr_vhost_back *h, struct vwr_vhost_user_config *c)
{
    memcpy(c, payload(h), sizeof(*c));
    if (c->size != h->in.hdr.size - sizeof(*c) || c->size > VWR_VHOST_USER_MAX_CONFIG_SIZE ||
        c->offset > VWR_VHOST_USER_MAX_CONFIG_SIZE - c->size)
        return vhost_back_end(h, "An access to the configuration has a wrong size: %u bytes at %u, in %u.",
                              c->size, c->offset, h->in.hdr.size);
    return true;
}

static bool get_config(struct vwr_vhost_back *h)
{
    struct vwr_vhost_user_config c;
    uint8_t *const bytes = h->in.byte + sizeof(h->in.hdr) + sizeof(c);

    if (!config_access(h, &c))
        return false;
    for (uint32_t i = 0; i < c.size; i++) {
        uint64_t value = 0;

        if (c.offset + i < VWR_MMIO_SIZE - VWR_MMIO_CONFIG)
            (void)vwr_vmmio_access(h->dev, VWR_MMIO_CONFIG + c.offset + i, 1, false, &value);
        bytes[i] = (uint8_t)value;
    }
    return reply(h, payload(h), h->in.hdr.size);
}

/*
 * Number of bytes at `offset`, up to `most`, that one access writes: they belong to one field, and a driver
 * could use an access of this size.
 */
static uint32_t access_bytes(const struct vwr_vdev_class *kind, uint32_t offset, uint32_t most)
{
    uint32_t bytes = sizeof(uint32_t);
    uint32_t left = 1;

    for (unsigned i = 0; i < kind->field_count; i++) {
        const struct vwr_config_field *const f = &kind->fields[i];

        if (offset >= f->offset && offset - f->offset < f->bytes)
            left = f->offset + f->bytes - offset;
    }
    left = left < most ? left : most;
    while (bytes > left || offset % bytes != 0)
        bytes /= 2u;
    return bytes;
}

static void write_config(struct vwr_vhost_back *h, uint32_t offset, const uint8_t *at, uint32_t bytes)
{
    uint64_t value = 0;

    for (uint32_t k = bytes; k-- > 0;)
        value = value << 8 | at[k];
    for (unsigned n = 0; n < vhost_back_devices(h); n++)
        (void)vwr_vmmio_access(vhost_back_device(h, n), VWR_MMIO_CONFIG + offset, bytes, true, &value);
}

/* A message may write parts of fields, several fields, and fields that the driver cannot write. */
static bool set_config(struct vwr_vhost_back *h)
{
    struct vwr_vhost_user_config c;
    const uint8_t *const bytes = h->in.byte + sizeof(h->in.hdr) + sizeof(c);
    uint32_t step;

    if (!config_access(h, &c))
        return false;
    for (uint32_t i = 0; i < c.size; i += step) {
        step = access_bytes(h->dev->kind, c.offset + i, c.size - i);
        write_config(h, c.offset + i, bytes + i, step);
    }
    return true;
}

/* ---- memory ---- */

static bool set_mem_table(struct vwr_vhost_back *h)
{
    struct vwr_vhost_user_memory table;
    struct vwr_vhost_user_memory_region r;

    memcpy(&table, payload(h), sizeof(table));
    if (table.nregions != h->files || h->in.hdr.size < sizeof(table) + table.nregions * sizeof(r))
        return vhost_back_end(h, "A table of %u memory regions has %u bytes and %u file descriptors.",
                              table.nregions, h->in.hdr.size, h->files);
    if (!is_memory_free(h))
        return true;
    vhost_back_forget_memory(h);
    for (uint32_t i = 0; i < table.nregions; i++) {
        memcpy(&r, (const uint8_t *)payload(h) + sizeof(table) + i * sizeof(r), sizeof(r));
        if (!vhost_back_add_memory(h, &r, h->file[i]))
            return false;
    }
    return vhost_back_start(h);
}

static bool get_max_mem_slots(struct vwr_vhost_back *h)
{
    return reply_number(h, VWR_VHOST_BACK_SLOTS);
}

static bool add_mem_reg(struct vwr_vhost_back *h)
{
    struct vwr_vhost_user_mem_reg r;

    memcpy(&r, payload(h), sizeof(r));
    return vhost_back_add_memory(h, &r.region, h->file[0]) && vhost_back_start(h);
}

static bool rem_mem_reg(struct vwr_vhost_back *h)
{
    struct vwr_vhost_user_mem_reg r;

    memcpy(&r, payload(h), sizeof(r));
    if (h->files != 0 && !vhost_back_is_memory(h, h->file[0], "a region of memory to be removed"))
        return false;
    if (!is_memory_free(h))
        return true;
    return vhost_back_remove_memory(h, &r.region) && vhost_back_start(h);
}

/* ---- rings ---- */

/*
 * A class may allow fewer entries (vwr_vdev_limit), depending on features that come later. start_ring checks
 * that.
 */
static bool set_vring_num(struct vwr_vhost_back *h)
{
    struct vwr_vhost_user_vring_state s;
    uint32_t most;

    if (!vring_state(h, &s))
        return false;
    most = vhost_back_queue(h, s.index)->max;
    if (s.num == 0 || s.num > most)
        return vhost_back_end(h, "Queue %u cannot have %u entries; it has 1 to %u.", s.index, s.num, most);
    h->ring[s.index].size = s.num;
    return true;
}

static bool set_vring_addr(struct vwr_vhost_back *h)
{
    struct vwr_vhost_user_vring_addr a;
    struct vwr_vhost_back_ring *r;

    memcpy(&a, payload(h), sizeof(a));
    if (a.index >= h->dev->queues)
        return vhost_back_end(h, "There is no queue %u.", a.index);
    r = &h->ring[a.index];
    if (r->started &&
        (a.desc_user_addr != r->addr.desc_user_addr || a.avail_user_addr != r->addr.avail_user_addr ||
         a.used_user_addr != r->addr.used_user_addr))
        return vhost_back_end(h, "The address of queue %u changes while it is in use.", a.index);
    r->addr = a;
    r->has_addr = true;
    return vhost_back_start(h);
}

static bool set_vring_base(struct vwr_vhost_back *h)
{
    struct vwr_vhost_user_vring_state s;

    if (!vring_state(h, &s))
        return false;
    if (s.num != h->ring[s.index].base)
        h->ring[s.index].goes_on = false;
    h->ring[s.index].base = s.num;
    return true;
}

/* Answered when the requests in flight have completed. */
static bool get_vring_base(struct vwr_vhost_back *h)
{
    struct vwr_vhost_user_vring_state s;

    if (!vring_state(h, &s))
        return false;
    if (hold(h, h->ring[s.index].started && vwr_vqueue_in_flight(vhost_back_queue(h, s.index)) != 0))
        return true;
    vhost_back_stop(h, s.index);
    h->ring[s.index].has_kick = false;
    vhost_close(&h->ring[s.index].kick);
    vhost_close(&h->ring[s.index].call);
    h->ring[s.index].call_is_socket = false;
    s.num = h->ring[s.index].base;
    return reply(h, &s, sizeof(s));
}

/* Finds the ring that a message with a file descriptor refers to. NULL: the message is invalid. */
static struct vwr_vhost_back_ring *vring_file(struct vwr_vhost_back *h)
{
    const uint64_t value = number(h);
    const uint64_t queue = value & VWR_VHOST_USER_VRING_IDX_MASK;
    const bool no_file = (value & VWR_VHOST_USER_VRING_NOFD_MASK) != 0;

    if (queue >= h->dev->queues) {
        (void)vhost_back_end(h, "There is no queue %u.", (unsigned)queue);
        return NULL;
    }
    if (no_file != (h->files == 0)) {
        (void)vhost_back_end(h, "Message %u for queue %u has an invalid number of file descriptors: %u.",
                             h->in.hdr.request, (unsigned)queue, h->files);
        return NULL;
    }
    return &h->ring[queue];
}

/* Ends the connection if the message's file descriptor is not an eventfd. `what` is for the message. */
static bool is_eventfd(struct vwr_vhost_back *h, const char *what, unsigned queue)
{
    if (h->files == 0 || vwr_vhost_is_eventfd(h->file[0]))
        return true;
    return vhost_back_end(h, "Queue %u: the %s descriptor refers to %s, not to an eventfd.", queue, what,
                          vwr_vhost_kind_of(h->file[0]));
}

static bool set_vring_kick(struct vwr_vhost_back *h)
{
    struct vwr_vhost_back_ring *const r = vring_file(h);

    if (r == NULL || !is_eventfd(h, "kick", (unsigned)(r - h->ring)))
        return false;
    take_file(h, &r->kick);
    r->has_kick = true;
    r->again = r->started; /* the previous descriptor may contain a kick that was not read */
    return vhost_back_start(h);
}

/* User Mode Linux passes a socket. */
static bool is_call(struct vwr_vhost_back *h, unsigned queue, bool is_socket)
{
    char what[32];

    if (!is_socket)
        return is_eventfd(h, "call", queue);
    (void)snprintf(what, sizeof(what), "calls of queue %u", queue);
    return vhost_back_accept_socket(h, h->file[0], SHUT_RD, what);
}

static bool set_vring_call(struct vwr_vhost_back *h)
{
    struct vwr_vhost_back_ring *const r = vring_file(h);
    const bool is_socket = h->files != 0 && vwr_vhost_is_socket(h->file[0]);

    if (r == NULL || !is_call(h, (unsigned)(r - h->ring), is_socket))
        return false;
    take_file(h, &r->call);
    r->call_is_socket = is_socket;
    if (r->started) /* interrupts that the previous descriptor has missed */
        vhost_back_call(h, (unsigned)(r - h->ring));
    return true;
}

static bool set_vring_err(struct vwr_vhost_back *h)
{
    struct vwr_vhost_back_ring *const r = vring_file(h);

    if (r == NULL || !is_eventfd(h, "err", (unsigned)(r - h->ring)))
        return false;
    take_file(h, &r->err);
    return true;
}

/* The message may come in any state, and repeatedly. */
static bool set_vring_enable(struct vwr_vhost_back *h)
{
    struct vwr_vhost_user_vring_state s;

    if (!vring_state(h, &s))
        return false;
    if (s.num > 1)
        return vhost_back_end(h, "Queue %u is neither enabled nor disabled by %u.", s.index, s.num);
    if (s.num == 0) {
        disable(h, s.index);
    } else {
        h->ring[s.index].enabled = true;
        h->ring[s.index].again = h->ring[s.index].started;
    }
    return vhost_back_start(h);
}

static bool vring_kick(struct vwr_vhost_back *h)
{
    struct vwr_vhost_user_vring_state s;

    if (!vring_state(h, &s))
        return false;
    h->ring[s.index].has_kick = true;
    if (!vhost_back_start(h))
        return false;
    vhost_back_serve(h, s.index);
    return true;
}

static bool set_backend_req_fd(struct vwr_vhost_back *h)
{
    if (!vwr_vhost_is_socket(h->file[0]))
        return vhost_back_end(
            h, "The descriptor for back-end requests refers to %s, not to a Unix stream socket.",
            vwr_vhost_kind_of(h->file[0]));
    if (!vhost_back_accept_socket(h, h->file[0], SHUT_RD, "back-end requests"))
        return false;
    take_file(h, &h->back);
    return true;
}

/* ---- requests in flight ---- */

static bool get_inflight_fd(struct vwr_vhost_back *h)
{
    struct vwr_vhost_user_inflight i;
    int file;
    bool sent;

    memcpy(&i, payload(h), sizeof(i));
    if (!vhost_back_get_inflight(h, &i, &file))
        return false;
    memcpy(h->in.byte + sizeof(h->in.hdr), &i, sizeof(i)); /* the reply is as long as the message */
    sent = vhost_back_send(h->fd, h->in.hdr.request, VWR_VHOST_USER_FLAG_REPLY, payload(h), h->in.hdr.size,
                           file);
    vhost_close(&file);
    return sent || vhost_back_end(h, "The front end does not take a reply.");
}

static bool set_inflight_fd(struct vwr_vhost_back *h)
{
    struct vwr_vhost_user_inflight i;

    memcpy(&i, payload(h), sizeof(i));
    return vhost_back_set_inflight(h, &i, h->file[0]);
}

/* ---- written pages ---- */

/* The reply is sent without NEED_REPLY too, because QEMU waits for it. */
static bool set_log_base(struct vwr_vhost_back *h)
{
    struct vwr_vhost_user_log log;

    memcpy(&log, payload(h), sizeof(log));
    return vhost_back_set_log(h, &log, h->file[0]) && reply_number(h, 0);
}

static bool set_log_fd(struct vwr_vhost_back *h)
{
    if (!vwr_vhost_is_eventfd(h->file[0]))
        return vhost_back_end(h, "The descriptor for log notifications refers to %s, not to an eventfd.",
                              vwr_vhost_kind_of(h->file[0]));
    take_file(h, &h->log_call);
    return true;
}

/* ---- the state of the device ---- */

/* The back end uses the front end's file descriptor and offers none of its own. */
static bool set_device_state_fd(struct vwr_vhost_back *h)
{
    struct vwr_vhost_user_transfer_state to;
    bool ok;

    memcpy(&to, payload(h), sizeof(to));
    ok = vhost_back_begin_transfer(h, &to, &h->file[0]);
    return reply_number(h, VWR_VHOST_USER_VRING_NOFD_MASK | (ok ? 0u : 1u));
}

/* Answered when the transfer is complete. */
static bool check_device_state(struct vwr_vhost_back *h)
{
    if (hold(h, vhost_back_transfer(h)))
        return true;
    return reply_number(h, vhost_back_check_transfer(h) ? 0u : 1u);
}

/* ---- the table ---- */

/* vwr_vhost_user_request_messages describes the parts of each message. */
static bool (*const handlers[VWR_VHOST_USER_REQUEST_COUNT])(struct vwr_vhost_back *h) = {
    [VWR_VHOST_USER_GET_FEATURES] = get_features,
    [VWR_VHOST_USER_SET_FEATURES] = set_features,
    [VWR_VHOST_USER_SET_OWNER] = nothing,
    [VWR_VHOST_USER_RESET_OWNER] = reset_owner,
    [VWR_VHOST_USER_SET_MEM_TABLE] = set_mem_table,
    [VWR_VHOST_USER_SET_LOG_BASE] = set_log_base,
    [VWR_VHOST_USER_SET_LOG_FD] = set_log_fd,
    [VWR_VHOST_USER_SET_VRING_NUM] = set_vring_num,
    [VWR_VHOST_USER_SET_VRING_ADDR] = set_vring_addr,
    [VWR_VHOST_USER_SET_VRING_BASE] = set_vring_base,
    [VWR_VHOST_USER_GET_VRING_BASE] = get_vring_base,
    [VWR_VHOST_USER_SET_VRING_KICK] = set_vring_kick,
    [VWR_VHOST_USER_SET_VRING_CALL] = set_vring_call,
    [VWR_VHOST_USER_SET_VRING_ERR] = set_vring_err,
    [VWR_VHOST_USER_GET_PROTOCOL_FEATURES] = get_protocol_features,
    [VWR_VHOST_USER_SET_PROTOCOL_FEATURES] = set_protocol_features,
    [VWR_VHOST_USER_GET_QUEUE_NUM] = get_queue_num,
    [VWR_VHOST_USER_SET_VRING_ENABLE] = set_vring_enable,
    [VWR_VHOST_USER_SET_BACKEND_REQ_FD] = set_backend_req_fd,
    [VWR_VHOST_USER_GET_CONFIG] = get_config,
    [VWR_VHOST_USER_SET_CONFIG] = set_config,
    [VWR_VHOST_USER_GET_INFLIGHT_FD] = get_inflight_fd,
    [VWR_VHOST_USER_SET_INFLIGHT_FD] = set_inflight_fd,
    [VWR_VHOST_USER_RESET_DEVICE] = reset_device,
    [VWR_VHOST_USER_VRING_KICK] = vring_kick,
    [VWR_VHOST_USER_GET_MAX_MEM_SLOTS] = get_max_mem_slots,
    [VWR_VHOST_USER_ADD_MEM_REG] = add_mem_reg,
    [VWR_VHOST_USER_REM_MEM_REG] = rem_mem_reg,
    [VWR_VHOST_USER_SET_STATUS] = set_status,
    [VWR_VHOST_USER_GET_STATUS] = get_status,
    [VWR_VHOST_USER_SET_DEVICE_STATE_FD] = set_device_state_fd,
    [VWR_VHOST_USER_CHECK_DEVICE_STATE] = check_device_state,
};

static uint64_t started(const struct vwr_vhost_back *h)
{
    uint64_t rings = 0;

    for (unsigned n = 0; n < h->dev->queues; n++)
        rings |= (uint64_t)h->ring[n].started << n;
    return rings;
}

/* Checks everything but the contents of the payload. Returns the row of the message; NULL: it is invalid. */
static const struct vwr_socket_message *check(struct vwr_vhost_back *h)
{
    const struct vwr_vhost_user_hdr *const hdr = &h->in.hdr;
    const struct vwr_socket_message *const m = vhost_request(hdr->request);

    if ((hdr->flags & VWR_VHOST_USER_FLAG_VERSION) != VWR_VHOST_USER_VERSION ||
        (hdr->flags & VWR_VHOST_USER_FLAG_REPLY) != 0)
        (void)vhost_back_end(h, "Message %u has flags 0x%x: another version, or a reply.", hdr->request,
                             hdr->flags);
    else if (m == NULL || handlers[hdr->request] == NULL)
        (void)vhost_back_end(h, "Message %u is unknown.", hdr->request);
    else if (!vhost_is_accepted(m, h->accepted_protocol))
        (void)vhost_back_end(h, "Message %u needs protocol feature %u, which was not accepted.", hdr->request,
                             m->needs);
    else if (!vhost_has_size(m, hdr->size))
        (void)vhost_back_end(h, "Message %u has %u bytes.", hdr->request, hdr->size);
    else if (!vhost_has_files(m, h->files))
        (void)vhost_back_end(h, "Message %u has an invalid number of file descriptors: %u.", hdr->request,
                             h->files);
    else if (!vhost_is_after(m, h->came))
        (void)vhost_back_end(h, "Message %u comes without message %u before it.", hdr->request, m->after);
    else if (vhost_must_stop(m, payload(h), started(h)) != 0)
        (void)vhost_back_end(h, "Message %u comes while a queue is in use that it changes.", hdr->request);
    return h->ended ? NULL : m;
}

/*
 * SET_PROTOCOL_FEATURES that accepts REPLY_ACK is acknowledged itself, because User Mode Linux waits for
 * that.
 */
static bool wants_answer(const struct vwr_vhost_back *h)
{
    return (h->in.hdr.flags & VWR_VHOST_USER_FLAG_NEED_REPLY) != 0 &&
           vhost_back_has(h, VWR_VHOST_USER_PROTOCOL_F_REPLY_ACK);
}

void vhost_back_message(struct vwr_vhost_back *h)
{
    const struct vwr_socket_message *const m = check(h);
    bool ok;

    if (m == NULL)
        return;
    ok = handlers[h->in.hdr.request](h);
    h->came |= (uint64_t)1 << h->in.hdr.request;
    if (m->answered == 0 && !h->held && wants_answer(h))
        (void)reply_number(h, ok ? 0 : 1);
}
