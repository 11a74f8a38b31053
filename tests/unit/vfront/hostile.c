/* SPDX-License-Identifier: MIT */
#include "backend.h"

#include "vwr/blk.h"
#include "vwr/gen/features.h"
#include "vwr/gen/ids.h"
#include "vwr/gen/net.h"
#include "vhost_front_common.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/*
 * hostile SOCKET: a disk is opened and closed on a back end that lies in one of its answers, each answer and
 * each lie, one after the other. Each call has to end in time, with an error where the lie is no possible
 * answer, and nothing may leak.
 */

#define SIZE 16u
#define TIMEOUT_MS 2000u /* of a back end that answers */
#define LIE_MS 8u        /* of one that may be silent */
#define TRIES 100        /* on a busy machine an answer before the lie may be late */
#define SECONDS_MOST 3

#define BIT(n) (UINT64_C(1) << (n))
#define FEATURES (BIT(VWR_F_VERSION_1) | BIT(VWR_VHOST_USER_F_PROTOCOL_FEATURES))
#define PROTOCOL_ALL                                                                                    \
    (BIT(VWR_VHOST_USER_PROTOCOL_F_MQ) | BIT(VWR_VHOST_USER_PROTOCOL_F_REPLY_ACK) |                     \
     BIT(VWR_VHOST_USER_PROTOCOL_F_BACKEND_REQ) | BIT(VWR_VHOST_USER_PROTOCOL_F_CONFIG) |               \
     BIT(VWR_VHOST_USER_PROTOCOL_F_RESET_DEVICE) | BIT(VWR_VHOST_USER_PROTOCOL_F_CONFIGURE_MEM_SLOTS) | \
     BIT(VWR_VHOST_USER_PROTOCOL_F_STATUS))
#define PROTOCOL_FEW BIT(VWR_VHOST_USER_PROTOCOL_F_CONFIG)

static _Alignas(8) uint8_t own[VWR_BLK_OWN_BYTES(SIZE, 1)];
static struct vwr_vhost_front v;
static struct vwr_blk disk;
static unsigned timeout_ms = TIMEOUT_MS;
static unsigned failures;

static void check(bool ok, const char *what, const struct backend *b)
{
    char text[200];

    if (ok)
        return;
    (void)vwr_vhost_front_explain(&v, text, sizeof(text));
    printf("FAILED: %s: message %d, lie %d, protocol %llx: %s\n", what, b->at, (int)b->lie,
           (unsigned long long)b->protocol, text);
    failures++;
}

static unsigned open_fds(void)
{
    DIR *const d = opendir("/proc/self/fd");
    unsigned n = 0;

    while (d != NULL && readdir(d) != NULL)
        n++;
    if (d != NULL)
        (void)closedir(d);
    return n;
}

/* Mappings of shared memory of ours. */
static unsigned maps(void)
{
    FILE *const f = fopen("/proc/self/maps", "r");
    char line[512];
    unsigned n = 0;

    while (f != NULL && fgets(line, sizeof(line), f) != NULL)
        n += strstr(line, "memfd:virtwright") != NULL;
    if (f != NULL)
        (void)fclose(f);
    return n;
}

static int opens(const char *path)
{
    const struct vwr_vhost_front_options o = {.path = path, .type = VWR_ID_BLOCK, .timeout_ms = timeout_ms};
    int r = vwr_vhost_front_probe(&v, &o);
    void *memory = r == VWR_OK ? vwr_vhost_front_memory(&v, VWR_BLK_SHARED_BYTES(SIZE, 1, 1)) : NULL;
    const struct vwr_blk_options fast = {.request = {.timeout_us = 100000}};
    const struct vwr_queue_memory m = {memory, VWR_BLK_SHARED_BYTES(SIZE, 1, 1), own, sizeof(own), SIZE};

    if (r == VWR_OK)
        r = memory != NULL ? vwr_blk_open_with(&disk, &v.dev, &m, &fast) : VWR_ENOMEM;
    return r;
}

