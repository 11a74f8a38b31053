/* SPDX-License-Identifier: MIT */
#include "../../hostile/guests/hostile.h"
#include "state_folder.h"

#include "vwr/v9p.h"
#include "vwr/vblk.h"
#include "vwr/vconsole.h"
#include "vwr/vcrypto.h"
#include "vwr/ventropy.h"
#include "vwr/vgpio.h"
#include "vwr/vgpu.h"
#include "vwr/vballoon.h"
#include "vwr/vi2c.h"
#include "vwr/vinput.h"
#include "vwr/vnet.h"
#include "vwr/vpci.h"
#include "vwr/vscsi.h"
#include "vwr/vsound.h"
#include "vwr/vrtc.h"
#include "vwr/vstate.h"
#include "vwr/vvsock.h"
#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Saved states: their sizes, and states that are wrong. Each bit of a state is flipped, it is cut off at each
 * byte and continued by one; it is refused with a sentence, and nothing of it is loaded, or it is one that a
 * save would have written. ../../pair/saves.c has what works. Section: Device parts.
 */

#define SECTORS 64u
#define REQUESTS 6u
#define SEGMENTS 20u
#define HELD 2u   /* of three descriptors, in a ring of 8 */
#define OTHERS 7u /* that come while one stays: a lap */
#define PORTS 2u
#define SOCKETS 2u
#define CID 42u
#define LINES 3u
#define SESSIONS 2u
#define KEYS 16u /* bytes of a session at most */
#define CLOCKS 2u
#define SIDE 4u /* of an image */
#define RESOURCE 7u
#define MAP 64u /* words */
#define EVENTS 8u
#define UNITS 4u
#define READ_BYTES 16384u /* of a command that takes several budgets */
#define STREAMS 2u
#define PERIOD 64u
#define STATE_BYTES 8192u
#define LARGE_BYTES 32768u /* of a state with a cursor */
#define VECTORS 3u
#define WORDS_OF_MSIX 0x3000u /* of the BAR: the table */

enum {
    DISK,
    CONSOLE,
    ENTROPY,
    NET,
    INPUT,
    P9,
    FS,
    VSOCK,
    I2C,
    SCSI,
    SOUND,
    GPIO,
    RTC,
    GPU,
    CRYPTO,
    BALLOON,
    CLASSES
};

static const struct vwr_vstate_class *const classes[CLASSES] = {
    [DISK] = &vwr_vblk_state,    [CONSOLE] = &vwr_vconsole_state, [ENTROPY] = &vwr_ventropy_state,
    [NET] = &vwr_vnet_state,     [INPUT] = &vwr_vinput_state,     [P9] = &vwr_v9p_state,
    [FS] = &vwr_vfs_state,       [VSOCK] = &vwr_vvsock_state,     [I2C] = &vwr_vi2c_state,
    [GPIO] = &vwr_vgpio_state,   [RTC] = &vwr_vrtc_state,         [SCSI] = &vwr_vscsi_state,
    [GPU] = &vwr_vgpu_state,     [CRYPTO] = &vwr_vcrypto_state,   [BALLOON] = &vwr_vballoon_state,
    [SOUND] = &vwr_vsound_state,
};

static struct {
    struct guest g;
    struct vwr_vblk disk;
    struct vwr_vblk_backend backend;
    struct vwr_vblk_req req[REQUESTS];
    struct vwr_vseg seg[REQUESTS * SEGMENTS];
    struct vwr_vconsole console;
    struct vwr_vconsole_port port[PORTS];
    struct vwr_ventropy entropy;
    struct vwr_vnet net;
    struct vwr_vi2c i2c;
    uint8_t data[16];
    uint64_t ticket;
    struct vwr_vgpio gpio;
    struct vwr_vgpio_line line[LINES];
    struct vwr_vmessage unmasked[VWR_VGPIO_MESSAGES(LINES)];
    struct vwr_vseg unmasked_seg[VWR_VGPIO_SEGS(LINES, SEGMENTS)];
    unsigned changes;
    struct vwr_vcrypto crypto;
    struct vwr_vcrypto_session session[SESSIONS];
    uint8_t buffer[2 * KEYS];
    uint8_t keys[SESSIONS * VWR_VCRYPTO_KEYS(KEYS)];
    struct vwr_crypto_data ciphered; /* the request that the VMM has, */
    uint64_t ciphered_ticket;
    struct vwr_vmessage crypto_message[2]; /* the device has the first one */
    struct vwr_vseg crypto_seg[2 * SEGMENTS];
    unsigned living; /* sessions */
    struct vwr_vrtc rtc;
    struct vwr_vrtc_clock clock[CLOCKS];
    struct vwr_vvsock vsock;
    struct vwr_socket socket[SOCKETS];
    uint8_t received[SOCKETS * VWR_SOCKET_BYTES(4)];
    struct vwr_vinput input;
    struct vwr_input_event_msg fifo[EVENTS];
    unsigned leds;
    struct vwr_vballoon balloon;
    uint32_t map[MAP];
    uint64_t released;
    uint64_t returned;
    struct vwr_vscsi scsi;
    struct vwr_vscsi_unit unit[UNITS];
    struct vwr_vmessage command[REQUESTS];
    struct vwr_vscsi_call call[REQUESTS];
    struct vwr_vseg scsi_seg[(REQUESTS + 2) * SEGMENTS];
    struct vwr_vsound sound;
    struct vwr_vgpu gpu;
    struct vwr_vgpu_scanout scanout[2];
    struct vwr_vgpu_resource resource[2];
    struct vwr_vgpu_entry entry[4];
    _Alignas(VWR_VGPU_ALIGN) uint8_t image[4 * VWR_VGPU_BYTES(SIDE, SIDE)];
    struct vwr_vgpu_flush flush;
    _Alignas(VWR_VGPU_ALIGN) uint8_t images[VWR_VGPU_BYTES(64, 64) + 2 * VWR_VGPU_BYTES(SIDE, SIDE)];
    unsigned shown;
    struct vwr_vgpu_cursor cursor;
    unsigned cursors;
    unsigned timers;
    unsigned drains;
    unsigned asks;
    const uint8_t *asked[HELD]; /* the data of the last requests */
    struct vwr_vblk_req part;   /* the last one, as it was */
    struct vwr_vblk_req *part_of;
    struct vwr_vpci f;
    struct vwr_vpci_vector vector[VECTORS];
    unsigned messages;
    uint32_t message; /* the data of the last one */
} all;

/* ---- a device of each class ---- */

static unsigned without_hooks; /* 2: without a table of them, where it may be NULL */
static bool with_less;         /* memory for one thing instead of several */
static bool exclusive;         /* the pages of the balloon are the VMM's alone, */
static bool tells_nothing;     /* and the driver does not tell when it takes one */
static bool large;             /* images of 64 x 64 pixels */
static bool in_parts;          /* a back end takes 4096 bytes at a time, */
static bool is_unsafe;         /* or cannot be drained */

static int submit(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    (void)be;
    (void)vwr_vblk_ticket(r);
    all.asked[all.asks++ % HELD] = r->segs != 0 ? r->seg[0].at : NULL;
    all.part = *r;
    all.part_of = r;
    return VWR_LATER;
}

static void drain(struct vwr_vblk_backend *be, struct vwr_vblk *b, unsigned queue)
{
    (void)be;
    (void)queue;
    all.drains++;
    if (is_unsafe)
        vwr_vdev_set_unsafe(&b->dev, true);
}

static struct vwr_vdev *make_disk(const struct vwr_vdev_setup *s)
{
    static const struct vwr_vblk_backend_ops ops = {.submit = submit, .drain = drain};
    const struct vwr_vblk_options o = {.backend = &all.backend,
                                       .queues = 1,
                                       .req = all.req,
                                       .reqs = with_less ? 1 : REQUESTS,
                                       .seg = all.seg,
                                       .segs = SEGMENTS};

    all.backend = (struct vwr_vblk_backend){.ops = &ops,
                                            .sectors = SECTORS,
                                            .block_size = 512,
                                            .flush = true,
                                            .write_zeroes = in_parts,
                                            .write_zeroes_sectors = SECTORS,
                                            .most = in_parts ? 4096 : 0};
    assert_int_equal(vwr_vblk_init(&all.disk, s, &o), VWR_OK);
    return &all.disk.dev;
}

static uint32_t output(struct vwr_vconsole *c, unsigned port, const uint8_t *bytes, uint32_t n)
{
    (void)c;
    (void)port;
    (void)bytes;
    return n / 2;
}

static struct vwr_vdev *make_console(const struct vwr_vdev_setup *s)
{
    static const struct vwr_vconsole_ops ops = {.output = output};
    const struct vwr_vconsole_options o = {
        .ops = &ops, .port = all.port, .ports = PORTS, .cols = 80, .rows = 25, .emergency = true};

    all.port[0].console = true;
    all.port[1].name = "second";
    assert_int_equal(vwr_vconsole_init(&all.console, s, &o), VWR_OK);
    return &all.console.dev;
}

static uint32_t source(struct vwr_ventropy *e, uint8_t *bytes, uint32_t n)
{
    (void)e;
    (void)bytes;
    (void)n;
    return 0;
}

static struct vwr_vdev *make_entropy(const struct vwr_vdev_setup *s)
{
    assert_int_equal(vwr_ventropy_init(&all.entropy, s, source, NULL), VWR_OK);
    return &all.entropy.dev;
}

static int transmit(struct vwr_vnet *n, unsigned pair, struct vwr_vnet_packet *p)
{
    (void)n;
    (void)pair;
    (void)p;
    return VWR_EFULL;
}

static struct vwr_vdev *make_net(const struct vwr_vdev_setup *s)
{
    static const struct vwr_vnet_ops ops = {.transmit = transmit};
    const struct vwr_vnet_options o = {
        .ops = &ops, .mac = {2, 0, 0, 0, 0, 1}, .pairs = 2, .control = true, .mtu = 1500};

    assert_int_equal(vwr_vnet_init(&all.net, s, &o), VWR_OK);
    all.net.filter.list[0].first[1] = 1; /* a listed address */
    all.net.filter.list[0].mac[0] = 0x123456;
    return vwr_vnet_dev(&all.net);
}

static int connects(struct vwr_vvsock *v, struct vwr_socket *s)
{
    (void)v;
    (void)s;
    return VWR_OK;
}

static struct vwr_vdev *make_vsock(const struct vwr_vdev_setup *s)
{
    static const struct vwr_vvsock_ops ops = {.connect = connects};
    const struct vwr_vvsock_options o = {
        .ops = &ops, .guest_cid = CID, .sockets = {all.socket, all.received, SOCKETS, 4}, .seqpacket = true};

    assert_int_equal(vwr_vvsock_init(&all.vsock, s, &o), VWR_OK);
    return vwr_vvsock_dev(&all.vsock);
}

static void note_led(struct vwr_vinput *in, uint16_t type, uint16_t code, uint32_t value)
{
    (void)in;
    (void)type;
    all.leds |= (unsigned)(value != 0) << code;
}

static struct vwr_vdev *make_input(const struct vwr_vdev_setup *s)
{
    static const struct vwr_vinput_ops ops[] = {{.status = note_led}, {.status = NULL}};
    const struct vwr_vinput_options o = {.model = &vwr_vinput_keyboard,
                                         .ops = without_hooks == 2 ? NULL : &ops[without_hooks],
                                         .fifo = all.fifo,
                                         .events = EVENTS};

    assert_int_equal(vwr_vinput_init(&all.input, s, &o), VWR_OK);
    return vwr_vinput_dev(&all.input);
}

