/* SPDX-License-Identifier: MIT */
#include "vhost.h"

#include "vwr_posix_spi.h"

#include "vwr/bytes.h"
#include "vwr/vgpio.h"
#include "vwr/vi2c.h"

#include <errno.h>
#include <string.h>

/* Chips and lines: an I2C bus with a memory, GPIO lines that are connected in pairs, an SPI controller. */

/* ---- an I2C bus ---- */

#define MEMORY 0x50u /* address */
#define MEMORY_BYTES 256u
#define MESSAGE_BYTES 4096u

/* The first byte written to the memory is the position, as in an EEPROM. */
struct i2c {
    struct vwr_vi2c device;
    uint8_t data[MESSAGE_BYTES];
    uint8_t content[MEMORY_BYTES];
    uint8_t at;
};

static int i2c_transfer(struct vwr_vi2c *v, struct vwr_vi2c_message *m)
{
    struct i2c *const c = v->context;

    if (m->address != MEMORY)
        return VWR_ENODEV;
    for (uint32_t i = 0; i < m->bytes; i++)
        if (m->read)
            m->data[i] = c->content[c->at++];
        else if (i == 0)
            c->at = m->data[0];
        else
            c->content[c->at++] = m->data[i];
    return VWR_OK;
}

static uint16_t i2c_queues(const struct options *o)
{
    (void)o;
    return VWR_VI2C_QUEUES;
}

static int make_i2c(struct end *e, const struct options *o, const struct vwr_vdev_setup *s)
{
    struct i2c *const c = make_room(1, sizeof(*c));
    const struct vwr_vi2c_options io = {
        .transfer = i2c_transfer, .context = c, .data = c->data, .data_bytes = sizeof(c->data)};
    const int r = vwr_vi2c_init_with(&c->device, s, &io);

    (void)o;
    if (r != VWR_OK)
        return failed("this bus cannot be offered: %s", vwr_strerror(r));
    e->dev = vwr_vi2c_dev(&c->device);
    e->state = c;
    return 0;
}

const struct kind i2c_kind = {
    .name = "i2c",
    .usage = "",
    .brief = "an I2C bus with a memory of 256 bytes at address 0x50",
    .options = " ",
    .queues = i2c_queues,
    .queue_size = QUEUE_SIZE,
    .state = &vwr_vi2c_state,
    .make = make_i2c,
};

/* ---- GPIO lines ---- */

#define PAIRS 4u
#define LINES (2u * PAIRS)

struct gpio {
    struct vwr_vgpio device;
    struct vwr_vgpio_line line[LINES];
    bool changed;
};

static int line_changed(struct vwr_vgpio *v, unsigned line, const struct vwr_vgpio_line *wanted)
{
    (void)line;
    (void)wanted;
    ((struct gpio *)v->context)->changed = true;
    return VWR_OK;
}

static void lines_reset(struct vwr_vgpio *v)
{
    ((struct gpio *)v->context)->changed = true;
}

/* The level that another line drives; a line that nothing drives is low. */
static bool is_driven(const struct vwr_vgpio_line *l)
{
    return l->direction == VWR_GPIO_DIRECTION_OUT && l->output != 0;
}

static void attend_gpio(struct end *e)
{
    struct gpio *const g = e->state;

    if (!g->changed)
        return;
    g->changed = false;
    for (unsigned i = 0; i < LINES; i++)
        vwr_vgpio_input(&g->device, i, is_driven(&g->line[(i + PAIRS) % LINES]));
}

static uint16_t gpio_queues(const struct options *o)
{
    (void)o;
    return VWR_VGPIO_QUEUES;
}

static int make_gpio(struct end *e, const struct options *o, const struct vwr_vdev_setup *s)
{
    static const struct vwr_vgpio_ops ops = {.changed = line_changed, .reset = lines_reset};
    static const char names[] = "a-0\0a-1\0a-2\0a-3\0b-0\0b-1\0b-2\0b-3";
    struct gpio *const g = make_room(1, sizeof(*g));
    const struct vwr_vgpio_options go = {
        .ops = &ops,
        .context = g,
        .lines = g->line,
        .line_count = LINES,
        .names = names,
        .names_bytes = sizeof(names),
        .memory = {.message = make_room(VWR_VGPIO_MESSAGES(LINES), sizeof(struct vwr_vmessage)),
                   .message_count = VWR_VGPIO_MESSAGES(LINES),
                   .seg = make_room(VWR_VGPIO_SEGS(LINES, SEGMENTS), sizeof(struct vwr_vseg)),
                   .seg_count = VWR_VGPIO_SEGS(LINES, SEGMENTS)}};
    const int r = vwr_vgpio_init_with(&g->device, s, &go);

    (void)o;
    if (r != VWR_OK)
        return failed("these lines cannot be offered: %s", vwr_strerror(r));
    e->dev = vwr_vgpio_dev(&g->device);
    e->state = g;
    return 0;
}

