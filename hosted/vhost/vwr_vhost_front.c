/* SPDX-License-Identifier: MIT */
#include "vhost_front_common.h"
#include "vhost_notifier.h"

#include "vwr/gen/features.h"
#include "vwr/gen/ids.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>

#if !VWR_ACCESS_CALLS
#error "compile the library and the program with -DVWR_ACCESS_CALLS=1"
#endif

/* The registers of a transport as messages of the vhost-user protocol. */

#define VHOST_PACKED_BASE 0x80008000u /* a packed ring begins with both wrap counters set */
#define VHOST_WATCHED 3               /* call, whose edges count because it is never read; backend; socket */
#define VHOST_RETRY_NS 1000000        /* while nothing listens, or the connection fails */

/* The device's features, without those whose fields are in a configuration space that nobody has. */
static uint64_t vhost_offered(const struct vwr_vhost_front *v)
{
    return v->features & ~vwr_vhost_front_without_config(v) &
           ~(UINT64_C(1) << VWR_VHOST_USER_F_LOG_ALL | UINT64_C(1) << VWR_VHOST_USER_F_PROTOCOL_FEATURES);
}

#define VHOST_PROTOCOL_OWN                                                                              \
    (UINT64_C(1) << VWR_VHOST_USER_PROTOCOL_F_MQ | UINT64_C(1) << VWR_VHOST_USER_PROTOCOL_F_REPLY_ACK | \
     UINT64_C(1) << VWR_VHOST_USER_PROTOCOL_F_BACKEND_REQ |                                             \
     UINT64_C(1) << VWR_VHOST_USER_PROTOCOL_F_CONFIG |                                                  \
     UINT64_C(1) << VWR_VHOST_USER_PROTOCOL_F_RESET_DEVICE |                                            \
     UINT64_C(1) << VWR_VHOST_USER_PROTOCOL_F_CONFIGURE_MEM_SLOTS |                                     \
     UINT64_C(1) << VWR_VHOST_USER_PROTOCOL_F_STATUS |                                                  \
     UINT64_C(1) << VWR_VHOST_USER_PROTOCOL_F_DEVICE_STATE)

static struct vwr_vhost_front *vhost_of(struct vwr_dev *d)
{
    return (struct vwr_vhost_front *)(void *)d; /* dev is its first member */
}

static bool vhost_has_protocol(const struct vwr_vhost_front *v)
{
    return (v->features >> VWR_VHOST_USER_F_PROTOCOL_FEATURES & 1u) != 0;
}

/* ---- a connection ---- */

static bool vhost_watch(const struct vwr_vhost_front *v, int fd, uint32_t events)
{
    struct epoll_event e = {.events = events, .data.fd = fd};

    return epoll_ctl(v->poll, EPOLL_CTL_ADD, fd, &e) == 0;
}

static bool vhost_set_backend(struct vwr_vhost_front *v)
{
    int pair[2];
    bool ok;

    if (!vhost_front_has(v, VWR_VHOST_USER_PROTOCOL_F_BACKEND_REQ))
        return true;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair) != 0)
        return vwr_vhost_front_break(v, VWR_VHOST_FRONT_SYSTEM, (uint64_t)errno);
    v->backend = pair[0];
    ok = vwr_vhost_front_send(v, VWR_VHOST_USER_SET_BACKEND_REQ_FD, NULL, 0, &pair[1], 1);
    (void)close(pair[1]);
    return ok && vhost_watch(v, v->backend, EPOLLIN);
}