/* A group of which the guest has a part, and one that is not complete. */
static void fill_input(void)
{
    const struct vwr_input_event_msg group[] = {
        {VWR_EV_KEY, VWR_KEY_A, 1}, {VWR_EV_KEY, VWR_KEY_A + 1, 1}, {VWR_EV_KEY, VWR_KEY_A + 2, 1}};

    assert_true(vwr_vinput_group(&all.input, group, 3));
    assert_true(vwr_vinput_event(&all.input, VWR_EV_KEY, VWR_KEY_A, 0));
    all.input.leds = 1u << VWR_LED_CAPSL;
    assert_true(all.input.torn && all.input.next - all.input.read == 3 && all.input.end != all.input.next);
}

static int transfer(struct vwr_vi2c *v, struct vwr_vi2c_message *m)
{
    (void)m;
    all.ticket = vwr_vi2c_ticket(v);
    return VWR_LATER;
}

static struct vwr_vdev *make_i2c(const struct vwr_vdev_setup *s)
{
    const struct vwr_vi2c_options o = {
        .transfer = transfer, .data = all.data, .data_bytes = sizeof(all.data)};

    assert_int_equal(vwr_vi2c_init(&all.i2c, s, &o), VWR_OK);
    return vwr_vi2c_dev(&all.i2c);
}

static int read_at_once(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    (void)be;
    for (unsigned i = 0; i < r->segs; i++)
        memset(r->seg[i].at, 0x5a, r->seg[i].len);
    return VWR_OK;
}

static struct vwr_vdev *make_scsi(const struct vwr_vdev_setup *s)
{
    static const struct vwr_vblk_backend_ops ops = {.submit = read_at_once};
    const struct vwr_vscsi_options o = {.unit = all.unit,
                                        .units = UNITS,
                                        .max_target = 1,
                                        .message = all.command,
                                        .call = all.call,
                                        .requests = REQUESTS,
                                        .seg = all.scsi_seg,
                                        .segs = SEGMENTS};

    all.backend = (struct vwr_vblk_backend){.ops = &ops, .sectors = SECTORS, .block_size = 512};
    all.unit[0] = (struct vwr_vscsi_unit){.backend = &all.backend, .target = 1};
    all.unit[1] = (struct vwr_vscsi_unit){.backend = &all.backend, .target = 1, .lun = 2};
    all.unit[2] = (struct vwr_vscsi_unit){.backend = &all.backend, .lun = 5, .sectors = SECTORS / 2};
    assert_int_equal(vwr_vscsi_init(&all.scsi, s, &o), VWR_OK);
    return vwr_vscsi_dev(&all.scsi);
}

/* The command asks for the unit of target 1; its data are at GUEST_HIGH. */
static void fill_scsi(void)
{
    const uint32_t head = sizeof(struct vwr_scsi_command_msg_form);
    const uint32_t back = sizeof(struct vwr_scsi_command_answer_form) + VWR_SCSI_SENSE_DEFAULT_SIZE;
    const struct guest_desc d[] = {{GUEST_DATA + 0x4000, head + VWR_SCSI_CDB_DEFAULT_SIZE, 0, 0},
                                   {GUEST_HIGH, back + READ_BYTES, VWR_VIRTQ_DESC_F_WRITE, 0}};
    uint8_t *const at = guest_at(&all.g, d[0].addr, d[0].len);

    all.scsi.missed = true;
    all.unit[0].attention = 0;
    all.unit[2].attention = VWR_T10_LUNS_CHANGED;
    all.unit[2].events = VWR_SCSI_EVT_ASYNC_MEDIA_CHANGE;
    all.g.dev->budget_bytes = READ_BYTES / 4;
    memset(at, 0, d[0].len);
    at[0] = VWR_SCSI_LUN_UNIT;
    at[1] = 1;
    vwr_t10_blocks(at + head, VWR_T10_READ_10, 0, READ_BYTES / 512);
    (void)guest_chain(&all.g, VWR_SCSI_QUEUE_REQUESTQ, d, 2);
    guest_kick(&all.g, VWR_SCSI_QUEUE_REQUESTQ);
    assert_int_equal(vwr_vqueue_in_flight(&all.g.queue[VWR_SCSI_QUEUE_REQUESTQ]), 1);
}

static void stream_changed(struct vwr_vsound *v, uint32_t stream)
{
    if (v->stream[stream].state != VWR_VSOUND_NEW)
        all.changes++;
}

static struct vwr_vdev *make_sound(const struct vwr_vdev_setup *s)
{
    static const struct vwr_vsound_ops ops = {.stream_changed = stream_changed};
    static const struct vwr_vsound_jack jacks[] = {{.connected = true}, {.connected = false}};
    static const struct vwr_vsound_stream streams[STREAMS] = {{.formats = 1u << VWR_SND_PCM_FMT_S16,
                                                               .rates = 1u << VWR_SND_PCM_RATE_48000,
                                                               .direction = VWR_SND_D_OUTPUT,
                                                               .channels_min = 1,
                                                               .channels_max = 2},
                                                              {.formats = 1u << VWR_SND_PCM_FMT_S16,
                                                               .rates = 1u << VWR_SND_PCM_RATE_48000,
                                                               .direction = VWR_SND_D_INPUT,
                                                               .channels_min = 1,
                                                               .channels_max = 1}};
    const struct vwr_vsound_options o = {
        .ops = &ops, .jacks = jacks, .streams = streams, .jack_count = 2, .stream_count = STREAMS};

    assert_int_equal(vwr_vsound_init(&all.sound, s, &o), VWR_OK);
    return vwr_vsound_dev(&all.sound);
}

/* A period of a stream, at a place of its own; frames that are played count up. */
static void add_period(uint8_t direction, unsigned n)
{
    const bool plays = direction == VWR_SND_D_OUTPUT;
    const uint64_t at = GUEST_DATA + 0x4000 + 0x1000u * direction + 0x100u * n;
    const struct guest_desc d[] = {{at, 4 + (plays ? PERIOD : 0), 0, 0},
                                   {at + 0x80, 8 + (plays ? 0 : PERIOD), VWR_VIRTQ_DESC_F_WRITE, 0}};
    uint8_t *const bytes = guest_at(&all.g, at, 0x100);

    memset(bytes, 0, 0x100);
    bytes[0] = direction; /* the number of the stream */
    for (unsigned i = 0; plays && i < PERIOD; i++)
        bytes[4 + i] = (uint8_t)(n * PERIOD + i);
    (void)guest_chain(&all.g, plays ? VWR_SND_QUEUE_TXQ : VWR_SND_QUEUE_RXQ, d, 2);
}

/* Both streams move frames; of the oldest period of each a part has been moved. */
static void fill_sound(void)
{
    uint8_t frames[10] = {0};

    for (uint32_t i = 0; i < STREAMS; i++) {
        all.sound.stream[i].state = VWR_VSOUND_STARTED;
        all.sound.stream[i].params = (struct vwr_snd_pcm_set_params_msg){.stream_id = i,
                                                                         .buffer_bytes = 2 * PERIOD,
                                                                         .period_bytes = PERIOD,
                                                                         .channels = 1,
                                                                         .format = VWR_SND_PCM_FMT_S16,
                                                                         .rate = VWR_SND_PCM_RATE_48000};
        all.sound.stream[i].latency_bytes = 100;
    }
    for (unsigned i = 0; i < 2; i++)
        add_period(VWR_SND_D_OUTPUT, i);
    add_period(VWR_SND_D_INPUT, 0);
    guest_kick(&all.g, VWR_SND_QUEUE_TXQ);
    guest_kick(&all.g, VWR_SND_QUEUE_RXQ);
    assert_int_equal(vwr_vsound_take(&all.sound, 0, frames, sizeof(frames)), sizeof(frames));
    assert_int_equal(frames[9], 9);
    assert_int_equal(vwr_vsound_give(&all.sound, 1, frames, sizeof(frames)), sizeof(frames));
    all.sound.connected = all.sound.jack_events = 2;
    all.sound.xrun_events = 1;
}

static int changed(struct vwr_vgpio *v, unsigned line, const struct vwr_vgpio_line *wanted)
{
    assert_ptr_equal(wanted, &v->lines[line]);
    all.changes |= 1u << line;
    return VWR_OK;
}

static struct vwr_vdev *make_gpio(const struct vwr_vdev_setup *s)
{
    static const struct vwr_vgpio_ops ops = {.changed = changed}, none;
    const struct vwr_vgpio_options o = {
        .ops = without_hooks != 0 ? &none : &ops,
        .lines = all.line,
        .line_count = LINES,
        .memory = {all.unmasked, all.unmasked_seg, VWR_VGPIO_MESSAGES(LINES), SEGMENTS}};

    assert_int_equal(vwr_vgpio_init(&all.gpio, s, &o), VWR_OK);
    return vwr_vgpio_dev(&all.gpio);
}

/* Two interrupts are unmasked, and an edge of the third line was not seen. */
static void fill_gpio(void)
{
    for (unsigned i = 0; i < LINES; i++) {
        const struct guest_desc d[] = {
            {GUEST_DATA + 16u * i, sizeof(struct vwr_gpio_irq_request), 0, 0},
            {GUEST_DATA + 0x4000 + i, sizeof(struct vwr_gpio_irq_response), VWR_VIRTQ_DESC_F_WRITE, 0}};

        all.line[i].direction = VWR_GPIO_DIRECTION_IN;
        all.line[i].irq_type = VWR_GPIO_IRQ_TYPE_EDGE_RISING;
        memset(guest_at(&all.g, d[0].addr, d[0].len), 0, d[0].len);
        *(uint8_t *)guest_at(&all.g, d[0].addr + (all.g.dev->legacy && VWR_BIG_ENDIAN), 1) = (uint8_t)i;
        if (i != LINES - 1)
            (void)guest_chain(&all.g, VWR_GPIO_QUEUE_EVENTQ, d, 2);
    }
    guest_kick(&all.g, VWR_GPIO_QUEUE_EVENTQ);
    vwr_vgpio_input(&all.gpio, LINES - 1, true);
    all.changes = 0;
}

/* A key of this length alone. */
static int create(void *context, struct vwr_vcrypto_session *session, const struct vwr_crypto_setup *setup)
{
    (void)context;
    (void)session;
    if (setup->key_bytes != KEYS || *(const uint8_t *)setup->key != 0x5a)
        return VWR_CRYPTO_ERR;
    all.living++;
    return VWR_OK;
}

static void destroy(void *context, struct vwr_vcrypto_session *session)
{
    (void)context;
    (void)session;
    all.living--;
}

/* The VMM answers later. */
static int run(void *context, struct vwr_vcrypto_session *session, struct vwr_crypto_data *data)
{
    (void)context;
    assert_ptr_equal(session->device, &all.crypto);
    all.ciphered = *data;
    all.ciphered_ticket = vwr_vcrypto_ticket(session->device);
    return VWR_LATER;
}

static struct vwr_vdev *make_crypto(const struct vwr_vdev_setup *s)
{
    static const struct vwr_vcrypto_ops ops = {create, destroy, run};
    static const struct vwr_crypto_config_info info = {.crypto_services = 1u << VWR_CRYPTO_SERVICE_MAC,
                                                       .mac_algo_l = 1u << VWR_CRYPTO_MAC_HMAC_SHA1,
                                                       .max_auth_key_len = KEYS};
    const struct vwr_vcrypto_options o = {.ops = &ops,
                                          .info = &info,
                                          .session = all.session,
                                          .sessions = SESSIONS,
                                          .buffer = all.buffer,
                                          .max_bytes = KEYS,
                                          .message = all.crypto_message,
                                          .messages = 1,
                                          .seg = all.crypto_seg,
                                          .segs = SEGMENTS,
                                          .keys = all.keys,
                                          .key_bytes = KEYS};

    all.crypto_message[1] = (struct vwr_vmessage){.busy = true, .ticket = 1};
    assert_int_equal(vwr_vcrypto_init(&all.crypto, s, &o), VWR_OK);
    return vwr_vcrypto_dev(&all.crypto);
}