/* A disk from the probe to the end. */
static int session(struct backend *b, const char *path)
{
    int r;

    b->acted = false;
    b->reached = false;
    r = opens(path);
    if (r == VWR_OK)
        r = vwr_dev_check(&v.dev);
    if (v.dev.state == VWR_DEV_LIVE) {
        const int closed = vwr_close(&disk.bringup);

        if (r == VWR_OK)
            r = closed;
    }
    if (r == VWR_OK && v.connections > 1)
        r = VWR_EGONE; /* the reset was by a new connection */
    vwr_vhost_front_end(&v);
    backend_idle(b);
    return r;
}

/* A session in which the back end falsifies an answer, if the message has one. */
static int lying_session(struct backend *b, const char *path)
{
    int tries = 0;
    int r;

    timeout_ms = LIE_MS;
    do
        r = session(b, path);
    while (!b->reached && ++tries < TRIES);
    timeout_ms = TIMEOUT_MS;
    return r;
}

static void all_lies(struct backend *b, const char *path, unsigned *cases)
{
    int messages;

    b->lie = LIE_NONE;
    b->at = -1;
    check(session(b, path) == (b->protocol == PROTOCOL_ALL ? VWR_OK : VWR_EGONE), "no lie", b);
    messages = b->messages;
    for (b->at = 0; b->at < messages; b->at++)
        for (b->lie = LIE_DIE; b->lie < LIE_KINDS; b->lie++) {
            const unsigned fds = open_fds();
            const time_t before = time(NULL);
            const int r = lying_session(b, path);

            *cases += b->acted;
            check(!b->acted || b->lie >= LIE_ZERO || b->lie == LIE_EMPTY || r != VWR_OK,
                  "the lie is believed", b);
            check(time(NULL) - before <= SECONDS_MOST, "it takes too long", b);
            check(open_fds() == fds, "descriptors leak", b);
            check(maps() == 0, "a mapping leaks", b);
            if (!b->acted)
                break; /* this message has no answer */
        }
}

/* The back end's own requests: a change of the configuration, and others. */
static void backend_requests(struct backend *b, const char *path)
{
    const struct vwr_vhost_user_hdr change = {VWR_VHOST_USER_BACKEND_CONFIG_CHANGE_MSG,
                                              VWR_VHOST_USER_VERSION | VWR_VHOST_USER_FLAG_NEED_REPLY, 0};
    uint8_t reply[64];

    b->lie = LIE_NONE;
    b->protocol = PROTOCOL_ALL;
    check(opens(path) == VWR_OK, "open", b);
    check(vwr_dev_irq(&v.dev) == 0, "an interrupt without a reason", b);
    (void)send(b->request_fd, &change, sizeof(change), MSG_NOSIGNAL);
    check(vwr_dev_irq(&v.dev) != 0, "no interrupt after a change", b);
    check(recv(b->request_fd, reply, sizeof(reply), MSG_DONTWAIT) == sizeof(change) + sizeof(uint64_t),
          "the change is not acknowledged", b);
    (void)send(b->request_fd, "nonsense, nonsense", 18, MSG_NOSIGNAL);
    check(vwr_dev_irq(&v.dev) == 0, "an interrupt by nonsense", b);
    check(send(b->request_fd, &change, sizeof(change), MSG_NOSIGNAL) < 0, "nonsense is accepted", b);
    check(vwr_dev_check(&v.dev) == VWR_OK, "nonsense ends the device", b);
    check(vwr_close(&disk.bringup) == VWR_OK, "close", b);
    vwr_vhost_front_end(&v);
    backend_idle(b);
}

#define MANY 253u /* SCM_MAX_FD: all that the kernel passes at once */

