/* SPDX-License-Identifier: MIT */
#include "state_world.h"
#include "state_folder.h"

#include <string.h>
#include "vwr/v9p.h"
#include "vwr/vm.h"

struct world all;

const struct vwr_vstate_class *const classes[CLASSES] = {
    [DISK] = &vwr_vblk_state,        [CONSOLE] = &vwr_vconsole_state, [ENTROPY] = &vwr_ventropy_state,
    [NET] = &vwr_vnet_state,         [INPUT] = &vwr_vinput_state,     [P9] = &vwr_v9p_state,
    [FS] = &vwr_vfs_state,           [VSOCK] = &vwr_vvsock_state,     [I2C] = &vwr_vi2c_state,
    [GPIO] = &vwr_vgpio_state,       [PMEM] = &vwr_vpmem_state,       [CAN] = &vwr_vcan_state,
    [SPI] = &vwr_vspi_state,         [SCMI] = &vwr_vscmi_state,       [RTC] = &vwr_vrtc_state,
    [SCSI] = &vwr_vscsi_state,       [GPU] = &vwr_vgpu_state,         [CRYPTO] = &vwr_vcrypto_state,
    [BALLOON] = &vwr_vballoon_state, [SOUND] = &vwr_vsound_state,     [MEM] = &vwr_vmem_state,
};

/* ---- a device of each class ---- */

unsigned without_hooks; /* 2: without a table of them, if it may be NULL */
bool with_less;         /* memory for one item instead of several; a keyboard with one LED */
bool exclusive;         /* the pages of the balloon belong only to the VMM, */
bool tells_nothing;     /* and the driver does not report when it takes one back */
bool large;             /* images of 64 x 64 pixels */
bool in_parts;          /* a back end accepts 4096 bytes at a time, */
bool is_unsafe;         /* or cannot be drained */

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
    struct vwr_vdev_setup one = *s;
    const struct vwr_vblk_options o = {.backend = &all.backend,
                                       .req = all.req,
                                       .req_count = with_less ? 1 : REQUESTS,
                                       .seg = all.seg,
                                       .seg_count = VWR_COUNT(all.seg)};

    all.backend = (struct vwr_vblk_backend){.ops = &ops,
                                            .sectors = SECTORS,
                                            .block_bytes = 512,
                                            .flush = true,
                                            .write_zeroes = in_parts,
                                            .write_zeroes_sectors = SECTORS,
                                            .bytes_max = in_parts ? 4096 : 0};
    one.queue_count = 1;
    assert_int_equal(vwr_vblk_init_with(&all.disk, &one, &o), VWR_OK);
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
        .ops = &ops, .port = all.port, .port_count = PORTS, .cols = 80, .rows = 25, .emergency = true};

    all.port[0].console = true;
    all.port[1].name = "second";
    assert_int_equal(vwr_vconsole_init_with(&all.console, s, &o), VWR_OK);
    return &all.console.dev;
}

bool has_bytes; /* of the source of entropy */

static uint32_t source(struct vwr_ventropy *e, uint8_t *bytes, uint32_t n)
{
    (void)e;
    memset(bytes, 0x5a, has_bytes ? n : 0);
    return has_bytes ? n : 0;
}

static struct vwr_vdev *make_entropy(const struct vwr_vdev_setup *s)
{
    assert_int_equal(vwr_ventropy_init_with(&all.entropy, s, source, NULL), VWR_OK);
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
    struct vwr_vdev_setup two = *s;
    const struct vwr_vnet_options o = {.ops = &ops, .mac = {2, 0, 0, 0, 0, 1}, .control = true, .mtu = 1500};

    two.queue_count = VWR_VNET_QUEUES(2, true);
    assert_int_equal(vwr_vnet_init_with(&all.net, &two, &o), VWR_OK);
    all.net.filter.list[0].first[1] = 1; /* a listed address */
    all.net.filter.list[0].mac[0] = 0x123456;
    return vwr_vnet_dev(&all.net);
}

