/* SPDX-License-Identifier: MIT */
#include "front.h"

#include <dirent.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "vwr/gen/features.h"
#include "vwr/ring.h"
#include "vwr/vstate.h"

bool front_has_threads;
size_t front_huge_page;

static uint32_t source(struct vwr_ventropy *e, uint8_t *bytes, uint32_t n)
{
    struct front *const f = e->context;

    if (f->dry != 0) {
        f->dry--;
        return 0;
    }
    if (f->most != 0 && n > f->most)
        n = f->most;
    for (uint32_t i = 0; i < n; i++)
        bytes[i] = f->next;
    f->next++;
    return n;
}

static void init_device(struct front *f)
{
    struct vwr_vdev_setup s;

    vwr_vhost_back_init(&f->h);
    f->h.state = &vwr_ventropy_state;
    memset(&s, 0, sizeof(s));
    s.vm = &f->h.vm;
    s.queue = f->queue;
    s.queue_count = VWR_VENTROPY_QUEUES;
    s.queue_size = FRONT_SIZE;
    s.own = f->own;
    s.own_count = VWR_COUNT(f->own);
    vwr_vdev_features(&s.features);
    vwr_features_add(&s.features, VWR_F_IN_ORDER);
    assert_int_equal(vwr_ventropy_init_with(&f->device, &s, source, f), VWR_OK);
}

static void count_pass(void *context, unsigned queue)
{
    struct front *const f = context;

    (void)queue;
    (void)__atomic_add_fetch(&f->passes, 1, __ATOMIC_RELAXED);
}

static void begin_threads(struct front *f)
{
    const struct vwr_vhost_threads_hooks hooks = {.attend = count_pass, .context = f};

    f->each[0] = &f->device.dev;
    f->h.each = f->each;
    f->h.state = NULL; /* of one device */
    f->threads = calloc(1, sizeof(*f->threads));
    assert_non_null(f->threads);
    assert_true(vwr_vhost_threads_begin(f->threads, &f->h, VWR_VENTROPY_QUEUES, &hooks));
}

static bool stands(struct vwr_vhost_threads *t)
{
    bool any;

    (void)pthread_mutex_lock(&t->lock);
    any = t->stand != 0;
    (void)pthread_mutex_unlock(&t->lock);
    return any;
}

/* A thread that has paused once has seen all earlier buffers, and has served them before it pauses again. */
static void let_work(struct front *f)
{
    for (unsigned i = 0; i < 2 && f->threads != NULL; i++) {
        vwr_vhost_threads_pause(f->threads);
        vwr_vhost_threads_resume(f->threads);
        while (stands(f->threads))
            (void)sched_yield();
    }
}

static void connect_it(struct front *f)
{
    int pair[2];

    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    f->fd = pair[0];
    assert_int_equal(vwr_vhost_back_attach(&f->h, &f->device.dev, pair[1]), VWR_OK);
}

void front_begin(struct front *f, enum front_stage stage, uint64_t features)
{
    memset(f, 0, sizeof(*f));
    init_device(f);
    if (front_has_threads)
        begin_threads(f);
    f->h.protocol |= (uint64_t)1 << VWR_VHOST_USER_PROTOCOL_F_INBAND_NOTIFICATIONS;
    f->features =
        features | (uint64_t)1 << VWR_F_VERSION_1 | (uint64_t)1 << VWR_VHOST_USER_F_PROTOCOL_FEATURES;
    f->packed = (features >> VWR_F_RING_PACKED & 1u) != 0;
    f->wrap = true;
    f->used_wrap = true;
    f->record = -1;
    f->map_bytes = front_huge_page != 0 ? front_huge_page : FRONT_OFFSET + FRONT_BYTES;
    f->file = memfd_create(FRONT_NAME, MFD_CLOEXEC | (front_huge_page != 0 ? MFD_HUGETLB : 0));
    assert_int_equal(ftruncate(f->file, (off_t)f->map_bytes), 0);
    f->map = mmap(NULL, f->map_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, f->file, 0);
    assert_ptr_not_equal(f->map, MAP_FAILED);
    f->bytes = f->map + FRONT_OFFSET;
    f->kick = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    f->call = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    connect_it(f);
    if (stage >= NEGOTIATED)
        front_negotiate(f);
    if (stage >= REMEMBERED)
        front_remember(f);
    if (stage >= RUNNING)
        front_start(f, f->packed ? 0x80008000u : 0); /* both wrap counters of a packed ring begin with 1 */
}