static bool vhost_agree_protocol(struct vwr_vhost_front *v)
{
    uint64_t offered = 0;
    uint64_t n = 0;

    v->queue_num = 0;
    v->slots = VWR_VHOST_USER_MEMORY_MAX_REGIONS;
    if (!vhost_has_protocol(v))
        return true;
    if (!vwr_vhost_front_get_number(v, VWR_VHOST_USER_GET_PROTOCOL_FEATURES, &offered) ||
        !vwr_vhost_front_set(v, VWR_VHOST_USER_SET_PROTOCOL_FEATURES, offered & VHOST_PROTOCOL_OWN))
        return false;
    v->protocol_features = offered & VHOST_PROTOCOL_OWN;
    if (vhost_front_has(v, VWR_VHOST_USER_PROTOCOL_F_MQ)) {
        if (!vwr_vhost_front_get_number(v, VWR_VHOST_USER_GET_QUEUE_NUM, &n))
            return false;
        if (n == 0 || n > UINT16_MAX)
            return vwr_vhost_front_break(v, VWR_VHOST_FRONT_VALUE, n);
        v->queue_num = (uint32_t)n;
    }
    if (vhost_front_has(v, VWR_VHOST_USER_PROTOCOL_F_CONFIGURE_MEM_SLOTS)) {
        if (!vwr_vhost_front_get_number(v, VWR_VHOST_USER_GET_MAX_MEM_SLOTS, &n))
            return false;
        if (n == 0)
            return vwr_vhost_front_break(v, VWR_VHOST_FRONT_VALUE, n);
        v->slots = n < VWR_VHOST_FRONT_REGIONS ? (uint32_t)n : VWR_VHOST_FRONT_REGIONS;
        if (v->slots < v->region_count) /* of an earlier back end */
            return vwr_vhost_front_break(v, VWR_VHOST_FRONT_VALUE, n);
    }
    return vhost_set_backend(v);
}

static void vhost_forget_rings(struct vwr_vhost_front *v)
{
    for (unsigned i = 0; i < VWR_VHOST_FRONT_QUEUES; i++)
        v->ring[i].set = v->ring[i].started = false;
}

/* Closes the file descriptors of a connection and forgets its state. */
static void vhost_disconnect(struct vwr_vhost_front *v)
{
    vwr_vhost_front_release(v, &v->socket);
    vwr_vhost_front_release(v, &v->backend);
    vhost_forget_rings(v);
    v->protocol_features = 0;
    v->sent = 0;
    v->shown = 0;
    v->accepted = 0;
    v->enabled = false;
}

/* Sends all messages up to the features, in QEMU's order. */
bool vwr_vhost_front_begin(struct vwr_vhost_front *v)
{
    if (!vwr_vhost_front_connect(v))
        return false;
    if (vhost_watch(v, v->socket, EPOLLRDHUP | EPOLLHUP) &&
        vwr_vhost_front_get_number(v, VWR_VHOST_USER_GET_FEATURES, &v->features) && vhost_agree_protocol(v) &&
        vwr_vhost_front_send(v, VWR_VHOST_USER_SET_OWNER, NULL, 0, NULL, 0))
        return true;
    return vwr_vhost_front_break(v, VWR_VHOST_FRONT_SYSTEM, (uint64_t)errno);
}

/* ---- reset ---- */

bool vwr_vhost_front_stop_rings(struct vwr_vhost_front *v)
{
    bool ok = true;

    for (uint32_t i = 0; i < VWR_VHOST_FRONT_QUEUES && ok; i++) {
        struct vwr_vhost_user_vring_state state = {.index = i};
        uint32_t bytes;

        if (!v->ring[i].set)
            continue;
        ok = vwr_vhost_front_get(v, VWR_VHOST_USER_GET_VRING_BASE, &state, sizeof(state), &state,
                                 sizeof(state), &bytes);
        v->ring[i].base = state.num;
        v->ring[i].started = false;
    }
    return ok;
}

/* Stops each queue, then the device. The back end's replies confirm that it no longer uses the memory. */
static bool vhost_stop(struct vwr_vhost_front *v)
{
    if (!vhost_front_has(v, VWR_VHOST_USER_PROTOCOL_F_RESET_DEVICE) || !vwr_vhost_front_stop_rings(v))
        return false;
    vhost_forget_rings(v);
    return vwr_vhost_front_send(v, VWR_VHOST_USER_RESET_DEVICE, NULL, 0, NULL, 0);
}