/* An address in each list, and a VLAN in the first and in the last byte of the map. */
static void fill_net(void)
{
    struct vwr_vnet_filter *const f = &all.net.filter;

    for (unsigned i = 0; i < 2; i++) {
        f->list[i].first[1] = 1;
        f->list[i].mac[0] = 0x123456 + i;
    }
    f->vlan[0] = 2;
    f->vlan[sizeof(f->vlan) - 1] = 0x40;
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
    const struct vwr_vvsock_options o = {.ops = &ops,
                                         .guest_cid = CID,
                                         .sockets = {all.socket, SOCKETS, all.received, sizeof(all.received)},
                                         .seqpacket = true};

    assert_int_equal(vwr_vvsock_init_with(&all.vsock, s, &o), VWR_OK);
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
    static const struct vwr_vinput_codes codes[] = {{VWR_EV_KEY, VWR_KEY_A, VWR_KEY_A + 2},
                                                    {VWR_EV_LED, VWR_LED_CAPSL, VWR_LED_CAPSL}};
    static const struct vwr_vinput_model one_led = {.name = "one LED", .codes = codes, .codes_count = 2};
    const struct vwr_vinput_options o = {.model = with_less ? &one_led : &vwr_vinput_keyboard,
                                         .ops = without_hooks == 2 ? NULL : &ops[without_hooks],
                                         .event = all.fifo,
                                         .event_count = EVENTS};

    assert_int_equal(vwr_vinput_init_with(&all.input, s, &o), VWR_OK);
    return vwr_vinput_dev(&all.input);
}

/* A group of which the guest has received a part, and an incomplete group. */
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

    assert_int_equal(vwr_vi2c_init_with(&all.i2c, s, &o), VWR_OK);
    return vwr_vi2c_dev(&all.i2c);
}

static int flush(struct vwr_vpmem *v, uint64_t ticket)
{
    (void)v;
    all.ticket = ticket;
    return VWR_LATER;
}

static int shift(struct vwr_vspi_chip *chip, struct vwr_vspi_transfer *t)
{
    (void)chip;
    (void)t;
    return VWR_LATER;
}

static struct vwr_vdev *make_spi(const struct vwr_vdev_setup *s)
{
    const struct vwr_vspi_options o = {.limits.mode_func_supported = 0x5,
                                       .chips = &all.chip,
                                       .chip_count = 1,
                                       .data = all.shifted,
                                       .data_bytes = sizeof(all.shifted)};

    all.chip = (struct vwr_vspi_chip){shift, NULL};
    assert_int_equal(vwr_vspi_init_with(&all.spi, s, &o), VWR_OK);
    return vwr_vspi_dev(&all.spi);
}

/* A transfer that the chip has not completed. */
static void fill_spi(void)
{
    const struct guest_desc d[] = {{GUEST_DATA + 0x3100, sizeof(struct vwr_spi_transfer_head) + 1, 0, 0},
                                   {GUEST_DATA + 0x3140, 1, VWR_VIRTQ_DESC_F_WRITE, 0}};
    struct vwr_spi_transfer_head *const head = guest_at(&all.g, d[0].addr, d[0].len);

    memset(head, 0, d[0].len);
    head->bits_per_word = 8;
    (void)guest_chain(&all.g, 0, d, 2);
    guest_kick(&all.g, 0);
    assert_int_equal(vwr_vqueue_in_flight(&all.g.queue[0]), 1);
}

static int read_sensor(struct vwr_vscmi *v, struct vwr_vscmi_message *m)
{
    return m->params[0] == 0 ? VWR_LATER : vwr_vscmi_promise(v, m);
}

static struct vwr_vdev *make_scmi(const struct vwr_vdev_setup *s)
{
    static const struct vwr_vscmi_handler handler = {.message = 6, .params_bytes = 4, .call = read_sensor};
    static const struct vwr_vscmi_protocol protocol = {
        .id = VWR_SCMI_SENSOR, .handlers = &handler, .handler_count = 1};
    const struct vwr_vscmi_options o = {.protocols = &protocol, .protocol_count = 1, .vendor = "state"};

    assert_int_equal(vwr_vscmi_init_with(&all.scmi, s, &o), VWR_OK);
    return vwr_vscmi_dev(&all.scmi);
}