/* A session in the last row. */
static void fill_crypto(void)
{
    struct vwr_state_session k = {.id = vwr_cpu_to_le64(3u << 16 | (SESSIONS - 1)),
                                  .service = vwr_cpu_to_le32(VWR_CRYPTO_SERVICE_MAC),
                                  .algo = vwr_cpu_to_le32(VWR_CRYPTO_MAC_HMAC_SHA1),
                                  .result_bytes = vwr_cpu_to_le32(20),
                                  .key_bytes = vwr_cpu_to_le32(KEYS)};

    all.crypto.serial = 5;
    all.session[SESSIONS - 1].id = vwr_le64_to_cpu(k.id);
    all.session[SESSIONS - 1].service = VWR_CRYPTO_SERVICE_MAC;
    all.session[SESSIONS - 1].device = &all.crypto;
    memcpy(all.keys + VWR_VCRYPTO_KEYS(KEYS), &k, sizeof(k));
    memset(all.keys + VWR_VCRYPTO_KEYS(KEYS) + sizeof(k), 0x5a, KEYS);
    all.living = 1;
}

static int read_clock(struct vwr_vrtc *v, unsigned clock, uint64_t *ns)
{
    (void)v;
    (void)clock;
    *ns = 0;
    return VWR_OK;
}

static void set_timer(struct vwr_vrtc *v, unsigned clock)
{
    (void)v;
    assert_int_equal(clock, 0);
    all.timers++;
}

static struct vwr_vdev *make_rtc(const struct vwr_vdev_setup *s)
{
    static const struct vwr_vrtc_ops ops[] = {{.clock_read = read_clock, .alarm = set_timer},
                                              {.clock_read = read_clock}};
    const struct vwr_vrtc_options o = {
        .ops = &ops[without_hooks != 0], .clocks = all.clock, .clock_count = CLOCKS};

    all.clock[0].has_alarm = true;
    assert_int_equal(vwr_vrtc_init(&all.rtc, s, &o), VWR_OK);
    return vwr_vrtc_dev(&all.rtc);
}

static void fill_rtc(void)
{
    all.clock[0].enabled = all.clock[0].armed = true;
    all.clock[0].alarm_time = 1000;
}

static void send_to_9p(void)
{
    fill_9p(&all.g);
}

static void send_to_fs(void)
{
    fill_fs(&all.g);
}

static void on_scanout(struct vwr_vgpu *g, unsigned scanout, const struct vwr_vgpu_pixels *p)
{
    (void)g;
    (void)scanout;
    all.shown += p != NULL;
}

static int on_flush(struct vwr_vgpu *g, const struct vwr_vgpu_flush *f)
{
    (void)g;
    all.flush = *f;
    return VWR_LATER;
}

static void on_cursor(struct vwr_vgpu *g, const struct vwr_vgpu_cursor *c)
{
    (void)g;
    all.cursor = *c;
    all.cursors++;
}

static struct vwr_vdev *make_gpu(const struct vwr_vdev_setup *s)
{
    static const struct vwr_vgpu_ops ops = {.scanout = on_scanout, .flush = on_flush, .cursor = on_cursor},
                                     none;
    const struct vwr_vgpu_options o = {.ops = without_hooks != 0 ? &none : &ops,
                                       .scanout = all.scanout,
                                       .scanouts = 2,
                                       .resource = all.resource,
                                       .resources = 2,
                                       .entry = all.entry,
                                       .entries = with_less ? 1 : 4,
                                       .memory = large ? all.images : all.image,
                                       .memory_bytes = large ? sizeof(all.images) : sizeof(all.image)};

    all.scanout[0].width = all.scanout[0].height = 100;
    assert_int_equal(vwr_vgpu_init(&all.gpu, s, &o), VWR_OK);
    return vwr_vgpu_dev(&all.gpu);
}

/* Sends a command. */
static void command(const void *m, uint32_t bytes)
{
    const struct guest_desc d[] = {{GUEST_DATA, bytes, 0, 0},
                                   {GUEST_DATA + 0x200, 64, VWR_VIRTQ_DESC_F_WRITE, 0}};

    while (hostile_take(&all.g, 0) >= 0)
        continue;
    memcpy(guest_at(&all.g, GUEST_DATA, bytes), m, bytes);
    hostile_send(&all.g, 0, d, 2);
}

/* A resource in two ranges of memory that a screen shows in part, and a flush that the VMM has. */
static void fill_gpu(void)
{
    struct {
        struct vwr_gpu_resource_attach_backing head;
        struct vwr_gpu_mem_entry entry[2];
    } attach = {0};
    struct vwr_gpu_resource_create_2d create = {0};
    struct vwr_gpu_set_scanout set = {0};
    struct vwr_gpu_resource_flush flush = {0};
    const vwr_le32 id = vwr_cpu_to_le32(RESOURCE);

    create.hdr.type = vwr_cpu_to_le32(VWR_GPU_CMD_RESOURCE_CREATE_2D);
    create.resource_id = attach.head.resource_id = set.resource_id = flush.resource_id = id;
    create.format = vwr_cpu_to_le32(VWR_GPU_FORMAT_B8G8R8X8_UNORM);
    create.width = create.height = vwr_cpu_to_le32(SIDE);
    command(&create, sizeof(create));
    attach.head.hdr.type = vwr_cpu_to_le32(VWR_GPU_CMD_RESOURCE_ATTACH_BACKING);
    attach.head.nr_entries = vwr_cpu_to_le32(2);
    attach.entry[0].addr = vwr_cpu_to_le64(GUEST_DATA + 0x1000);
    attach.entry[0].length = vwr_cpu_to_le32(40);
    attach.entry[1].addr = vwr_cpu_to_le64(GUEST_DATA);
    attach.entry[1].length = vwr_cpu_to_le32(24);
    command(&attach, sizeof(attach));
    set.hdr.type = vwr_cpu_to_le32(VWR_GPU_CMD_SET_SCANOUT);
    set.scanout_id = vwr_cpu_to_le32(1);
    set.r.x = set.r.y = vwr_cpu_to_le32(1);
    set.r.width = set.r.height = flush.r.width = flush.r.height = vwr_cpu_to_le32(2);
    command(&set, sizeof(set));
    flush.hdr.type = vwr_cpu_to_le32(VWR_GPU_CMD_RESOURCE_FLUSH);
    command(&flush, sizeof(flush));
    if (without_hooks != 0)
        return;
    assert_true(all.flush.ticket != 0 && all.shown == 1 && all.scanout[1].resource == RESOURCE);
    assert_int_equal(vwr_vqueue_in_flight(&all.g.queue[0]), 1);
    all.image[5] = 0x33; /* its second pixel */
}

static void release(struct vwr_vballoon *b, const struct vwr_vballoon_range *r)
{
    (void)b;
    all.released += r->bytes;
}

static void returned(struct vwr_vballoon *b, uint64_t bytes)
{
    (void)b;
    all.returned = bytes;
}

static struct vwr_vdev *make_balloon(const struct vwr_vdev_setup *s)
{
    static const struct vwr_vballoon_ops ops = {.release = release, .reset = returned}, none;
    const struct vwr_vballoon_options o = {.ops = without_hooks != 0 ? &none : &ops,
                                           .map = all.map,
                                           .words = MAP,
                                           .must_tell = true,
                                           .exclusive = exclusive};

    assert_int_equal(vwr_vballoon_init(&all.balloon, s, &o), VWR_OK);
    return vwr_vballoon_dev(&all.balloon);
}

/* Two pages, or one. */
static void fill_balloon(void)
{
    all.map[0] = exclusive ? 8 : 5;
    all.balloon.gone = (exclusive ? 1 : 2) * VWR_VBALLOON_PAGE;
}

static struct vwr_vdev *(*const make[CLASSES])(const struct vwr_vdev_setup *s) = {
    [DISK] = make_disk,   [CONSOLE] = make_console, [ENTROPY] = make_entropy, [NET] = make_net,
    [INPUT] = make_input, [P9] = make_9p,           [FS] = make_fs,           [VSOCK] = make_vsock,
    [I2C] = make_i2c,     [GPIO] = make_gpio,       [RTC] = make_rtc,         [SCSI] = make_scsi,
    [GPU] = make_gpu,     [CRYPTO] = make_crypto,   [BALLOON] = make_balloon, [SOUND] = make_sound,
};

/* How many of the HELD buffers of queue 0 the device keeps. */
static const unsigned held[CLASSES] = {[DISK] = HELD, [I2C] = 1};

/* What the class has to save, beside buffers. */
static void (*const fill[CLASSES])(void) = {
    [INPUT] = fill_input, [P9] = send_to_9p,    [FS] = send_to_fs,      [GPIO] = fill_gpio,
    [RTC] = fill_rtc,     [GPU] = fill_gpu,     [CRYPTO] = fill_crypto, [BALLOON] = fill_balloon,
    [SCSI] = fill_scsi,   [SOUND] = fill_sound,
};

enum place { MMIO, INTX, MSIX };
static enum place place;
static bool narrow; /* the BAR has 32 bits */

static void message(struct vwr_vm *vm, uint64_t addr, uint32_t data)
{
    (void)vm;
    (void)addr;
    all.messages++;
    all.message = data;
}

/* The function that the device is; its registers are MMIO's nevertheless, which the guest knows. */
static void make_function(struct vwr_vdev *v, bool narrow)
{
    const struct vwr_vpci_setup s = {
        .v = v, .vector = all.vector, .vectors = place == MSIX ? VECTORS : 0, .narrow = narrow};

    all.g.ops.msi = message;
    assert_int_equal(vwr_vpci_init(&all.f, &s), VWR_OK);
}

/* The first vector, of the configuration, is masked and pending; the last one is free. */
static void start_function(struct vwr_vdev *v)
{
    uint64_t command = 6 | v->legacy; /* memory, master, and I/O */

    vwr_vpci_space_access(&all.f, 4, 2, true, &command);
    if (place == INTX)
        return;
    for (unsigned i = 0; i < VECTORS; i++)
        all.vector[i] = (struct vwr_vpci_vector){0x1000 + 4 * i, 0x40 + i, i != 1, i == 0};
    all.f.msix = UINT32_C(1) << 31; /* enabled */
    v->config_vector = 0;
    for (unsigned i = 0; i < v->queues; i++)
        v->queue[i].vector = 1;
}

static bool any_order; /* without IN_ORDER */
static bool finishes;  /* the buffer behind the oldest one is done */

static uint64_t data_of(unsigned i)
{
    return GUEST_DATA + 0x1000 + 512u * i;
}

/* A disk reads a sector into it. */
static void add_buffer(unsigned i)
{
    static struct vwr_blk_req_out head;
    const struct guest_desc d[] = {{GUEST_DATA + 64u * i, sizeof(head), 0, 0},
                                   {data_of(i), 512, VWR_VIRTQ_DESC_F_WRITE, 0},
                                   {GUEST_DATA + 0x3000 + i, 1, VWR_VIRTQ_DESC_F_WRITE, 0}};

    memcpy(guest_at(&all.g, d[0].addr, sizeof(head)), &head, sizeof(head));
    (void)guest_chain(&all.g, 0, d, 3);
}