static void vhost_begin_reset(struct vwr_vhost_front *v)
{
    const bool used = v->accepted != 0 || v->shown != 0;

    v->enabled = false;
    if (v->resetting)
        return;
    if (v->broken || (used && !vhost_stop(v))) {
        v->resetting = true; /* with a new connection, after the back end has closed this one */
        if (v->socket >= 0)
            (void)shutdown(v->socket, SHUT_WR);
        v->broken = true;
    }
    v->accepted = 0;
}

/* Takes one step. true: the reset is complete. */
static bool vhost_reset_step(struct vwr_vhost_front *v)
{
    static const struct timespec pause = {0, VHOST_RETRY_NS};

    if (!v->resetting)
        return true;
    if (v->socket >= 0 && !vwr_vhost_front_is_closed(v)) {
        (void)poll(&(struct pollfd){.fd = v->socket, .events = POLLIN}, 1, 1);
        return false;
    }
    vhost_disconnect(v);
    v->resetting = !vwr_vhost_front_begin(v);
    if (v->resetting)
        (void)nanosleep(&pause, NULL);
    return !v->resetting;
}

/* ---- registers ---- */

bool vwr_vhost_front_enable(struct vwr_vhost_front *v)
{
    for (uint32_t i = 0; i < VWR_VHOST_FRONT_QUEUES && vhost_has_protocol(v); i++) {
        const struct vwr_vhost_user_vring_state state = {.index = i, .num = 1};

        if (v->ring[i].set &&
            !vwr_vhost_front_send(v, VWR_VHOST_USER_SET_VRING_ENABLE, &state, sizeof(state), NULL, 0))
            return false;
    }
    v->enabled = true;
    return true;
}

static bool vhost_set_features(struct vwr_vhost_front *v)
{
    const uint64_t protocol = v->features & UINT64_C(1) << VWR_VHOST_USER_F_PROTOCOL_FEATURES;

    return vwr_vhost_front_set(v, VWR_VHOST_USER_SET_FEATURES, v->accepted | protocol);
}

bool vwr_vhost_front_send_features(struct vwr_vhost_front *v)
{
    return vhost_set_features(v) && (!vhost_front_has(v, VWR_VHOST_USER_PROTOCOL_F_STATUS) ||
                                     vwr_vhost_front_set(v, VWR_VHOST_USER_SET_STATUS, v->dev.status));
}

/* If the back end refuses a bit, vhost_get_status reports NEEDS_RESET. */
static void vhost_set_status(struct vwr_vhost_front *v, uint32_t status)
{
    if (status == VWR_STATUS_RESET)
        vhost_begin_reset(v);
    if (v->broken)
        return;
    if ((status & VWR_STATUS_FEATURES_OK) != 0 && (status & VWR_STATUS_DRIVER_OK) == 0 &&
        (status & VWR_STATUS_FAILED) == 0 && !vhost_set_features(v))
        return;
    if (vhost_front_has(v, VWR_VHOST_USER_PROTOCOL_F_STATUS) &&
        !vwr_vhost_front_set(v, VWR_VHOST_USER_SET_STATUS, status))
        return;
    if ((status & VWR_STATUS_DRIVER_OK) != 0 && (status & VWR_STATUS_FAILED) == 0 && !v->enabled)
        (void)vwr_vhost_front_enable(v);
}

static uint32_t vhost_get_status(struct vwr_vhost_front *v)
{
    const uint32_t wrong = v->dev.status | VWR_STATUS_DEVICE_NEEDS_RESET;
    uint64_t status = v->dev.status;
    bool ok = vhost_reset_step(v) && !v->broken && !vwr_vhost_front_is_closed(v);

    if (ok && vhost_front_has(v, VWR_VHOST_USER_PROTOCOL_F_STATUS))
        ok = vwr_vhost_front_get_number(v, VWR_VHOST_USER_GET_STATUS, &status);
    if (!ok && v->dev.status == 0) /* the connection failed during a reset: continue with a new one */
        v->resetting = true;
    return ok ? (uint8_t)status : wrong;
}