/* A command of which the VMM has promised a delayed response, or which it has not completed. */
static uint32_t send_command(uint8_t sensor)
{
    const struct guest_desc d[] = {{GUEST_DATA + 0x3100 + 0x80u * sensor, 8, 0, 0},
                                   {GUEST_DATA + 0x3140 + 0x80u * sensor, 8, VWR_VIRTQ_DESC_F_WRITE, 0}};
    const uint32_t header = vwr_scmi_header(VWR_SCMI_TYPE_COMMAND, VWR_SCMI_SENSOR, 6, sensor);
    vwr_le32 *const out = guest_at(&all.g, d[0].addr, d[0].len);

    out[0] = vwr_guest32(all.g.legacy, header);
    out[1] = vwr_cpu_to_le32(sensor);
    (void)guest_chain(&all.g, 0, d, 2);
    guest_kick(&all.g, 0);
    return header;
}

/* One delayed response that the VMM owes, one for which there is no buffer, and a command. */
static void fill_scmi(void)
{
    static const uint8_t value[3] = {1, 2, 3};
    uint32_t header;

    (void)send_command(1);
    header = send_command(2);
    assert_int_equal(vwr_vscmi_respond(&all.scmi, header, VWR_SCMI_S_SUCCESS, value, sizeof(value)), VWR_OK);
    (void)send_command(0);
    assert_int_equal(vwr_vqueue_in_flight(&all.g.queue[0]), 1);
}

static int send_frame(struct vwr_vcan *v, const struct vwr_can_frame *f, uint64_t ticket)
{
    (void)v;
    (void)f;
    (void)ticket;
    return VWR_EFULL;
}

static struct vwr_vdev *make_can(const struct vwr_vdev_setup *s)
{
    static const struct vwr_vcan_ops ops = {.send = send_frame};
    const struct vwr_vcan_options o = {.ops = &ops};

    assert_int_equal(vwr_vcan_init_with(&all.can, s, &o), VWR_OK);
    return vwr_vcan_dev(&all.can);
}

/* Two frames that wait for the bus. */
static void fill_can(void)
{
    const struct guest_desc d[] = {{GUEST_DATA + 0x3100, 16, 0, 0},
                                   {GUEST_DATA + 0x3120, 1, VWR_VIRTQ_DESC_F_WRITE, 0}};

    all.can.started = true;
    memset(guest_at(&all.g, d[0].addr, 16), 0, 16);
    *(uint8_t *)guest_at(&all.g, d[0].addr + (all.g.legacy ? vwr_guest_is_big(true) : 0), 1) = VWR_CAN_TX;
    for (unsigned i = 0; i < 2; i++)
        (void)guest_chain(&all.g, 0, d, 2);
    guest_kick(&all.g, 0);
    assert_int_equal(vwr_vqueue_in_flight(&all.g.queue[0]), 2);
}

static struct vwr_vdev *make_pmem(const struct vwr_vdev_setup *s)
{
    const struct vwr_vpmem_options o = {.flush = flush, .region = {0x1000, 64}};

    assert_int_equal(vwr_vpmem_init_with(&all.pmem, s, &o), VWR_OK);
    return vwr_vpmem_dev(&all.pmem);
}

/* Two flushes in flight. */
static void fill_pmem(void)
{
    const struct guest_desc d[] = {{GUEST_DATA + 0x3100, 4, 0, 0},
                                   {GUEST_DATA + 0x3104, 4, VWR_VIRTQ_DESC_F_WRITE, 0}};

    memset(guest_at(&all.g, d[0].addr, 8), 0, 8);
    for (unsigned i = 0; i < 2; i++)
        (void)guest_chain(&all.g, 0, d, 2);
    guest_kick(&all.g, 0);
    assert_int_equal(vwr_vqueue_in_flight(&all.g.queue[0]), 2);
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
                                        .unit_count = UNITS,
                                        .max_target = 1,
                                        .message = all.command,
                                        .call = all.call,
                                        .message_count = REQUESTS,
                                        .call_count = REQUESTS,
                                        .seg = all.scsi_seg,
                                        .seg_count = VWR_COUNT(all.scsi_seg)};

    all.backend = (struct vwr_vblk_backend){.ops = &ops, .sectors = SECTORS, .block_bytes = 512};
    all.unit[0] = (struct vwr_vt10_unit){.backend = &all.backend, .target = 1};
    all.unit[1] = (struct vwr_vt10_unit){.backend = &all.backend, .target = 1, .lun = 2};
    all.unit[2] = (struct vwr_vt10_unit){.backend = &all.backend, .lun = 5, .sectors = SECTORS / 2};
    assert_int_equal(vwr_vscsi_init_with(&all.scsi, s, &o), VWR_OK);
    return vwr_vscsi_dev(&all.scsi);
}