/* A running device with buffers; the disk keeps HELD of them. */
static void plug(unsigned class, bool legacy, bool packed)
{
    struct guest *const g = &all.g;
    struct vwr_vdev_setup s;
    struct vwr_vdev *v;

    memset(&all, 0, sizeof(all));
    guest_begin(g, legacy, packed);
    if (class == BALLOON)
        g->vm.regions--; /* the last one has a long bitmap */
    guest_setup(g, &s);
    v = make[class](&s);
    if (place != MMIO)
        make_function(v, narrow);
    guest_plug(g, 0, v);
    g->queues = g->dev->queues;
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        g->features.w[i] |= g->dev->offered.w[i];
    if (!packed)
        vwr_features_remove(&g->features, VWR_F_RING_PACKED);
    if (any_order)
        vwr_features_remove(&g->features, VWR_F_IN_ORDER);
    vwr_features_remove(&g->features, VWR_F_NOTIFICATION_DATA);
    vwr_features_remove(&g->features, VWR_F_NOTIF_CONFIG_DATA);
    if (tells_nothing)
        vwr_features_remove(&g->features, VWR_BALLOON_F_MUST_TELL_HOST);
    g->page_size = g->align = VWR_SPLIT_RING_LEGACY_ALIGN;
    assert_true(guest_start(g));
    if (place != MMIO)
        start_function(v);
    for (unsigned i = 0; i < HELD; i++)
        add_buffer(i);
    guest_kick(g, 0);
    assert_int_equal(vwr_vqueue_in_flight(&g->queue[0]), held[class]);
    if (fill[class] != NULL)
        fill[class]();
}

static void unplug(void)
{
    vwr_vm_remove(&all.g.vm, 0);
    guest_end(&all.g);
}

static struct vwr_vstate state_in(uint8_t *memory, size_t bytes)
{
    const struct vwr_vstate s = {
        .memory = memory, .bytes = bytes, .kind = classes, .kinds = CLASSES, .bus = &vwr_vpci_state};

    return s;
}

static size_t save(uint8_t *memory)
{
    struct vwr_vstate s = state_in(memory, STATE_BYTES);

    assert_int_equal(vwr_vm_save(&all.g.vm, &s), VWR_OK);
    return s.done;
}

static bool loses_files; /* a state names files that may not be there */

static void reset(void)
{
    if (place != MMIO)
        vwr_vpci_reset(&all.f);
    else
        vwr_vdev_reset(all.g.dev);
}

/* The device is as after its reset. */
static void check_unused(void)
{
    const struct vwr_vdev *const v = all.g.dev;

    assert_int_equal(v->status, 0);
    assert_false(v->live || v->broken || v->interrupt != 0);
    assert_int_equal(all.living, 0);
    assert_true(place == MMIO || (v->held && all.f.head.command == 0 && all.f.msix == 0 && all.f.bar == 0));
    for (unsigned i = 0; i < all.f.vectors; i++)
        assert_true(all.vector[i].masked && !all.vector[i].pending && all.vector[i].addr == 0);
    for (unsigned i = 0; i < v->queues; i++)
        assert_false(v->queue[i].ready || v->queue[i].size != 0 || vwr_vqueue_in_flight(&v->queue[i]) != 0);
}

/* A file of a state was not found. Without it a save writes the same. */
static void check_saved_again(uint8_t *state, size_t bytes)
{
    static uint8_t again[STATE_BYTES];
    struct vwr_vstate s = state_in(state, bytes);

    all.g.dev->interrupt = 0;
    reset();
    assert_int_equal(vwr_vdev_load(all.g.dev, 0, &s), VWR_OK);
    assert_int_equal(save(again), bytes);
    assert_memory_equal(again, state, bytes);
}

/*
 * Loads a state that may be wrong, without the start. true: it was accepted, and a save writes the same. The
 * memory has exactly its size, so that the sanitizer sees each access beyond.
 */
static bool try(const uint8_t *from, size_t bytes)
{
    uint8_t *const exact = malloc(bytes + 1); /* not of 0 bytes */
    struct vwr_vstate s = state_in(exact, bytes);
    static uint8_t again[STATE_BYTES];
    const uint32_t raised = all.g.raised;
    char text[300];
    bool accepted;
    int r;

    assert_non_null(exact);
    memcpy(exact, from, bytes);
    r = vwr_vdev_load(all.g.dev, 0, &s);
    accepted = r == VWR_OK && s.done == bytes;
    if (accepted) {
        const size_t n = save(again);

        if (loses_files && memcmp(again, from, bytes) != 0) {
            check_saved_again(again, n);
        } else {
            assert_int_equal(n, bytes);
            assert_memory_equal(again, from, bytes);
        }
    } else if (r != VWR_OK) {
        assert_true(r == VWR_EPROTO || r == VWR_ETYPE || r == VWR_EVERSION);
        assert_true(vwr_vstate_explain(&s, text, sizeof(text)) > strlen("slot 0, byte 0: "));
        assert_null(strstr(text, "unknown"));
        check_unused();
    }
    all.g.dev->interrupt = 0; /* it was not raised */
    reset();
    assert_int_equal(all.g.raised, raised);
    free(exact);
    return accepted;
}

static uint32_t in_flight(void)
{
    uint32_t n = 0;

    for (unsigned i = 0; i < all.g.dev->queues; i++)
        n += vwr_vqueue_in_flight(&all.g.queue[i]);
    return n;
}

static void mutate(unsigned class, bool legacy, bool packed)
{
    static uint8_t good[STATE_BYTES];
    static uint8_t wrong[STATE_BYTES];
    unsigned accepted = 0;
    size_t bytes;

    plug(class, legacy, packed);
    for (unsigned i = 0; finishes && i < REQUESTS; i++)
        if (all.req[i].ticket != 0 && all.req[i].seg[0].at == guest_at(&all.g, data_of(1), 1))
            vwr_vblk_done(&all.req[i], all.req[i].ticket, VWR_OK);
    loses_files = class == P9 || class == FS;
    bytes = save(good);
    assert_true(bytes <= VWR_VSTATE_DEVICE_BYTES + all.g.dev->queues * VWR_VSTATE_QUEUE_BYTES +
                             in_flight() * (VWR_VSTATE_FLIGHT_BYTES + 3 * VWR_VSTATE_SEGMENT_BYTES) +
                             (place == MSIX ? VWR_VSTATE_PCI_BYTES + VECTORS * VWR_VSTATE_VECTOR_BYTES : 0) +
                             (class == NET ? VWR_VNET_VLANS / 8 : 0) +
                             (class == CRYPTO ? VWR_VCRYPTO_KEYS(KEYS) : 0) +
                             (class == SCSI ? 3 * sizeof(struct vwr_state_unit) : 0) +
                             (class == SOUND ? STREAMS * sizeof(struct vwr_state_lane) : 0) +
                             (loses_files ? 4 * (32 + 8) : 0) + (class == GPU ? 64 * SIDE : 0) +
                             (class == BALLOON ? sizeof(all.map) : 0));
    reset();
    assert_true(try(good, bytes));
    for (size_t i = 0; i < bytes * 8; i++) {
        memcpy(wrong, good, bytes);
        wrong[i / 8] ^= (uint8_t)(1u << i % 8);
        accepted += try(wrong, bytes);
    }
    for (size_t i = 0; i < bytes; i++)
        assert_false(try(good, i));
    memcpy(wrong, good, bytes);
    wrong[bytes] = 0;
    assert_false(try(wrong, bytes + 1));
    assert_true(accepted != 0 && accepted < bytes * 8);
    printf("%s%s%s: %zu bytes, %u of %zu flips accepted\n", all.g.dev->kind->name,
           legacy   ? " legacy"
           : packed ? " packed"
                    : "",
           place == MSIX ? " PCI" : "", bytes, accepted, bytes * 8);
    unplug();
}

static void mutated(void **unused)
{
    (void)unused;
    for (unsigned class = 0; class < CLASSES; class ++) {
        mutate(class, false, false);
        mutate(class, false, true);
        if (class != SOUND && class != GPU) /* which are modern */
            mutate(class, true, false);
        if (class == ENTROPY) {
            place = INTX;
            mutate(class, true, false);
            place = MMIO;
        }
        if (class == CONSOLE)
            continue; /* the longest one, whose states differ only in its class */
        place = MSIX;
        narrow = class == DISK;
        mutate(class, false, true);
        narrow = false;
        place = MMIO;
    }
    finishes = true;
    mutate(DISK, false, true);
    mutate(DISK, false, false);
    finishes = false;
}

/* ---- states that differ in more than a bit ---- */

#define HEAD sizeof(struct vwr_admin_dev_part_hdr)
#define PARTS_OF_QUEUE 3u

/* Where part `n` of a state begins; the first one is the device's. */
static size_t part_at(const uint8_t *state, unsigned n)
{
    size_t at = 0;

    for (; n != 0; n--) {
        struct vwr_admin_dev_part_hdr h;

        memcpy(&h, state + at, HEAD);
        at += HEAD + vwr_le32_to_cpu(h.length);
    }
    return at;
}

/* The first part of a queue, without a bus. */
static unsigned queue_part(unsigned queue)
{
    return 5 + PARTS_OF_QUEUE * queue;
}

/* The part of the class is the last one. */
static size_t class_at(const uint8_t *state)
{
    return part_at(state, queue_part(all.g.dev->queues) + 1) + HEAD;
}

/* The state with another length of the class's part, in each header. Returns its bytes. */
static size_t set_class_bytes(uint8_t *state, uint32_t bytes)
{
    const size_t at = class_at(state);
    const size_t first = HEAD + sizeof(struct vwr_state_device);
    const vwr_le32 part = vwr_cpu_to_le32(bytes);
    const vwr_le32 parts = vwr_cpu_to_le32((uint32_t)(at + bytes - first));

    memcpy(state + at - sizeof(part), &part, sizeof(part));
    memcpy(state + HEAD + offsetof(struct vwr_state_device, length), &parts, sizeof(parts));
    return at + bytes;
}

/* A part of a class that is shorter or longer is refused, although all lengths fit. */
static void resized(void **unused)
{
    static uint8_t good[STATE_BYTES], wrong[STATE_BYTES];

    (void)unused;
    for (unsigned class = 0; class < CLASSES; class ++) {
        const uint32_t more = 64;
        uint32_t part;
        size_t bytes;

        plug(class, false, true);
        loses_files = class == P9 || class == FS;
        bytes = save(good);
        reset();
        part = (uint32_t)(bytes - class_at(good));
        assert_in_range(bytes + more, 0, sizeof(wrong));
        for (uint32_t n = 0; n <= part + more; n++) {
            memset(wrong, 0, sizeof(wrong));
            memcpy(wrong, good, bytes);
            assert_int_equal(try(wrong, set_class_bytes(wrong, n)), n == part);
        }
        unplug();
    }
}

struct edit {
    size_t at; /* in the part of the class */
    unsigned bytes;
    uint32_t value;
};

#define EDIT(before, type, field, value)                                                  \
    {                                                                                     \
        (before) + offsetof(struct type, field), sizeof(((struct type *)0)->field), value \
    }