void front_end(struct front *f)
{
    vwr_vhost_back_detach(&f->h);
    if (f->threads != NULL)
        vwr_vhost_threads_end(f->threads);
    free(f->threads);
    (void)close(f->fd);
    (void)close(f->file);
    (void)close(f->kick);
    (void)close(f->call);
    if (f->record >= 0)
        (void)close(f->record);
    (void)munmap(f->map, f->map_bytes);
}

void front_reconnect(struct front *f)
{
    vwr_vhost_back_detach(&f->h);
    (void)close(f->fd);
    connect_it(f);
}

void front_send(struct front *f, uint32_t request, uint32_t flags, const void *payload, uint32_t bytes,
                const int *files, unsigned count)
{
    const struct vwr_vhost_user_hdr hdr = {request, flags, bytes};
    struct iovec part[2] = {{(void *)(uintptr_t)&hdr, sizeof(hdr)}, {(void *)(uintptr_t)payload, bytes}};
    union {
        char bytes[CMSG_SPACE(FRONT_FILES * sizeof(int))];
        struct cmsghdr align;
    } control;
    struct msghdr m;

    memset(&m, 0, sizeof(m));
    memset(&control, 0, sizeof(control));
    m.msg_iov = part;
    m.msg_iovlen = payload != NULL ? 2 : 1;
    if (count != 0) {
        m.msg_control = &control;
        m.msg_controllen = CMSG_SPACE(count * sizeof(int));
        control.align.cmsg_level = SOL_SOCKET;
        control.align.cmsg_type = SCM_RIGHTS;
        control.align.cmsg_len = CMSG_LEN(count * sizeof(int));
        memcpy(CMSG_DATA(&control.align), files, count * sizeof(int));
    }
    assert_true(sendmsg(f->fd, &m, MSG_NOSIGNAL) > 0);
}

void front_tell(struct front *f, uint32_t request, uint64_t value)
{
    front_send(f, request, VWR_VHOST_USER_VERSION, &value, sizeof(value), NULL, 0);
}

void front_tell_state(struct front *f, uint32_t request, uint32_t index, uint32_t num)
{
    const struct vwr_vhost_user_vring_state state = {index, num};

    front_send(f, request, VWR_VHOST_USER_VERSION, &state, sizeof(state), NULL, 0);
}

void front_tell_file(struct front *f, uint32_t request, uint64_t value, int file)
{
    front_send(f, request, VWR_VHOST_USER_VERSION, &value, sizeof(value), &file, 1);
}

int front_work(struct front *f)
{
    int r = VWR_OK;

    for (unsigned i = 0; i < 24 && r == VWR_OK; i++) {
        r = vwr_vhost_back_poll(&f->h, 0);
        let_work(f);
    }
    return r;
}

static ssize_t receive(struct front *f, struct vwr_vhost_user_hdr *hdr)
{
    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr align;
    } control;
    struct iovec to = {hdr, sizeof(*hdr)};
    struct msghdr m;
    ssize_t n;

    memset(&m, 0, sizeof(m));
    m.msg_iov = &to;
    m.msg_iovlen = 1;
    m.msg_control = &control;
    m.msg_controllen = sizeof(control);
    n = recvmsg(f->fd, &m, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    f->received = -1;
    if (n > 0 && CMSG_FIRSTHDR(&m) != NULL)
        memcpy(&f->received, CMSG_DATA(CMSG_FIRSTHDR(&m)), sizeof(int));
    return n;
}

void front_reply(struct front *f, uint32_t request, void *payload, uint32_t bytes)
{
    struct vwr_vhost_user_hdr hdr;

    for (unsigned i = 0; i < 2000; i++) {
        if (vwr_vhost_back_poll(&f->h, 1) != VWR_OK)
            fail_msg("%s", f->h.why);
        if (receive(f, &hdr) != (ssize_t)sizeof(hdr))
            continue;
        assert_int_equal(hdr.request, request);
        assert_int_equal(hdr.flags, VWR_VHOST_USER_VERSION | VWR_VHOST_USER_FLAG_REPLY);
        assert_int_equal(hdr.size, bytes);
        assert_int_equal(recv(f->fd, payload, bytes, MSG_DONTWAIT), bytes);
        return;
    }
    fail_msg("no reply to %u", request);
}