/* The command addresses the unit of target 1; its data is at GUEST_HIGH. */
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
    static const struct vwr_vsound_ops ops = {.stream_changed = stream_changed}, none;
    static const struct vwr_snd_jack_info_item jack[VWR_VSOUND_JACKS] = {{.connected = 1}};
    static const struct vwr_snd_pcm_info_item streams[STREAMS] = {{.formats = 1u << VWR_SND_PCM_FMT_S16,
                                                                   .rates = 1u << VWR_SND_PCM_RATE_48000,
                                                                   .direction = VWR_SND_D_OUTPUT,
                                                                   .channels_min = 1,
                                                                   .channels_max = 2},
                                                                  {.formats = 1u << VWR_SND_PCM_FMT_S16,
                                                                   .rates = 1u << VWR_SND_PCM_RATE_48000,
                                                                   .direction = VWR_SND_D_INPUT,
                                                                   .channels_min = 1,
                                                                   .channels_max = 1}};
    const struct vwr_vsound_options o = {.ops = without_hooks != 0 ? &none : &ops,
                                         .jacks = jack,
                                         .streams = streams,
                                         .jack_count = jacks != 0 ? jacks : 2,
                                         .stream_count = STREAMS};

    assert_int_equal(vwr_vsound_init_with(&all.sound, s, &o), VWR_OK);
    return vwr_vsound_dev(&all.sound);
}

void add_period(uint8_t direction, unsigned n)
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

/* Both streams transfer frames; a part of the oldest period of each has been transferred. */
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
        .memory = {all.unmasked, VWR_VGPIO_MESSAGES(LINES), all.unmasked_seg, VWR_COUNT(all.unmasked_seg)}};

    assert_int_equal(vwr_vgpio_init_with(&all.gpio, s, &o), VWR_OK);
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
                                          .session_count = SESSIONS,
                                          .buffer = all.buffer,
                                          .buffer_bytes = sizeof(all.buffer),
                                          .message = all.crypto_message,
                                          .message_count = CIPHERS,
                                          .seg = all.crypto_seg,
                                          .seg_count = VWR_COUNT(all.crypto_seg),
                                          .keys = all.keys,
                                          .keys_bytes = sizeof(all.keys)};

    all.crypto_message[CIPHERS] = (struct vwr_vmessage){.busy = true, .ticket = 1};
    assert_int_equal(vwr_vcrypto_init_with(&all.crypto, s, &o), VWR_OK);
    return vwr_vcrypto_dev(&all.crypto);
}

unsigned jacks;

struct guest_desc encipher(unsigned n)
{
    struct vwr_crypto_op_header *h;
    struct vwr_crypto_mac_data_flf *f;
    const struct guest_desc d[] = {{GUEST_DATA + 0x4000 + 0x100u * n, sizeof(*h) + sizeof(*f), 0, 0},
                                   {GUEST_DATA + 0x4800 + 0x100u * n, MAC + 1, VWR_VIRTQ_DESC_F_WRITE, 0}};

    h = guest_at(&all.g, d[0].addr, d[0].len);
    f = (void *)(h + 1);
    memset(h, 0, d[0].len);
    h->opcode = vwr_cpu_to_le32(VWR_CRYPTO_MAC);
    h->session_id = vwr_cpu_to_le64(3u << 16 | (SESSIONS - 1));
    f->hdr.hash_result_len = vwr_cpu_to_le32(MAC);
    (void)guest_chain(&all.g, 0, d, 2);
    guest_kick(&all.g, 0);
    assert_true(all.ciphered_ticket != 0);
    return d[1];
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
    memcpy(all.keys + VWR_VCRYPTO_KEY_BYTES(1u, KEYS), &k, sizeof(k));
    memset(all.keys + VWR_VCRYPTO_KEY_BYTES(1u, KEYS) + sizeof(k), 0x5a, KEYS);
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
    assert_int_equal(vwr_vrtc_init_with(&all.rtc, s, &o), VWR_OK);
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
                                       .scanout_count = 2,
                                       .resource = all.resource,
                                       .resource_count = 2,
                                       .entry = all.entry,
                                       .entry_count = with_less ? 1 : 4,
                                       .memory = large ? all.images : all.image,
                                       .memory_bytes = large ? sizeof(all.images) : sizeof(all.image)};

    all.scanout[0].width = all.scanout[0].height = 100;
    assert_int_equal(vwr_vgpu_init_with(&all.gpu, s, &o), VWR_OK);
    return vwr_vgpu_dev(&all.gpu);
}