/* A change of the configuration, with descriptors of a file. */
static void send_change(const struct backend *b, int file)
{
    const struct vwr_vhost_user_hdr change = {VWR_VHOST_USER_BACKEND_CONFIG_CHANGE_MSG,
                                              VWR_VHOST_USER_VERSION, 0};
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(MANY * sizeof(int))];
    } room = {0};
    struct iovec part = {(void *)(uintptr_t)&change, sizeof(change)};
    struct msghdr m = {.msg_iov = &part,
                       .msg_iovlen = 1,
                       .msg_control = &room,
                       .msg_controllen = CMSG_SPACE(MANY * sizeof(int))};

    room.align = (struct cmsghdr){
        .cmsg_len = CMSG_LEN(MANY * sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
    for (unsigned i = 0; i < MANY; i++)
        (void)memcpy(CMSG_DATA(&room.align) + i * sizeof(int), &file, sizeof(file));
    (void)sendmsg(b->request_fd, &m, MSG_NOSIGNAL);
}

/*
 * The close of a descriptor that the back end passes may wait: it stays open until the end. So do those in
 * the queue of a socket that is not read.
 */
static void kept_descriptors(struct backend *b, const char *path)
{
    const unsigned fds = open_fds();
    int pipe_ends[2];

    b->lie = LIE_NONE;
    b->protocol = PROTOCOL_ALL;
    check(pipe2(pipe_ends, O_CLOEXEC | O_NONBLOCK) == 0 && opens(path) == VWR_OK, "open", b);
    send_change(b, pipe_ends[1]);
    send_change(b, pipe_ends[1]);
    (void)close(pipe_ends[1]);
    check(vwr_dev_irq(&v.dev) == 0, "an interrupt by a message with descriptors", b);
    check(v.kept_count == MANY + 1u && v.backend < 0, "descriptors that are kept, and a socket", b);
    check(vwr_close(&disk.bringup) == VWR_OK, "close", b);
    check(read(pipe_ends[0], &(char){0}, 1) < 0 && errno == EAGAIN, "a descriptor is closed", b);
    vwr_vhost_front_end(&v);
    check(read(pipe_ends[0], &(char){0}, 1) == 0, "a descriptor stays open", b);
    (void)close(pipe_ends[0]);
    backend_idle(b);
    check(open_fds() == fds, "descriptors leak", b);
}

static bool asks(uint32_t request, uint32_t bytes)
{
    static const uint8_t payload[32];
    uint8_t reply[32];
    uint32_t n;

    return vwr_vhost_front_get(&v, request, payload, bytes, reply, sizeof(reply), &n);
}

static bool without_feature(void)
{
    return asks(VWR_VHOST_USER_GET_STATUS, 0);
}

static bool set_without_feature(void)
{
    return vwr_vhost_front_set(&v, VWR_VHOST_USER_SET_STATUS, 0);
}

static bool too_short(void)
{
    return asks(VWR_VHOST_USER_GET_CONFIG, 4);
}

static bool without_reply(void)
{
    return asks(VWR_VHOST_USER_SET_OWNER, 0);
}

static bool with_reply(void)
{
    return vwr_vhost_front_send(&v, VWR_VHOST_USER_GET_FEATURES, NULL, 0, NULL, 0);
}

static bool with_file(void)
{
    return vwr_vhost_front_send(&v, VWR_VHOST_USER_SET_OWNER, NULL, 0, &v.call, 1);
}

static bool unknown(void)
{
    return asks(VWR_VHOST_USER_REQUEST_COUNT, 0);
}

/*
 * A message that was not negotiated, or has a form other than that in the description, does not leave this
 * process.
 */
static void unsent(struct backend *b, const char *path)
{
    static bool (*const forms[])(void) = {without_feature, set_without_feature, too_short, without_reply,
                                          with_reply,      with_file,           unknown};
    int alone;

    b->lie = LIE_NONE;
    b->protocol = PROTOCOL_FEW;
    check(opens(path) == VWR_OK, "open", b);
    vwr_vhost_front_end(&v);
    backend_idle(b);
    alone = b->messages;
    for (unsigned i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        check(opens(path) == VWR_OK, "open", b);
        check(!forms[i](), "a message that is not allowed", b);
        check(v.error == VWR_VHOST_FRONT_UNSENT, "another error", b);
        vwr_vhost_front_end(&v);
        backend_idle(b);
        check(b->messages == alone, "it was sent", b);
    }
}

/* The back end also holds the eventfd for notifications: it is full, and blocks. The driver continues until
 * its
 * deadline. */
static void full_kick(struct backend *b, const char *path)
{
    const uint64_t most = UINT64_MAX - 1u;
    uint64_t count;
    uint8_t *sector;
    int kick;

    b->protocol = PROTOCOL_ALL;
    check(opens(path) == VWR_OK, "open", b);
    kick = v.ring[0].kick;
    sector = vwr_vhost_front_memory(&v, VWR_BLK_SECTOR_BYTES);
    (void)!read(kick, &count, sizeof(count));
    check(sector != NULL && write(kick, &most, sizeof(most)) == sizeof(most) &&
              fcntl(kick, F_SETFL, fcntl(kick, F_GETFL) & ~O_NONBLOCK) == 0,
          "fill", b);
    (void)alarm(SECONDS_MOST); /* ends a driver that sleeps in the notification */
    check(sector == NULL || vwr_blk_read(&disk, 0, sector, 1) == VWR_ETIMEOUT, "a read without an answer", b);
    (void)alarm(0);
    check(vwr_close(&disk.bringup) == VWR_OK, "close", b);
    vwr_vhost_front_end(&v);
    backend_idle(b);
}

/* A reset ends only when the back end has closed its end; until then it may write to the memory. */
static void stays_open(struct backend *b, const char *path)
{
    b->protocol = PROTOCOL_FEW;
    check(opens(path) == VWR_OK, "open", b);
    b->stays_open = true;
    check(vwr_close(&disk.bringup) == VWR_ETIMEOUT, "a reset ends while the back end is connected", b);
    b->stays_open = false;
    while (vwr_dev_reset(&v.dev) != VWR_OK)
        continue;
    check(v.connections == 2, "no new connection", b);
    vwr_vhost_front_end(&v);
    backend_idle(b);
}

/* Neither the back end nor the program has a configuration: features with fields in it are not offered. */
static void without_config(struct backend *b, const char *path)
{
    static const uint8_t config[16];
    struct vwr_vhost_front_options o = {
        .path = path, .type = VWR_NET_ID, .timeout_ms = TIMEOUT_MS, .config_bytes = sizeof(config)};
    const uint32_t with_a_field = BIT(VWR_NET_F_MTU) | BIT(VWR_NET_F_MAC) | BIT(VWR_NET_F_STATUS);

    b->features = FEATURES | with_a_field | BIT(VWR_NET_F_CSUM);
    for (unsigned has = 0; has < 3; has++) {
        uint32_t offered;

        b->protocol = has == 1 ? PROTOCOL_ALL : PROTOCOL_ALL & ~PROTOCOL_FEW;
        o.config = has == 2 ? config : NULL;
        check(vwr_vhost_front_probe(&v, &o) == VWR_OK, "probe", b);
        offered = v.dev.transport->get_features(&v.dev, 0);
        check((offered & BIT(VWR_NET_F_CSUM)) != 0, "a feature without a field", b);
        check((offered & with_a_field) == (has != 0 ? with_a_field : 0), "features with a field", b);
        vwr_vhost_front_end(&v);
        backend_idle(b);
    }
    b->features = FEATURES;
}

/* A back end that offers each of these features: the driver accepts none for which the protocol has no
 * message. */
static void all_features(struct backend *b, const char *path)
{
    static const unsigned lacks[] = {VWR_F_ACCESS_PLATFORM,   VWR_F_SR_IOV,     VWR_F_NOTIFICATION_DATA,
                                     VWR_F_NOTIF_CONFIG_DATA, VWR_F_RING_RESET, VWR_F_ADMIN_VQ};

    b->protocol = PROTOCOL_ALL;
    b->features = FEATURES | BIT(VWR_F_EVENT_IDX);
    for (unsigned i = 0; i < VWR_COUNT(lacks); i++)
        b->features |= BIT(lacks[i]);
    check(opens(path) == VWR_OK, "open", b);
    for (unsigned i = 0; i < VWR_COUNT(lacks); i++)
        check(vwr_features_have(&v.dev.offered, lacks[i]) && !vwr_dev_has(&v.dev, lacks[i]),
              "a feature that the transport lacks", b);
    check(vwr_dev_has(&v.dev, VWR_F_EVENT_IDX), "a feature that it has", b);
    vwr_vhost_front_end(&v);
    backend_idle(b);
    b->features = FEATURES;
}

/* Slots of the back end: fewer and more than VWR_VHOST_FRONT_REGIONS. */
static void few_slots(struct backend *b, const char *path)
{
    b->protocol = PROTOCOL_ALL;
    for (unsigned slots = 2; slots <= 2 * VWR_VHOST_FRONT_REGIONS; slots *= VWR_VHOST_FRONT_REGIONS) {
        uint32_t n = 1; /* the ring of the disk */

        b->slots = slots;
        check(opens(path) == VWR_OK, "open", b);
        while (n < 3 * VWR_VHOST_FRONT_REGIONS && vwr_vhost_front_memory(&v, 1) != NULL)
            n++;
        check(n == (slots == 2 ? slots : VWR_VHOST_FRONT_REGIONS), "number of regions", b);
        check(vwr_close(&disk.bringup) == VWR_OK, "close", b);
        vwr_vhost_front_end(&v);
        backend_idle(b);
    }
    b->slots = 0;
}

/* A reset by a new connection, to a back end that has no slot for each region of the memory. */
static void fewer_slots(struct backend *b, const char *path)
{
    char text[300];

    b->protocol = BIT(VWR_VHOST_USER_PROTOCOL_F_REPLY_ACK) | BIT(VWR_VHOST_USER_PROTOCOL_F_CONFIG) |
                  BIT(VWR_VHOST_USER_PROTOCOL_F_CONFIGURE_MEM_SLOTS);
    b->slots = 2;
    check(opens(path) == VWR_OK && vwr_vhost_front_memory(&v, 1) != NULL, "two regions", b);
    b->slots = 1;
    check(vwr_close(&disk.bringup) != VWR_OK, "a reset with memory that does not fit", b);
    (void)vwr_vhost_front_explain(&v, text, sizeof(text));
    check(strstr(text, "GET_MAX_MEM_SLOTS is 1") != NULL, text, b);
    vwr_vhost_front_end(&v);
    backend_idle(b);
    b->slots = 0;
}

/* Memory beyond RLIMIT_FSIZE is refused, without a signal that ends the program. */
static void size_limit(struct backend *b, const char *path)
{
    struct rlimit before, few;

    b->protocol = PROTOCOL_ALL;
    check(opens(path) == VWR_OK, "open", b);
    (void)getrlimit(RLIMIT_FSIZE, &before);
    few = before;
    few.rlim_cur = 1;
    check(setrlimit(RLIMIT_FSIZE, &few) == 0, "limit", b);
    check(vwr_vhost_front_memory(&v, VWR_BLK_SECTOR_BYTES) == NULL, "memory beyond the limit", b);
    check(setrlimit(RLIMIT_FSIZE, &before) == 0, "limit", b);
    check(vwr_vhost_front_memory(&v, VWR_BLK_SECTOR_BYTES) != NULL, "memory", b);
    check(vwr_close(&disk.bringup) == VWR_OK, "close", b);
    vwr_vhost_front_end(&v);
    backend_idle(b);
}

static void refusals(const char *path)
{
    char text[300];
    char longer[200];
    struct vwr_vhost_front_options o = {.path = path, .type = VWR_ID_BLOCK};
    struct backend none = {0};

    (void)unlink(path);
    check(vwr_vhost_front_probe(&v, &o) == VWR_ENODEV, "a path without a socket", &none);
    (void)vwr_vhost_front_explain(&v, text, sizeof(text));
    check(strstr(text, "no back end listens on") != NULL, "its sentence", &none);
    (void)memset(longer, 'x', sizeof(longer));
    longer[sizeof(longer) - 1] = '\0';
    o.path = longer;
    check(vwr_vhost_front_probe(&v, &o) == VWR_EINVAL, "a long path", &none);
}

int main(int count, char **words)
{
    struct backend b = {.features = FEATURES};
    unsigned cases = 0;

    if (count != 2 || !backend_begin(&b, words[1])) {
        printf("usage: hostile SOCKET\n");
        return 2;
    }
    b.protocol = PROTOCOL_ALL;
    all_lies(&b, words[1], &cases);
    b.protocol = PROTOCOL_FEW;
    all_lies(&b, words[1], &cases);
    b.at = -1;
    backend_requests(&b, words[1]);
    kept_descriptors(&b, words[1]);
    full_kick(&b, words[1]);
    size_limit(&b, words[1]);
    few_slots(&b, words[1]);
    fewer_slots(&b, words[1]);
    stays_open(&b, words[1]);
    unsent(&b, words[1]);
    without_config(&b, words[1]);
    all_features(&b, words[1]);
    backend_end(&b);
    refusals(words[1]);
    printf("%u lies, %u failures\n", cases, failures);
    return cases < 300 || failures != 0;
}