const struct kind gpio_kind = {
    .name = "gpio",
    .usage = "",
    .brief = "eight GPIO lines: a-0 is connected to b-0, and so on to a-3 and b-3",
    .options = " ",
    .queues = gpio_queues,
    .queue_size = QUEUE_SIZE,
    .state = &vwr_vgpio_state,
    .make = make_gpio,
    .attend = attend_gpio,
};

/* ---- an SPI controller ---- */

struct spi {
    struct vwr_vspi device;
    uint8_t data[2u * VWR_VSPI_BYTES];
    struct vwr_vspi_chip chip[CHIPS];
    struct vwr_posix_spi host[CHIPS];
};

/* A chip whose output is its input. */
static int loop_back(struct vwr_vspi_chip *chip, struct vwr_vspi_transfer *t)
{
    (void)chip;
    if (t->out != NULL && t->in != NULL)
        vwr_copy(t->in, t->out, t->bytes);
    return VWR_OK;
}

/* Without chips of the host: two of the program, with all modes and widths, and without delays. */
static unsigned own_chips(struct spi *c, struct vwr_spi_config_info *limits)
{
    c->chip[0] = c->chip[1] = (struct vwr_vspi_chip){loop_back, NULL};
    *limits = (struct vwr_spi_config_info){
        .cs_change_supported = 1,
        .tx_nbits_supported = VWR_SPI_CONFIG_TX_NBITS_SUPPORTED_DUAL_MASK |
                              VWR_SPI_CONFIG_TX_NBITS_SUPPORTED_QUAD_MASK |
                              VWR_SPI_CONFIG_TX_NBITS_SUPPORTED_OCTAL_MASK,
        .rx_nbits_supported = VWR_SPI_CONFIG_RX_NBITS_SUPPORTED_DUAL_MASK |
                              VWR_SPI_CONFIG_RX_NBITS_SUPPORTED_QUAD_MASK |
                              VWR_SPI_CONFIG_RX_NBITS_SUPPORTED_OCTAL_MASK,
        .mode_func_supported =
            VWR_SPI_CONFIG_MODE_FUNC_SUPPORTED_CPHA_0_MASK | VWR_SPI_CONFIG_MODE_FUNC_SUPPORTED_CPHA_1_MASK |
            VWR_SPI_CONFIG_MODE_FUNC_SUPPORTED_CPOL_0_MASK | VWR_SPI_CONFIG_MODE_FUNC_SUPPORTED_CPOL_1_MASK |
            VWR_SPI_CONFIG_MODE_FUNC_SUPPORTED_CS_HIGH_MASK |
            VWR_SPI_CONFIG_MODE_FUNC_SUPPORTED_LSB_FIRST_MASK | VWR_SPI_CONFIG_MODE_FUNC_SUPPORTED_LOOP_MASK};
    return 2;
}

/*
 * What one chip supports, the controller offers. A chip that does not support a parameter refuses it itself:
 * so does the host.
 */
static int host_chips(struct spi *c, const struct options *o, struct vwr_spi_config_info *limits)
{
    for (unsigned i = 0; i < o->chips; i++) {
        const struct vwr_spi_config_info *const l = &c->host[i].limits;

        if (vwr_posix_spi_open(&c->host[i], o->chip[i]) != 0)
            return failed("%s: %s", o->chip[i], strerror(errno));
        c->chip[i] = (struct vwr_vspi_chip){vwr_posix_spi_transfer, &c->host[i]};
        limits->cs_change_supported = l->cs_change_supported;
        limits->tx_nbits_supported |= l->tx_nbits_supported;
        limits->rx_nbits_supported |= l->rx_nbits_supported;
        limits->mode_func_supported |= l->mode_func_supported;
        limits->max_word_delay_ns = l->max_word_delay_ns;
        limits->max_cs_hold_ns = l->max_cs_hold_ns;
    }
    return 0;
}

static uint16_t spi_queues(const struct options *o)
{
    (void)o;
    return VWR_VSPI_QUEUES;
}

static int make_spi(struct end *e, const struct options *o, const struct vwr_vdev_setup *s)
{
    struct spi *const c = make_room(1, sizeof(*c));
    struct vwr_vspi_options so = {
        .chips = c->chip, .chip_count = o->chips, .data = c->data, .data_bytes = sizeof(c->data)};
    int r = 0;

    if (o->chips == 0)
        so.chip_count = own_chips(c, &so.limits);
    else
        r = host_chips(c, o, &so.limits);
    if (r != 0)
        return r;
    r = vwr_vspi_init_with(&c->device, s, &so);
    if (r != VWR_OK)
        return failed("this controller cannot be offered: %s", vwr_strerror(r));
    e->dev = vwr_vspi_dev(&c->device);
    e->state = c;
    return 0;
}

const struct kind spi_kind = {
    .name = "spi",
    .usage = "[--chip /dev/spidevB.C]...",
    .brief =
        "an SPI controller, for chips of the host's spidev, or for two chips that return what they receive",
    .options = " chip ",
    .queues = spi_queues,
    .queue_size = QUEUE_SIZE,
    .state = &vwr_vspi_state,
    .make = make_spi,
};