static void forged(void **unused)
{
    const size_t screens = sizeof(struct vwr_state_gpu);
    const size_t resource = screens + 2 * sizeof(struct vwr_state_screen);
    const size_t range = resource + sizeof(struct vwr_state_resource);
    const size_t unit = sizeof(struct vwr_state_scsi);
    const size_t port = sizeof(struct vwr_state_console);
    const struct {
        unsigned class;
        bool accepted;
        struct edit edit;
    } rows[] = {
        {GPIO, true, EDIT(0, vwr_state_line, irq_type, VWR_GPIO_IRQ_TYPE_LEVEL_HIGH)},
        {GPIO, true, EDIT(0, vwr_state_line, irq_type, VWR_GPIO_IRQ_TYPE_LEVEL_LOW)},
        {GPIO, false, EDIT(0, vwr_state_line, irq_type, VWR_GPIO_IRQ_TYPE_LEVEL_HIGH + 1)},
        {GPIO, false, EDIT(0, vwr_state_line, direction, VWR_GPIO_DIRECTION_OUT)},
        {RTC, true, EDIT(0, vwr_state_clock, flags, VWR_STATE_CLOCK_ENABLED | VWR_STATE_CLOCK_EXPIRED)},
        {RTC, false, EDIT(0, vwr_state_clock, flags, VWR_STATE_CLOCK_EXPIRED)},
        {GPU, false, EDIT(0, vwr_state_gpu, resources, 2)},
        {GPU, false, EDIT(range, vwr_state_range, bytes, 0)},
        {GPU, false, EDIT(screens, vwr_state_screen, cursor, RESOURCE)}, /* not of a cursor's size */
        {SCSI, true, EDIT(unit, vwr_state_unit, attention, VWR_T10_WAS_RESET)},
        {SCSI, true, EDIT(unit, vwr_state_unit, attention, VWR_T10_NEXUS_LOST)},
        {SCSI, true, EDIT(unit, vwr_state_unit, attention, VWR_T10_CAPACITY_CHANGED)},
        {SCSI, false, EDIT(unit, vwr_state_unit, attention, VWR_T10_NEXUS_LOST + 1)},
        {CONSOLE, true, EDIT(port, vwr_state_port, flags, VWR_STATE_PORT_ABSENT)},
        {CONSOLE, true, EDIT(port, vwr_state_port, flags, VWR_STATE_PORT_GUEST_OPEN)},
        {CONSOLE, false,
         EDIT(port, vwr_state_port, flags, VWR_STATE_PORT_ABSENT | VWR_STATE_PORT_GUEST_OPEN)},
        {P9, false, EDIT(0, vwr_state_p9, msize, VWR_V9P_MSIZE_MIN - 1)},
        {P9, false, EDIT(0, vwr_state_p9, msize, 0)}, /* it has fids */
    };
    static uint8_t state[STATE_BYTES];

    (void)unused;
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct edit *const e = &rows[i].edit;
        size_t bytes;

        plug(rows[i].class, false, false);
        loses_files = rows[i].class == P9;
        bytes = save(state);
        for (unsigned n = 0; n < e->bytes; n++)
            state[class_at(state) + e->at + n] = n < 4 ? (uint8_t)(e->value >> n * 8) : 0;
        reset();
        if (try(state, bytes) != rows[i].accepted)
            fail_msg("row %u", i);
        unplug();
    }
}

/* Where a part of this type begins. */
static uint8_t *find_part(uint8_t *state, unsigned type)
{
    struct vwr_admin_dev_part_hdr h;

    for (unsigned n = 0;; n++) {
        memcpy(&h, state + part_at(state, n), HEAD);
        if (vwr_le16_to_cpu(h.part_type) == type)
            return state + part_at(state, n) + HEAD;
    }
}

/* A message is pending while something keeps it: its vector, the function, the bus. */
static void keeps_messages(void **unused)
{
    static const struct {
        uint16_t command;
        uint16_t msix;
        uint32_t vector;
        bool accepted;
    } rows[] = {{6, 0x8000, VWR_STATE_VECTOR_PENDING, false},
                {2, 0x8000, VWR_STATE_VECTOR_PENDING, true},
                {6, 0, VWR_STATE_VECTOR_PENDING, true},
                {6, 0xc000, VWR_STATE_VECTOR_PENDING, true},
                {6, 0x8000, VWR_STATE_VECTOR_PENDING | VWR_STATE_VECTOR_MASKED, true},
                {6, 0x8000, 0, true}};
    static uint8_t state[STATE_BYTES];

    (void)unused;
    place = MSIX;
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct vwr_state_pci p;
        struct vwr_state_vector vector;
        uint8_t *at;
        size_t bytes;

        plug(ENTROPY, false, false);
        bytes = save(state);
        at = find_part(state, VWR_STATE_PART_PCI);
        memcpy(&p, at, sizeof(p));
        memcpy(&vector, at + sizeof(p), sizeof(vector));
        p.command = vwr_cpu_to_le16(rows[i].command);
        p.msix = vwr_cpu_to_le16(rows[i].msix);
        vector.flags = vwr_cpu_to_le32(rows[i].vector);
        memcpy(at, &p, sizeof(p));
        memcpy(at + sizeof(p), &vector, sizeof(vector));
        reset();
        if (try(state, bytes) != rows[i].accepted)
            fail_msg("row %u", i);
        unplug();
    }
    place = MMIO;
}

/* The VMM learns which ports the driver has open. */
static void opens_ports_again(void **unused)
{
    static uint8_t state[STATE_BYTES];
    struct vwr_vstate s;

    (void)unused;
    plug(CONSOLE, false, false);
    s = state_in(state, save(state));
    state[class_at(state) + sizeof(struct vwr_state_console)] = VWR_STATE_PORT_GUEST_OPEN;
    reset();
    assert_false(all.port[0].guest_open);
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
    assert_true(all.port[0].guest_open && !all.port[1].guest_open);
    unplug();
}

/* The parts of a queue as those of another one. */
static size_t move_queue(uint8_t *to, const uint8_t *from, unsigned queue, unsigned as)
{
    const vwr_le16 index = vwr_cpu_to_le16((uint16_t)as);
    const size_t first = part_at(from, queue_part(queue));
    const size_t bytes = part_at(from, queue_part(queue + 1)) - first;

    memcpy(to, from + first, bytes);
    for (unsigned i = 0; i < PARTS_OF_QUEUE; i++)
        memcpy(to + part_at(to, i) + offsetof(struct vwr_admin_dev_part_hdr, selector), &index,
               sizeof(index));
    return bytes;
}

/* Buffers that the device keeps in one queue are refused in another one. */
static void refused_in_another_queue(void **unused)
{
    static const struct {
        unsigned class, has, other;
    } rows[] = {{GPIO, VWR_GPIO_QUEUE_EVENTQ, VWR_GPIO_QUEUE_REQUESTQ},
                {SCSI, VWR_SCSI_QUEUE_REQUESTQ, VWR_SCSI_QUEUE_CONTROLQ}};
    static uint8_t good[STATE_BYTES], wrong[STATE_BYTES];

    (void)unused;
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        size_t at, bytes;
        struct vwr_vstate s;

        plug(rows[i].class, false, false);
        bytes = save(good);
        at = part_at(good, queue_part(0));
        memcpy(wrong, good, at);
        for (unsigned q = 0; q < all.g.dev->queues; q++)
            at += move_queue(wrong + at, good,
                             q == rows[i].has     ? rows[i].other
                             : q == rows[i].other ? rows[i].has
                                                  : q,
                             q);
        memcpy(wrong + at, good + at, bytes - at);
        reset();
        s = state_in(wrong, bytes);
        assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_EPROTO);
        assert_int_equal(s.fault, VWR_VSTATE_FLIGHT);
        check_unused();
        unplug();
    }
}

/* A device that has less memory than the one that was saved. */
static void needs_memory(void **unused)
{
    static const unsigned of[] = {DISK, GPU, GPIO};
    static uint8_t memory[STATE_BYTES];
    struct vwr_vdev_setup setup;
    struct vwr_vstate s;

    (void)unused;
    for (unsigned i = 0; i < sizeof(of) / sizeof(of[0]); i++) {
        plug(of[i], false, false);
        s = state_in(memory, save(memory));
        vwr_vm_remove(&all.g.vm, 0);
        guest_setup(&all.g, &setup);
        with_less = true;
        guest_plug(&all.g, 0, make[of[i]](&setup));
        with_less = false;
        if (of[i] == GPIO)
            all.gpio.service.service.messages = 1;
        assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_EPROTO);
        check_unused();
        unplug();
    }
}

/* ---- what the VMM is notified of ---- */

/* A VMM without hooks is notified of nothing, and the device is the same. */
static void loads_without_hooks(void **unused)
{
    static const unsigned of[] = {GPIO, RTC, GPU, BALLOON, INPUT, INPUT};
    static uint8_t memory[STATE_BYTES], again[STATE_BYTES];
    struct vwr_vstate s;

    (void)unused;
    for (unsigned i = 0; i < sizeof(of) / sizeof(of[0]); i++) {
        without_hooks = 1 + (i == 5);
        plug(of[i], false, true);
        s = state_in(memory, save(memory));
        reset();
        assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
        all.g.dev->interrupt = 0; /* which the start raises */
        assert_int_equal(save(again), s.bytes);
        assert_memory_equal(again + class_at(again), memory + class_at(memory), s.bytes - class_at(memory));
        assert_true(all.timers == 0 && all.shown == 0 && all.leds == 0 && all.released == 0);
        unplug();
    }
    without_hooks = 0;
}

/* A device that was saved and goes on tells nothing, and its next state is the same. */
static void tells_once(void **unused)
{
    static const unsigned of[] = {RTC, BALLOON, VSOCK};
    static uint8_t memory[STATE_BYTES], again[STATE_BYTES];
    struct vwr_vstate s;

    (void)unused;
    for (unsigned i = 0; i < sizeof(of) / sizeof(of[0]); i++) {
        plug(of[i], false, false);
        all.g.dev->interrupt = 0;
        s = state_in(memory, save(memory));
        vwr_vm_restart(&all.g.vm, &s);
        assert_true(all.timers == 0 && all.released == 0 && !all.vsock.to_tell);
        all.g.dev->interrupt = 0; /* which the restart raises */
        assert_int_equal(save(again), s.bytes);
        assert_memory_equal(again, memory, s.bytes);
        reset();
        assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
        assert_int_equal(all.timers, of[i] == RTC);
        assert_int_equal(all.released != 0, of[i] == BALLOON);
        assert_int_equal(all.vsock.to_tell, of[i] == VSOCK);
        unplug();
    }
}

/* Loads a state of a screen with a cursor, one number of which is another one. */
static int load_cursor(const uint8_t *state, size_t bytes, size_t field, uint8_t value)
{
    static uint8_t memory[LARGE_BYTES];
    struct vwr_vstate s = state_in(memory, bytes);

    memcpy(memory, state, bytes);
    memory[class_at(memory) + sizeof(struct vwr_state_gpu) + field] = value;
    reset();
    all.cursors = 0;
    return vwr_vm_load(&all.g.vm, &s);
}

/* A cursor is shown again, with its hot spot, which lies within it. */
static void shows_cursor_again(void **unused)
{
    static uint8_t state[LARGE_BYTES];
    struct vwr_gpu_resource_create_2d create = {0};
    struct vwr_gpu_update_cursor update = {0};
    struct vwr_vstate s = state_in(state, sizeof(state));
    const struct guest_desc d = {GUEST_DATA, sizeof(update), 0, 0};

    (void)unused;
    large = true;
    plug(GPU, false, true);
    vwr_vgpu_flushed(&all.gpu, all.flush.ticket, VWR_OK);
    create.hdr.type = vwr_cpu_to_le32(VWR_GPU_CMD_RESOURCE_CREATE_2D);
    create.resource_id = update.resource_id = vwr_cpu_to_le32(RESOURCE + 1);
    create.format = vwr_cpu_to_le32(VWR_GPU_FORMAT_B8G8R8A8_UNORM);
    create.width = create.height = vwr_cpu_to_le32(64);
    command(&create, sizeof(create));
    update.hdr.type = vwr_cpu_to_le32(VWR_GPU_CMD_UPDATE_CURSOR);
    update.hot_x = vwr_cpu_to_le32(5);
    update.hot_y = vwr_cpu_to_le32(63);
    memcpy(guest_at(&all.g, d.addr, d.len), &update, sizeof(update));
    hostile_send(&all.g, VWR_GPU_QUEUE_CURSORQ, &d, 1);
    assert_int_equal(all.cursors, 1);
    assert_int_equal(vwr_vm_save(&all.g.vm, &s), VWR_OK);
    assert_int_equal(load_cursor(state, s.done, offsetof(struct vwr_state_screen, hot_y), 64), VWR_EPROTO);
    assert_int_equal(load_cursor(state, s.done, offsetof(struct vwr_state_screen, hot_x), 64), VWR_EPROTO);
    assert_int_equal(all.cursors, 0);
    memset(&all.cursor, 0, sizeof(all.cursor));
    assert_int_equal(load_cursor(state, s.done, offsetof(struct vwr_state_screen, hot_x), 5), VWR_OK);
    assert_int_equal(all.cursors, 1);
    assert_true(all.cursor.scanout == 0 && all.cursor.hot_x == 5 && all.cursor.hot_y == 63);
    assert_int_equal(all.cursor.image.width, 64);
    unplug();
    large = false;
}