void command(const void *m, uint32_t bytes)
{
    const struct guest_desc d[] = {{GUEST_DATA, bytes, 0, 0},
                                   {GUEST_DATA + 0x200, 64, VWR_VIRTQ_DESC_F_WRITE, 0}};

    while (hostile_take(&all.g, 0) >= 0)
        continue;
    memcpy(guest_at(&all.g, GUEST_DATA, bytes), m, bytes);
    hostile_send(&all.g, 0, d, 2);
}

/* A resource in two memory ranges that a screen shows partly, and a flush that the VMM holds. */
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

static void release(struct vwr_vballoon *b, const struct vwr_memory_region *r)
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
                                           .map_count = MAP,
                                           .must_tell = true,
                                           .exclusive = exclusive};

    assert_int_equal(vwr_vballoon_init_with(&all.balloon, s, &o), VWR_OK);
    return vwr_vballoon_dev(&all.balloon);
}

/* Two pages, or one. */
static void fill_balloon(void)
{
    all.map[0] = exclusive ? 8 : 5;
    all.balloon.gone = (exclusive ? 1 : 2) * VWR_VBALLOON_PAGE;
}

static int plug_blocks(struct vwr_vmem *m, const struct vwr_memory_region *r)
{
    (void)m;
    all.plugged += r->bytes;
    return VWR_OK;
}

static struct vwr_vdev *make_mem(const struct vwr_vdev_setup *s)
{
    static const struct vwr_vmem_ops ops = {.give = plug_blocks}, none;
    const struct vwr_vmem_options o = {.ops = without_hooks != 0 ? &none : &ops,
                                       .addr = GUEST_HUGE + MEM_BLOCKS * MEM_BLOCK,
                                       .bytes = MEM_BLOCKS * MEM_BLOCK,
                                       .block_bytes = MEM_BLOCK,
                                       .requested = 8 * MEM_BLOCK,
                                       .runs = all.run,
                                       .run_count = VWR_COUNT(all.run)};

    all.g.vm.memory.blocks = NULL;
    assert_int_equal(vwr_vmem_init_with(&all.mem, s, &o), VWR_OK);
    return vwr_vmem_dev(&all.mem);
}

/* Two runs: blocks 0 and 1, and 5. */
static void fill_mem(void)
{
    all.run[0] = (struct vwr_memory_span){0, 2};
    all.run[1] = (struct vwr_memory_span){5, 1};
    all.mem.runs = all.mem.blocks.count[0] = 2;
    all.mem.plugged = 3 * MEM_BLOCK;
}

struct vwr_vdev *(*const make[CLASSES])(const struct vwr_vdev_setup *s) = {
    [DISK] = make_disk,   [CONSOLE] = make_console, [ENTROPY] = make_entropy, [NET] = make_net,
    [INPUT] = make_input, [P9] = make_9p,           [FS] = make_fs,           [VSOCK] = make_vsock,
    [I2C] = make_i2c,     [GPIO] = make_gpio,       [PMEM] = make_pmem,       [CAN] = make_can,
    [SPI] = make_spi,     [SCMI] = make_scmi,       [RTC] = make_rtc,         [SCSI] = make_scsi,
    [GPU] = make_gpu,     [CRYPTO] = make_crypto,   [BALLOON] = make_balloon, [SOUND] = make_sound,
    [MEM] = make_mem,
};

/* The number of the HELD buffers of queue 0 that the device holds. */
static const unsigned held[CLASSES] = {[DISK] = HELD, [I2C] = 1};

/* What the class has to save, beside buffers. */
static void (*const fill[CLASSES])(void) = {
    [INPUT] = fill_input, [P9] = send_to_9p,    [FS] = send_to_fs,      [GPIO] = fill_gpio,
    [PMEM] = fill_pmem,   [CAN] = fill_can,     [SPI] = fill_spi,       [SCMI] = fill_scmi,
    [RTC] = fill_rtc,     [GPU] = fill_gpu,     [CRYPTO] = fill_crypto, [BALLOON] = fill_balloon,
    [SCSI] = fill_scsi,   [SOUND] = fill_sound, [NET] = fill_net,       [MEM] = fill_mem,
};