/* The back end of a network card counts pairs of queues, without the control queue. */
static uint32_t vhost_ring_max(const struct vwr_vhost_front *v)
{
    uint32_t queues = VWR_VHOST_FRONT_QUEUES;

    if (v->queue_num != 0 && v->queue_num < queues)
        queues = v->options.type == VWR_ID_NET ? 2u * v->queue_num + 1u : v->queue_num;
    return v->selected < queues && v->selected < VWR_VHOST_FRONT_QUEUES ? v->options.ring_max : 0;
}

static uint32_t vhost_get_register(struct vwr_dev *d, unsigned offset)
{
    struct vwr_vhost_front *const v = vhost_of(d);

    switch (offset) {
    case VWR_MMIO_STATUS:
        return vhost_get_status(v);
    case VWR_MMIO_QUEUE_SIZE_MAX:
        return vhost_ring_max(v);
    case VWR_MMIO_QUEUE_READY:
        return v->selected < VWR_VHOST_FRONT_QUEUES && v->ring[v->selected].set;
    case VWR_MMIO_CONFIG_GENERATION:
        (void)vwr_vhost_front_read_config(v);
        return v->generation;
    default:
        return 0;
    }
}

static void vhost_set_register(struct vwr_dev *d, unsigned offset, uint32_t value)
{
    if (offset == VWR_MMIO_STATUS)
        vhost_set_status(vhost_of(d), value);
    if (offset == VWR_MMIO_QUEUE_SEL)
        vhost_of(d)->selected = value;
}

static uint32_t vhost_get_features(struct vwr_dev *d, uint32_t word)
{
    const uint64_t offered = vhost_offered(vhost_of(d));

    return word < 2 ? (uint32_t)(offered >> 32 * word) : 0;
}

static void vhost_put_features(struct vwr_dev *d, uint32_t word, uint32_t bits)
{
    if (word < 2)
        vhost_of(d)->accepted |= (uint64_t)bits << 32 * word;
}

static void vhost_kick(struct vwr_doorbell_call *call, const struct vwr_doorbell *bell, uint32_t data)
{
    const int kick = ((struct vwr_vhost_front_ring *)(void *)call)->kick;

    (void)bell;
    (void)data;
    if (kick >= 0)
        (void)vwr_vhost_notify(kick);
}

static uint32_t vhost_first_base(const struct vwr_vhost_front *v)
{
    return vwr_dev_has(&v->dev, VWR_F_RING_PACKED) ? VHOST_PACKED_BASE : 0;
}

bool vwr_vhost_front_set_ring(struct vwr_vhost_front *v, uint32_t index)
{
    struct vwr_vhost_front_ring *const ring = &v->ring[index];
    const struct vwr_vhost_user_vring_state size = {.index = index, .num = ring->size};
    const struct vwr_vhost_user_vring_state base = {.index = index, .num = ring->base};
    const struct vwr_vhost_user_number number = {.value = index};

    ring->started =
        vwr_vhost_front_show_memory(v) &&
        vwr_vhost_front_send(v, VWR_VHOST_USER_SET_VRING_NUM, &size, sizeof(size), NULL, 0) &&
        vwr_vhost_front_send(v, VWR_VHOST_USER_SET_VRING_BASE, &base, sizeof(base), NULL, 0) &&
        vwr_vhost_front_send(v, VWR_VHOST_USER_SET_VRING_ADDR, &ring->areas, sizeof(ring->areas), NULL, 0) &&
        vwr_vhost_front_send(v, VWR_VHOST_USER_SET_VRING_CALL, &number, sizeof(number), &v->call, 1) &&
        vwr_vhost_front_send(v, VWR_VHOST_USER_SET_VRING_KICK, &number, sizeof(number), &ring->kick, 1);
    return ring->started;
}