/* Pages that are the VMM's alone: of a driver that tells before it takes one, or there are none. */
static void takes_pages_for_itself(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    struct vwr_vstate s;

    (void)unused;
    exclusive = true;
    for (unsigned i = 0; i < 4; i++) {
        const bool has = i % 2 != 0;

        tells_nothing = i >= 2;
        plug(BALLOON, false, false);
        if (!has)
            all.map[0] = 0;
        s = state_in(memory, save(memory));
        reset();
        assert_int_equal(vwr_vm_load(&all.g.vm, &s), has && tells_nothing ? VWR_EPROTO : VWR_OK);
        assert_int_equal(all.released, has && !tells_nothing ? VWR_VBALLOON_PAGE : 0);
        assert_int_equal(all.g.vm.away != NULL, has && !tells_nothing);
        unplug();
    }
    exclusive = tells_nothing = false;
}

/* ---- the VMM ---- */

/* What a VMM may do wrong. */
static void refused(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    struct vwr_vstate s = state_in(memory, 10);
    size_t bytes;

    (void)unused;
    plug(DISK, false, true);
    assert_int_equal(vwr_vm_save(&all.g.vm, &s), VWR_ENOMEM);
    bytes = s.done;
    assert_int_equal(save(memory), bytes);
    s = state_in(memory, bytes);
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_EBUSY);
    assert_int_equal(vwr_vqueue_in_flight(&all.g.queue[0]), HELD);
    reset();
    s.kinds = 0;
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_EUNSUPP);
    s.done = 0;
    assert_int_equal(vwr_vm_save(&all.g.vm, &s), VWR_EUNSUPP);
    assert_int_equal(s.fault, VWR_VSTATE_UNKNOWN);
    vwr_vdev_restart(all.g.dev, &s); /* nor does it start anything of the class */
    s = state_in(memory, bytes);
    memory[bytes] = 1;
    s.bytes = bytes + 1;
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_EPROTO);
    assert_int_equal(s.fault, VWR_VSTATE_BEHIND);
    check_unused();
    unplug();
}

/* The disk's functions, as a class has them that keeps no buffer, or takes none. */
static struct vwr_vchain small_chain;

static struct vwr_vchain *add_none(struct vwr_vdev *v, uint16_t queue)
{
    (void)v;
    (void)queue;
    return NULL;
}

static struct vwr_vchain *add_small(struct vwr_vdev *v, uint16_t queue)
{
    (void)v;
    (void)queue;
    small_chain.room = 1;
    return &small_chain;
}

static void load_as(const struct vwr_vstate_class *class, uint8_t *memory, size_t bytes)
{
    struct vwr_vstate s = state_in(memory, bytes);

    s.kind = &class;
    s.kinds = 1;
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_EPROTO);
    assert_int_equal(s.fault, VWR_VSTATE_FLIGHT);
    check_unused();
}

/* A class that finds no buffers cannot be saved with any, and one without room for them does not load them.
 */
static void refused_by_the_class(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    struct vwr_vstate_class class = *classes[DISK];
    const struct vwr_vstate_class *const kind = &class;
    struct vwr_vstate s;
    size_t bytes;

    (void)unused;
    plug(DISK, false, true);
    class.next = NULL;
    s = state_in(memory, STATE_BYTES);
    s.kind = &kind;
    s.kinds = 1;
    assert_int_equal(vwr_vm_save(&all.g.vm, &s), VWR_EINFLIGHT);
    assert_int_equal(s.fault, VWR_VSTATE_HELD);
    bytes = save(memory);
    reset();
    class.add = NULL;
    load_as(kind, memory, bytes);
    class.add = add_none;
    load_as(kind, memory, bytes);
    class.add = add_small;
    load_as(kind, memory, bytes);
    unplug();
}

/* Neither is a device saved whose memory may still be written, nor is a state loaded into it. */
static void refused_while_unsafe(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    struct vwr_vstate s;
    size_t bytes;

    (void)unused;
    plug(DISK, false, true);
    bytes = save(memory);
    vwr_vdev_set_unsafe(all.g.dev, true);
    s = state_in(memory, STATE_BYTES);
    assert_int_equal(vwr_vm_save(&all.g.vm, &s), VWR_EINFLIGHT);
    assert_int_equal(s.fault, VWR_VSTATE_UNSAFE);
    vwr_vdev_set_unsafe(all.g.dev, false);
    reset();
    vwr_vdev_set_unsafe(all.g.dev, true); /* before its driver has come */
    s = state_in(memory, bytes);
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_EBUSY);
    assert_int_equal(s.fault, VWR_VSTATE_USED);
    vwr_vdev_set_unsafe(all.g.dev, false);
    unplug();
}

/* A buffer that is no longer in memory is saved without an address, and such a state is refused. */
static void refused_without_memory(void **unused)
{
    static uint8_t memory[STATE_BYTES];

    (void)unused;
    for (unsigned half = 0; half < 2; half++) {
        uint64_t kept[4];
        uint32_t i;
        size_t bytes;

        plug(DISK, false, true);
        for (i = 0; i < all.g.vm.regions; i++) {
            struct vwr_vm_region *const r = (struct vwr_vm_region *)(uintptr_t)&all.g.vm.region[i];

            kept[i] = r->bytes;
            if (half == 0)
                r->bytes = 0;
            else if (data_of(0) - r->addr < r->bytes)
                r->bytes = data_of(0) - r->addr + 256u; /* half of its sector */
        }
        bytes = save(memory);
        for (i = 0; i < all.g.vm.regions; i++)
            ((struct vwr_vm_region *)(uintptr_t)&all.g.vm.region[i])->bytes = kept[i];
        reset();
        load_as(classes[DISK], memory, bytes);
        unplug();
    }
}

/* A fault that is none. */
static void explains_any_fault(void **unused)
{
    const struct vwr_vstate s = {.fault = (enum vwr_vstate_fault)250};
    char text[100];

    (void)unused;
    (void)vwr_vstate_explain(&s, text, sizeof(text));
    assert_string_equal(text, "slot 0, byte 0: an unknown fault");
}

/* A device that was loaded raises its line, and asks the back end for each of its requests again. */
static void goes_on_without(uint8_t status, bool legacy)
{
    static uint8_t memory[STATE_BYTES];
    struct vwr_vstate s;

    plug(DISK, legacy, false);
    all.g.dev->status &= (uint8_t)~status;
    s = state_in(memory, save(memory));
    assert_int_equal(all.drains, 1);
    vwr_vm_restart(&all.g.vm, &s); /* the one that was saved goes on too */
    assert_int_equal(vwr_vblk_in_flight(&all.disk), HELD);
    reset();
    all.g.irq = false;
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
    assert_true(all.g.irq);
    assert_int_equal(vwr_vblk_in_flight(&all.disk), HELD);
    for (unsigned i = 0; i < REQUESTS; i++)
        if (all.req[i].ticket != 0)
            vwr_vblk_done(&all.req[i], all.req[i].ticket, VWR_OK);
    vwr_vblk_signal(&all.disk);
    assert_int_equal(vwr_vqueue_in_flight(&all.g.queue[0]), 0);
    for (unsigned i = 0; i < HELD; i++) {
        uint32_t id, len;

        assert_true(guest_used(&all.g, 0, &id, &len));
        assert_int_equal(len, 513);
    }
    unplug();
}

static void goes_on(void **unused)
{
    (void)unused;
    goes_on_without(0, false);
}

/* A legacy driver may use its queues before it sets DRIVER_OK. */
static void goes_on_before_driver_ok(void **unused)
{
    (void)unused;
    goes_on_without(VWR_STATUS_DRIVER_OK, true);
}

/* A message that the VMM has is given back, and its function is called again; the ticket before is void. */
static void asks_again(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    struct vwr_vstate s;
    uint64_t ticket;

    (void)unused;
    plug(I2C, false, false);
    memset(guest_at(&all.g, GUEST_DATA + 0x1000, 512 * HELD), 0xa5, 512 * HELD);
    ticket = all.ticket;
    assert_true(ticket != 0);
    s = state_in(memory, save(memory));
    vwr_vi2c_done(&all.i2c, ticket, VWR_OK, NULL);
    assert_int_equal(all.g.dev->stats.late, 1);
    vwr_vm_restart(&all.g.vm, &s); /* the one that was saved goes on too */
    assert_true(all.ticket != ticket);
    reset();
    all.ticket = 0;
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
    assert_true(all.ticket != 0);
    for (uint8_t i = 0; i < HELD; i++) {
        assert_int_equal(vwr_vqueue_in_flight(&all.g.queue[0]), 1);
        vwr_vi2c_done(&all.i2c, all.ticket, VWR_OK, NULL);
        assert_int_equal(*(const uint8_t *)guest_at(&all.g, GUEST_DATA + 0x1000 + 512u * i, 1),
                         VWR_I2C_MSG_OK);
    }
    assert_int_equal(vwr_vqueue_in_flight(&all.g.queue[0]), 0);
    unplug();
}

/* Interrupts are unmasked as before, and `changed` is called for the lines. */
static void interrupts_again(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    struct vwr_vstate s;
    uint32_t id, len;

    (void)unused;
    plug(GPIO, false, false);
    s = state_in(memory, save(memory));
    vwr_vm_restart(&all.g.vm, &s); /* not for lines that were not loaded */
    assert_true(all.changes == 0 && all.line[0].event != NULL && all.line[1].event != NULL);
    assert_int_equal(save(memory), s.bytes);
    reset();
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
    assert_int_equal(all.changes, 7);
    assert_true(all.line[0].event != NULL && all.line[1].event != NULL && all.line[2].pending);
    assert_int_equal(vwr_vqueue_in_flight(&all.g.queue[VWR_GPIO_QUEUE_EVENTQ]), 2);
    vwr_vgpio_input(&all.gpio, 1, true);
    assert_true(guest_used(&all.g, VWR_GPIO_QUEUE_EVENTQ, &id, &len));
    assert_int_equal(*(const uint8_t *)guest_at(&all.g, GUEST_DATA + 0x4001, 1), VWR_GPIO_IRQ_STATUS_VALID);
    assert_true(all.line[0].event != NULL);
    unplug();
}

/* A screen shows the same pixels, all of them are flushed, and then the command that the VMM had. */
static void shows_again(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    struct vwr_vstate s;
    uint64_t ticket;

    (void)unused;
    plug(GPU, false, true);
    s = state_in(memory, save(memory));
    ticket = all.flush.ticket;
    reset();
    memset(all.image, 0xa5, sizeof(all.image));
    all.shown = 0;
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
    assert_int_equal(all.shown, 1);
    assert_true(all.flush.ticket != 0 && all.flush.ticket != ticket && all.flush.area.width == 1);
    assert_int_equal(all.image[5], 0x33);
    assert_int_equal(all.gpu.resource[0].backing.count, 2);
    vwr_vgpu_flushed(&all.gpu, all.flush.ticket, VWR_OK);
    assert_int_equal(hostile_take(&all.g, 0), sizeof(struct vwr_gpu_ctrl_hdr));
    unplug();
}