uint64_t front_ask(struct front *f, uint32_t request)
{
    uint64_t value = 0;

    front_send(f, request, VWR_VHOST_USER_VERSION, NULL, 0, NULL, 0);
    front_reply(f, request, &value, sizeof(value));
    return value;
}

uint32_t front_stop(struct front *f)
{
    struct vwr_vhost_user_vring_state state = {0, 0};

    front_tell_state(f, VWR_VHOST_USER_GET_VRING_BASE, 0, 0);
    front_reply(f, VWR_VHOST_USER_GET_VRING_BASE, &state, sizeof(state));
    return state.num;
}

void front_negotiate(struct front *f)
{
    assert_true((front_ask(f, VWR_VHOST_USER_GET_FEATURES) & f->features) == f->features);
    front_tell(f, VWR_VHOST_USER_SET_PROTOCOL_FEATURES,
               front_ask(f, VWR_VHOST_USER_GET_PROTOCOL_FEATURES) &
                   ~((uint64_t)1 << VWR_VHOST_USER_PROTOCOL_F_INBAND_NOTIFICATIONS));
    front_send(f, VWR_VHOST_USER_SET_OWNER, VWR_VHOST_USER_VERSION, NULL, 0, NULL, 0);
    front_tell(f, VWR_VHOST_USER_SET_FEATURES, f->features);
    assert_int_equal(front_work(f), VWR_OK);
}

void front_remember(struct front *f)
{
    struct {
        struct vwr_vhost_user_memory head;
        struct vwr_vhost_user_memory_region r;
    } table = {{1, 0}, {FRONT_GUEST, FRONT_BYTES, FRONT_USER, FRONT_OFFSET}};

    front_send(f, VWR_VHOST_USER_SET_MEM_TABLE, VWR_VHOST_USER_VERSION, &table, sizeof(table), &f->file, 1);
    assert_int_equal(front_work(f), VWR_OK);
}

void front_try(struct front *f, uint32_t base)
{
    const struct vwr_vhost_user_vring_addr a = {0,
                                                f->log,
                                                FRONT_USER + FRONT_DESC,
                                                FRONT_USER + FRONT_USED,
                                                FRONT_USER + FRONT_AVAIL,
                                                FRONT_GUEST + FRONT_USED};

    front_tell_file(f, VWR_VHOST_USER_SET_VRING_CALL, 0, f->call);
    front_tell_state(f, VWR_VHOST_USER_SET_VRING_NUM, 0, FRONT_SIZE);
    front_tell_state(f, VWR_VHOST_USER_SET_VRING_BASE, 0, base);
    front_send(f, VWR_VHOST_USER_SET_VRING_ADDR, VWR_VHOST_USER_VERSION, &a, sizeof(a), NULL, 0);
    front_tell_file(f, VWR_VHOST_USER_SET_VRING_KICK, 0, f->kick);
    front_tell_state(f, VWR_VHOST_USER_SET_VRING_ENABLE, 0, 1);
}

void front_start(struct front *f, uint32_t base)
{
    front_try(f, base);
    if (front_work(f) != VWR_OK)
        fail_msg("%s", f->h.why);
}

void front_record_for(struct front *f, uint16_t entries)
{
    struct vwr_vhost_user_inflight i = {0, 0, VWR_VENTROPY_QUEUES, entries};

    front_send(f, VWR_VHOST_USER_GET_INFLIGHT_FD, VWR_VHOST_USER_VERSION, &i, sizeof(i), NULL, 0);
    front_reply(f, VWR_VHOST_USER_GET_INFLIGHT_FD, &i, sizeof(i));
    if (f->record >= 0)
        (void)close(f->received);
    else
        f->record = f->received;
    front_send(f, VWR_VHOST_USER_SET_INFLIGHT_FD, VWR_VHOST_USER_VERSION, &i, sizeof(i), &f->record, 1);
    assert_int_equal(front_work(f), VWR_OK);
}

void front_record(struct front *f)
{
    front_record_for(f, FRONT_SIZE);
}

void front_kick(struct front *f)
{
    const uint64_t one = 1;

    assert_int_equal(write(f->kick, &one, sizeof(one)), sizeof(one));
}