/* Addresses of a ring's areas, for this connection and for one that the device moves to. */
static void vhost_note_ring(struct vwr_vhost_front *v, const struct vwr_queue *q, uint64_t addr)
{
    struct vwr_vhost_front_ring *const ring = &v->ring[q->doorbell.index];
    size_t driver;
    size_t device;

    vwr_queue_areas(q, &driver, &device);
    ring->size = q->size;
    ring->base = vhost_first_base(v);
    ring->areas = (struct vwr_vhost_user_vring_addr){.index = q->doorbell.index,
                                                     .desc_user_addr = addr,
                                                     .avail_user_addr = addr + driver,
                                                     .used_user_addr = addr + device};
}

static uint32_t vhost_queue_set(struct vwr_dev *d, struct vwr_queue *q, uint64_t addr)
{
    struct vwr_vhost_front *const v = vhost_of(d);
    struct vwr_vhost_front_ring *const ring = &v->ring[q->doorbell.index];

    if (ring->kick < 0)
        ring->kick = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    d->fault.got = 0;
    vhost_note_ring(v, q, addr);
    ring->set = ring->kick >= 0 && vwr_vhost_front_set_ring(v, q->doorbell.index);
    if (!ring->set)
        return VWR_FAULT_QUEUE_REFUSED;
    q->doorbell.kind = VWR_DOORBELL_CALL;
    q->doorbell.reg = &ring->call;
    return VWR_FAULT_NONE;
}

/* ---- interrupts ---- */

/*
 * The socket is ready if the back end has closed it or sends an unexpected message. Both are reported once.
 */
static uint32_t vhost_irq(struct vwr_dev *d)
{
    struct vwr_vhost_front *const v = vhost_of(d);
    struct epoll_event event[VHOST_WATCHED];
    const int n = epoll_wait(v->poll, event, VHOST_WATCHED, 0);
    uint32_t why = 0;

    for (int i = 0; i < n; i++) {
        if (event[i].data.fd == v->call) {
            why |= VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK;
        } else if (event[i].data.fd == v->socket) {
            (void)epoll_ctl(v->poll, EPOLL_CTL_DEL, v->socket, NULL);
            (void)vwr_vhost_front_is_closed(v);
            why |= VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK;
        } else if (vwr_vhost_front_serve_back_end(v)) {
            why |= VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK;
        }
    }
    vwr_port_rmb(); /* reads the cause before the rings */
    return why;
}

/* Also without translations, and without data in a notification. */
#define VHOST_LACKS (VWR_FEATURE_BIT(VWR_F_ACCESS_PLATFORM, 1) | VWR_FEATURE_BIT(VWR_F_NOTIFICATION_DATA, 1))

static const struct vwr_features vhost_usable = {{VWR_DEV_USABLE(OTHER, 0),
                                                  VWR_DEV_USABLE(OTHER, 1) & ~VHOST_LACKS,
                                                  VWR_DEV_USABLE(OTHER, 2), VWR_DEV_USABLE(OTHER, 3)}};

static const struct vwr_transport vwr_vhost_front_transport = {
    .get_register = vhost_get_register,
    .set_register = vhost_set_register,
    .get_features = vhost_get_features,
    .set_features = vhost_put_features,
    .queue_set = vhost_queue_set,
    .irq = vhost_irq,
    .usable = &vhost_usable,
};

static void vhost_sleep(void *context, struct vwr_req *r, uint32_t us)
{
    struct vwr_vhost_front *const v = context;
    struct pollfd p = {.fd = v->poll, .events = POLLIN};

    (void)r;
    if (poll(&p, 1, (int)((us + 999u) / 1000u)) > 0)
        (void)vwr_dev_irq(&v->dev);
}