/* Sessions are created anew, with their keys; without memory for keys the device is not saved. */
static void creates_sessions(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    uint8_t *const keys = all.keys;
    struct vwr_vstate s;

    (void)unused;
    plug(CRYPTO, false, false);
    s = state_in(memory, STATE_BYTES);
    all.crypto.options.keys = NULL;
    assert_int_equal(vwr_vm_save(&all.g.vm, &s), VWR_EINFLIGHT);
    all.crypto.options.keys = keys;
    s = state_in(memory, save(memory));
    reset();
    assert_int_equal(all.living, 0);
    for (unsigned i = 0; i < sizeof(all.keys); i++)
        assert_int_equal(keys[i], 0);
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
    assert_int_equal(all.living, 1);
    assert_int_equal(all.session[SESSIONS - 1].id >> 16, 3);
    assert_int_equal(all.crypto.free, 0);
    assert_int_equal(keys[sizeof(all.keys) - 1], 0x5a);
    unplug();
}

/* The VMM gets the pages of the balloon again; those of a state that is refused it never had. */
static void takes_pages_again(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    struct vwr_vstate s;
    size_t bytes;

    (void)unused;
    plug(BALLOON, false, false);
    bytes = save(memory);
    reset();
    assert_int_equal(all.map[0], 0);
    s = state_in(memory, bytes + 1u);
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_EPROTO);
    assert_int_equal(all.map[0], 0);
    assert_true(all.released == 0 && all.returned == 0);
    s = state_in(memory, bytes);
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
    assert_int_equal(all.released, 2 * VWR_VBALLOON_PAGE);
    assert_int_equal(all.balloon.gone, 2 * VWR_VBALLOON_PAGE);
    unplug();
}

/* A bit of the bitmap that is no page: a region that does not fill its last word. */
static uint32_t no_page(void)
{
    uint32_t words = 0;

    for (uint32_t i = 0; i < all.g.vm.regions; i++) {
        const uint64_t bytes = all.g.vm.region[i].bytes;

        words += (uint32_t)VWR_VBALLOON_WORDS(bytes);
        if (bytes / VWR_VBALLOON_PAGE % 32u != 0)
            return 32u * words - 1u;
    }
    fail_msg("each region fills its last word");
    return 0;
}

/* A state of a balloon with a bit that is no page is refused. */
static void takes_pages_alone(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    struct vwr_vstate s;
    uint32_t bit;

    (void)unused;
    plug(BALLOON, false, false);
    bit = no_page();
    all.map[bit / 32u] |= (uint32_t)1 << bit % 32u;
    all.map[bit / 32u + 1] |= 1; /* a page behind it */
    s = state_in(memory, save(memory));
    reset();
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_EPROTO);
    assert_int_equal(all.released, 0);
    unplug();
}

/* The driver gets the rest of a group, and `status` is called again for each LED that is on. */
static void goes_on_typing(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    struct vwr_vstate s;

    (void)unused;
    plug(INPUT, false, false);
    s = state_in(memory, save(memory));
    reset();
    memset(all.fifo, 0xa5, sizeof(all.fifo));
    all.leds = 0;
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
    assert_int_equal(all.leds, 1u << VWR_LED_CAPSL);
    assert_true(all.input.torn && all.input.end == 2 && all.input.next == 3);
    assert_int_equal(all.fifo[0].code, VWR_KEY_A + 2);
    assert_true(vwr_vinput_event(&all.input, VWR_EV_SYN, VWR_SYN_REPORT, 0));
    assert_int_equal(all.input.end, 4);
    unplug();
}

/* Saves the device, and loads the state into it. */
static void save_and_load(void)
{
    static uint8_t memory[STATE_BYTES];
    struct vwr_vstate s = state_in(memory, save(memory));

    reset();
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
}

static void check_used(unsigned queue, uint32_t expected)
{
    uint32_t id, len;

    assert_true(guest_used(&all.g, queue, &id, &len));
    assert_int_equal(len, expected);
}

/* The oldest request is asked for first, although others have come for a lap of the ring. */
static void keeps_order(void **unused)
{
    (void)unused;
    any_order = true;
    for (unsigned packed = 0; packed < 2; packed++) {
        plug(DISK, false, packed != 0);
        for (unsigned i = 0; i < OTHERS; i++) {
            for (unsigned r = 0; r < REQUESTS; r++)
                if (all.req[r].ticket != 0 && all.req[r].seg[0].at == guest_at(&all.g, data_of(0), 512))
                    vwr_vblk_done(&all.req[r], all.req[r].ticket, VWR_OK);
            vwr_vblk_signal(&all.disk);
            check_used(0, 513);
            add_buffer(0);
            guest_kick(&all.g, 0);
        }
        all.asks = 0;
        save_and_load();
        assert_int_equal(all.asks, HELD);
        assert_ptr_equal(all.asked[0], guest_at(&all.g, data_of(1), 512));
        assert_ptr_equal(all.asked[1], guest_at(&all.g, data_of(0), 512));
        unplug();
    }
    any_order = false;
}

/* Sends a request with data in two segments, the first of which follows the header, and a status at the end.
 */
static void send_request(uint32_t type, uint32_t first, uint32_t second)
{
    const bool in = type == VWR_BLK_T_IN;
    const uint16_t way = in ? VWR_VIRTQ_DESC_F_WRITE : 0;
    struct vwr_blk_req_out head = {.type = vwr_cpu_to_le32(type)};
    const struct guest_desc d[] = {{GUEST_HIGH, sizeof(head) + (in ? 0 : first), 0, 0},
                                   {GUEST_HIGH + 0x2000, in ? first : second, way, 0},
                                   {GUEST_HIGH + 0x6000, in ? second + 1 : 1, VWR_VIRTQ_DESC_F_WRITE, 0}};

    memcpy(guest_at(&all.g, GUEST_HIGH, sizeof(head)), &head, sizeof(head));
    (void)guest_chain(&all.g, 0, d, 3);
    guest_kick(&all.g, 0);
}

/* Ends the part that the back end has; the next one is asked for. */
static void end_part(void)
{
    vwr_vblk_done(all.part_of, all.part_of->ticket, VWR_OK);
    vwr_vblk_signal(&all.disk);
}

/*
 * A request of which the back end has had some parts is asked for from its beginning, whatever its segments:
 * a read, a write, a range. The state has the segments that the driver gave.
 */
static void asks_for_all_parts(void **unused)
{
    static const struct {
        uint32_t type, first, second;
        unsigned parts; /* in all */
    } rows[] = {{VWR_BLK_T_IN, 6144, 5120, 3},
                {VWR_BLK_T_OUT, 6144, 5120, 3},
                {VWR_BLK_T_OUT, 4096, 4096, 2},
                {VWR_BLK_T_OUT, 2048, 1024, 1},
                {VWR_BLK_T_WRITE_ZEROES, 8, 8, 3}};

    (void)unused;
    in_parts = true;
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        for (unsigned done = 0; done < rows[i].parts; done++) {
            const uint32_t bytes = rows[i].first + rows[i].second;
            const bool zeroes = rows[i].type == VWR_BLK_T_WRITE_ZEROES;
            const struct vwr_blk_discard_write_zeroes range = {vwr_cpu_to_le64(0), vwr_cpu_to_le32(24),
                                                               vwr_cpu_to_le32(0)};
            struct vwr_vblk_req first;
            const uint8_t *at;

            plug(DISK, false, false);
            for (unsigned n = 0; n < REQUESTS; n++)
                if (all.req[n].ticket != 0)
                    vwr_vblk_done(&all.req[n], all.req[n].ticket, VWR_OK);
            vwr_vblk_signal(&all.disk);
            for (unsigned n = 0; n < HELD; n++)
                check_used(0, 513);
            memcpy(guest_at(&all.g, GUEST_HIGH + sizeof(struct vwr_blk_req_out), 8), &range, 8);
            memcpy(guest_at(&all.g, GUEST_HIGH + 0x2000, 8), (const uint8_t *)&range + 8, 8);
            send_request(rows[i].type, rows[i].first, rows[i].second);
            first = all.part;
            at = zeroes ? NULL : first.seg[0].at;
            for (unsigned n = 0; n < done; n++)
                end_part();
            save_and_load();
            assert_int_equal(all.part.sector, first.sector);
            assert_int_equal(all.part.bytes, first.bytes);
            assert_int_equal(all.part.segs, first.segs);
            if (!zeroes)
                assert_ptr_equal(all.part.seg[0].at, at);
            for (unsigned n = 0; n < rows[i].parts; n++) {
                assert_int_equal(vwr_vblk_in_flight(&all.disk), 1);
                if (zeroes)
                    assert_int_equal(all.part_of->range[0].sector, 8u * n);
                end_part();
            }
            check_used(0, rows[i].type == VWR_BLK_T_IN ? bytes + 1 : 1);
            assert_int_equal(vwr_vblk_in_flight(&all.disk), 0);
            unplug();
        }
    in_parts = false;
}

/* A back end whose hardware still has the buffers: the disk is not saved. */
static void saves_no_unsafe_disk(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    struct vwr_vstate s = state_in(memory, sizeof(memory));

    (void)unused;
    is_unsafe = true;
    plug(DISK, false, false);
    assert_int_equal(vwr_vm_save(&all.g.vm, &s), VWR_EINFLIGHT);
    assert_int_equal(s.fault, VWR_VSTATE_UNSAFE);
    is_unsafe = false;
    vwr_vdev_set_unsafe(all.g.dev, false);
    unplug();
}

/* A request that the VMM has is processed again, with the session that was created anew. */
static void enciphers_again(void **unused)
{
    static uint8_t memory[STATE_BYTES], mac[4] = {1, 2, 3, 4};
    struct vwr_crypto_op_header *h;
    struct vwr_crypto_mac_data_flf *f;
    const struct guest_desc d[] = {{GUEST_DATA + 0x4000, sizeof(*h) + sizeof(*f), 0, 0},
                                   {GUEST_DATA + 0x4800, sizeof(mac) + 1, VWR_VIRTQ_DESC_F_WRITE, 0}};
    struct vwr_vstate s;
    uint64_t ticket;
    uint32_t id, len;

    (void)unused;
    plug(CRYPTO, false, false);
    while (guest_used(&all.g, 0, &id, &len)) /* those of plug */
        continue;
    h = guest_at(&all.g, d[0].addr, d[0].len);
    f = (void *)(h + 1);
    memset(h, 0, d[0].len);
    h->opcode = vwr_cpu_to_le32(VWR_CRYPTO_MAC);
    h->session_id = vwr_cpu_to_le64(3u << 16 | (SESSIONS - 1));
    f->hdr.hash_result_len = vwr_cpu_to_le32(sizeof(mac));
    (void)guest_chain(&all.g, 0, d, 2);
    guest_kick(&all.g, 0);
    assert_true(all.ciphered_ticket != 0);
    ticket = all.ciphered_ticket;
    s = state_in(memory, save(memory));
    /* The message behind those of the device is not its own. */
    assert_true(all.crypto_message[1].busy && !all.crypto_message[1].is_back);
    assert_int_equal(all.crypto_message[1].ticket, 1);
    reset();
    vwr_vcrypto_done(&all.crypto, ticket, VWR_OK, &all.ciphered);
    assert_int_equal(all.g.dev->stats.late, 1);
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
    assert_true(all.ciphered_ticket != ticket && all.ciphered.dst_bytes == sizeof(mac));
    all.ciphered.dst = mac;
    vwr_vcrypto_done(&all.crypto, all.ciphered_ticket, VWR_OK, &all.ciphered);
    check_used(0, sizeof(mac) + 1);
    assert_memory_equal(guest_at(&all.g, d[1].addr, sizeof(mac)), mac, sizeof(mac));
    unplug();
}