enum place place;
bool narrow; /* the BAR has 32 bits */

static void message(struct vwr_vm *vm, uint64_t addr, uint32_t data)
{
    (void)vm;
    (void)addr;
    all.messages++;
    all.message = data;
}

/* The PCI function of the device; its registers are still those of MMIO, which the guest knows. */
static void make_function(struct vwr_vdev *v, bool narrow)
{
    const struct vwr_vpci_setup s = {
        .v = v, .vector = all.vector, .vector_count = place == MSIX ? VECTORS : 0, .narrow = narrow};

    all.g.ops.msi = message;
    assert_int_equal(vwr_vpci_init(&all.f, &s), VWR_OK);
}

/* The first vector, for the configuration, is masked and pending; the last one is unused. */
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

bool any_order; /* without IN_ORDER */
enum vwr_tolerate tolerate;
bool idle; /* the driver has only started it */

uint64_t data_of(unsigned i)
{
    return GUEST_DATA + 0x1000 + 512u * i;
}

void add_buffer(unsigned i)
{
    static struct vwr_blk_req_out head;
    const struct guest_desc d[] = {{GUEST_DATA + 64u * i, sizeof(head), 0, 0},
                                   {data_of(i), 512, VWR_VIRTQ_DESC_F_WRITE, 0},
                                   {GUEST_DATA + 0x3000 + i, 1, VWR_VIRTQ_DESC_F_WRITE, 0}};

    memcpy(guest_at(&all.g, d[0].addr, sizeof(head)), &head, sizeof(head));
    (void)guest_chain(&all.g, 0, d, 3);
}

void make_device(unsigned class, bool legacy, bool packed)
{
    struct guest *const g = &all.g;
    struct vwr_vdev_setup s;
    struct vwr_vdev *v;

    memset(&all, 0, sizeof(all));
    guest_begin(g, legacy, packed);
    if (class == BALLOON)
        g->vm.memory.region_count--; /* the last one has a long bitmap */
    guest_setup(g, &s);
    s.tolerate = tolerate;
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
}

void drive(unsigned class)
{
    struct guest *const g = &all.g;

    assert_true(guest_start(g));
    if (place != MMIO)
        start_function(g->dev);
    for (unsigned i = 0; i < HELD; i++)
        add_buffer(i);
    guest_kick(g, 0);
    assert_int_equal(vwr_vqueue_in_flight(&g->queue[0]), held[class]);
    if (fill[class] != NULL && !idle)
        fill[class]();
}

void plug(unsigned class, bool legacy, bool packed)
{
    make_device(class, legacy, packed);
    drive(class);
}

void unplug(void)
{
    vwr_vm_remove(&all.g.vm, 0);
    guest_end(&all.g);
}

struct vwr_vstate state_in(uint8_t *memory, size_t bytes)
{
    const struct vwr_vstate s = {
        .memory = memory, .bytes = bytes, .kind = classes, .kinds = CLASSES, .bus = &vwr_vpci_state};

    return s;
}

size_t save(uint8_t *memory)
{
    struct vwr_vstate s = state_in(memory, STATE_BYTES);

    assert_int_equal(vwr_vm_save(&all.g.vm, &s), VWR_OK);
    return s.done;
}

void reset(void)
{
    if (place != MMIO)
        vwr_vpci_reset(&all.f);
    else
        vwr_vdev_reset(all.g.dev);
}

void check_unused(void)
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

/* ---- the parts of a state ---- */

size_t part_at(const uint8_t *state, unsigned n)
{
    size_t at = 0;

    for (; n != 0; n--) {
        struct vwr_admin_dev_part_hdr h;

        memcpy(&h, state + at, HEAD);
        at += HEAD + vwr_le32_to_cpu(h.length);
    }
    return at;
}

unsigned queue_part(unsigned queue)
{
    return 5 + PARTS_OF_QUEUE * queue;
}

size_t class_at(const uint8_t *state)
{
    return part_at(state, queue_part(all.g.dev->queues) + 1) + HEAD;
}