static void add_packed(struct front *f, uint64_t data)
{
    struct vwr_pvirtq_desc *const ring = (struct vwr_pvirtq_desc *)(void *)(f->bytes + FRONT_DESC);
    struct vwr_pvirtq_desc *const d = &ring[f->added % FRONT_SIZE];
    const unsigned wrap = f->wrap ? VWR_VIRTQ_DESC_F_AVAIL : VWR_VIRTQ_DESC_F_USED;

    d->addr = vwr_cpu_to_le64(data);
    d->len = vwr_cpu_to_le32(FRONT_DATA_BYTES);
    d->id = vwr_cpu_to_le16((uint16_t)(f->added % FRONT_SIZE));
    d->flags = vwr_cpu_to_le16((uint16_t)(wrap | VWR_VIRTQ_DESC_F_WRITE));
    if (f->added % FRONT_SIZE == FRONT_SIZE - 1u)
        f->wrap = !f->wrap;
}

static void add_split(struct front *f, uint64_t data)
{
    struct vwr_virtq_desc *const d =
        (struct vwr_virtq_desc *)(void *)(f->bytes + FRONT_DESC) + f->added % FRONT_SIZE;
    struct vwr_virtq_avail *const avail = (struct vwr_virtq_avail *)(void *)(f->bytes + FRONT_AVAIL);

    d->addr = vwr_cpu_to_le64(data);
    d->len = vwr_cpu_to_le32(FRONT_DATA_BYTES);
    d->flags = vwr_cpu_to_le16(VWR_VIRTQ_DESC_F_WRITE);
    d->next = 0;
    avail->ring[f->added % FRONT_SIZE] = vwr_cpu_to_le16((uint16_t)(f->added % FRONT_SIZE));
    avail->ring[FRONT_SIZE] = vwr_cpu_to_le16(f->taken); /* used_event */
    avail->idx = vwr_cpu_to_le16((uint16_t)(f->added + 1u));
}

void front_put_at(struct front *f, uint64_t data)
{
    if (f->packed)
        add_packed(f, data);
    else
        add_split(f, data);
    f->added++;
}

void front_put(struct front *f)
{
    front_put_at(f, FRONT_GUEST + FRONT_DATA + f->added % FRONT_SIZE * FRONT_DATA_BYTES);
}

void front_add(struct front *f)
{
    front_put(f);
    front_kick(f);
}

static bool is_used_packed(const struct front *f)
{
    const struct vwr_pvirtq_desc *const ring =
        (const struct vwr_pvirtq_desc *)(void *)(f->bytes + FRONT_DESC);
    const unsigned flags =
        vwr_le16_to_cpu(ring[f->taken % FRONT_SIZE].flags) & (VWR_VIRTQ_DESC_F_AVAIL | VWR_VIRTQ_DESC_F_USED);

    return flags == (f->used_wrap ? VWR_VIRTQ_DESC_F_AVAIL | VWR_VIRTQ_DESC_F_USED : 0u);
}

bool front_take(struct front *f, uint8_t *first)
{
    const struct vwr_virtq_used *const used = (const struct vwr_virtq_used *)(void *)(f->bytes + FRONT_USED);

    if (f->packed ? !is_used_packed(f) : vwr_le16_to_cpu(used->idx) == f->taken)
        return false;
    *first = f->bytes[FRONT_DATA + f->taken % FRONT_SIZE * FRONT_DATA_BYTES];
    if (f->taken % FRONT_SIZE == FRONT_SIZE - 1u)
        f->used_wrap = !f->used_wrap;
    f->taken++;
    return true;
}

bool front_was_called(struct front *f)
{
    uint64_t count;

    return read(f->call, &count, sizeof(count)) == (ssize_t)sizeof(count);
}

unsigned count_files(void)
{
    DIR *const d = opendir("/proc/self/fd");
    unsigned n = 0;

    assert_non_null(d);
    while (readdir(d) != NULL)
        n++;
    (void)closedir(d);
    return n;
}

unsigned count_maps(void)
{
    FILE *const maps = fopen("/proc/self/maps", "r");
    char line[512];
    unsigned n = 0;

    assert_non_null(maps);
    while (fgets(line, sizeof(line), maps) != NULL)
        n += strstr(line, FRONT_NAME) != NULL;
    (void)fclose(maps);
    return n;
}