static void vhost_wake(void *context, struct vwr_req *r)
{
    (void)context; /* the same thread would sleep */
    (void)r;
}

int vwr_vhost_front_fd(const struct vwr_vhost_front *v)
{
    return v->poll;
}

/* ---- begin and end ---- */

int vwr_vhost_front_result(const struct vwr_vhost_front *v)
{
    switch (v->error) {
    case VWR_VHOST_FRONT_PATH_LONG:
        return VWR_EINVAL;
    case VWR_VHOST_FRONT_SYSTEM:
    case VWR_VHOST_FRONT_CONNECT:
        return VWR_ENODEV;
    case VWR_VHOST_FRONT_CLOSED:
        return VWR_EGONE;
    case VWR_VHOST_FRONT_SILENT:
        return VWR_ETIMEOUT;
    default:
        return VWR_EPROTO;
    }
}

static void vhost_prepare(struct vwr_vhost_front *v, const struct vwr_vhost_front_options *o)
{
    (void)memset(v, 0, sizeof(*v));
    v->options = *o;
    if (o->timeout_ms == 0)
        v->options.timeout_ms = VWR_VHOST_FRONT_TIMEOUT_MS;
    if (o->ring_max == 0)
        v->options.ring_max = VWR_VHOST_FRONT_RING_MAX;
    v->socket = v->backend = -1;
    for (unsigned i = 0; i < VWR_VHOST_FRONT_QUEUES; i++)
        v->ring[i] = (struct vwr_vhost_front_ring){.call = {vhost_kick}, .kick = -1};
    if (o->config != NULL)
        (void)memcpy(v->config, o->config,
                     o->config_bytes < sizeof(v->config) ? o->config_bytes : sizeof(v->config));
    v->waiter = (struct vwr_waiter){v, vhost_sleep, vhost_wake};
    v->dev.type = o->type;
    v->dev.version = VWR_MMIO_VERSION_MODERN;
    v->dev.config.base = v;
    v->dev.config.bytes = VWR_VHOST_USER_MAX_CONFIG_SIZE;
    v->dev.config.access = &vwr_vhost_front_config_access;
    vwr_dev_set_transport(&v->dev, &vwr_vhost_front_transport);
    v->poll = epoll_create1(EPOLL_CLOEXEC);
    v->call = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

int vwr_vhost_front_probe(struct vwr_vhost_front *v, const struct vwr_vhost_front_options *options)
{
    const size_t length = strlen(options->path);
    bool ok;

    vhost_prepare(v, options);
    (void)memcpy(v->path, options->path, length < sizeof(v->path) ? length : 0);
    if (length >= sizeof(v->path))
        ok = vwr_vhost_front_break(v, VWR_VHOST_FRONT_PATH_LONG, sizeof(v->path));
    else if (v->poll < 0 || v->call < 0 || !vwr_vhost_can_notify() ||
             !vhost_watch(v, v->call, EPOLLIN | EPOLLET))
        ok = vwr_vhost_front_break(v, VWR_VHOST_FRONT_SYSTEM, (uint64_t)errno);
    else
        ok = vwr_vhost_front_begin(v);
    if (!ok) {
        vwr_vhost_front_end(v);
        return vwr_vhost_front_result(v);
    }
    v->dev.state = VWR_DEV_PROBED;
    return VWR_OK;
}

void vwr_vhost_front_end(struct vwr_vhost_front *v)
{
    v->dev.state = VWR_DEV_NONE;
    vhost_disconnect(v);
    v->broken = true;
    for (unsigned i = 0; i < VWR_VHOST_FRONT_QUEUES; i++)
        vhost_close(&v->ring[i].kick);
    vhost_close(&v->call);
    vhost_close(&v->poll);
    vwr_vhost_front_free_memory(v);
    vwr_vhost_front_close_kept(v);
}