/* A command that waits for its next part begins again, and task management finds it. */
static void goes_on_reading(void **unused)
{
    const uint32_t back = sizeof(struct vwr_scsi_command_answer_form) + VWR_SCSI_SENSE_DEFAULT_SIZE;
    const struct guest_desc d[] = {
        {GUEST_DATA + 0x4800, sizeof(struct vwr_scsi_tmf_msg_form), 0, 0},
        {GUEST_DATA + 0x4900, sizeof(struct vwr_scsi_tmf_answer_form), VWR_VIRTQ_DESC_F_WRITE, 0}};
    const struct vwr_scsi_tmf_msg m = {.subtype = VWR_SCSI_T_TMF_QUERY_TASK, .lun = {VWR_SCSI_LUN_UNIT, 1}};
    uint32_t id, len;

    (void)unused;
    plug(SCSI, false, false);
    while (guest_used(&all.g, VWR_SCSI_QUEUE_CONTROLQ, &id, &len)) /* those of plug */
        continue;
    vwr_scsi_tmf_msg_encode(guest_at(&all.g, d[0].addr, d[0].len), false, &m);
    (void)guest_chain(&all.g, VWR_SCSI_QUEUE_CONTROLQ, d, 2);
    save_and_load();
    assert_int_equal(*(uint8_t *)guest_at(&all.g, d[1].addr, 1), VWR_SCSI_S_FUNCTION_SUCCEEDED);
    while (vwr_vqueue_in_flight(&all.g.queue[VWR_SCSI_QUEUE_REQUESTQ]) != 0)
        vwr_vdev_serve(all.g.dev, VWR_SCSI_QUEUE_REQUESTQ);
    check_used(VWR_SCSI_QUEUE_REQUESTQ, back + READ_BYTES);
    for (unsigned i = 0; i < READ_BYTES; i++)
        assert_int_equal(*(uint8_t *)guest_at(&all.g, GUEST_HIGH + back + i, 1), 0x5a);
    assert_true(all.scsi.missed && all.unit[0].attention == 0);
    assert_int_equal(all.unit[2].attention, VWR_T10_LUNS_CHANGED);
    unplug();
}

/* No frame is lost or moved twice; the VMM is notified of each stream again, and the jacks are as before. */
static void goes_on_playing(void **unused)
{
    uint8_t frames[2 * PERIOD];

    (void)unused;
    plug(SOUND, false, true);
    save_and_load();
    assert_int_equal(all.changes, STREAMS);
    assert_int_equal(all.sound.connected, 2);
    assert_int_equal(vwr_vsound_take(&all.sound, 0, frames, sizeof(frames)), 2 * PERIOD - 10);
    for (unsigned i = 0; i < 2 * PERIOD - 10; i++)
        assert_int_equal(frames[i], 10 + i);
    memset(frames, 0x77, sizeof(frames));
    assert_int_equal(vwr_vsound_give(&all.sound, 1, frames, sizeof(frames)), PERIOD - 10);
    check_used(VWR_SND_QUEUE_TXQ, 8);
    check_used(VWR_SND_QUEUE_RXQ, 8 + PERIOD);
    for (unsigned i = 0; i < PERIOD; i++)
        assert_int_equal(*(uint8_t *)guest_at(&all.g, GUEST_DATA + 0x5080 + i, 1), i < 10 ? i : 0x77);
    unplug();
}

/* A RELEASE that waits for buffers in the ring is executed again. */
static void releases_again(void **unused)
{
    const struct guest_desc d[] = {
        {GUEST_DATA + 0x4800, sizeof(struct vwr_snd_pcm_release_msg_form), 0, 0},
        {GUEST_DATA + 0x4900, sizeof(struct vwr_snd_pcm_release_answer_form), VWR_VIRTQ_DESC_F_WRITE, 0}};
    const struct vwr_snd_pcm_release_msg m = {0};
    uint32_t id, len;

    (void)unused;
    plug(SOUND, false, false);
    while (guest_used(&all.g, VWR_SND_QUEUE_CONTROLQ, &id, &len))
        continue;
    all.sound.stream[0].state = VWR_VSOUND_STOPPED;
    add_period(VWR_SND_D_OUTPUT, 2); /* the device does not know of it yet */
    vwr_snd_pcm_release_msg_encode(guest_at(&all.g, d[0].addr, d[0].len), false, &m);
    (void)guest_chain(&all.g, VWR_SND_QUEUE_CONTROLQ, d, 2);
    guest_kick(&all.g, VWR_SND_QUEUE_CONTROLQ);
    assert_int_equal(vwr_vqueue_in_flight(&all.g.queue[VWR_SND_QUEUE_CONTROLQ]), 1);
    save_and_load();
    for (unsigned i = 0; i < 8; i++) {
        vwr_vdev_serve(all.g.dev, VWR_SND_QUEUE_TXQ);
        vwr_vdev_serve(all.g.dev, VWR_SND_QUEUE_CONTROLQ);
    }
    check_used(VWR_SND_QUEUE_CONTROLQ, d[1].len);
    assert_int_equal(vwr_le32_to_cpu(((struct vwr_snd_hdr *)guest_at(&all.g, d[1].addr, d[1].len))->code),
                     VWR_SND_S_OK);
    assert_int_equal(all.sound.stream[0].state, VWR_VSOUND_RELEASED);
    assert_int_equal(vwr_vqueue_in_flight(&all.g.queue[VWR_SND_QUEUE_TXQ]), 0);
    for (unsigned i = 0; i < 3; i++)
        check_used(VWR_SND_QUEUE_TXQ, 8);
    unplug();
}

/* A file that is not there any more is an error of its handle alone, which the guest can give back. */
static void finds_files(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    uint32_t (*const read[])(struct guest * g) = {read_9p, read_fs};
    uint32_t (*const close[])(struct guest * g) = {clunk_9p, release_fs};
    struct vwr_vstate s;
    uint32_t nodes;

    (void)unused;
    for (unsigned class = P9; class <= FS; class ++) {
        plug(class, false, true);
        nodes = folder_nodes();
        s = state_in(memory, save(memory));
        reset();
        assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
        assert_int_equal(folder_nodes(), nodes);
        assert_int_equal(read[class - P9](&all.g), 0);
        s = state_in(memory, save(memory));
        reset();
        folder_remove_file();
        assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
        assert_int_equal(read[class - P9](&all.g), VWR_P9_ESTALE);
        assert_int_equal(close[class - P9](&all.g), 0);
        assert_int_equal(folder_nodes() + (class == FS), nodes);
        unplug();
    }
}

/* A request that the file system has is taken back, and asked again after the load. */
static void asks_files_again(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    void (*const ask[])(struct guest * g) = {ask_9p, ask_fs};
    uint32_t (*const answer[])(struct guest * g) = {answer_9p, answer_fs};
    struct vwr_vstate s;

    (void)unused;
    for (unsigned class = P9; class <= FS; class ++) {
        plug(class, false, false);
        folder_answers_later();
        ask[class - P9](&all.g);
        s = state_in(memory, save(memory));
        assert_int_equal(folder_gave_back(), 1);
        reset();
        assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
        assert_int_equal(folder_asked(), 2);
        assert_int_equal(answer[class - P9](&all.g), VWR_P9_EACCES);
        unplug();
    }
}

static void check_result(struct vwr_vstate *s, int expected, enum vwr_vstate_fault fault)
{
    assert_int_equal(vwr_vm_load(&all.g.vm, s), expected);
    assert_int_equal(s->fault, fault);
    check_unused();
}

/* Messages are sent again; the one that is masked is sent when the guest unmasks it. */
static void sends_messages(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    uint64_t unmask = 0;
    struct vwr_vstate s;

    (void)unused;
    place = MSIX;
    plug(DISK, false, false);
    s = state_in(memory, save(memory));
    reset();
    s.bus = NULL;
    check_result(&s, VWR_EUNSUPP, VWR_VSTATE_BUS);
    s.bus = &vwr_vpci_state;
    reset();
    all.f.vectors--;
    check_result(&s, VWR_EPROTO, VWR_VSTATE_FIELD);
    all.f.vectors++;
    all.f.narrow = true;
    check_result(&s, VWR_EPROTO, VWR_VSTATE_FIELD);
    all.f.narrow = false;
    all.messages = 0;
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
    assert_int_equal(all.messages, 1);
    assert_int_equal(all.message, 0x41);
    all.vector[2].masked = false; /* of changes of the configuration, of which there is one */
    all.g.dev->config_vector = 2;
    all.g.dev->interrupt = VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK;
    s = state_in(memory, save(memory));
    reset();
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
    assert_int_equal(all.messages, 3);
    assert_int_equal(all.message, 0x42);
    all.vector[2].masked = true;
    all.messages = 1;
    assert_true(all.g.dev->live && all.vector[0].pending && all.vector[2].masked);
    vwr_vpci_bar_access(&all.f, WORDS_OF_MSIX + 12, 4, true, &unmask);
    assert_int_equal(all.messages, 2);
    assert_int_equal(all.message, 0x40);
    unplug();
    place = MMIO;
}

/* The addresses of a network card's lists are in its state, whatever list of the hash they are in. */
static void lists_addresses(void **unused)
{
    static uint8_t state[STATE_BYTES];
    struct vwr_vnet_list *const l = &all.net.filter.list[1];
    size_t before;

    (void)unused;
    plug(NET, false, false);
    before = save(state);
    l->mac[0] = 0x010000000002u;
    for (unsigned bucket = 0; bucket < VWR_VNET_BUCKETS; bucket++) {
        l->first[bucket] = 1;
        assert_int_equal(save(state), before + 6u);
        l->first[bucket] = 0;
    }
    unplug();
}

static void raises_intx(void **unused)
{
    static uint8_t memory[STATE_BYTES];
    struct vwr_vstate s;

    (void)unused;
    place = INTX;
    plug(DISK, false, false);
    s = state_in(memory, save(memory));
    reset();
    all.g.irq = false;
    assert_int_equal(vwr_vm_load(&all.g.vm, &s), VWR_OK);
    assert_true(all.g.irq && all.g.dev->live);
    unplug();
    place = MMIO;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mutated),
        cmocka_unit_test(refused),
        cmocka_unit_test(refused_by_the_class),
        cmocka_unit_test(refused_while_unsafe),
        cmocka_unit_test(explains_any_fault),
        cmocka_unit_test(refused_without_memory),
        cmocka_unit_test(goes_on),
        cmocka_unit_test(goes_on_before_driver_ok),
        cmocka_unit_test(goes_on_typing),
        cmocka_unit_test(shows_again),
        cmocka_unit_test(takes_pages_again),
        cmocka_unit_test(takes_pages_alone),
        cmocka_unit_test(finds_files),
        cmocka_unit_test(asks_files_again),
        cmocka_unit_test(asks_again),
        cmocka_unit_test(interrupts_again),
        cmocka_unit_test(creates_sessions),
        cmocka_unit_test(enciphers_again),
        cmocka_unit_test(sends_messages),
        cmocka_unit_test(lists_addresses),
        cmocka_unit_test(raises_intx),
        cmocka_unit_test(goes_on_reading),
        cmocka_unit_test(goes_on_playing),
        cmocka_unit_test(releases_again),
        cmocka_unit_test(keeps_order),
        cmocka_unit_test(resized),
        cmocka_unit_test(forged),
        cmocka_unit_test(needs_memory),
        cmocka_unit_test(refused_in_another_queue),
        cmocka_unit_test(asks_for_all_parts),
        cmocka_unit_test(saves_no_unsafe_disk),
        cmocka_unit_test(opens_ports_again),
        cmocka_unit_test(keeps_messages),
        cmocka_unit_test(tells_once),
        cmocka_unit_test(loads_without_hooks),
        cmocka_unit_test(shows_cursor_again),
        cmocka_unit_test(takes_pages_for_itself),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
